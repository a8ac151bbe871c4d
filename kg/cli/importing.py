"""The command that takes in references from other programs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.cli.output import console, json_option, print_json, print_table, working
from kg.contributing import PROJECT, check_agent, open_base
from kg.errors import BadInput
from kg.importing import Judged, Sources, Verdict, judge_all, open_file
from kg.importing.naming import short_label
from kg.settings import Settings, read_settings

if TYPE_CHECKING:
    from kg.batches import Batch, Batches, Imported
    from kg.contributions import Person
    from kg.database import Database

OPERATOR = "operator"
"""Stands for the account of whoever imports on the command line without one."""


@click.command(name="import")
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would become of each row, and keep nothing.")
@click.option("--accept", is_flag=True, help="Into the base at once, as one revision; else to the reviewers.")
@click.option("--by", "mail", default="", help="Mail address of the account that answers for it; else the project.")
@click.option("--resume", default="", metavar="IMPORT", help="Go on with an import that was stopped.")
@json_option
def import_command(file: Path | None, dry_run: bool, accept: bool, mail: str, resume: str, as_json: bool) -> None:
    """Take in the references of FILE: BibTeX, RIS or CSL-JSON, as Zotero, Mendeley and EndNote export them.

    Tells of each row whether it was added, is already there, needs a decision or is refused, and why. Ctrl-C stops it
    after the rows at hand; --resume goes on.
    """
    if bool(file) == bool(resume):
        raise BadInput("Name a file, or an import to go on with.")
    settings = read_settings()
    if dry_run and file:
        _try(settings, file, as_json)
        return
    with working("Opening the evidence base"):
        base = open_base(settings)
    with _database(settings) as database:
        _import(settings, database, Sources(base), file, resume, accept=accept, mail=mail, as_json=as_json)


def _import(
    settings: Settings, database: Database, sources: Sources, file: Path | None, id: str, *, accept: bool, mail: str,
    as_json: bool,
) -> None:  # fmt: skip
    from kg.batches import Batches

    batches = Batches(database, settings, lambda: sources)
    if file:
        who = _person(database, mail)
        if accept:
            check_agent(open_base(settings), who.address)
        id = batches.add(_bytes(file), file.name, who, at_once=accept)
    try:
        batch = _run(batches, id)
    except KeyboardInterrupt:
        click.echo(f"Stopped. Go on with: gapbridge import --resume {id}", err=True)
        sys.exit(1)
    _tell(batches, batch, as_json)


def _run(batches: Batches, id: str) -> Batch:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    shown = Console(stderr=True, quiet=not sys.stderr.isatty())
    with Progress(*columns, console=shown, transient=True) as progress:
        task = progress.add_task("Importing", total=batches.get(id).total)
        return batches.run(id, lambda batch: progress.update(task, completed=batch.done))


def _tell(batches: Batches, batch: Batch, as_json: bool) -> None:
    rows = [row for page in range(1, batch.total // 50 + 2) for row in batches.rows(batch.id, page=page)]
    if as_json:
        print_json({"import": batch.id, "revision": batch.revision, "rows": [_row(row) for row in rows]})
        return
    if batch.remark:
        click.echo(batch.remark, err=True)
    cells = ((str(r.number), r.outcome, escape(r.label or _named(r)), escape(r.why)) for r in rows)
    print_table(("row", "outcome", "reference", "why"), cells)
    counts = ", ".join(f"{many} {outcome}" for outcome, many in batch.counts.items())
    into = f"Revision {batch.revision}." if batch.revision else "What is new waits for the reviewers."
    console.print(f"Import {batch.id}: {counts}. {'' if batch.at_once and not batch.revision else into}".rstrip())


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    from kg.database import open_database

    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()


def _person(database: Database, mail: str) -> Person:
    from kg.accounts.people import People
    from kg.contributions import Person

    if not mail:
        return Person(OPERATOR, "Gapbridge", PROJECT, "contributor")
    found = People(database).find(mail)
    return Person(found.id, found.name, found.agent, found.role, found.interest)


def _try(settings: Settings, file: Path, as_json: bool) -> None:
    references = open_file(_bytes(file), file.name)
    with working("Comparing"):
        judged = list(judge_all(references.read(), Sources(open_base(settings))))
    if as_json:
        print_json([_plain(one) for one in judged])
        return
    if references.remark:
        click.echo(references.remark, err=True)
    print_table(("row", "outcome", "reference", "why"), (_cells(one) for one in judged))
    counted = Counter(one.verdict for one in judged)
    console.print(", ".join(f"{counted[verdict]} {verdict.value}" for verdict in Verdict) + ". Nothing was kept.")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror or error}.") from error


def _cells(one: Judged) -> tuple[str, str, str, str]:
    told = short_label(one.row.reference) if one.row.reference else f"line {one.row.line}" if one.row.line else ""
    return str(one.row.number), one.verdict.value, escape(told), escape(one.why)


def _named(row: Imported) -> str:
    return short_label(row.reference) if row.reference else f"line {row.line}" if row.line else ""


def _row(row: Imported) -> dict[str, object]:
    told = {"row": row.number, "line": row.line, "outcome": row.outcome, "why": row.why, "source": row.slug}
    return {**told, "contribution": row.contribution, "reference": row.reference.plain() if row.reference else None}


def _plain(one: Judged) -> dict[str, object]:
    return {
        "row": one.row.number,
        "line": one.row.line,
        "outcome": one.verdict.value,
        "why": one.why,
        "reference": one.row.reference.plain() if one.row.reference else None,
        "matches": [
            {"source": m.known.address, "label": m.known.label, "certain": m.certain, "reasons": m.reasons}
            for m in one.matches
        ],
    }


COMMANDS = (import_command,)
