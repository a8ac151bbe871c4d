"""A thing with all that is recorded about it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import BadInput, NotFound
from kg.namespaces import compact
from kg.queries import SourceRow, about, facts, of_source, sources_of, summary
from webui.addresses import href
from webui.api.answers.asked import Asked
from webui.api.answers.parts import claim_records, honesty, ref, status_record
from webui.api.problems import from_library
from webui.api.records import ClaimPart, Fact, Href, Iri, SourceLink, ThingAnswer
from webui.contexts.things import Thing, find


def thing_answer(asked: Asked) -> ThingAnswer:
    item = _find(asked)
    found = _claims(asked, item.iri)
    shown = claim_records(asked.reader, asked.part(found))
    stored = summary(asked.reader, item.iri)
    schemes = {row.scheme: row.schemeLabel for row in item.rows if row.scheme}
    return ThingAnswer(
        revision=asked.opened.revision,
        honesty=honesty(shown),
        iri=Iri(item.iri),
        kind=asked.values["kind"],
        label=item.label,
        page=Href(href(item.iri)),
        definition=item.definition,
        classes=tuple(ref(cls, compact(cls)) for cls in dict.fromkeys(item.classes)),
        frameworks=tuple(ref(iri, label) for iri, label in schemes.items()),
        facts=_facts(asked, item.iri),
        status=status_record(stored) if stored else None,
        sources=tuple(map(_source, sources_of(asked.reader, item.iri))),
        claims=ClaimPart(**asked.paging(len(found)), items=shown),
    )


def _find(asked: Asked) -> Thing:
    kind, slug = asked.values["kind"], asked.values["slug"]
    try:
        return find(asked.opened, kind, slug)
    except (NotFound, BadInput) as error:
        raise from_library(error, "slug") from None


def _claims(asked: Asked, iri: str) -> list[str]:
    if asked.values["kind"] == "claim":
        return [iri]
    found: Iterable[str] = about(asked.reader, iri)
    if asked.values["kind"] == "source":
        found = {*found, *(claim for claims in of_source(asked.reader, iri).values() for claim in claims)}
    return sorted(found)


def _facts(asked: Asked, iri: str) -> tuple[Fact, ...]:
    return tuple(
        Fact(ref(row.property, compact(row.property)), row.value, row.valueLabel) for row in facts(asked.reader, iri)
    )


def _source(row: SourceRow) -> SourceLink:
    return SourceLink(
        relation=ref(row.relation, row.relationLabel),
        meaning=row.meaning,
        source=ref(row.source, row.sourceLabel),
        title=row.title,
        evidence_type=row.evidenceType,
        reading_status=row.readingStatus,
    )
