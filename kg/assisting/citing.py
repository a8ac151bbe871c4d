"""How to cite what an answer rests on: the sources, whether the project has read them, and the data set's version."""

from __future__ import annotations

from kg.assisting.answers import Citation, ReferenceTold, ThingTold
from kg.assisting.claims import told
from kg.assisting.desk import Opened
from kg.assisting.marks import SOURCE_NOTES, claims_lines
from kg.citation import cite as cite_edition
from kg.citation import edition
from kg.exporting import DEFAULT_STYLE, formatted, read_references
from kg.namespaces import local_of
from kg.queries import ontology_header, sources, sources_of
from kg.store import Reader

_UNREAD = "Known by citation only"
_SECOND_HAND = (
    "The project has not read this; it is known through another document. Cite it as cited there, or read it first."
)


def cite(opened: Opened, name: str, style: str = DEFAULT_STYLE) -> Citation:
    """The references for a source, a claim, or anything else that sources stand beside, and for the data set.

    Args:
        opened: the base.
        name: what is to be cited.
        style: one of `kg.exporting.STYLES`.

    Raises:
        NotFound, Ambiguous: as the words say.
        BadInput: there is no such style.
    """
    item = opened.thing(name)
    place, named, first = _named(opened.reader, item)
    read = {row.source: row.readingStatus for row in sources(opened.reader)}
    works = {work.source: work.csl for work in read_references(opened.reader, [source for source, _, _ in named])}
    references = [
        ReferenceTold(source, role, formatted(works[source], style).text, *_reading(read.get(source, ""), note))
        for source, role, note in named
    ]
    if not references:
        first.append("No source stands beside this; cite the data set.")
    if any(r.reading_status == _UNREAD for r in references):
        first.append("At least one source here is known by citation only: do not cite it as if it had been read.")
    return Citation(tuple(first), item, place, tuple(references), data_set(opened), opened.revision)


def _named(reader: Reader, item: ThingTold) -> tuple[str, list[tuple[str, str, str]], list[str]]:
    """Where it stands, its sources with role and note, and what to read first."""
    if item.kind == "source":
        return "", [(item.thing, "the source itself", "")], []
    if item.kind == "claim":
        claims = told(reader, [item.thing])
        claim = claims[0]
        cited = [(c.source, c.role, "") for c in claim.cited]
        return claim.place, [(claim.read_in.thing, "read in it", ""), *cited], claims_lines(claims)
    order = list(SOURCE_NOTES)
    rows = sorted(sources_of(reader, item.thing), key=lambda row: order.index(local_of(row.relation)))
    return "", [(r.source, r.relationLabel, SOURCE_NOTES[local_of(r.relation)]) for r in rows], []


def _reading(read: str, note: str) -> tuple[str, str]:
    """How far the project has read a source, and what is to be said of that."""
    return read, " ".join(part for part in (note, _SECOND_HAND if read == _UNREAD else "") if part)


def data_set(opened: Opened) -> str:
    """The reference of the data set at its revision, with the ontology's version and the licences."""
    header, now = ontology_header(opened.reader), edition(opened.reader)
    ontology = f" Ontology version {header.version}." if header else ""
    return f"{cite_edition(now)}.{ontology} Licence: {', '.join(now.licences)}"
