"""Changes tried before anybody makes them: what would come of one, and what would refuse it. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.changelog import Changes, compare
from kg.contributing.opening import home, open_base
from kg.contributing.seeding import PROJECT, statements_of
from kg.derivation import Keeping, steps
from kg.errors import Conflict, Violation
from kg.namespaces import local_of
from kg.settings import Settings
from kg.store import (
    Change,
    Engine,
    Home,
    Outcome,
    Reader,
    Warm,
    describing,
    difference,
    in_memory,
    provenance,
    rederive,
    refuse_misplaced,
    refuse_torn,
    text_of,
    trying,
)
from kg.validation import problems

_TOLD = ("violation", "warning")


def violations(settings: Settings, change: Change) -> list[Violation]:
    """What would refuse a change; nothing is kept, and no writer is kept waiting.

    Raises:
        Conflict: the change was made against an older revision.
        DoesNotConform: it holds statements that have no place in the base.
    """
    with _to_try_on(settings, change) as base:
        return list(_outcome(base, change, ("violation",)).violations)


@contextmanager
def _to_try_on(settings: Settings, change: Change) -> Iterator[Engine]:
    """The newest revision, to try a change on that was made against it."""
    base = open_base(settings)
    if change.base != base.revision:
        raise Conflict(change.base, base.revision)
    refuse_misplaced(change)
    refuse_torn(base, change)
    with nullcontext(base) if base.in_memory else home(settings).copy_of(base) as copy:
        yield copy


def tried(settings: Settings, base: Reader, change: Change, warm: Warm) -> list[Violation] | None:
    """What would refuse a change, and what it would be warned of: of the things it touches; nothing is kept.

    None where that cannot be told: a change that all has to be derived and checked anew for, of a large base.

    Args:
        settings: where the store lies.
        base: the revision the change was made against.
        change: the change.
        warm: what holds the base in memory, to try it on.

    Raises:
        DoesNotConform: it holds statements that have no place in the base.
    """
    refuse_misplaced(change)
    refuse_torn(base, change)
    place = home(settings)
    found: Sequence[Violation] | None
    if isinstance(base, Engine) and not base.in_memory:
        found = _tried_on_disk(place, base, change)
    else:
        engine = warm.take(place.journal, base.revision) or in_memory(base.quads(), base.revision)
        found = _outcome(engine, change, _TOLD).violations
        warm.give(engine, place.journal)
    touched = {local_of(text_of(quad.subject)) for quad in change.added | change.removed}
    if found is None:
        return None
    return [row for row in found if row.severity == "violation" or row.thing in touched]


def _tried_on_disk(place: Home, base: Engine, change: Change) -> Sequence[Violation] | None:
    with place.copy_of(base) as copy:
        removed, added = difference(copy, change)
        return _outcome(copy, change, _TOLD).violations if Keeping().covers(removed, added) else None


def _outcome(engine: Engine, change: Change, severities: tuple[str, ...]) -> Outcome:
    """What would come of a change; afterwards the base is as before."""

    def whole(changed: Engine) -> Outcome:
        return Outcome(*rederive(changed, steps()), tuple(problems(changed, severities)))

    return trying(engine, change, Keeping(severities), whole)


@dataclass(frozen=True)
class Forecast:
    """What a change would do, tried in memory; nothing is kept.

    Attributes:
        changes: what it does to things, and to links and statuses that follow from them.
        violations: what would refuse it.
    """

    changes: Changes
    violations: tuple[Violation, ...]


def forecast(settings: Settings, change: Change) -> Forecast:
    """What a change would do and what would refuse it; no writer is kept waiting.

    Raises:
        Conflict: the change was made against an older revision.
        DoesNotConform: it holds statements that have no place in the base.
    """
    with _to_try_on(settings, change) as base:
        facts = provenance(base.revision + 1, change, datetime.now(UTC))
        outcome = _outcome(base, replace(change, added=change.added | facts), ("violation",))
    return Forecast(compare(change.removed | outcome.removed, change.added | outcome.added), outcome.violations)


def conforming(settings: Settings, paths: Sequence[Path]) -> Engine:
    """The base as it would be with these files loaded, in memory, derived links included; nothing is kept.

    Raises:
        SyntaxProblem, BadInput: a file cannot be read.
    """
    base = open_base(settings)
    change = describing(base, statements_of(paths), PROJECT, "")
    return _after(base, change)


def _after(base: Reader, change: Change) -> Engine:
    """The base as a change would leave it, in memory, what follows from it included."""
    trial = in_memory((set(base.quads()) - change.removed) | change.added, base.revision)
    rederive(trial, steps())
    return trial
