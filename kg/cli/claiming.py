"""Commands for claims in tables: a template to fill in, and what is wrong with what was filled in."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.markup import escape

from kg.claiming import (
    Curator,
    Kit,
    RowResult,
    check_sheet,
    claim_form,
    lines,
    read_sheet,
    template,
    thing_forms,
)
from kg.cli.output import console, print_json
from kg.contributing import open_base
from kg.errors import BadInput
from kg.namespaces import thing
from kg.search import Search
from kg.settings import read_settings
from kg.store import Reader

SUFFIXES = (".csv", ".tsv")


@click.group()
def claims() -> None:
    """Many claims at once: a table to fill in, which `gapbridge validate` checks and the pages take."""


@claims.command(name="template")
def write_template() -> None:
    """Write an empty table with help and choices, to be filled in with a spreadsheet.

    Its columns are the fields of the form on the pages. Rows that begin with # are passed over.
    """
    sys.stdout.buffer.write(template(claim_form(open_base(read_settings()))))
    sys.stdout.buffer.flush()


def check_tables(reader: Reader, files: list[Path], as_json: bool) -> int:
    """Check tables of claims, and print what is wrong; gives how many rows cannot be used."""
    kit, search = Kit(reader, claim_form(reader), thing_forms(reader)), Search(reader)
    me = Curator(thing("agent", "you"), "You")
    found: dict[str, list[RowResult]] = {}
    for file in files:
        try:
            sheet = read_sheet(file.read_bytes(), kit.claim)
        except OSError as error:
            raise BadInput(f"{file}: {error.strerror or error}.") from error
        except BadInput as error:
            raise BadInput(f"{file}: {error}") from error
        found[str(file)] = check_sheet(kit, search, sheet, me, datetime.now(UTC).date())
        if not as_json:
            _print(kit, str(file), sheet.notes, found[str(file)])
    if as_json:
        print_json([told for name, results in found.items() for told in _rows(name, results)])
    return sum(bool(result.refused) for results in found.values() for result in results)


def _print(kit: Kit, name: str, notes: tuple[str, ...], results: list[RowResult]) -> None:
    for note in notes:
        console.print(f"{escape(name)}: {escape(note)}", style="yellow")
    for line in lines(kit.claim, results):
        console.print(f"{escape(name)}: {escape(line)}", style="red")
    wrong = sum(bool(result.refused) for result in results)
    console.print(f"{escape(name)}: {len(results)} rows, {len(results) - wrong} in order, {wrong} refused.")


def _rows(name: str, results: list[RowResult]) -> list[dict[str, object]]:
    return [
        {
            "file": name,
            "row": result.row.number,
            "claim": result.proposal.iri,
            "refused": [vars(fault) for fault in result.refused],
            "warnings": [vars(fault) for fault in result.warned],
        }
        for result in results
    ]


COMMANDS = (claims,)
