"""Commands for changes as other tools make them: SPARQL updates, and the tokens with which they come over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from kg.accounts.token import RIGHTS, UPDATE, Token
from kg.cli.output import console, json_option, print_json, print_table, working
from kg.contributing import PROJECT, check_agent, open_base
from kg.errors import DoesNotConform
from kg.settings import Settings, read_settings
from kg.updating import Outcome, Proposal, Updates

if TYPE_CHECKING:
    from kg.accounts.tokens import Tokens

_agent = click.option("--agent", default=PROJECT, help="Address of who answers for it; the project unless you say so.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--message", "-m", default="", help="What this change does, in a line; kept with the revision.")
@_agent
@click.option("--dry-run", is_flag=True, help="Show what would change or does not conform, and keep nothing.")
@json_option
def update(file: Path, message: str, agent: str, dry_run: bool, as_json: bool) -> None:
    """Run the SPARQL 1.1 update in FILE: all of it as one checked, recorded revision, or nothing.

    The default graph is the union of our graphs: what goes into it is placed by its subject, and what is taken out
    of it is taken out of whichever graph holds it. LOAD and SERVICE are refused.
    """
    settings = read_settings()
    check_agent(open_base(settings), agent)
    with working("Trying" if dry_run else "Updating"), file.open("rb") as data:
        told = message or f"SPARQL update {file.name}"
        outcome = Updates(settings).make(Proposal("update"), data, agent=agent, message=told, dry_run=dry_run)
    if as_json:
        print_json(outcome)
    else:
        _print_outcome(outcome, dry_run)
    if outcome.violations:
        raise DoesNotConform(outcome.violations)


@click.group()
def token() -> None:
    """Make, list and revoke the tokens that let programs change the base over HTTP (GAPBRIDGE_UPDATES=on)."""


@token.command()
@click.argument("name")
@click.option("--right", "rights", multiple=True, required=True, type=click.Choice(RIGHTS), help="What it allows.")
@_agent
@click.option("--days", type=click.IntRange(1, 36500), help="How long it lasts; until it is revoked unless you say so.")
def create(name: str, rights: tuple[str, ...], agent: str, days: int | None) -> None:
    """Make a token called NAME and print it, once: only its hash is kept."""
    settings = read_settings()
    check_agent(open_base(settings), agent)
    click.echo(_tokens(settings).create(name, rights, agent, days))
    if UPDATE in rights and not settings.updates:
        click.echo("Changes over HTTP are off; GAPBRIDGE_UPDATES=on turns them on.", err=True)


@token.command(name="list")
@json_option
def list_tokens(as_json: bool) -> None:
    """List the tokens, without their secrets."""
    tokens = _tokens(read_settings()).list()
    if as_json:
        print_json([vars(token) for token in tokens])
        return
    rows = [(t.name, t.owner, ", ".join(t.rights), t.agent, t.created, _end(t), t.used or "never") for t in tokens]
    print_table(
        ("name", "of", "rights", "agent", "made", "ends", "used"), [[escape(cell) for cell in row] for row in rows]
    )


@token.command()
@click.argument("name")
@click.option("--of", "mail", default="", help="Mail address of whose it is; the project's own unless you say so.")
def revoke(name: str, mail: str) -> None:
    """Make the token called NAME worthless, at once."""
    _tokens(read_settings()).revoke(name, mail)
    console.print(f"The token “{escape(name)}” is revoked.")


def _tokens(settings: Settings) -> Tokens:
    from kg.accounts.tokens import Tokens
    from kg.database import open_database

    return Tokens(open_database(settings), settings.data)


def _end(token: Token) -> str:
    return f"{token.expires} (over)" if token.expired else token.expires or "never"


def _print_outcome(outcome: Outcome, dry_run: bool) -> None:
    for line in outcome.lines:
        console.print(escape(line), style="green" if line.startswith("+") else "red")
    if hidden := outcome.added + outcome.removed - len(outcome.lines):
        console.print(f"… and {hidden} more")
    if dry_run and outcome.lines:
        console.print(f"This would put {outcome.added} statements in and take {outcome.removed} out; nothing was kept.")
    else:
        console.print(str(outcome))


COMMANDS = (update, token)
