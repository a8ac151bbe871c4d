"""Ours beside the engine alone and beside the servers of others, in one run over the same made-up statements.

All of them run side by side and are put each question in turn, by one client, so that what else the machine does meets
all of them alike. One that is missing here is named with the reason.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pyoxigraph import Quad

from benchmarks import drawing, machine, measures
from benchmarks.asking import InProcess, OverHttp
from benchmarks.asks import by_index, claims_for, committed, fresh, repeated
from benchmarks.bases import data_of
from benchmarks.comparison import ALONE, OURS, Ask, Row, ask_all, table
from benchmarks.loading import Loaded, load_all
from benchmarks.parsing import add_sizes, add_write, parser, seconds
from benchmarks.peers import PEERS, Peer
from benchmarks.questions import in_labels, questions
from kg.contributing import open_base
from kg.store import Reader

_CLAIMS, _PATHS_AGAIN = 5, 8
_SAID = (
    "One client puts each question to each engine in turn. Times are medians until the last byte, the first answer "
    "left out; each engine is asked up to {most} times and for about {seconds:g} s. A ratio above 1: ours is better. "
    "“None in {patience:g} s”: no answer in that time; the engine was ended and started anew. The engine alone is "
    "pyoxigraph in process, on disk. In the search box ours looks into its text index, the others look through labels. "
    "When a claim is accepted, ours derives, checks, journals and publishes; the others only insert its statements. "
    "Memory is the most that all processes of one were seen to hold together (PSS)."
)


@dataclass(frozen=True)
class Limits:
    """How long to measure.

    Attributes:
        seconds: how long each engine answers one kind of question, about.
        patience: how long to wait for one answer.
    """

    seconds: float
    patience: float


def main(words: Sequence[str]) -> None:
    """Measure, print, and keep the tables where asked."""
    given = _arguments(words)
    chosen = [peer for peer in PEERS if peer.name in given.peers]
    text = compared(given.triples, given.keep, Limits(given.seconds, given.patience), chosen)
    print(text, flush=True)
    if given.write:
        machine.keep("table", text)
    if not given.without_own:
        own = measures.table([*measures.measure(), *drawing.measure()])
        print(own)
        if given.write:
            machine.keep("own", f"# Measured\n\n{own}")


def compared(sizes: Sequence[int], keep: Path | None, limits: Limits, peers: Sequence[Peer] = PEERS) -> str:
    """The tables of some sizes, under one head.

    Args:
        sizes: about how many statements.
        keep: where made-up bases lie, or are put to stay.
        limits: how long to measure.
        peers: whom to measure ours beside.
    """
    sections, versions = [], dict[str, str]()
    before = machine.load()
    for triples in sizes:
        with tempfile.TemporaryDirectory(dir=keep) as scratch, ExitStack() as stack:
            data = data_of((keep or Path(scratch)) / str(triples), triples)
            print(f"{triples:,} statements: loading …", flush=True)
            found = load_all(data, Path(scratch), triples, peers, limits.patience)
            for runner in found.runners:
                stack.callback(runner.end)
            sections.append(_section(found, limits, peers))
            versions |= found.versions
    said = _SAID.format(most=Row.most, seconds=limits.seconds, patience=limits.patience)
    return f"# Ours, the engine alone and others\n\n{machine.told(before, versions)}\n\n{said}\n\n" + "\n".join(
        sections
    )


def _section(found: Loaded, limits: Limits, peers: Sequence[Peer]) -> str:
    """The table of one size; each line is printed when it is known, since it may take a while."""
    reader = open_base(found.settings)
    head = f"## {len(reader):,} statements, ours {'in memory' if reader.in_memory else 'on disk'}"
    rows = [*_questions(found, reader), _accepted(found, reader, peers)]
    del reader
    lines = []
    for row in rows:
        print(f"  {row.what} …", flush=True)
        lines.append(ask_all(row, found.runners, limits.seconds))
    names = [ALONE, OURS, *(peer.name for peer in peers)]
    absent = "".join(f"\nNot measured: {name}: {why}.\n" for name, why in found.absent.items())
    return f"{head}\n\n{table([*lines, *found.lines()], names)}{absent}"


def _questions(found: Loaded, reader: Reader) -> Iterator[Row]:
    everybody = [runner.name for runner in found.runners]
    for asked in [*questions(reader), in_labels()]:
        yield Row(asked.name, dict.fromkeys(everybody, fresh(asked)), asked.accept)
        if asked.name.startswith("path from"):
            again = repeated(asked, _PATHS_AGAIN)
            yield Row(f"{asked.name}, asked again", dict.fromkeys(everybody, again), asked.accept)
    yield Row("search box", dict.fromkeys(everybody, fresh(in_labels())) | {OURS: by_index})


def _accepted(found: Loaded, reader: Reader, peers: Sequence[Peer]) -> Row:
    """A claim let in, by each in its own way."""
    claims = claims_for(reader, _CLAIMS + 1)
    asks: dict[str, Ask] = {ALONE: _inserted(claims), OURS: committed(claims, found.settings)}
    asks |= {peer.name: _updated(claims, *peer.updates) for peer in peers if peer.updates}
    there = {runner.name for runner in found.runners}
    return Row("claim accepted", {name: ask for name, ask in asks.items() if name in there}, most=_CLAIMS)


def _inserted(claims: Sequence[frozenset[Quad]]) -> Ask:
    lines = ["".join(f"{quad} .\n" for quad in one) for one in claims]
    return lambda engine, number: (cast("InProcess", engine).insert(lines[number]), b"")


def _updated(claims: Sequence[frozenset[Quad]], path: str, field: str) -> Ask:
    texts = [f"INSERT DATA {{ {' '.join(map(_in_its_graph, one))} }}" for one in claims]
    return lambda engine, number: (cast("OverHttp", engine).update(path, field, texts[number]), b"")


def _in_its_graph(quad: Quad) -> str:
    return f"GRAPH {quad.graph_name} {{ {quad.triple} }}"


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    from benchmarks.__main__ import PARTS

    names = [peer.name for peer in PEERS]
    others = "\n".join(f"  {name:14} {what}" for name, what in PARTS.items())
    more = f"other benchmarks, each with a --help of its own:\n{others}"
    made = parser("[table]", __doc__, more)
    add_sizes(made, [100_000])
    made.add_argument("--seconds", type=seconds, default=2.0, help="how long each engine answers one question (2)")
    made.add_argument("--patience", type=seconds, default=10.0, help="seconds to wait for one answer (10)")
    made.add_argument("--peers", nargs="*", choices=names, default=names, help=f"servers of others: {', '.join(names)}")
    made.add_argument("--without-own", action="store_true", help="leave out our own figures, which take two minutes")
    add_write(made)
    return made.parse_args(words)
