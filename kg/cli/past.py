"""Commands for the past: the list of revisions, what one did, undoing it, withdrawing a thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import click
from rich.markup import escape

from kg.cli.output import console, json_option, print_json, print_table, working
from kg.contributing import PROJECT, check_agent, commit, index, open_base, undo
from kg.errors import BadInput, GapbridgeError
from kg.history import as_patch, between, by_people, check_revision
from kg.importing.marking import Announced, mark
from kg.namespaces import ID, local_of, thing
from kg.queries import revision_records
from kg.queries.releases import changed_answers, releases
from kg.releases import release, slug
from kg.settings import read_settings
from kg.store import Change
from kg.withdrawing import leaning, withdrawal

_agent = click.option("--agent", default=PROJECT, help="Address of who answers for it; the project unless you say so.")
_message = click.option("--message", "-m", default="", help="Why, in a line; kept with the revision.")


@click.command()
@click.option("--newest", "-n", default=20, show_default=True, type=click.IntRange(1, 10_000), help="So many of them.")
@json_option
def revisions(newest: int, as_json: bool) -> None:
    """List the newest revisions: when, by whom, what."""
    base = open_base(read_settings())
    numbers = range(base.revision, max(0, base.revision - newest), -1)
    rows = revision_records(base, [thing("revision", str(number)) for number in numbers])
    if as_json:
        print_json(rows)
        return
    cells = [(str(row.number), row.at, row.agentName or local_of(row.agent), row.message) for row in rows]
    print_table(("revision", "when", "by", "what"), [[escape(cell) for cell in row] for row in cells])


@click.command()
@click.argument("number", type=int)
@click.option("--since", type=int, help="Compare with this revision; the one before unless you say so.")
def revision(number: int, since: int | None) -> None:
    """Show what revision NUMBER changed, as the lines of an RDF patch, without what the rules wrote."""
    settings = read_settings()
    base, older = open_base(settings), number - 1 if since is None else since
    check_revision(base, number)
    if since is not None:
        check_revision(base, since)
    net = between(index(settings).journal, older, number)
    click.echo(as_patch(by_people(net.removed), by_people(net.added)))


@click.command(name="undo")
@click.argument("number", type=int)
@click.option("--thing", "name", default="", help="Undo it for this one thing, as `claim/x`.")
@_message
@_agent
def undo_revision(number: int, name: str, message: str, agent: str) -> None:
    """Undo revision NUMBER by a new one: what it put in goes out, what it took out comes back.

    What later revisions changed again is not overwritten: the command then says what stands in the way.
    """
    settings = read_settings()
    base = open_base(settings)
    check_agent(base, agent)
    with working("Undoing"):
        made = undo(settings, number, _address(name) if name else "", message, agent)
    console.print(f"Revision {number} was undone already." if made == base.revision else f"Made revision {made}.")


@click.command()
@click.argument("name")
@click.option("--why", required=True, help="The reason, in a sentence or two; it stays on record.")
@click.option("--instead", default="", help="What stands in its place, as `claim/y`.")
@click.option("--with-claims", is_flag=True, help="Withdraw the claims that lean on it as well.")
@_agent
def withdraw(name: str, why: str, instead: str, with_claims: bool, agent: str) -> None:
    """Withdraw the thing called NAME (`claim/x`): it stays on record, and nothing rests on it any more."""
    settings = read_settings()
    base, iri = open_base(settings), _address(name)
    check_agent(base, agent)
    along = leaning(base, iri)
    if along and not with_claims:
        raise BadInput(_leaning(along))
    removed, added = withdrawal(
        base, iri, why, agent, instead=instead and _address(instead), along=along, at=datetime.now(UTC)
    )
    made = commit(settings, Change(base.revision, added, removed, agent, f"{local_of(iri)} withdrawn"))
    console.print(f"Made revision {made}.")


def _leaning(claims: Sequence[str]) -> str:
    shown = ", ".join(map(local_of, claims[:10])) + (" …" if len(claims) > 10 else "")
    return (
        f"{len(claims)} accepted claims lean on this: {shown}. Withdraw them too (--with-claims), or change them first."
    )


def _address(name: str) -> str:
    return name if name.startswith(ID) else ID + name


@click.command(name="release")
@click.argument("name")
@click.option("--notes", default="", help="What this release brings, in a few sentences.")
@_agent
def make_release(name: str, notes: str, agent: str) -> None:
    """Give the base as it stands a NAME, such as 2026.1, with the answers that changed since the release before."""
    settings = read_settings()
    check_agent(open_base(settings), agent)
    with working("Comparing"):
        made = release(settings, name, notes, agent)
    found = changed_answers(open_base(settings), thing("release", slug(name)))
    for line in found:
        click.echo(line)
    console.print(f"Release {escape(name)} is revision {made}; {len(found)} answers changed.")


@click.command(name="releases")
@json_option
def list_releases(as_json: bool) -> None:
    """List the releases: revisions that were given a name."""
    rows = releases(open_base(read_settings()))
    if as_json:
        print_json(rows)
        return
    cells = [(row.name, str(row.revision), row.issued, row.notes) for row in rows]
    print_table(("release", "revision", "on", "notes"), [[escape(cell) for cell in row] for row in cells])


@click.command()
def notify() -> None:
    """Mail to those who follow something what is new. The server does so by itself; run this where none is running."""
    from kg.database import open_database
    from kg.followers import deliver

    settings = read_settings()
    database = open_database(settings)
    try:
        found = deliver(settings, database)
    finally:
        database.close()
    console.print(f"{found.sent} sent.")
    if found.failed:
        raise GapbridgeError("Not sent, and tried again the next time:\n  " + "\n  ".join(found.failed))


_MARKS = ("retracted", "expression-of-concern", "corrected", "none")


@click.command(name="mark-work")
@click.argument("name")
@click.option("--status", type=click.Choice(_MARKS), required=True, help="none takes a mark back.")
@click.option("--notice", default="", help="Web address of the publisher's notice.")
@click.option("--date", default="", help="Its day, as 2024-05-01.")
@_agent
def mark_work(name: str, status: str, notice: str, date: str, agent: str) -> None:
    """Say that the work called NAME was retracted, corrected or put in doubt; what rests on it shows it."""
    settings = read_settings()
    base, iri = open_base(settings), _address(name)
    check_agent(base, agent)
    told = Announced("" if status == "none" else status, notice, date)
    if problems := told.problems():
        raise BadInput(" ".join(words for _, words in problems))
    added, removed = mark(base, iri, told)
    message = (
        f"{local_of(iri)}: {status.replace('-', ' ')}" if status != "none" else f"{local_of(iri)}: mark taken back"
    )
    made = commit(settings, Change(base.revision, added, removed, agent, message))
    console.print(f"Made revision {made}.")


COMMANDS = (revisions, revision, undo_revision, withdraw, mark_work, make_release, list_releases, notify)
