"""The typed ways from a cause, one by one: each a path of hops, as free paths are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.model import Hop, Path, Standing
from kg.namespaces import gap
from kg.paths.typed import CausePath, PhaseStep, SourceStep, TacticStep
from kg.paths.wording import tell
from kg.queries import hop_words
from kg.store import Reader

_BY_LINK = {gap("contextualWork"): Standing.BY_PHASE, gap("relatedWork"): Standing.INFERRED}
"""Links to sources that no document states: the claims behind them stand better than the links do (r12, r13)."""


def spread(reader: Reader, found: CausePath) -> tuple[Path, ...]:
    """Each way from the cause by phase and tactic to a source, or to the tactic where no source is recorded.

    Args:
        reader: the graph the ways were found in.
        found: the ways from a cause; their order is kept.
    """
    return tell(reader, ways(reader, found))


def ways(reader: Reader, found: CausePath) -> list[Path]:
    """The same, not yet told in words: that takes longest, and not all may be wanted."""
    claims = sorted({claim for step in _steps(found) for claim in step.claims})
    standings = {claim: Standing.of(words.standing) for claim, words in hop_words(reader, claims).items()}
    return list(dict.fromkeys(_paths(found, standings)))


def _steps(found: CausePath) -> Iterator[PhaseStep | TacticStep | SourceStep]:
    for phase in found.phases:
        yield phase
        for tactic in phase.tactics:
            yield tactic
            yield from tactic.sources


def _paths(found: CausePath, standings: Mapping[str, Standing]) -> Iterator[Path]:
    for phase in found.phases:
        first = _hop(found.cause, phase.phase, gap("respondsTo"), phase.claims, standings)
        for tactic in phase.tactics:
            second = _hop(phase.phase, tactic.tactic, gap("inPhase"), tactic.claims, standings)
            if not tactic.sources:
                yield Path((first, second))
            for step in tactic.sources:
                last = _hop(tactic.tactic, step.source, step.relation, step.claims, standings, forward=True)
                yield Path((first, second, last))


def _hop(
    start: str,
    end: str,
    relation: str,
    claims: Sequence[str],
    standings: Mapping[str, Standing],
    *,
    forward: bool = False,
) -> Hop:
    """A hop; a link that no claim is found behind is no better than an inference."""
    ranked = sorted((standings[claim], claim) for claim in claims)
    standing = _BY_LINK.get(relation, ranked[0][0] if ranked else Standing.INFERRED)
    return Hop(start, end, relation, forward, standing, tuple(claim for _, claim in ranked))
