"""Commands for whoever keeps a base running."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from kg.cli.folders import print_changes
from kg.cli.output import console, json_option, print_json, print_table, working
from kg.errors import GapbridgeError, NotSound
from kg.operating.finding import NOTE, PROBLEM, WELL, Finding, problems
from kg.settings import read_settings

if TYPE_CHECKING:
    from kg.operating.migrating import Plan
    from kg.operating.replicating import Round

_SIGNS = {WELL: "[green]ok[/green]", NOTE: "[yellow]note[/yellow]", PROBLEM: "[red]problem[/red]"}
_FOLDER = click.argument("folder", type=click.Path(path_type=Path))
_WITHOUT_PEOPLE = click.option("--without-people", is_flag=True, help="Leave accounts, drafts and the queue out.")


@click.command()
@_FOLDER
@click.option("--keep", type=click.IntRange(1), help="How many backups stay; all of them unless you say otherwise.")
@click.option("--list", "listing", is_flag=True, help="Only list the backups that are there.")
@click.option("--check", is_flag=True, help="Read and compare all, not only what is new.")
@_WITHOUT_PEOPLE
def backup(folder: Path, keep: int | None, listing: bool, check: bool, without_people: bool) -> None:
    """Save the base, its history, accounts, drafts and keys as a new backup in FOLDER, while it is in use.

    Each backup is complete by itself. What an earlier one in FOLDER has already is not copied again: it gets a second
    name (a hard link), so keep FOLDER on another disk, and now and then a copy of it elsewhere. FOLDER then holds
    hashes of passwords and the key of the forms; it is readable for you alone.

    What is new is read, written, and read back. A file that never changes and is still the same by number, size and
    time is taken for what it was, here and in FOLDER, for a month; then, or with --check, it is read again. gapbridge
    verify FOLDER reads every backup.
    """
    from kg.operating.backup import back_up

    if listing:
        return _list(folder)
    with working("Saving"):
        made = back_up(read_settings(), folder, keep=keep or 0, with_people=not without_people, anew=check)
    console.print(f"Revision {made.revision} is saved in {escape(str(made.folder))}, with the checksum of every file.")
    there = f"{_megabytes(made.linked)} were there" + (", read earlier" if made.believed else "")
    console.print(f"{_megabytes(made.copied)} copied, {there}; accounts: {made.people}.")


@click.command()
@_FOLDER
@click.option("--to", type=click.IntRange(1), metavar="REVISION", help="Go back to this revision.")
@_WITHOUT_PEOPLE
def restore(folder: Path, to: int | None, without_people: bool) -> None:
    """Put the newest backup in FOLDER, or the backup FOLDER, in place as the base.

    The data folder must be empty or not be there. What had been accepted after the revision that is restored waits for
    its reviewers again; of what people wrote nothing is lost.
    """
    from kg.operating.restoring import restore as put_back

    with working("Restoring"):
        done = put_back(folder, read_settings(), to=to or 0, with_people=not without_people)
    console.print(f"Revision {done.revision} is in place.")
    console.print("Accounts, drafts and the queue came back." if done.people else "No accounts came back.")
    if done.reopened.contributions or done.reopened.batches:
        again = done.reopened
        console.print(
            f"Accepted later, and waiting again: {again.contributions} contributions, {again.batches} imports."
        )


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--quick", is_flag=True, help="Read the newest snapshot in one order alone, and do not rebuild the links."
)
@json_option
def verify(folder: Path | None, quick: bool, as_json: bool) -> None:
    """Read all of the base, or of the backups in FOLDER, and say whether it is what it should be.

    Journal without a gap and as sealed; snapshots the same as the journal gives, graph by graph; the newest one
    readable in every order; links rebuilt and compared; the index of the history; accounts. Nothing is changed. Exit
    code 1 where there is a problem.
    """
    from kg.operating import verifying

    with working("Reading"):
        if folder:
            found = list(verifying.verify_backups(folder, derived=not quick))
        else:
            found = list(verifying.verify(read_settings(), derived=not quick))
    _tell(found, as_json)


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--follow", "following", is_flag=True, help="Go on until Ctrl-C, with each new revision.")
@click.option("--every", type=click.FloatRange(0.1), default=1.0, help="Seconds between two looks (1).")
def replicate(source: Path, target: Path, following: bool, every: float) -> None:
    """Copy the base in the data folder SOURCE to TARGET, another machine's folder say, as a read replica.

    Only what is new is copied: whole revisions, one after the other, so a server on TARGET shows them as they come. It
    refuses changes and says where to make them. Accounts, drafts and keys are not copied.
    """
    from kg.operating.replicating import Round, follow
    from kg.operating.replicating import replicate as copy_once
    from kg.store import Home

    keep = read_settings().keep_snapshots
    homes = Home(source.absolute()), Home(target.absolute(), keep)
    if following:
        return follow(*homes, every, _until_stopped(), _tell_round)
    with working("Copying"):
        brought = copy_once(*homes)
    _tell_round(brought or Round(homes[1].snapshots.newest()))


def _until_stopped() -> threading.Event:
    """Set when somebody ends the program."""
    stop = threading.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: stop.set())
    return stop


def _tell_round(brought: Round | GapbridgeError) -> None:
    if isinstance(brought, GapbridgeError):
        click.echo(str(brought), err=True)
        return
    told = f"{_megabytes(brought.copied)} copied, {_megabytes(brought.linked)} were there"
    click.echo(f"Revision {brought.revision}: {told}.")


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Say what is wrong with the base and what it runs on, why that matters, and what to do. Nothing is changed.

    Settings, folder, disk, lock, snapshots, journal, accounts, the SPARQL server of a base that stands on one, port,
    libraries and clock, each quickly; `gapbridge verify` reads all of the base. Exit code 1 where there is a problem.
    """
    from kg.operating.doctor import examine

    with working("Looking"):
        found = list(examine())
    _tell(found, as_json)


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--back", is_flag=True, help="Take the last migration back.")
@click.option("--copy", type=click.Path(path_type=Path), help="Folder for the backup that is made first.")
def migrate(dry_run: bool, yes: bool, back: bool, copy: Path | None) -> None:
    """Bring the base to this program: its ontology and data, and the form of the database of accounts.

    What would change is shown first; at a terminal, you are asked. Then a verified backup is made (beside the data
    folder, unless you say where). What people have changed themselves stays as it is. --back takes the last migration
    back as long as nobody has built on it; after that it is refused, and says why.
    """
    from kg.operating import migrating

    settings = read_settings()
    copy = copy or settings.data.with_name(f"{settings.data.name}.before-migration")
    if back:
        done = migrating.go_back(settings, copy)
        console.print(f"Taken back: revision {done.after} is undone." if done.after != done.before else "Taken back.")
        return
    with working("Comparing"):
        found = migrating.plan(settings)
    _print_plan(found)
    if found.empty or dry_run:
        return
    if sys.stdin.isatty() and not yes and not click.confirm(f"Do this, after a backup to {copy}?"):
        console.print("Nothing was changed.")
        return
    with working("Migrating"):
        done = migrating.migrate(settings, found, copy)
    console.print(f"Done; the state before lies in {escape(str(copy))}. The base is at revision {done.after}.")


def _print_plan(found: Plan) -> None:
    if found.empty:
        console.print("There is nothing to do: the base is of this program.")
    if found.of_record:
        console.print("Ontology and data:")
        print_changes(found.changes)
    if found.of_accounts:
        console.print(f"Accounts: their database goes from form {found.form} to {found.newest_form}.")
    if found.left:
        console.print(f"{len(found.left)} things that people have changed stay as they are.")


def _tell(found: list[Finding], as_json: bool) -> None:
    """Print what was found.

    Raises:
        NotSound: there is a problem.
    """
    if as_json:
        print_json(found)
    else:
        _print(found)
    wrong = problems(found)
    if wrong:
        raise NotSound(len(wrong))


def _print(found: Iterable[Finding]) -> None:
    for one in found:
        console.print(f"{_SIGNS[one.level]}  {escape(one.about)}: {escape(one.what)}")
        for words in (one.why, one.mend):
            if words and one.level != WELL:
                console.print(f"      {escape(words)}")


def _list(folder: Path) -> None:
    from kg.operating.backup import backups

    rows = [(b.folder.name, b.revision, b.at, b.people) for b in backups(folder)]
    print_table(("backup", "revision", "made", "accounts"), rows)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


COMMANDS = (backup, restore, verify, doctor, migrate, replicate)
