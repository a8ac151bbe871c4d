"""Commands that read: info, show, query, search, coverage, worklist, export."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.markup import escape
from rich.padding import Padding

from kg import cataloguing, exporting, queries
from kg.appraisal import sentence
from kg.cli.folders import export_as_packs
from kg.cli.opening import opened
from kg.cli.output import console, json_option, print_json, print_table, working
from kg.cli.tables import given
from kg.contributing import home, outdated
from kg.describing import FORMS, described
from kg.errors import BadInput
from kg.namespaces import BASE, compact, kind_of, local_of, slug_of
from kg.newest import searching
from kg.store import Reader
from kg.tables import bound_text, resolve
from kg.validation import SectionCoverage, cover, words_of

_FORMATS = ("json", "xml", "csv", "tsv", "ttl", "nt")


@click.command()
@click.option("--compare", is_flag=True, help="Also compare the base with the data that came with the program.")
@json_option
def info(compare: bool, as_json: bool) -> None:
    """Say what is in the base, in which version, and where it lies."""
    settings, reader = opened()
    header, newest = queries.ontology_header(reader), queries.revisions(reader)
    facts = {
        "folder": str(home(settings).folder),
        "revision": reader.revision,
        "changed": newest[0].at if newest else "",
        "ontology": header.version if header else "",
        "statements": len(reader),
        "counts": queries.counts(reader),
        "packs": [asdict(pack) for pack in queries.packs(reader)],
    }
    if compare:
        facts["differsFromProgram"] = outdated(reader)
    if as_json:
        print_json(facts)
        return
    _print_info(reader, facts)
    if facts.get("differsFromProgram"):
        console.print("The data that came with this program differ from the store: `gapbridge load` takes them in.")


@click.command()
@click.argument("name")
@click.option(
    "--format", "form", type=click.Choice(FORMS), help="Print its description as RDF, as the server gives it."
)
@json_option
def show(name: str, form: str | None, as_json: bool) -> None:
    """Show one thing: what it is and the claims about it.

    NAME is a slug (two-way-communication), kind/slug (tactic/two-way-communication), an address or a label.
    """
    settings, reader = opened()
    if form:
        iri = name if name.startswith(BASE) else resolve(reader, searching(settings, reader), name)
        sys.stdout.buffer.write(described(reader, iri, form))
        return
    thing = searching(settings, reader).resolve(name)
    facts, claims = queries.facts(reader, thing), queries.about(reader, thing)
    if kind_of(thing) == "source":
        claims = sorted({c for found in queries.of_source(reader, thing).values() for c in found})
    cards = queries.cards(reader, claims)
    if as_json:
        print_json({"thing": thing, "facts": facts, "claims": cards})
        return
    _print_thing(reader, thing, facts)
    _print_cards(cards)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--named", help="Run a query of the library by its name (see --list).")
@click.option("--list", "listing", is_flag=True, help="List the library's queries.")
@click.option("--set", "values", multiple=True, metavar="NAME=THING", help="Bind a parameter of a named query.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "xml", "csv", "tsv", "ttl", "nt"]), default="table"
)
def query(file: Path | None, named: str | None, listing: bool, values: tuple[str, ...], form: str) -> None:
    """Run a SPARQL 1.1 query from FILE (or - for standard input) over the union of all graphs."""
    if listing:
        print_table(("name", "answers", "parameters"), (_listed(q) for q in queries.all_queries()))
        return
    settings, reader = opened()
    text = bound_text(reader, searching(settings, reader), named, given(values)) if named else _read_query(file)
    table, graph = (form, "ttl") if form in _FORMATS[:4] else ("tsv", "ttl" if form == "table" else form)
    sys.stdout.buffer.write(reader.answer(text, table, graph))


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, help="How many to print.")
@json_option
def search(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find things by words: labels, other names, definitions, gists, titles, authors."""
    settings, reader = opened()
    hits = searching(settings, reader).find(" ".join(words), limit=max(limit, 1))
    if as_json:
        print_json(hits)
    elif hits:
        print_table(
            ("thing", "name", "more"), ((local_of(h.thing), escape(h.label), escape(h.text[:120])) for h in hits)
        )
    else:
        console.print("Nothing was found. Try fewer or other words.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-pack", is_flag=True, help="FILE is a folder: write the packs of the base below it, as Turtle.")
@click.option("--only", multiple=True, help="With --as-pack: this pack alone; repeat it for more.")
@click.option("--prune", is_flag=True, help="With --as-pack: delete files that describe nothing of the base any more.")
@click.option("--licence", help="With --as-pack: the licence of what was contributed, as a web address.")
@click.option("--pack-version", help="With --as-pack: the version of what was contributed.")
def export(
    file: Path, as_pack: bool, only: tuple[str, ...], prune: bool, licence: str | None, pack_version: str | None
) -> None:
    """Write the whole base to FILE; its suffix is the format.

    .ttl, .trig, .nq, .nt, .rdf and .jsonld hold everything; .graphml the links; .csv the claims as a table; .bib,
    .ris and .csl.json the sources as references. .nanopub.trig holds the claims as nanopublications, .rdf12.trig (or
    .nq, .nt, .ttl) in RDF 1.2. A further .gz or .zst packs what holds graphs or claims, as in .nq.gz.

    With --as-pack, each thing goes back to the file that curators keep it in, below a folder for each pack; what was
    made on the web goes to a pack “contributed”. Loading these files changes nothing.
    """
    settings, reader = opened()
    if as_pack:
        export_as_packs(reader, file, only, prune, licence, pack_version)
        return
    with working(f"Writing {file}"):
        if cataloguing.is_exported(file):
            size = cataloguing.export_file(home(settings).kept(reader.revision), file)
        else:
            size = exporting.export(reader, file)
    console.print(f"{escape(str(file))}: revision {reader.revision}, {size:,} bytes.")


@click.command()
@click.argument("source", required=False)
@click.option("--documents", type=click.Path(path_type=Path), help="Folder of documents, to show the silent words.")
@json_option
def coverage(source: str | None, documents: Path | None, as_json: bool) -> None:
    """Show, a section at a time, which passages of the documents hold claims and which hold none, and why.

    SOURCE names one document; without it, all are shown.
    """
    settings, reader = opened()
    rows = queries.coverage(reader)
    wanted = searching(settings, reader).resolve(source, ("source",)) if source else None
    sections = [s for s in cover(rows) if wanted in (None, s.source)]
    if as_json:
        print_json(sections)
        return
    texts = words_of(rows, documents) if documents else {}
    columns = ("document", "section", "characters", "claims", "frameworks", "left out", "silent")
    print_table(columns, (_covered(s) for s in sections))
    for section in sections:
        for stretch in section.silent:
            words = texts.get(section.source, "")[stretch.start : stretch.end].strip()
            console.print(
                f"silent: {section.source_label}, {section.section}, {stretch.start}–{stretch.end} {escape(words)}"
            )


@click.command()
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(list(queries.WORKLISTS)), help="Only lists of this kind."
)
@json_option
def worklist(kinds: tuple[str, ...], as_json: bool) -> None:
    """List what still wants work: what is missing, unread or unchecked, and why each thing is on a list.

    --kind may be given more than once; without it, all lists are shown.
    """
    _, reader = opened()
    rows = [row for row in queries.worklist(reader) if row.kind in (kinds or queries.WORKLISTS)]
    if as_json:
        print_json(rows)
        return
    if not rows:
        console.print("Nothing here wants work.")
        return
    columns = ("list", "thing", "name", "why")
    print_table(columns, ((r.kind, local_of(r.thing), escape(r.label), escape(r.why)) for r in rows))


def _print_info(reader: Reader, facts: dict[str, Any]) -> None:
    for name in ("folder", "revision", "changed", "ontology", "statements"):
        console.print(f"[bold]{name:<12}[/bold] {escape(str(facts[name]))}")
    print_table(("class", "how many"), sorted(facts["counts"].items()))
    for pack in queries.packs(reader):
        console.print(f"pack “{escape(pack.title)}”, version {pack.version}, {pack.licence}")


def _covered(s: SectionCoverage) -> tuple[object, ...]:
    left_out = sum(x.end - x.start for x in s.left_out)
    silent = sum(x.end - x.start for x in s.silent)
    return s.source_label, s.section, s.length, s.claims, s.frameworks, left_out, silent


def _read_query(file: Path | None) -> str:
    if file is None:
        raise BadInput("Give a file with a query, - for standard input, or --named.")
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} cannot be read: {error}.") from error


def _listed(q: queries.Query) -> tuple[str, str, str]:
    return q.name, q.title, ", ".join(name for name, _ in q.params)


def _print_thing(reader: Reader, thing: str, facts: list[queries.Fact]) -> None:
    name = queries.names(reader, [thing]).get(thing, slug_of(thing))
    console.print(f"[bold]{escape(name)}[/bold]  {local_of(thing)}")
    if summary := queries.summary(reader, thing):
        console.print(f"{summary.statusLabel}: {sentence(slug_of(summary.status))}")
    print_table(("property", "value"), ((compact(f.property), escape(f.valueLabel or f.value)) for f in facts))


def _print_cards(cards: list[queries.Card]) -> None:
    for card in cards:
        console.print(f"\n[bold]{card.stanceLabel}[/bold]  {escape(card.gist)}")
        voice = f"{card.voiceLabel} in " if card.voiceLabel else ""
        told = f"{voice}{card.documentLabel}, {card.locator} · {card.forceLabel.lower()} · {card.basisLabel.lower()}"
        console.print(Padding(f"{escape(told)} · {card.standingLabel.lower()} · {local_of(card.claim)}", (0, 0, 0, 2)))


COMMANDS = (info, show, query, search, coverage, worklist, export)
