"""What would be left without some sources: claims, links, paths and statuses, before and after.

The same rules hold as for the base itself: links as `ontology/rules` writes them, statuses as `kg.appraisal` gives
them. Source: ontology-model.md §1.7 and §2.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from kg.appraisal import Appraised, appraise
from kg.namespaces import gap
from kg.queries import AppraisedWork, Footing
from kg.what_if.grounds import Grounds, Why
from kg.what_if.witnesses import Triple, standing_links

_TO_SOURCES = tuple(
    gap(name)
    for name in (
        "supportedBy",
        "cautionedBy",
        "disputedBy",
        "gapReportedIn",
        "recommendedIn",
        "relatedWork",
        "contextualWork",
    )
)
"""The kinds of link by which a path ends at a source, as in the query `path`."""


@dataclass(frozen=True)
class StatusChange:
    """The status of a tactic with the sources and without them."""

    tactic: str
    before: Appraised
    after: Appraised

    @property
    def moves(self) -> bool:
        """Whether the status itself changes, not only the counts beside it."""
        return self.before.status != self.after.status


@dataclass(frozen=True)
class PathLost:
    """A path from a cause to a source that breaks, and the first of its links that falls."""

    cause: str
    phase: str
    tactic: str
    relation: str
    source: str
    broken: Triple


@dataclass(frozen=True)
class Effect:
    """What would be different without some sources.

    Attributes:
        sources: what is taken away.
        gone: the claims that go, and why.
        thinner: claims that stay but lose a work cited for them, with the works that are left.
        fallen: the links that lose all that stands behind them, without those to the sources taken away.
        own: the links to the sources taken away, which go with them.
        paths: the paths that break, without those that end at a source taken away.
        own_paths: those that do.
        all_paths: how many paths there are with the sources.
        statuses: the tactics whose status or counts change.
    """

    sources: tuple[str, ...]
    gone: Mapping[str, Why]
    thinner: Mapping[str, frozenset[str]]
    fallen: tuple[Triple, ...]
    own: tuple[Triple, ...]
    paths: tuple[PathLost, ...]
    own_paths: tuple[PathLost, ...]
    all_paths: int
    statuses: tuple[StatusChange, ...]


def without(found: Grounds, sources: Iterable[str]) -> Effect:
    """What would be different without these sources.

    Args:
        found: what everything rests on.
        sources: addresses of sources.
    """
    taken = frozenset(sources)
    gone = found.gone(taken)
    going = frozenset(gone)
    before, after = found.links, standing_links(found.rules, going, taken)
    fallen = sorted(before - after)
    every = list(_paths(before))
    broken = [lost for path in every if (lost := _lost(path, after))]
    return Effect(
        sources=tuple(sorted(taken)),
        gone=gone,
        thinner={c: works - taken for c, works in found.works.items() if c not in gone and works & taken},
        fallen=tuple(link for link in fallen if link[2] not in taken),
        own=tuple(link for link in fallen if link[2] in taken),
        paths=tuple(path for path in broken if path.source not in taken),
        own_paths=tuple(path for path in broken if path.source in taken),
        all_paths=len(every),
        statuses=tuple(change for tactic in found.tactics if (change := _change(found, tactic, going, taken))),
    )


def appraised(found: Grounds, tactic: str, gone: Set[str] = frozenset(), taken: Set[str] = frozenset()) -> Appraised:
    """What the claims about a tactic amount to without these claims and sources."""
    rows = [r for r in found.footing.get(tactic, ()) if r.claim not in gone and r.work not in taken]
    sound = [r for r in found.appraised.get(tactic, ()) if r.claim not in gone and r.work not in taken]
    return appraise(rows, established=_is_established(sound))


def _is_established(rows: Sequence[AppraisedWork]) -> bool:
    """As the query `established_by_appraisal`: a sound review, or three sound groups, and no dispute."""
    speaking = [row for row in rows if row.side == "for"]
    if len(speaking) < len(rows):
        return False
    return any(row.isReview == "true" for row in speaking) or len({row.group for row in speaking}) >= 3


def _change(found: Grounds, tactic: str, gone: Set[str], taken: Set[str]) -> StatusChange | None:
    rows: list[Footing | AppraisedWork] = [*found.footing.get(tactic, ()), *found.appraised.get(tactic, ())]
    if not any(row.claim in gone or row.work in taken for row in rows):
        return None
    before, after = appraised(found, tactic), appraised(found, tactic, gone, taken)
    return None if _counted(before) == _counted(after) else StatusChange(tactic, before, after)


def _counted(status: Appraised) -> tuple[str, int, int, int, int]:
    return status.status, status.supports, status.cautions, status.gaps, status.independent


_Path = tuple[Triple, Triple, Triple]


def _paths(links: Set[Triple]) -> Iterable[_Path]:
    """The paths cause – phase – tactic – source, each by its three links."""
    by_relation: dict[str, list[Triple]] = defaultdict(list)
    for link in sorted(links):
        by_relation[link[1]].append(link)
    placed, ending = _by_end(by_relation[gap("inPhase")], 2), defaultdict(list)
    for relation in _TO_SOURCES:
        for link in by_relation[relation]:
            ending[link[0]].append(link)
    for facing in by_relation[gap("respondsTo")]:
        for standing in placed.get(facing[0], ()):
            for last in ending.get(standing[0], ()):
                yield facing, standing, last


def _by_end(links: Iterable[Triple], at: int) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = defaultdict(list)
    for link in links:
        found[link[at]].append(link)
    return found


def _lost(path: _Path, after: Set[Triple]) -> PathLost | None:
    broken = next((link for link in path if link not in after), None)
    if broken is None:
        return None
    facing, standing, last = path
    return PathLost(facing[2], facing[0], standing[0], last[1], last[2], broken)
