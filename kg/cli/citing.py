"""The command that cites."""

from __future__ import annotations

from collections.abc import Container

import click

from kg.cli.opening import opened
from kg.errors import BadInput
from kg.exporting import DEFAULT_STYLE, FORMS, STYLES, bibliography, cite_data, cite_thing, formatted, read_references
from kg.namespaces import local_of
from kg.newest import searching

_FORMS = {suffix.replace(".", "-") if "." in suffix else form.label.lower(): suffix for suffix, form in FORMS.items()}


@click.command(name="cite")
@click.argument("things", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--style",
    type=click.Choice([*STYLES, *_FORMS]),
    default=DEFAULT_STYLE,
    show_default=True,
    help="A citation style, or a form for reference managers.",
)
def cite(things: tuple[str, ...], style: str) -> None:
    """Cite sources, claims or other things; without any, the data themselves.

    SOURCE is a slug, kind/slug, an address or a label. What is no source is cited as what is recorded of it here, with
    the revision.
    """
    settings, reader = opened()
    if not things:
        click.echo(cite_data(reader))
        return
    search = searching(settings, reader)
    found = [search.resolve(name) for name in things]
    references = {reference.source: reference for reference in read_references(reader, found)}
    if style in _FORMS:
        _check_sources(found, references)
        click.echo(bibliography(list(references.values()), _FORMS[style]), nl=False)
        return
    for thing in found:
        known = references.get(thing)
        click.echo(formatted(known.csl, style).text if known else cite_thing(reader, thing))


def _check_sources(found: list[str], references: Container[str]) -> None:
    """Only sources are works that a reference manager can hold.

    Raises:
        BadInput: one of them is none.
    """
    others = [local_of(thing) for thing in found if thing not in references]
    if others:
        raise BadInput(f"No source, so not to be had in this form: {', '.join(others)}.")


COMMANDS = (cite,)
