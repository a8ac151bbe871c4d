"""The command that gives every list and table of the pages as data."""

from __future__ import annotations

import sys

import click

from kg.cli.opening import opened
from kg.cli.output import print_table
from kg.errors import BadInput
from kg.newest import searching
from kg.tables import FORMS, METADATA, definition, definitions, form


@click.command()
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="List the tables.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="A parameter; repeat it for several.")
@click.option(
    "--format",
    "suffix",
    type=click.Choice([form.suffix for form in (*FORMS, METADATA)]),
    default="csv",
    show_default=True,
    help="The form; csv-metadata.json describes the CSV (CSV on the Web).",
)
def table(name: str | None, listing: bool, values: tuple[str, ...], suffix: str) -> None:
    """Write the table NAME as data: the same as /data/NAME of the pages, with version, licence and citation."""
    if listing:
        rows = ((found.name, found.title, ", ".join(p.name for p in found.params)) for found in definitions())
        print_table(("name", "holds", "parameters"), rows)
        return
    if name is None:
        raise BadInput("Say which table; `gapbridge table --list` names them.")
    wanted = definition(name)
    settings, reader = opened()
    search = searching(settings, reader)
    sys.stdout.buffer.write(form(suffix).write(wanted.ask(reader, search, given(values))))


def given(values: tuple[str, ...]) -> dict[str, list[str]]:
    """What `--set` gave, by parameter."""
    found: dict[str, list[str]] = {}
    for value in values:
        name, _, rest = value.partition("=")
        found.setdefault(name, []).append(rest)
    return found


COMMANDS = (table,)
