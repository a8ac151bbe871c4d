"""Each figure at 0.1, 1, 10 and more million statements: how it grows for a tenfold, and where it bends.

Bases are made where they are missing, and loaded once: the seconds and the text index are noted beside them. A copy by
hard links is measured, so that nothing is written to what is kept. A question of the whole base that has no answer in
the time is told so, and not put to larger bases.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from math import ceil
from pathlib import Path
from typing import cast

from pyoxigraph import Quad, Store

from benchmarks import machine, servers
from benchmarks.asking import OverHttp, Runner, over_http
from benchmarks.asks import by_index, claims_for, committed, followed, fresh, pages, seen
from benchmarks.bases import copied, data_of, load_apart, made_base, note, noted
from benchmarks.comparison import OURS, Ask, Cell, Row, ask_all
from benchmarks.growing import FLAT, LINEAR, Kind, Sized, bends, head, table
from benchmarks.parsing import add_sizes, add_write, parser, seconds
from benchmarks.peers import taken_on_disk
from benchmarks.questions import in_labels, questions, things
from kg.contributing import home, open_base
from kg.namespaces import ID
from kg.search import Searches
from kg.settings import Settings, read_settings
from kg.store import Engine, Reader

_SIZES = (100_000, 1_000_000, 10_000_000)
_SMALL = ("tiny answer", "path from a cause", "property path", "short closure", "description")
_WHOLE = ("list page", "evidence map", "words in labels")
_MILLION = 1e6
_MEASURED = "measured.json"
_CLAIMS, _OPENINGS, _ANSWERS = 4, 5, 2000
DISK, LOAD, LOADING = "on disk, of a million", "loaded, a million in", "memory while loading"
INDEX, OPENS, STARTS = "text index made once, a million in", "engine opens", "server starts, until its first answer"
MEMORY, RATE = "memory while serving", "small questions a second, for each core"
SEARCH, PAGE, COUNTED, MAP = "search box", "cause page", "whole base counted once, processor", "map page, once counted"
FOLLOWED = "counts and maps brought up to a claim, processor"
HELD = "readers hold the base in"
ACCEPTED, SEEN = "claim accepted", "claim accepted, until its page is seen"
KINDS = (
    Kind(HELD),
    Kind(DISK, "MB"),
    Kind(LOAD),
    Kind(LOADING, "MB", LINEAR),
    Kind(INDEX),
    Kind(OPENS),
    Kind(STARTS),
    Kind(MEMORY, "MB"),
    Kind(RATE, "/s", more_is_better=True),
    *(Kind(name) for name in _SMALL),
    Kind(SEARCH),
    Kind(PAGE),
    Kind(ACCEPTED),
    Kind(SEEN),
    *(Kind(name, bends=LINEAR) for name in _WHOLE),
    Kind(COUNTED, bends=LINEAR),
    Kind(FOLLOWED),
    Kind(MAP),
)
_SAID = (
    "One client, over HTTP; medians until the last byte, the first answer left out. “×”: what a figure becomes in a "
    f"tenfold base. **bends**: more than × {FLAT:g}, or × {LINEAR:g} for what goes through the whole base, or no "
    "answer in {patience:g} s any more. Small bases are held in memory, larger ones on disk. Memory is of all "
    "processes (PSS); the rate is answers by seconds of processor."
)

_BEFORE = " Sizes that were measured in an earlier run on this machine are shown as they were then."


class Growth:
    """Measures one size.

    Args:
        given: the command's options.
        failed: kinds that had no answer with fewer statements; added to.
    """

    def __init__(self, given: argparse.Namespace, failed: set[str]) -> None:
        self._given, self._failed = given, failed
        self.cells: dict[str, Cell] = {}

    def note(self, kind: str, value: float, unit: str = "s") -> None:
        """Take a figure in, and print it."""
        self.cells[kind] = Cell([value], unit=unit)
        print(f"  {kind}: {self.cells[kind]}", flush=True)

    def fail(self, kind: str, words: str) -> None:
        """Note why there is no figure, here and for larger bases."""
        self.cells[kind] = Cell(words=words)
        self._failed.add(kind)
        print(f"  {kind}: {words}", flush=True)

    def knows(self, kind: str) -> bool:
        """Whether there is a figure of it, or none can be had."""
        return kind in self.cells or kind in self._failed

    def ask(self, row: Row, runner: Runner, needs: str = "") -> None:
        """Put a question, unless that, or what it needs, had no answer here or in a smaller base."""
        if self._failed & {row.what, needs}:
            self.cells[row.what] = Cell(words="not asked")
            return
        cell = ask_all(row, [runner], self._given.seconds)[1][OURS]
        if cell.words:
            self.fail(row.what, cell.words)
        else:
            self.cells[row.what] = cell
            print(f"  {row.what}: {cell}", flush=True)


def main(words: Sequence[str]) -> None:
    """Measure, print, and keep the table where asked."""
    given = _arguments(words)
    before, failed = machine.load(), set[str]()
    with tempfile.TemporaryDirectory() as scratch:
        keep = given.keep or Path(scratch)
        sizes = [found for triples in given.triples if (found := _size(triples, keep, given, failed))]
    if not sizes:
        return
    bent = "".join(f"- {line}\n" for line in bends(KINDS, sizes))
    said = _SAID.format(patience=given.patience) + (_BEFORE if given.reuse else "")
    text = f"# Growth\n\n{machine.told(before)}\n\n{said}\n\n{table(KINDS, sizes)}"
    text += f"\nWhere it bends:\n\n{bent}" if bent else ""
    print(text)
    if given.write:
        machine.keep("growth", text)


def _size(triples: int, keep: Path, given: argparse.Namespace, failed: set[str]) -> Sized | None:
    """What was measured of one size, now or before."""
    path = keep / str(triples) / _MEASURED
    if given.reuse and path.exists():
        found = Sized.read(path)
        failed |= {kind for kind, cell in found.cells.items() if cell.words and kind != HELD}
        return found
    measured = _measured(triples, keep, given, failed)
    if measured:
        measured.write(path)
    return measured


def _measured(triples: int, keep: Path, given: argparse.Namespace, failed: set[str]) -> Sized | None:
    """All of one size; nothing where bases are only prepared."""
    print(f"{triples:,} statements …", flush=True)
    folder, found = keep / str(triples), Growth(given, failed)
    settings = made_base(folder, triples)
    _prepare(settings, folder, triples, given)
    if given.only_prepare:
        return None
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        copy = copied(settings, Path(scratch) / "base")
        reader, notes = open_base(copy), noted(folder)
        statements = int(notes["statements"])
        _loaded(found, notes, statements)
        snapshot = home(copy).snapshots.path(home(copy).snapshots.newest())
        found.note(DISK, taken_on_disk(snapshot) / statements * _MILLION, "MB")
        found.note(OPENS, min(_seconds(lambda: Store.read_only(str(snapshot))) for _ in range(_OPENINGS)))
        found.cells[HELD] = Cell(words="memory" if reader.in_memory else "disk")
        _serve(found, copy, reader, given)
    return Sized(statements, found.cells, head(statements))


def _prepare(settings: Settings, folder: Path, triples: int, given: argparse.Namespace) -> None:
    """Take the time of loading and of the text index where it is not noted; the index stays for the next run."""
    notes = noted(folder)
    if "load_seconds" not in notes and (folder / "base.nq").exists() and not given.without_load:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            other = read_settings({"GAPBRIDGE_DATA": str(Path(scratch) / "base")})
            note(folder, load_apart(other, data_of(folder, triples), Path(scratch), triples))
    reader = open_base(settings)
    if "statements" not in notes:
        note(folder, {"statements": len(reader)})
    if not reader.in_memory and "index_seconds" not in notes:
        shutil.rmtree(settings.data / "search", ignore_errors=True)
        note(folder, {"index_seconds": _seconds(lambda: Searches(home(settings)).of(reader))})


def _loaded(found: Growth, notes: dict[str, float], statements: int) -> None:
    """What was noted when the base was made."""
    for kind, name in ((LOAD, "load_seconds"), (INDEX, "index_seconds")):
        if name in notes:
            found.note(kind, notes[name] / statements * _MILLION)
    if "load_megabytes" in notes:
        found.note(LOADING, notes["load_megabytes"], "MB")


def _serve(found: Growth, settings: Settings, reader: Engine, given: argparse.Namespace) -> None:
    """What the running server does."""
    limits = {"QUERY_RATE": "100000000", "QUERY_SECONDS": str(ceil(given.patience))}
    runner = Runner(OURS, lambda: over_http(servers.ours(settings.data, **limits), given.patience))
    rows = list(_rows(reader))
    with ExitStack() as stack:
        stack.callback(runner.end)
        found.note(STARTS, _seconds(runner.begin))
        for row in rows[: len(_SMALL) + 2]:
            found.ask(row, runner)
        _rate(
            found,
            runner,
            [row.asks[OURS] for row in rows[: len(_SMALL)] if not found.cells[row.what].words],
            given.seconds,
        )
        found.note(MEMORY, runner.most_memory, "MB")
        few = _CLAIMS + 1
        claims = claims_for(reader, 3 * few)
        found.ask(Row(ACCEPTED, {OURS: committed(claims[:few], settings)}, most=_CLAIMS), runner)
        found.ask(Row(SEEN, {OURS: seen(claims[few:-few], settings, given.patience)}, most=_CLAIMS), runner)
        for row in rows[len(_SMALL) + 2 :]:
            found.ask(row, runner)
        _counted(found, runner, given.counting, is_large=not reader.in_memory)
        if not reader.in_memory:
            _followed(found, runner, claims[-few:], settings)


def _rows(reader: Reader) -> Iterator[Row]:
    """Small questions, then the search box and a page, then those that go through the whole base."""
    by_name = {asked.name: asked for asked in [*questions(reader), in_labels()]}
    yield from (Row(name, {OURS: fresh(by_name[name])}, by_name[name].accept) for name in _SMALL)
    yield Row(SEARCH, {OURS: by_index})
    causes = [f"/id/{cause.removeprefix(ID)}" for cause in things(reader, "FailureCause")]
    yield Row(PAGE, {OURS: pages(causes)})
    yield from (Row(name, {OURS: fresh(by_name[name])}, by_name[name].accept) for name in _WHOLE)


def _rate(found: Growth, runner: Runner, asks: Sequence[Ask], wanted: float) -> None:
    """How many small questions, of each kind as many, a core would answer in a second."""
    engine = cast("OverHttp", runner.begin())
    used, end = engine.computed(), time.perf_counter() + wanted
    number = 0
    while asks and (time.perf_counter() < end or number < len(asks)):
        asks[number % len(asks)](engine, _ANSWERS + number)
        number += 1
    runner.look()
    if number:
        found.note(RATE, number / max(engine.computed() - used, 0.01), "/s")


def _counted(found: Growth, runner: Runner, patience: float, *, is_large: bool) -> None:
    """The map as a page; in a large base what it shows is counted first, in the background."""
    engine = cast("OverHttp", runner.begin())
    used, end = engine.computed(), time.perf_counter() + patience
    while is_large and not found.knows(COUNTED):
        try:
            engine.get("/map")
        except (TimeoutError, ValueError):  # it says that it is being counted
            if time.perf_counter() > end:
                found.fail(COUNTED, f"none in {patience:g} s")
        else:
            found.note(COUNTED, engine.computed() - used)
    found.ask(Row(MAP, {OURS: pages(["/map"])}), runner, needs=COUNTED)


def _followed(found: Growth, runner: Runner, claims: Sequence[frozenset[Quad]], settings: Settings) -> None:
    """What was counted is brought up to claims, one after the other."""
    with tempfile.TemporaryDirectory(dir=settings.data.parent) as folder:
        row = Row(FOLLOWED, {OURS: followed(claims, settings, Path(folder))}, most=len(claims) - 1)
        found.ask(row, runner, needs=COUNTED)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    made = parser("growth", __doc__)
    add_sizes(made, _SIZES)
    made.add_argument("--seconds", type=seconds, default=1.0, help="how long one kind of question is put (1)")
    made.add_argument("--patience", type=seconds, default=30.0, help="seconds to wait for one answer (30)")
    made.add_argument("--counting", type=seconds, default=60.0, help="seconds to wait for the base to be counted (60)")
    made.add_argument("--reuse", action="store_true", help="take sizes that were measured before as they were then")
    made.add_argument("--without-load", action="store_true", help="do not load again where no time was noted")
    made.add_argument("--only-prepare", action="store_true", help="make bases and text indexes, measure nothing else")
    add_write(made)
    return made.parse_args(words)
