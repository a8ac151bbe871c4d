"""The command that takes in references from other programs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from rich.markup import escape

from kg.cli.output import console, json_option, print_json, print_table, working
from kg.contributing import open_base
from kg.errors import BadInput
from kg.importing import Judged, Sources, Verdict, judge_all, open_file
from kg.importing.naming import short_label
from kg.settings import read_settings


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, required=True, help="Say what would become of each row, and keep nothing.")
@json_option
def import_command(file: Path, dry_run: bool, as_json: bool) -> None:
    """Take in the references of FILE: BibTeX, RIS or CSL-JSON, as Zotero, Mendeley and EndNote export them.

    Tells of each row whether it is new, already there, needs a decision or is refused, and why.
    """
    del dry_run  # so far the only way
    references = open_file(_bytes(file), file.name)
    with working("Comparing"):
        sources = Sources(open_base(read_settings()))
        judged = list(judge_all(references.read(), sources))
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
