"""An assessment as statements, and back. Shapes: `ontology/shapes/Assessment.ttl` and `Rating.ttl`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kg.assessment.instruments import instrument
from kg.assessment.matrix import LEVEL_OF, given_by
from kg.assessment.records import Answer, Assessment, Rating, elements
from kg.errors import BadInput, NotFound
from kg.namespaces import PREFIXES, gap, local_of, slug_of, thing
from kg.queries import facts
from kg.store import Literal, NamedNode, Reader, Statement

_TYPE = PREFIXES["rdf"] + "type"
_CREATOR, _CREATED = PREFIXES["dcterms"] + "creator", PREFIXES["dcterms"] + "created"
_DATE = NamedNode(PREFIXES["xsd"] + "date")
Values = dict[str, list[str]]
"""What is said of a thing: texts by property."""


def statements(assessment: Assessment) -> list[Statement]:
    """The assessment as RDF, ready for a writer or an export.

    Raises:
        BadInput: its framework is an argument, of which there is nothing to record.
    """
    if assessment.kind == "argument":
        raise BadInput(f"“{local_of(assessment.framework)}” is an argument and not applied: there is nothing to save.")
    me = NamedNode(assessment.iri)
    found: list[Statement] = [(me, NamedNode(name), value) for name, value in _head(assessment)]
    for rating in assessment.ratings:
        address = NamedNode(_rating(assessment.iri, rating.element))
        found.append((me, NamedNode(gap("hasRating")), address))
        found.extend((address, NamedNode(name), value) for name, value in _body(rating))
    return found


def _head(assessment: Assessment) -> Iterator[tuple[str, NamedNode | Literal]]:
    yield _TYPE, NamedNode(gap("Assessment"))
    yield gap("assesses"), NamedNode(assessment.policy)
    yield gap("usesFramework"), NamedNode(assessment.framework)
    yield gap("reviewStatus"), NamedNode(assessment.status)
    yield _CREATOR, NamedNode(assessment.creator)
    yield _CREATED, Literal(assessment.created.isoformat(), datatype=_DATE)
    for answer in assessment.answers:
        if answer.element in LEVEL_OF and slug_of(answer.value) != "unknown":
            yield LEVEL_OF[answer.element], NamedNode(answer.value)
    if assessment.remarks:
        yield gap("rationale"), Literal(assessment.remarks, language="en")


def _body(rating: Rating) -> Iterator[tuple[str, NamedNode | Literal]]:
    yield _TYPE, NamedNode(gap("Rating"))
    yield gap("ratesElement"), NamedNode(rating.element)
    yield gap("ratingValue"), NamedNode(rating.value)
    for line in rating.rationales:
        yield gap("rationale"), Literal(line, language="en")


def _rating(assessment: str, element: str) -> str:
    return thing("rating", f"{slug_of(assessment)}-{slug_of(element)}")


def read_assessment(reader: Reader, iri: str) -> Assessment:
    """The assessment of this address, as it was made.

    Raises:
        NotFound: there is no assessment of this address.
    """
    said = _values(reader, iri)
    if gap("Assessment") not in said[_TYPE]:
        raise NotFound(local_of(iri))
    (framework,), (policy,), (created,) = said[gap("usesFramework")], said[gap("assesses")], said[_CREATED]
    kind = instrument(reader, framework).kind
    ratings = _ratings(reader, framework, said[gap("hasRating")])
    return Assessment(
        iri, policy, framework, kind, _answers(reader, kind, said, ratings), ratings,
        creator=said[_CREATOR][0], created=date.fromisoformat(created),
        remarks="".join(said[gap("rationale")]), status=said[gap("reviewStatus")][0],
    )  # fmt: skip


def _values(reader: Reader, iri: str) -> Values:
    found: Values = defaultdict(list)
    for fact in facts(reader, iri):
        if fact.value not in found[fact.property]:
            found[fact.property].append(fact.value)
    return found


def _ratings(reader: Reader, framework: str, addresses: list[str]) -> tuple[Rating, ...]:
    order = list(elements(reader, framework, ""))
    said = [_values(reader, address) for address in addresses]
    found = [Rating(v[gap("ratesElement")][0], v[gap("ratingValue")][0], tuple(v[gap("rationale")])) for v in said]
    return tuple(sorted(found, key=lambda r: order.index(r.element)))


def _answers(reader: Reader, kind: str, said: Values, ratings: tuple[Rating, ...]) -> tuple[Answer, ...]:
    if kind != "matrix":
        return tuple(Answer(r.element, r.value, " ".join(r.rationales)) for r in ratings)
    levels = {axis: said[name][0] for axis, name in LEVEL_OF.items() if name in said}
    return tuple(Answer(*row) for row in given_by(reader, levels, ratings[0].rationales if ratings else ()))
