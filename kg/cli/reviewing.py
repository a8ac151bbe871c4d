"""Commands for the review desk: what was handed in, and decisions on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from kg.cli.output import console, json_option, print_json, print_table
from kg.settings import read_settings

if TYPE_CHECKING:
    from kg.contributions import Desk, Person
    from kg.database import Database

STATES = ("draft", "submitted", "changes-asked", "accepted", "rejected", "given-up")
_as = click.option("--as", "mail", required=True, help="Mail address of the reviewer’s account that decides.")


@click.group()
def contributions() -> None:
    """Look at what was handed in, accept it or reject it."""


@contributions.command(name="list")
@click.option("--state", type=click.Choice(STATES[1:]), default="submitted", help="Only those in this state.")
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of the list.")
@json_option
def list_contributions(state: str, page: int, as_json: bool) -> None:
    """List what was handed in, what waits longest first."""
    from kg.contributions import Filters

    with _desk() as (desk, _):
        found = desk.queue(Filters(state=state), page)
    rows = [(row.id, row.kind, row.title, row.author.name, str(row.submitted or "")) for row in found.rows]
    names = ("id", "kind", "title", "author", "handed in")
    if as_json:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    print_table(names, [[escape(cell) for cell in row] for row in rows])
    console.print(f"Page {found.page} of {found.pages}, {found.total} in all.")


@contributions.command()
@click.argument("id")
def show(id: str) -> None:
    """Show the contribution ID: what it changes, what stands against it, what was said."""
    from kg.contributing import open_base
    from kg.contributions import in_words

    base = open_base(read_settings())
    with _desk() as (desk, _):
        row = desk.get(id)
        trial, events = desk.try_out(row, base), desk.events(id)
    console.print(escape(f"{row.title} ({row.kind}, {row.state}), by {row.author.name}"))
    for said in in_words(row, base):
        console.print(escape(f"{said.fate}: {said.sentence or said.label}"))
        for line in said.lines:
            console.print(escape(f"  {'+' if line.added else '-'} {line.about}: {line.value}"))
    for problem in (*trial.violations, *trial.overtaken):
        console.print(escape(f"Against it: {problem}"))
    for event in events:
        console.print(escape(f"{event.at:%Y-%m-%d %H:%M} {event.who.name}: {event.what} {event.text}".rstrip()))


@contributions.command()
@click.argument("id")
@_as
@click.option("--say", default="", help="What you say to it.")
def accept(id: str, mail: str, say: str) -> None:
    """Accept the contribution ID: it goes into the base as one revision."""
    with _desk() as (desk, database):
        done = desk.accept(id, _person(database, mail), desk.get(id).version, say)
    console.print(f"Accepted in revision {done.revision}.")


@contributions.command()
@click.argument("id")
@_as
@click.option("--say", required=True, help="The reason; its author reads it.")
def reject(id: str, mail: str, say: str) -> None:
    """Reject the contribution ID; it is kept and can be taken up again."""
    with _desk() as (desk, database):
        desk.reject(id, _person(database, mail), desk.get(id).version, say)
    console.print("Rejected.")


@contextmanager
def _desk() -> Iterator[tuple[Desk, Database]]:
    from kg.contributions import Desk
    from kg.database import open_database

    settings = read_settings()
    database = open_database(settings)
    try:
        yield Desk(database, settings), database
    finally:
        database.close()


def _person(database: Database, mail: str) -> Person:
    from kg.accounts.people import People
    from kg.contributions import Person

    account = People(database).find(mail)
    return Person(account.id, account.name, account.agent, account.role, account.interest)


COMMANDS = (contributions,)
