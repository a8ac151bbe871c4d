"""The command group, and the one place where errors become exit codes."""

from __future__ import annotations

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


class _Group(click.Group):
    """Tells our own errors in one red line and ends with their exit code; others are bugs and show themselves."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GapbridgeError as error:
            click.secho("Error: ", fg="red", nl=False, err=True)
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:  # the reader of our output has gone, as with `| head`
            sys.stderr.close()
            ctx.exit(0)


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
