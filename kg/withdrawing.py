"""Withdrawing a thing with a reason: it stays on record and nothing rests on it any more.

Claims and what is reviewed like them get the review status “withdrawn”; all else is deprecated. Both keep when, by
whom, why, and what stands in their place. Source: ontology-model.md, “Corrections”, X1 and X2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.errors import BadInput, NotFound
from kg.namespaces import ID, PREFIXES, gap, kind_of, slug_of, thing
from kg.store import DERIVED_GRAPH, Literal, NamedNode, Quad, Reader, Statement, placed, text_of

LONGEST_REASON = 2000
_XSD = PREFIXES["xsd"]
_STATUS, _WITHDRAWN = NamedNode(gap("reviewStatus")), NamedNode(thing("review-status", "withdrawn"))
_ACCEPTED = NamedNode(thing("review-status", "accepted"))
_DEPRECATED = NamedNode(PREFIXES["owl"] + "deprecated")
_A, _LABEL = NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["rdfs"] + "label")
_NOTE = NamedNode(PREFIXES["skos"] + "changeNote")
_BY, _AT = (NamedNode(PREFIXES["prov"] + name) for name in ("wasInvalidatedBy", "invalidatedAtTime"))
_TOP, _TOP_OF = (NamedNode(PREFIXES["skos"] + name) for name in ("hasTopConcept", "topConceptOf"))
_REPLACED = NamedNode(PREFIXES["dcterms"] + "isReplacedBy")
_REVISION_OF = NamedNode(PREFIXES["prov"] + "wasRevisionOf")
_NEVER = ("revision", "release", "activity", "agent", "summary")
_LEANING = {
    gap(name)
    for name in (
        "claimSubject", "claimPredicate", "claimObject", "assertedIn", "backedBy", "challengedBy", "originSource",
        "inferredFrom",
    )
}  # fmt: skip
"""How an accepted claim leans on something; the checks let none lean on what is withdrawn."""
_TIES = {gap(name) for name in ("restates", "qualifies", "disagreesWith")}
"""What a claim says of another beside its own statement; it can stand without."""


@dataclass(frozen=True)
class Referring:
    """Something that refers to a thing.

    Attributes:
        iri: what it is.
        properties: by which properties.
        leans: whether it is an accepted claim that has to be withdrawn with the thing, or pointed elsewhere.
    """

    iri: str
    properties: tuple[str, ...]
    leans: bool


def referring(reader: Reader, iri: str) -> list[Referring]:
    """What people said that refers to a thing, what leans on it first."""
    found: dict[str, set[str]] = {}
    for quad in reader.quads(value=NamedNode(iri)):
        if quad.graph_name != DERIVED_GRAPH and text_of(quad.subject).startswith(ID):
            found.setdefault(text_of(quad.subject), set()).add(quad.predicate.value)
    rows = [
        Referring(subject, tuple(sorted(properties)), bool(properties & _LEANING) and _accepted(reader, subject))
        for subject, properties in found.items()
    ]
    return sorted(rows, key=lambda row: (not row.leans, row.iri))


def leaning(reader: Reader, iri: str) -> list[str]:
    """The accepted claims that cannot stand without a thing, and those that cannot stand without these."""
    found, waiting = dict[str, None](), [iri]
    while waiting:
        for row in referring(reader, waiting.pop()):
            if row.leans and row.iri != iri and row.iri not in found:
                found[row.iri] = None
                waiting.append(row.iri)
    return list(found)


def withdrawal(
    reader: Reader, iri: str, why: str, agent: str, *, instead: str = "", along: Sequence[str] = (), at: datetime
) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """The statements out and in that withdraw a thing.

    Claims that say of a withdrawn one that they restate, qualify or contradict it no longer say so.

    Args:
        reader: the base.
        iri: the thing.
        why: the reason, in a sentence or two.
        agent: address of who withdraws it.
        instead: what stands in its place, where something does.
        along: claims that lean on it and are withdrawn with it.
        at: when.

    Raises:
        NotFound: there is no such thing, or nothing that stands in its place.
        BadInput: no reason is given; or it is withdrawn already, or of a kind that cannot be.
    """
    _check(reader, iri, why, instead)
    removed, added = set[Quad](), list[Statement]()
    act = NamedNode(thing("activity", f"withdrawal-{kind_of(iri)}-{slug_of(iri)}-{at.astimezone(UTC):%Y%m%d%H%M%S}"))
    added += _act(act, iri, agent, at)
    for one in (iri, *along):
        removed |= _tied(reader, one, {iri, *along})
        out, into = _given_up(reader, one)
        removed |= out
        me = NamedNode(one)
        added += [*into, (me, _NOTE, Literal(why.strip(), language="en")), (me, _BY, act), (me, _AT, _moment(at))]
    if instead:
        added.append(_in_place(reader, iri, instead))
    return frozenset(removed), placed(added)


def withdrawn(reader: Reader, iri: str) -> bool:
    """Whether a thing is no longer held."""
    return any(
        (q.predicate, q.object) == (_STATUS, _WITHDRAWN) or (q.predicate == _DEPRECATED and text_of(q.object) == "true")
        for q in reader.quads(subject=NamedNode(iri))
    )


def _check(reader: Reader, iri: str, why: str, instead: str) -> None:
    if not 3 <= len(why.strip()) <= LONGEST_REASON:
        raise BadInput(f"Say why it is withdrawn, in up to {LONGEST_REASON:,} characters: the reason stays on record.")
    if kind_of(iri) in (None, *_NEVER):
        raise BadInput("What was done stays true: revisions, releases and the record of readings are not withdrawn.")
    for wanted in filter(None, (iri, instead)):
        if not any(q.predicate == _A for q in reader.quads(subject=NamedNode(wanted))):
            raise NotFound(wanted.removeprefix(ID))
    if withdrawn(reader, iri):
        raise BadInput("This has been withdrawn already.")
    if instead and (instead == iri or withdrawn(reader, instead)):
        raise BadInput("What stands in its place must be another thing that is still held.")


def _given_up(reader: Reader, iri: str) -> tuple[set[Quad], Iterable[Statement]]:
    said = [q for q in reader.quads(subject=NamedNode(iri)) if q.graph_name != DERIVED_GRAPH]
    status = {q for q in said if q.predicate == _STATUS}
    if status:
        return status, [(NamedNode(iri), _STATUS, _WITHDRAWN)]
    tops = {q for q in said if q.predicate == _TOP_OF}
    tops |= {q for q in reader.quads(value=NamedNode(iri)) if q.predicate == _TOP}
    return tops, [(NamedNode(iri), _DEPRECATED, Literal(True))]


def _tied(reader: Reader, iri: str, gone: set[str]) -> set[Quad]:
    pointing = [q for q in reader.quads(value=NamedNode(iri)) if q.predicate.value in _TIES]
    return {q for q in pointing if text_of(q.subject) not in gone and _accepted(reader, text_of(q.subject))}


def _in_place(reader: Reader, iri: str, instead: str) -> Statement:
    """A claim that stands in the place of another is a revision of it; other things are replaced."""
    if any(q.predicate == _STATUS for q in reader.quads(subject=NamedNode(iri))):
        return NamedNode(instead), _REVISION_OF, NamedNode(iri)
    return NamedNode(iri), _REPLACED, NamedNode(instead)


def _act(me: NamedNode, iri: str, agent: str, at: datetime) -> Iterator[Statement]:
    yield me, _A, NamedNode(gap("CurationActivity"))
    yield me, _LABEL, Literal(f"Withdrawal of {kind_of(iri)}/{slug_of(iri)}", language="en")
    yield me, NamedNode(PREFIXES["prov"] + "wasAssociatedWith"), NamedNode(agent)
    yield me, NamedNode(PREFIXES["prov"] + "endedAtTime"), _moment(at)


def _accepted(reader: Reader, iri: str) -> bool:
    return any((q.predicate, q.object) == (_STATUS, _ACCEPTED) for q in reader.quads(subject=NamedNode(iri)))


def _moment(at: datetime) -> Literal:
    return Literal(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", datatype=NamedNode(_XSD + "dateTime"))
