"""Commands for packs: what each would change is told before it is done."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from kg import packs
from kg.cli.folders import print_changes
from kg.cli.output import console, json_option, print_json, print_table, working
from kg.contributing import PROJECT, check_agent, commit, forecast, home, open_base
from kg.errors import DoesNotConform, Violation
from kg.namespaces import local_of, slug_of
from kg.packs import Plan
from kg.queries import added_packs, pack_things
from kg.queries import packs as all_packs
from kg.settings import Settings, read_settings
from kg.store import Reader

_place = click.argument("place", metavar="FOLDER|ARCHIVE", type=click.Path(path_type=Path, exists=True))
_dry = click.option("--dry-run", is_flag=True, help="Show what would change or does not conform, and keep nothing.")
_yes = click.option("--yes", "-y", is_flag=True, help="Do not ask.")
_agent = click.option("--agent", default=PROJECT, help="Address of who answers for it; the project unless you say so.")


def _changing(command: Callable[..., Any]) -> Callable[..., Any]:
    return _dry(_yes(_agent(json_option(command))))


@click.group()
def pack() -> None:
    """Make, check, add, update, switch off and remove packs of data.

    A pack's things stand in a graph of their own. Its links stand as mapped by a pack: shown apart, and never counted
    as support unless that is chosen with --counts.
    """


@pack.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", default="", help="Its name in addresses; the folder's own unless you say so.")
@click.option("--title", default="", help="What it is called.")
def new(folder: Path, name: str, title: str) -> None:
    """Make a pack to begin with in FOLDER: it conforms as it is, and says what to put in its place."""
    for path in packs.make_skeleton(folder, name, title):
        console.print(escape(str(path)))
    console.print(f"Read {escape(str(folder / 'README.md'))}; then: gapbridge pack check {escape(str(folder))}")


@pack.command()
@_place
@json_option
def check(place: Path, as_json: bool) -> None:
    """Check a pack as it would stand in the base; nothing is kept.

    A pack that is there already is checked as its update. Exit code 1 when something does not conform.
    """
    settings = read_settings()
    with working("Checking"):
        reader = open_base(settings)
        files = packs.read_pack(place)
        there = any(row.pack == files.iri for row in added_packs(reader))
        plan = packs.update(reader, files, PROJECT, force=True) if there else packs.add(reader, files, PROJECT)
    _finish(settings, plan, dry_run=True, yes=True, as_json=as_json)


@pack.command()
@_place
@click.option("--counts", is_flag=True, help="Its claims count as the readings they say they are; pages say so.")
@_changing
def add(place: Path, counts: bool, dry_run: bool, yes: bool, agent: str, as_json: bool) -> None:
    """Add the pack in a folder or an archive (.zip, .tar.gz, .tar.xz)."""

    def plan(reader: Reader) -> Plan:
        return packs.add(reader, packs.read_pack(place), agent, counts=counts)

    _do(plan, dry_run, yes, agent, as_json)


@pack.command()
@_place
@click.option("--force", is_flag=True, help="Also where its version is not later than the one that is there.")
@_changing
def update(place: Path, force: bool, dry_run: bool, yes: bool, agent: str, as_json: bool) -> None:
    """Make a pack say what the files of its new version say."""

    def plan(reader: Reader) -> Plan:
        return packs.update(reader, packs.read_pack(place), agent, force=force)

    _do(plan, dry_run, yes, agent, as_json)


@pack.command()
@click.argument("name")
@_changing
def off(name: str, dry_run: bool, yes: bool, agent: str, as_json: bool) -> None:
    """Take the things of the pack called NAME out of the graph; they are kept."""
    _do(lambda reader: packs.switch_off(reader, name, agent), dry_run, yes, agent, as_json)


@pack.command(name="on")
@click.argument("name")
@_changing
def turn_on(name: str, dry_run: bool, yes: bool, agent: str, as_json: bool) -> None:
    """Bring back the things of the pack called NAME."""
    journal = home(read_settings()).journal
    _do(lambda reader: packs.switch_on(reader, journal, name, agent), dry_run, yes, agent, as_json)


@pack.command()
@click.argument("name")
@click.option("--no", "refused", is_flag=True, help="They count for nothing; all links stand as mapped by the pack.")
@_changing
def count(name: str, refused: bool, dry_run: bool, yes: bool, agent: str, as_json: bool) -> None:
    """Let the claims of the pack called NAME count as the readings they say they are; pages say so."""
    _do(lambda reader: packs.count(reader, name, agent, counts=not refused), dry_run, yes, agent, as_json)


@pack.command()
@click.argument("name")
@_changing
def remove(name: str, dry_run: bool, yes: bool, agent: str, as_json: bool) -> None:
    """Take the pack called NAME out altogether; the history keeps it."""
    _do(lambda reader: packs.remove(reader, name, agent), dry_run, yes, agent, as_json)


@pack.command(name="list")
@json_option
def list_packs(as_json: bool) -> None:
    """List the packs: those of the base itself, and those that were added."""
    reader = open_base(read_settings())
    added = {row.pack: row for row in added_packs(reader)}
    rows: list[tuple[Any, str]] = [(row, "base") for row in all_packs(reader) if row.pack not in added]
    rows += [(row, _state(row)) for row in added.values()]
    if as_json:
        print_json([{**asdict(row), "state": state} for row, state in rows])
        return
    print_table(
        ("name", "version", "state", "title", "licence"),
        [(slug_of(r.pack), escape(r.version), state, escape(r.title), escape(r.licence)) for r, state in rows],
    )


@pack.command()
@click.argument("name")
@json_option
def show(name: str, as_json: bool) -> None:
    """Show the pack called NAME: what it brings, whether it counts, how it is switched."""
    reader = open_base(read_settings())
    row = packs.added(reader, name)
    things = pack_things(reader, [row.pack])
    if as_json:
        print_json({**asdict(row), "things": {local_of(t.cls): t.things for t in things}})
        return
    console.print(
        f"[bold]{escape(row.title)}[/bold] ({slug_of(row.pack)}), version {escape(row.version)}, {_state(row)}"
    )
    console.print(f"{escape(row.description)}\nLicence: {escape(row.licence)}")
    print_table(("things", "class"), [(t.things, escape(local_of(t.cls))) for t in things])


def _state(row: Any) -> str:
    return "off" if row.off else "on, counts as read" if row.counts else "on"


def _do(plan: Callable[[Reader], Plan], dry_run: bool, yes: bool, agent: str, as_json: bool) -> None:
    settings = read_settings()
    with working("Comparing"):
        reader = open_base(settings)
        check_agent(reader, agent)
        made = plan(reader)
    _finish(settings, made, dry_run=dry_run, yes=yes, as_json=as_json)


def _finish(settings: Settings, plan: Plan, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Tell what a plan would change, and do it unless it is only tried, or the person says no."""
    asking = not dry_run and not yes and sys.stdin.isatty()
    told, violations = plan.changes, tuple[Violation, ...]()
    if dry_run or asking:
        with working("Trying"):
            found = forecast(settings, plan.change)
        told, violations = found.changes, found.violations
    if not as_json:
        console.print(escape(plan.change.message) + (" (not done: this is how it would be)" if dry_run else ""))
        print_changes(told)
    if violations:
        raise DoesNotConform(violations)
    if asking and not click.confirm("Do this?"):
        console.print("Nothing was changed.")
        return
    before = plan.change.base
    with working("Changing"):
        revision = before if dry_run else commit(settings, plan.change)
    if as_json:
        print_json({"message": plan.change.message, "changes": told, "revision": revision, "done": not dry_run})
    else:
        console.print(f"Nothing was kept: the base stays at revision {before}." if dry_run else f"Revision {revision}.")


COMMANDS = (pack,)
