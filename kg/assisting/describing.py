"""One thing with all that is recorded of it: status, cautions and gaps first."""

from __future__ import annotations

from collections.abc import Sequence

from kg.assisting.answers import (
    ClaimTold,
    Description,
    FactTold,
    LinkTold,
    SourceTold,
    StatusTold,
    ThingTold,
)
from kg.assisting.claims import by_stance
from kg.assisting.desk import Opened, at_most
from kg.assisting.marks import (
    FEW_DOCUMENTS,
    NO_STATUS,
    SOURCE_NOTES,
    STANDING_NOTES,
    claims_lines,
    status_line,
    status_told,
)
from kg.model import Standing
from kg.namespaces import PREFIXES, gap, kind_of, local_of, thing
from kg.queries import about, addressed, addressing, facts, members, of_source, relations, sources_of, summary
from kg.store import Reader

MOST_CLAIMS = 200
_HOW = {
    "addressesAsStated": "as-stated",
    "addressesByPhase": "by-phase",
    "addressesByInference": "curator-inference",
    "addressesByMapping": "pack-mapping",
}
"""The standing behind each way in which a tactic is held to address something."""
_FACTS = {
    PREFIXES["dcterms"] + "title": "title",
    gap("authorList"): "authors",
    PREFIXES["dcterms"] + "issued": "published",
    gap("containerTitle"): "in",
    gap("publisherName"): "publisher",
    PREFIXES["dcterms"] + "identifier": "identifier",
    gap("evidenceType"): "type of evidence",
    gap("readingStatus"): "read by the project",
    gap("interest"): "interest",
    gap("interestNote"): "interest, in words",
    PREFIXES["skos"] + "altLabel": "also called",
    PREFIXES["skos"] + "inScheme": "part of",
    PREFIXES["skos"] + "editorialNote": "curator’s note",
    PREFIXES["dcterms"] + "description": "description",
}
"""Properties of the record itself. Links to other things are told apart, with their standing."""


def describe(opened: Opened, name: str, *, limit: int = 25) -> Description:
    """All that is recorded of a thing.

    Args:
        opened: the base.
        name: what somebody calls it: address, `kind/slug`, slug or exact name.
        limit: how many claims to tell beside cautions and gaps, which are never left out.

    Raises:
        NotFound, Ambiguous, BadInput: as the words say.
    """
    limit = at_most(limit, "limit", MOST_CLAIMS)
    reader, item = opened.reader, opened.thing(name)
    cautions, gaps, claims = by_stance(reader, _claims(reader, item))
    counted = f"{len(cautions)} caution or dispute, {len(gaps)} report a gap, {len(claims)} say something else."
    status = status_told(summary(reader, item.thing))
    links = _links(reader, item)
    return Description(
        read_this_first=tuple(_first(status, counted, [*cautions, *gaps, *claims], links)),
        thing=item,
        definition=next((f.value for f in facts(reader, item.thing) if f.property == _DEFINITION), ""),
        status=status,
        cautions=tuple(cautions),
        gaps=tuple(gaps),
        links=links,
        sources=_sources(reader, item.thing),
        claims=tuple(claims[:limit]),
        claims_left_out=max(0, len(claims) - limit),
        members=tuple(ThingTold(m.member, kind_of(m.member) or "", m.label) for m in members(reader, item.thing)),
        facts=_facts(reader, item.thing),
        revision=opened.revision,
    )


_DEFINITION = PREFIXES["skos"] + "definition"


def _claims(reader: Reader, item: ThingTold) -> list[str]:
    if item.kind == "claim":
        return [item.thing, *(r.other for r in relations(reader, item.thing) if kind_of(r.other) == "claim")]
    if item.kind == "source":
        return sorted({claim for found in of_source(reader, item.thing).values() for claim in found})
    return about(reader, item.thing)


def _links(reader: Reader, item: ThingTold) -> tuple[LinkTold, ...]:
    """What a tactic is held to address, or by which tactics something is; one for each way it came about."""
    rows = [("is held to address", row.cause, row.label, row.how) for row in addressed(reader, item.thing)]
    rows += [("is held to be addressed by", r.tactic, r.label, r.how) for r in addressing(reader, item.thing)]
    return tuple(_link(*row) for row in rows)


def _link(relation: str, other: str, label: str, how: str) -> LinkTold:
    standing = Standing.of(thing("link-basis", _HOW[local_of(how)]))
    return LinkTold(relation, ThingTold(other, kind_of(other) or "", label), standing.words, STANDING_NOTES[standing])


def _sources(reader: Reader, iri: str) -> tuple[SourceTold, ...]:
    order = list(SOURCE_NOTES)
    rows = sorted(sources_of(reader, iri), key=lambda row: order.index(local_of(row.relation)))
    return tuple(
        SourceTold(
            relation=row.relationLabel,
            source=row.source,
            label=row.sourceLabel,
            title=row.title,
            evidence_type=row.evidenceType,
            reading_status=row.readingStatus,
            note=SOURCE_NOTES[local_of(row.relation)],
        )
        for row in rows
    )


def _facts(reader: Reader, iri: str) -> tuple[FactTold, ...]:
    rows = [(f.property, f.valueLabel or f.value) for f in facts(reader, iri) if f.property in _FACTS]
    rows.sort(key=lambda row: list(_FACTS).index(row[0]))
    return tuple(FactTold(_FACTS[name], value) for name, value in dict.fromkeys(rows))


def _first(
    status: StatusTold | None, counted: str, claims: Sequence[ClaimTold], links: Sequence[LinkTold]
) -> list[str]:
    unstated = sum("not stated in a source" in link.note for link in links)
    between = f"{unstated} of {len(links)} links between tactics and what they address: not stated in a source."
    return [
        status_line(status) if status else f"{NO_STATUS} Of {len(claims)} claims {counted}",
        *([between] if unstated else []),
        *claims_lines(claims),
        FEW_DOCUMENTS,
    ]
