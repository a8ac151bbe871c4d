"""The command group, and the one place where errors become exit codes."""

from __future__ import annotations

import errno
import sys
from importlib.metadata import version

import click

from kg.cli import (
    assessing,
    assistants,
    changing,
    citing,
    claiming,
    diagnosing,
    engine,
    importing,
    operating,
    packs,
    past,
    paths,
    people,
    reading,
    reviewing,
    tables,
    writing,
)
from kg.errors import GapbridgeError

_NOT_OURS = "Run this as the user whom the folder belongs to, or choose another folder."
_SURROUNDINGS = {
    errno.EACCES: _NOT_OURS,
    errno.EPERM: _NOT_OURS,
    errno.EROFS: "That file system can only be read: have it made writable, or choose another folder.",
    errno.ENOSPC: "The disk is full: make room, then run this again.",
    errno.EDQUOT: "What this user may take of the disk is used up: make room, then run this again.",
}
"""Errors of the machine that whoever runs a command can mend, and how."""


class _Group(click.Group):
    """Tells our own errors, and what the machine refuses, in a red line and an exit code; others show themselves."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GapbridgeError as error:
            _tell(str(error))
            ctx.exit(error.exit_code)
        except BrokenPipeError:  # the reader of our output has gone, as with `| head`
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:
            if error.errno not in _SURROUNDINGS:
                raise
            _tell(f"{error.strerror}{_where(error)}. {_SURROUNDINGS[error.errno]}")
            ctx.exit(1)


def _where(error: OSError) -> str:
    names = [str(name) for name in (error.filename, error.filename2) if name is not None]
    return f": {', '.join(names)}" if names else ""


def _tell(words: str) -> None:
    click.secho("Error: ", fg="red", nl=False, err=True)
    click.echo(words, err=True)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("gapbridge"), prog_name="gapbridge")
def main() -> None:
    """An evidence graph for the gap between policy and its implementation.

    The data folder is GAPBRIDGE_DATA, or gapbridge in your own data folder; it is made and filled with the seed
    data when it is not there. Exit codes: 0 all well, 1 not found or refused, 2 wrong use.
    """


_PARTS = (
    reading,
    paths,
    citing,
    tables,
    assessing,
    diagnosing,
    writing,
    operating,
    claiming,
    changing,
    packs,
    importing,
    past,
    people,
    reviewing,
    assistants,
    engine,
)
for command in (command for part in _PARTS for command in part.COMMANDS):
    main.add_command(command)
