"""All that what-if questions are answered from, read once for a revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeVar
from weakref import WeakKeyDictionary

from kg.errors import ResultTooLarge
from kg.queries import (
    AppraisedWork,
    Footing,
    appraised_works,
    claim_rests,
    footing,
    groups_of_sources,
    premises,
    tactic_names,
)
from kg.store import Reader
from kg.what_if.witnesses import Triple, Witness, standing_links, witnesses

T = TypeVar("T")

MOST_STATEMENTS = 400_000
"""Up to this many statements the question is answered, since all that follows from the record is read for it."""


class Why(Enum):
    """Why a claim would go."""

    READ = "It was read in a source that is taken away."
    RESTS = "Every work that is cited for it is taken away."
    DRAWN = "A curator drew it from claims that would all go."


@dataclass(frozen=True)
class Grounds:
    """What everything rests on.

    Attributes:
        rules: how each derived link came about, rule by rule.
        documents: the document each accepted claim is read in.
        works: the works cited for each claim; none for those without.
        drawn: the claims from which others were drawn.
        footing: the footing of each tactic's claims.
        appraised: the sound works by appraisals on file, and the disputes, of each tactic.
        tactics: all tactics.
        groups: the independence group of each source.
    """

    rules: Sequence[Sequence[Witness]]
    documents: Mapping[str, str]
    works: Mapping[str, frozenset[str]]
    drawn: Mapping[str, frozenset[str]]
    footing: Mapping[str, Sequence[Footing]]
    appraised: Mapping[str, Sequence[AppraisedWork]]
    tactics: tuple[str, ...]
    groups: Mapping[str, str]

    @cached_property
    def links(self) -> frozenset[Triple]:
        """The derived links as they stand."""
        return standing_links(self.rules)

    def gone(self, sources: Set[str]) -> dict[str, Why]:
        """The claims that would go without these sources, and why.

        A claim goes when the document it is read in goes, or when works are cited for it and every one of them goes;
        what a curator drew from other claims goes when all of those go.
        """
        found = {claim: Why.READ for claim, document in self.documents.items() if document in sources}
        for claim, works in self.works.items():
            if works <= sources:
                found.setdefault(claim, Why.RESTS)
        while more := [c for c, drawn_from in self.drawn.items() if c not in found and drawn_from <= found.keys()]:
            found |= dict.fromkeys(more, Why.DRAWN)
        return found

    def same_group(self, source: str) -> list[str]:
        """The other sources that count as one with a source."""
        mine = self.groups.get(source)
        return [other for other, group in self.groups.items() if group == mine and other != source]


_READ: WeakKeyDictionary[Reader, Grounds] = WeakKeyDictionary()


def grounds(reader: Reader) -> Grounds:
    """What everything in the base rests on; kept as long as this reader is.

    Raises:
        ResultTooLarge: the base is too large to be read as a whole for one question.
    """
    found = _READ.get(reader)
    if found is None:
        if len(reader) > MOST_STATEMENTS:
            raise ResultTooLarge(
                f"What would be left without a source is worked out for bases of up to {MOST_STATEMENTS:,} statements, "
                f"since everything that follows from the record is read for it; this one has {len(reader):,}."
            )
        found = _READ[reader] = _read(reader)
    return found


def _read(reader: Reader) -> Grounds:
    rests = claim_rests(reader)
    return Grounds(
        rules=witnesses(reader),
        documents={row.claim: row.document for row in rests},
        works=_sets((row.claim, row.work) for row in rests if row.work),
        drawn=_sets((row.claim, row.premise) for row in premises(reader)),
        footing=_lists(footing(reader), "thing"),
        appraised=_lists(appraised_works(reader), "tactic"),
        tactics=tuple(tactic_names(reader)),
        groups={row.source: row.group for row in groups_of_sources(reader)},
    )


def _sets(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _lists(rows: Iterable[T], key: str) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return dict(found)
