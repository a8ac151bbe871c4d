"""What each accepted change did: which things came, changed or went, and which answers it changed.

Read from the journal, whose patches hold what a revision put in and took out, derived statements included.
Source: architecture.md, decision on the journal; ontology-model.md §2.3 for the statuses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.namespaces import ID, PREFIXES, gap, slug_of, thing
from kg.queries import summaries, tactic_names
from kg.store import DERIVED_GRAPH, Home, Journal, Quad, Reader, text_of

_TYPE = PREFIXES["rdf"] + "type"
_DEPRECATED = PREFIXES["owl"] + "deprecated"
_STATUS, _ADDRESSES = gap("evidenceStatus"), gap("addresses")
_GONE = {(gap("reviewStatus"), thing("review-status", "withdrawn")), (_DEPRECATED, "true")}
_ENDING = {relation for relation, _ in _GONE}
_REVISION = thing("revision", "")
_KEPT = 64
"""So many revisions stay in memory once read; they never change."""


@dataclass(frozen=True)
class StatusChange:
    """The evidence status of a tactic before and after, as slugs; `before` is empty for a tactic that was new."""

    summary: str
    before: str
    after: str


@dataclass(frozen=True)
class LinkChange:
    """A tactic that came to be held to address something, or no longer is."""

    tactic: str
    cause: str
    gained: bool


@dataclass(frozen=True)
class Changes:
    """What one revision did.

    Attributes:
        added: the things it brought.
        changed: things that were there and of which it says something else.
        withdrawn: things that are no longer held since then, but stay on record.
        removed: things that it took out altogether.
        statuses: the tactics whose evidence status it changed.
        links: the links between tactics and what they address that it made or ended.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    removed: tuple[str, ...]
    statuses: tuple[StatusChange, ...]
    links: tuple[LinkChange, ...]


def size_of(home: Home, number: int) -> int:
    """How many bytes the record of a revision takes; what it takes to read it grows with that.

    Raises:
        StoreDamaged: there is no such record.
    """
    return home.journal.size(number)


def changes_of(home: Home, number: int) -> Changes:
    """What a revision did.

    Raises:
        StoreDamaged: its record is not there or not as it was written.
    """
    return _read(home.journal.folder, number)


@lru_cache(maxsize=_KEPT)
def _read(folder: Path, number: int) -> Changes:
    patch = Journal(folder).read(number)
    return compare(patch.removed, patch.added)


def compare(removed: Iterable[Quad], added: Iterable[Quad]) -> Changes:
    """What statements out and in do to things and answers."""
    put, taken = _Told(added), _Told(removed)
    new, old = put.typed - taken.subjects, taken.typed - put.subjects
    touched = (put.subjects | taken.subjects) - new - old - put.gone
    return Changes(
        added=tuple(sorted(new - put.gone)),
        changed=tuple(sorted(touched)),
        withdrawn=tuple(sorted(put.gone)),
        removed=tuple(sorted(old)),
        statuses=_statuses(dict(taken.statuses), dict(put.statuses)),
        links=tuple(
            LinkChange(*pair, gained) for side, gained in ((taken, False), (put, True)) for pair in sorted(side.links)
        ),
    )


class _Told:
    """What the statements of one side of a patch are about: things of ours, and what the rules work out.

    Attributes:
        subjects: all things of which something is said.
        typed: those of which it is said what they are.
        gone: those that are said to be no longer held.
        statuses: summaries with the status they give.
        links: tactics with what they are held to address.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.subjects, self.typed, self.gone = set[str](), set[str](), set[str]()
        self.statuses, self.links = list[tuple[str, str]](), list[tuple[str, str]]()
        for quad in quads:
            subject, relation = text_of(quad.subject), quad.predicate.value
            if quad.graph_name == DERIVED_GRAPH:
                self._derived(subject, relation, quad)
            elif subject.startswith(ID) and not subject.startswith(_REVISION):
                self._stated(subject, relation, quad)

    def _stated(self, subject: str, relation: str, quad: Quad) -> None:
        self.subjects.add(subject)
        if relation == _TYPE:
            self.typed.add(subject)
        elif relation in _ENDING and (relation, text_of(quad.object)) in _GONE:
            self.gone.add(subject)

    def _derived(self, subject: str, relation: str, quad: Quad) -> None:
        if relation == _STATUS:
            self.statuses.append((subject, slug_of(text_of(quad.object))))
        elif relation == _ADDRESSES:
            self.links.append((subject, text_of(quad.object)))


def _statuses(before: dict[str, str], after: dict[str, str]) -> tuple[StatusChange, ...]:
    return tuple(StatusChange(summary, before.get(summary, ""), status) for summary, status in sorted(after.items()))


def tactics_by_summary(reader: Reader) -> dict[str, str]:
    """The tactic that each summary is about."""
    return {row.summary: row.thing for row in summaries(reader, tactic_names(reader)).values()}
