"""From a contribution to the change of the base that accepting it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from kg.claiming import settled
from kg.contributing import introduction
from kg.contributions.model import Contribution, Person
from kg.errors import BadInput, Meanwhile, Overtaken, SyntaxProblem
from kg.namespaces import PREFIXES, gap, thing
from kg.store import Change, Journal, Literal, NamedNode, Quad, Reader, Statement, placed, read_text, serialise
from kg.store.files import SUFFIXES

_A = NamedNode(PREFIXES["rdf"] + "type")
_XSD = PREFIXES["xsd"]
_CLAIM, _STATUS = NamedNode(gap("Claim")), NamedNode(gap("reviewStatus"))
_REVIEWED = {NamedNode(gap(name)) for name in ("Claim", "Appraisal", "Assessment")}
_CREATOR, _CREATED = (NamedNode(PREFIXES["dcterms"] + name) for name in ("creator", "created"))
_GENERATED = NamedNode(PREFIXES["prov"] + "wasGeneratedBy")
_LOOKED_BACK = 500
"""So many revisions are searched for the one that came before a change."""
_LONGEST_NAME = 120

Value = NamedNode | Literal


def statements(text: str) -> frozenset[Quad]:
    """The statements in a text of N-Quads, each in the graph that its subject has.

    Raises:
        BadInput: it is none.
    """
    try:
        return placed(read_text(text.encode(), SUFFIXES[".nq"], "The contribution"))
    except SyntaxProblem as error:
        raise BadInput(f"The statements of this contribution cannot be read: {error.reason}.") from error


def as_text(quads: Iterable[Quad]) -> str:
    """Statements as a contribution keeps them."""
    return serialise(quads, ".nq", {}).decode()


def fitted(contribution: Contribution, reader: Reader) -> Contribution:
    """A contribution with what only counts things, such as the members of a framework, counted anew."""
    added, removed = settled(reader, statements(contribution.added), statements(contribution.removed))
    return replace(contribution, added=as_text(added), removed=as_text(removed))


def change_for(contribution: Contribution, checker: Person, reader: Reader, at: datetime) -> Change:
    """The change that accepting a contribution makes to the base as it stands now.

    It says of each new claim that it is accepted, by whom it was written and by whom checked, and of both who they
    are where the base does not know them yet. Source: ontology-model.md, “Curation”; PROV-O §3.1.

    Raises:
        BadInput: what it holds is not written as it must be.
    """
    added, removed = statements(contribution.added), statements(contribution.removed)
    stamps = _Stamps(contribution, checker, reader, at)
    if contribution.kind != "undo":  # what an undo brings back was written and checked when it first came
        added = stamps.stamped(added, removed)
    people = _introduced((contribution.author, checker), reader, added)
    return Change(
        reader.revision,
        added | people,
        removed,
        agent=contribution.author.address,
        message=contribution.title,
        checker=checker.address,
        contribution=contribution.accepting or contribution.id,
    )


def _introduced(people: Sequence[Person], reader: Reader, added: frozenset[Quad]) -> frozenset[Quad]:
    """What is said of those whom neither the base nor the contribution describes."""
    told = {quad.subject for quad in added}
    unknown = [person for person in people if NamedNode(person.address) not in told]
    return frozenset().union(*(introduction(reader, person.address, person.name) for person in unknown))


def fitted_together(changes: Sequence[Change], reader: Reader, message: str = "") -> Change:
    """Changes against the same revision, by the same people, as one; what counts things counts those of all of them.

    Args:
        changes: them; the last one names the whole where `message` does not.
        reader: the base at that revision.
        message: what the whole does.
    """
    last = changes[-1]
    added = frozenset().union(*(change.added for change in changes))
    removed = frozenset().union(*(change.removed for change in changes))
    if len(changes) > 1:
        added, removed = settled(reader, added, removed)
    return replace(last, added=added, removed=removed, message=message or last.message)


def refuse_overtaken(contribution: Contribution, reader: Reader, journal: Journal) -> None:
    """Make sure that nobody else has changed since then what a contribution changes.

    Raises:
        Overtaken: somebody did; it carries what stands there now.
        BadInput: all that it would change stands there already.
    """
    added, removed = statements(contribution.added), statements(contribution.removed)
    gone = {quad for quad in removed if quad not in _said(reader, quad.subject)}
    taken = {quad for quad in added if quad.predicate == _A and _is_taken(reader, quad, added | removed)}
    if gone or taken:
        raise Overtaken(
            [_meanwhile(quad, contribution.base, reader, journal) for quad in sorted(gone | taken, key=str)]
        )
    if not removed and all(quad in _said(reader, quad.subject) for quad in added):
        raise BadInput("All that this would change stands in the base already. Reject it, with that as the reason.")


def _is_taken(reader: Reader, quad: Quad, added: frozenset[Quad]) -> bool:
    """Whether something new has got an address that another thing has by now."""
    there = _said(reader, quad.subject)
    return quad in there and bool(there - added)


def _said(reader: Reader, subject: object) -> set[Quad]:
    return set(reader.quads(subject=subject)) if isinstance(subject, NamedNode) else set()


def _meanwhile(quad: Quad, base: int, reader: Reader, journal: Journal) -> Meanwhile:
    now = sorted(str(q) for q in _said(reader, quad.subject) if q.predicate == quad.predicate)
    return Meanwhile(str(quad), tuple(now), _last_touch(quad, base, reader.revision, journal))


def _last_touch(quad: Quad, base: int, newest: int, journal: Journal) -> int:
    for number in range(newest, max(base, newest - _LOOKED_BACK), -1):
        patch = journal.read(number)
        if any((q.subject, q.predicate) == (quad.subject, quad.predicate) for q in (*patch.removed, *patch.added)):
            return number
    return 0


class _Stamps:
    """What is written on the claims of a contribution when it is accepted."""

    def __init__(self, contribution: Contribution, checker: Person, reader: Reader, at: datetime) -> None:
        self._contribution, self._reader, self._at = contribution, reader, at
        self._author, self._checker = NamedNode(contribution.author.address), NamedNode(checker.address)
        self._entry = NamedNode(thing("activity", f"contribution-{contribution.id}"))
        self._check = NamedNode(thing("activity", f"check-{contribution.id}"))

    def stamped(self, added: frozenset[Quad], removed: frozenset[Quad]) -> frozenset[Quad]:
        new = {q.subject for q in added if q.predicate == _A and q.object in _REVIEWED}
        claims = {q.subject for q in added if q.predicate == _A and q.object == _CLAIM}
        touched = {s for s in {q.subject for q in added | removed} - new if self._is_claim(s)}
        if not new and not touched:
            return added
        kept = {q for q in added if not (q.subject in new and q.predicate == _STATUS)}
        facts = [*self._activities(), *(fact for s in new for fact in self._accepted(s, added))]
        facts += [fact for s in claims | touched for fact in self._checked(s)]
        return frozenset(kept) | placed(facts)

    def _is_claim(self, subject: object) -> bool:
        return any(q.predicate == _A and q.object == _CLAIM for q in _said(self._reader, subject))

    def _accepted(self, subject: object, added: frozenset[Quad]) -> Iterator[Statement]:
        assert isinstance(subject, NamedNode)
        said = {q.predicate for q in added if q.subject == subject}
        yield subject, _STATUS, NamedNode(thing("review-status", "accepted"))
        if _CREATOR not in said:
            yield subject, _CREATOR, self._author
        if _CREATED not in said:
            yield subject, _CREATED, Literal(f"{self._at:%Y-%m-%d}", datatype=NamedNode(_XSD + "date"))
        if _GENERATED not in said:
            yield subject, _GENERATED, self._entry

    def _checked(self, subject: object) -> Iterator[Statement]:
        assert isinstance(subject, NamedNode)
        yield subject, NamedNode(gap("reviewedBy")), self._checker
        yield subject, NamedNode(gap("checkedIn")), self._check

    def _activities(self) -> Iterator[Statement]:
        name, begun = self._contribution.title[:_LONGEST_NAME], self._contribution.created
        ended = self._contribution.submitted or self._contribution.changed
        yield from self._activity(self._entry, f"Entry of “{name}”", self._author, begun, ended)
        yield from self._activity(self._check, f"Check of “{name}”", self._checker, None, self._at)

    def _activity(
        self, me: NamedNode, label: str, who: NamedNode, begun: datetime | None, ended: datetime
    ) -> Iterator[Statement]:
        prov, source = PREFIXES["prov"], self._contribution.source
        yield me, _A, NamedNode(gap("CurationActivity"))
        yield me, NamedNode(PREFIXES["rdfs"] + "label"), Literal(label, language="en")
        yield me, NamedNode(prov + "wasAssociatedWith"), who
        yield me, NamedNode(prov + "endedAtTime"), _moment(ended)
        if begun:
            yield me, NamedNode(prov + "startedAtTime"), _moment(begun)
        if source:
            yield me, NamedNode(prov + "used"), NamedNode(source)


def _moment(at: datetime) -> Literal:
    return Literal(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", datatype=NamedNode(_XSD + "dateTime"))
