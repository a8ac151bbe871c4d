"""How to cite what an answer rests on: the sources, whether the project has read them, and the data set's version."""

from __future__ import annotations

from kg.assisting.answers import Citation, ReferenceTold, ThingTold
from kg.assisting.claims import told
from kg.assisting.desk import Opened
from kg.assisting.marks import SOURCE_NOTES, claims_lines
from kg.citation import cite as cite_edition
from kg.citation import edition
from kg.namespaces import PREFIXES, gap, local_of
from kg.queries import facts, ontology_header, sources, sources_of
from kg.store import Reader

_PRINTED = PREFIXES["dcterms"] + "bibliographicCitation"
_PARTS = (
    gap("authorList"),
    PREFIXES["dcterms"] + "issued",
    PREFIXES["dcterms"] + "title",
    gap("containerTitle"),
    gap("publisherName"),
    PREFIXES["dcterms"] + "identifier",
)
_UNREAD = "Known by citation only"
_SECOND_HAND = (
    "The project has not read this; it is known through another document. Cite it as cited there, or read it first."
)


def cite(opened: Opened, name: str) -> Citation:
    """The references for a source, a claim, or anything else that sources stand beside, and for the data set.

    Raises:
        NotFound, Ambiguous: as the words say.
    """
    item = opened.thing(name)
    place, named, first = _named(opened.reader, item)
    read = {row.source: row.readingStatus for row in sources(opened.reader)}
    references = [_told(opened.reader, source, role, note, read.get(source, "")) for source, role, note in named]
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


def _told(reader: Reader, source: str, role: str, note: str, read: str) -> ReferenceTold:
    notes = " ".join(part for part in (note, _SECOND_HAND if read == _UNREAD else "") if part)
    return ReferenceTold(source, role, reference(reader, source), read, notes)


def reference(reader: Reader, source: str) -> str:
    """The reference of a source: as a document prints it, else put together from what is recorded."""
    values: dict[str, list[str]] = {}
    for fact in facts(reader, source):
        values.setdefault(fact.property, []).append(fact.value)
    if _PRINTED in values:
        return values[_PRINTED][0]
    return ". ".join(values[part][0].rstrip(".") for part in _PARTS if part in values) + "."


def data_set(opened: Opened) -> str:
    """The reference of the data set at its revision, with the ontology's version and the licences."""
    header, now = ontology_header(opened.reader), edition(opened.reader)
    ontology = f" Ontology version {header.version}." if header else ""
    return f"{cite_edition(now)}.{ontology} Licence: {', '.join(now.licences)}"
