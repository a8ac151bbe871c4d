"""`python -m benchmarks once FOLDER`: each question put a few times to the engine alone over a base that lies there.

For bases so large that to serve them, with their text index and all that is counted, takes longer than anybody waits:
how far the engine itself carries. Whoever gives no answer in the time is ended, and started anew for the next.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from pyoxigraph import Store

from benchmarks import machine
from benchmarks.alone import Alone, alone
from benchmarks.questions import questions
from kg.contributing import home, open_base
from kg.settings import read_settings

_TIMES = 12


def main(words: Sequence[str]) -> None:
    """Measure, print, and keep the table where asked."""
    given = _arguments(words)
    before = machine.load()
    settings = read_settings({"GAPBRIDGE_DATA": str(given.folder)})
    snapshots = home(settings).snapshots
    snapshot = snapshots.path(snapshots.newest())
    begun = time.perf_counter()
    Store.read_only(str(snapshot))
    opened, reader = time.perf_counter() - begun, open_base(settings)
    begun = time.perf_counter()
    statements, counted = len(reader), time.perf_counter() - begun
    size = sum(file.stat().st_size for file in snapshot.iterdir()) / 1e6
    lines = [
        f"# {statements:,} statements, asked\n\n{machine.told(before)}\n",
        f"{size:,.0f} MB on disk; opened in {opened * 1000:.0f} ms; counted in {counted:.0f} s. The engine alone, in "
        f"process, answers written out; each question about up to {_TIMES} things.\n",
        "| question | median | longest | |",
        "|---|---|---|---|",
    ]
    for asked in questions(reader):
        lines.append(f"| {asked.name} | {_asked(snapshot, asked.texts[:_TIMES], given.patience)} |")
        print(lines[-1], flush=True)
    text = "\n".join(lines) + "\n"
    print(text)
    if given.write:
        machine.keep("once", text)


def _asked(snapshot: Path, texts: Sequence[str], patience: float) -> str:
    """The times of these questions, and how many had no answer in time."""
    took: list[float] = []
    late = 0
    with ExitStack() as stack:
        engine: Alone | None = None
        for text in texts:
            engine = engine or stack.enter_context(alone(snapshot))
            try:
                took.append(engine.query(text, patience)[0])
            except TimeoutError:
                engine, late = None, late + 1
    told = f"{late} of {len(texts)} gave none in {patience:g} s" if late else ""
    if not took:
        return f"— | — | {told}"
    return f"{median(took) * 1000:,.1f} ms | {max(took) * 1000:,.0f} ms | {told}"


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks once", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("folder", type=Path, help="the data folder of the base")
    parser.add_argument("--patience", type=float, default=30, help="seconds to wait for one answer (30)")
    parser.add_argument("--write", action="store_true", help="keep the table in benchmarks/results")
    return parser.parse_args(words)
