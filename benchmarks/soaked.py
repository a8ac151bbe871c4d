"""How a soak went: what came back, what the server held, and what of that should not have been."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from benchmarks.roles import READERS
from benchmarks.watch import Taken

LEAST_MINUTES = 3.0
"""A shorter run says nothing of growth: caches are still being filled."""
MOST_MEMORY, MOST_MORE = 1.10, 8
"""How much more memory it may hold at the end than early on, and how many more files, threads and processes."""
_MEGABYTES = 24
"""What memory may differ by in any case: a garbage collector's tides."""
COPIES, STATEMENT_BYTES = 3, 500
"""A small base is in memory for pages, for who writes and for the readers' parent; 410 bytes a statement, measured."""
_FINE = {"runaway": (503,), "query": (200, 503), "page": (200,), "accepted": (200, 303), "shown": (200,)}
"""The statuses that are meant to come, by kind of request."""


@dataclass
class Seen:
    """What came back to one kind of request; filled by one thread.

    Attributes:
        kind: a key of `_FINE`.
        seconds: how long each took.
        statuses: how often each status came; 0: no answer at all.
        where: an address for each status that was not meant to come.
    """

    kind: str
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    where: dict[int, str] = field(default_factory=dict)

    def note(self, seconds: float, status: int, where: str) -> None:
        self.seconds.append(seconds)
        self.statuses[status] += 1
        if status not in _FINE[self.kind]:
            self.where.setdefault(status, where)

    def percentile(self, part: float) -> float:
        """The milliseconds that this part of the answers stayed below."""
        ordered = sorted(self.seconds)
        return ordered[max(0, ceil(part * len(ordered)) - 1)] * 1000 if ordered else 0.0


@dataclass(frozen=True)
class Soaked:
    """How it went.

    Attributes:
        minutes: for how long.
        seen: what came back, by kind.
        early, late: what the server held in the second and in the last fifth of the time.
        revisions: how many contributions stand in the base in the end.
        tenths: what it held in each tenth of the time: a slope, or a step that stays.
        came: how many statements came into a base in memory between early and late.
        folder: megabytes of the data folder before and after.
    """

    minutes: float
    seen: tuple[Seen, ...]
    early: Taken
    late: Taken
    revisions: int
    tenths: tuple[Taken, ...] = ()
    came: int = 0
    folder: tuple[float, float] = (0.0, 0.0)

    def wrong(self) -> list[str]:
        """What should not have been."""
        bad = [
            f"{s.kind}: {s.statuses[code]} × {code}, first {where}"
            for s in self.seen
            for code, where in s.where.items()
        ]
        silent = [f"{s.kind}: nothing was asked" for s in self.seen if not s.seconds]
        accepted = sum(
            n for s in self.seen if s.kind == "accepted" for code, n in s.statuses.items() if code in (200, 303)
        )
        lost = [f"{accepted} were accepted, {self.revisions} stand in the base"] if accepted != self.revisions else []
        return [*bad, *silent, *lost, *(self._grown() if self.minutes >= LEAST_MINUTES else [])]

    @property
    def content(self) -> float:
        """Megabytes that the statements take which came in between early and late: these may be held."""
        return self.came * COPIES * STATEMENT_BYTES / 2**20

    def _grown(self) -> Iterator[str]:
        early, late = _lasting(self.early), _lasting(self.late)
        if late > max(early * MOST_MEMORY, early + _MEGABYTES) + self.content:
            yield f"memory of what lasts grew from {early:.0f} to {late:.0f} MB"
        for name in ("files", "threads", "processes"):
            before, after = getattr(self.early, name), getattr(self.late, name)
            if after > before + MOST_MORE:
                yield f"{name} grew from {before} to {after}"

    def table(self) -> str:
        """All figures as Markdown."""
        lines = ["| asked | answers | median | 95th | 99th | statuses |", "|---|---|---|---|---|---|"]
        for one in self.seen:
            times = " | ".join(f"{one.percentile(part):,.0f} ms" for part in (0.5, 0.95, 0.99))
            codes = ", ".join(f"{code or 'none'}: {count:,}" for code, count in sorted(one.statuses.items()))
            lines.append(f"| {one.kind} | {len(one.seconds):,} | {times} | {codes} |")
        return "\n".join([*lines, "", *self._held(), "", *self._over_time()]) + "\n"

    def _held(self) -> Iterator[str]:
        yield from ("| held | early | late |", "|---|---|---|")
        yield f"| changes accepted | {self.early.accepted} | {self.late.accepted} |"
        yield f"| memory | {self.early.memory:.0f} MB | {self.late.memory:.0f} MB |"
        yield f"| of what lasts | {_lasting(self.early):.0f} MB | {_lasting(self.late):.0f} MB |"
        for name in ("files", "threads", "processes"):
            yield f"| {name} | {getattr(self.early, name)} | {getattr(self.late, name)} |"
        yield f"| data folder, before and after | {self.folder[0]:.0f} MB | {self.folder[1]:.0f} MB |"

    def _over_time(self) -> Iterator[str]:
        """What each kind of process held in each tenth of the time."""
        roles = sorted({role for tenth in self.tenths for role in tenth.roles})
        yield f"| tenth | accepted | {' | '.join(roles)} | all, MB |"
        yield "|---" * (3 + len(roles)) + "|"
        for number, tenth in enumerate(self.tenths, 1):
            each = " | ".join(f"{tenth.roles.get(role, 0):.0f}" for role in roles)
            yield f"| {number} | {tenth.accepted} | {each} | {tenth.memory:.0f} |"
        yield ""
        yield f"What the statements that came in between early and late may take: {self.content:.0f} MB."


def _lasting(taken: Taken) -> float:
    """The megabytes of the processes that last.

    Query readers are left aside: what they hold is what the queries at hand need, some hundred megabytes for a runaway
    that is stopped two seconds later, and none of them lives on when a revision comes.
    """
    return taken.memory - taken.roles.get(READERS, 0.0)
