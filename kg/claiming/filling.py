"""A form filled from a claim on record, to copy or to correct it; and what putting it right does to the old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from kg.claiming.anchor import KEYS
from kg.claiming.form import Form, local_name
from kg.claiming.proposal import Kit, Proposal
from kg.claiming.terms import node
from kg.namespaces import PREFIXES, gap, local_of, slug_of, thing
from kg.store import DERIVED_GRAPH, Literal, NamedNode, Quad, Reader, graph_of, placed, text_of

_OA, _PROV = PREFIXES["oa"], PREFIXES["prov"]
_STATUS, _NOTE = gap("reviewStatus"), PREFIXES["skos"] + "changeNote"
_RECORD = ("created", "creator", "reviewStatus", "wasGeneratedBy", "checkedIn", "reviewedBy", "partOfPack")
"""What stays as it is when a claim is corrected in place."""


def typed_from(reader: Reader, form: Form, claim: str) -> dict[str, tuple[str, ...]]:
    """A claim as somebody would have typed it; empty where there is no such claim.

    Args:
        reader: the base.
        form: what is asked of a claim.
        claim: its address.
    """
    values: dict[str, tuple[str, ...]] = {}
    for quad in _own(reader, claim):
        key, value = local_name(quad.predicate.value), text_of(quad.object)
        if key == "locatedAt":
            values |= _place(reader, value)
        elif key in form:
            values[key] = tuple(sorted((*values.get(key, ()), local_of(value))))
    return values


def _place(reader: Reader, passage: str) -> dict[str, tuple[str, ...]]:
    said = {local_name(q.predicate.value): text_of(q.object) for q in _own(reader, passage)}
    for quad in _own(reader, said.get("hasSelector", "")):
        said[local_name(quad.predicate.value)] = text_of(quad.object)
    return {key: (said[key],) for key in ("locator", *KEYS) if said.get(key)}


def correcting(kit: Kit, proposal: Proposal, old: str, note: str) -> Proposal:
    """A proposal that puts an older claim right.

    Where it is the same reading in other words, the claim keeps its address and says them from then on. Where the
    meaning is another one, a new claim replaces it, and the old one is withdrawn and stays on record.
    Source: ontology-model.md §1.6, “Corrections”.

    Args:
        kit: the forms and the base.
        proposal: the claim as it should be.
        old: the address of the one that is put right.
        note: what was wrong with it.
    """
    if proposal.iri.rpartition("-")[2] == old.rpartition("-")[2]:
        return _in_place(kit.reader, proposal, old)
    return _replacing(kit.reader, proposal, old, note)


def _in_place(reader: Reader, proposal: Proposal, old: str) -> Proposal:
    wanted = frozenset(_renamed(quad, slug_of(proposal.iri), slug_of(old)) for quad in proposal.added)
    subjects = [thing(kind, slug_of(old)) for kind in ("claim", "passage", "selector")]
    place = next((text_of(q.object) for q in _own(reader, old) if q.predicate.value == gap("locatedAt")), subjects[1])
    if place != subjects[1]:  # it shares a passage with others, which is left alone
        wanted = frozenset(q for q in wanted if text_of(q.subject) not in subjects[1:])
        wanted = frozenset(_pointing(q, place) for q in wanted)
        subjects = subjects[:1]
    present = frozenset(quad for subject in subjects for quad in _own(reader, subject))
    kept = {q for q in present if local_name(q.predicate.value) in _RECORD}
    new = frozenset(q for q in wanted if local_name(q.predicate.value) not in _RECORD)
    removed = (present - kept - new) | proposal.removed
    return replace(proposal, iri=old, added=new - present, removed=removed)


def _replacing(reader: Reader, proposal: Proposal, old: str, note: str) -> Proposal:
    status = frozenset(q for q in _own(reader, old) if q.predicate.value == _STATUS)
    moment = Literal(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", datatype=NamedNode(PREFIXES["xsd"] + "dateTime"))
    me, new = NamedNode(old), NamedNode(proposal.iri)
    facts = placed(
        [
            (new, NamedNode(_PROV + "wasRevisionOf"), me),
            (me, NamedNode(_STATUS), NamedNode(thing("review-status", "withdrawn"))),
            (me, NamedNode(_PROV + "invalidatedAtTime"), moment),
            (me, NamedNode(_NOTE), Literal(note or "Replaced by a claim that puts it right.", language="en")),
        ]
    )
    return replace(proposal, added=proposal.added | facts, removed=proposal.removed | status)


def _renamed(quad: Quad, made: str, slug: str) -> Quad:
    """The statement about the claim, passage and selector of another name."""

    def term(value: object) -> object:
        if isinstance(value, NamedNode) and value.value in {thing(k, made) for k in ("claim", "passage", "selector")}:
            return NamedNode(value.value.removesuffix(made) + slug)
        return value

    return Quad(term(quad.subject), quad.predicate, term(quad.object), quad.graph_name)  # type: ignore[arg-type]


def _pointing(quad: Quad, place: str) -> Quad:
    is_place = quad.predicate.value == gap("locatedAt")
    return Quad(quad.subject, quad.predicate, NamedNode(place), quad.graph_name) if is_place else quad


def _own(reader: Reader, iri: str) -> list[Quad]:
    """What somebody stated of a thing."""
    found = node(iri)
    return [q for q in reader.quads(subject=found) if q.graph_name != DERIVED_GRAPH] if found else []


def settled(
    reader: Reader, added: frozenset[Quad], removed: frozenset[Quad]
) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """A proposal fitted to the base as it is now, as far as counting goes: how many members a framework lists.

    Two people may each have added a member since; both members go in, and what is counted is what is there then.

    Args:
        reader: the base.
        added, removed: statements in and out.
    """
    counted = {q.subject for q in added if q.predicate.value == _COUNT and q.subject != _typed_now(added, q)}
    for framework in counted:
        assert isinstance(framework, NamedNode)
        now = {q for q in _own(reader, framework.value) if q.predicate.value == _COUNT}
        out = frozenset(q for q in (*added, *removed) if q.subject == framework and q.predicate.value == _COUNT)
        size = Literal(_members(reader, framework, added, removed))
        new = Quad(framework, NamedNode(_COUNT), size, graph_of(framework.value))
        added, removed = (added - out) | {new}, (removed - out) | now
    return added, removed - added


_COUNT, _IN_SCHEME = gap("listedCount"), PREFIXES["skos"] + "inScheme"


def _typed_now(added: frozenset[Quad], count: Quad) -> object:
    """The framework itself where it comes without members, and so counts what was typed."""
    has_member = any(q.predicate.value == _IN_SCHEME and q.object == count.subject for q in added)
    return None if has_member else count.subject


def _members(reader: Reader, framework: NamedNode, added: frozenset[Quad], removed: frozenset[Quad]) -> int:
    def of(quads: object) -> set[str]:
        return {text_of(q.subject) for q in quads if q.predicate.value == _IN_SCHEME and q.object == framework}  # type: ignore[attr-defined]

    return len((of(reader.quads(value=framework)) - of(removed)) | of(added))
