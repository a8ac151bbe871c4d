"""A read replica: its first copy, then one for each claim more, as `gapbridge replicate` makes them.

Bases that lie in the folder already are written to, so hand it copies (their snapshots may be hard links). All lies on
one disk here; between machines the network or the disk there sets the pace of a first copy.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import machine
from benchmarks.bases import made_base
from benchmarks.parsing import add_sizes, add_write, parser
from kg.contributing import PROJECT, home
from kg.namespaces import PREFIXES, thing
from kg.operating.replicating import Round, replicate
from kg.settings import Settings
from kg.store import Change, Home, Literal, NamedNode, Writer, placed

SIZES, TRIES = (100_000, 1_000_000, 10_000_000), 5
_MEGABYTE = 1 << 20
_REMARK = NamedNode(PREFIXES["skos"] + "editorialNote")


@dataclass(frozen=True)
class Copied:
    """One round of copying: processor and clock in seconds, bytes copied and bytes that the replica had."""

    processor: float
    clock: float
    copied: int
    linked: int


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and keep the table where asked."""
    made = parser("replicate", __doc__)
    add_sizes(made, SIZES)
    add_write(made)
    wanted = made.parse_args(arguments)
    before = machine.load()
    with tempfile.TemporaryDirectory(dir=wanted.keep) as scratch:
        keep = wanted.keep or Path(scratch)
        rows = [
            row(size, made_base(keep / str(size), size), Path(scratch) / f"replica-{size}") for size in wanted.triples
        ]
    head = (
        "| statements | first, processor | first, clock | copied | later, processor | later, clock | copied | linked |"
    )
    text = "\n".join([machine.told(before), "", head, "|---|---|---|---|---|---|---|---|", *rows])
    print(text)
    if wanted.write:
        machine.keep("replicate", f"# A read replica\n\n{text}")


def row(size: int, settings: Settings, target: Path) -> str:
    """What the first copy of a base took, and the median of the later ones."""
    source, replica = home(settings), Home(target)
    first = _timed(lambda: replicate(source, replica))
    later = []
    for number in range(TRIES):
        _remark(settings, number)
        later.append(_timed(lambda: replicate(source, replica)))
    processor, clock, copied, linked = (median(getattr(one, name) for one in later) for name in vars(first))
    return (
        f"| {size:,} | {first.processor:.2f} s | {first.clock:.1f} s | {first.copied / _MEGABYTE:,.1f} MB "
        f"| {processor:.2f} s | {clock:.2f} s | {copied / _MEGABYTE:,.1f} MB | {linked / _MEGABYTE:,.1f} MB |"
    )


def _timed(copy: Callable[[], Round | None]) -> Copied:
    processor, clock = time.process_time(), time.perf_counter()
    brought = copy()
    assert brought
    return Copied(time.process_time() - processor, time.perf_counter() - clock, brought.copied, brought.linked)


def _remark(settings: Settings, number: int) -> None:
    """Make a small revision, without rules and checks: what is copied of it is the same."""
    source = home(settings)
    subject = NamedNode(thing("claim", f"remarked-{number}"))
    with Writer(source, lambda _: [], (), memory_limit=settings.memory_limit_quads, wait=60) as writer:
        said = placed([(subject, _REMARK, Literal(f"Remark {number}", language="en"))])
        writer.commit(Change(writer.reader.revision, said, agent=PROJECT, message="A remark"))
