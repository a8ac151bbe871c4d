"""References read, compared with the base and each other, and handed in.

The records are made up: titles of five to fourteen words, two of five of them words that half the titles of this field
share, one to five authors, an abstract; nine of ten have a DOI, and one of twenty is a record of the file once more.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.parsing import parser
from kg.batches import Batches
from kg.contributing import open_base
from kg.contributions import Person
from kg.database import open_database
from kg.importing import Sources, Verdict, judge_all, open_file
from kg.namespaces import thing
from kg.settings import Settings, read_settings

ROWS = (1_000, 10_000)
AIM_SECONDS = 60
_COMMON = (
    "policy", "implementation", "support", "health", "system", "public", "government", "evidence", "local", "programme",
    "delivery",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Seconds that each part took for so many rows; `processor`: what the whole import took of a processor's time."""

    rows: int
    megabytes: float
    read: float
    compare: float
    hand_in: float
    processor: float
    outcomes: str

    @property
    def compared(self) -> float:
        return self.read + self.compare


def records(count: int, seed: int = 6) -> bytes:
    """So many records of RIS."""
    chance = random.Random(seed)
    words = ["".join(chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))
             for _ in range(8_000)]  # fmt: skip
    made = list[str]()
    for number in range(count):
        again = made and chance.random() < 0.05
        made.append(chance.choice(made) if again else _record(chance, words, number))
    return "".join(made).encode()


def _record(chance: random.Random, words: Sequence[str], number: int) -> str:
    title = " ".join(chance.choice(_COMMON if chance.random() < 0.4 else words) for _ in range(chance.randint(5, 14)))
    authors = [f"{chance.choice(words).title()}, {chance.choice('ABCDEFG')}." for _ in range(chance.randint(1, 5))]
    lines = ["TY  - JOUR", f"TI  - {title}", *(f"AU  - {author}" for author in authors),
             f"PY  - {chance.randint(1980, 2025)}", f"JO  - Journal of {chance.choice(words)}", f"VL  - {number % 40}",
             f"SP  - {number}", f"EP  - {number + 9}", f"AB  - {title * 12}"]  # fmt: skip
    if chance.random() < 0.9:
        lines.append(f"DO  - 10.5555/bench.{number}")
    return "\r\n".join([*lines, "ER  - ", "", ""])


def run(settings: Settings, count: int) -> Run:
    """Read, compare and hand in so many records."""
    data = records(count)
    sources = Sources(open_base(settings))
    began = time.perf_counter()
    rows = list(open_file(data, "bench.ris").read())
    read = time.perf_counter()
    outcomes = Counter(one.verdict for one in judge_all(rows, sources))
    compared = time.perf_counter()
    busy = time.process_time()
    whole = _handed_in(settings, sources, data)
    busy = time.process_time() - busy
    told = ", ".join(f"{outcomes[verdict]:,} {verdict.value}" for verdict in Verdict if outcomes[verdict])
    return Run(count, len(data) / 1e6, read - began, compared - read, whole, busy, told)


def _handed_in(settings: Settings, sources: Sources, data: bytes) -> float:
    database = open_database(settings)
    batches = Batches(database, settings, lambda: sources)
    began = time.perf_counter()
    batches.run(batches.add(data, "bench.ris", Person("bench", "Bench", thing("agent", "gapbridge"))))
    took = time.perf_counter() - began
    database.close()
    return took


def main(words: Sequence[str]) -> None:
    """Print the table."""
    made = parser("import", __doc__)
    made.add_argument("rows", type=int, nargs="*", default=list(ROWS), help="sizes of the files (1000 10000)")
    counts = made.parse_args(words).rows
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"GAPBRIDGE_DATA": str(Path(folder) / "base")})
        open_base(settings)
        runs = [run(replace(settings, database=f"sqlite:///{folder}/{count}.sqlite"), count) for count in counts]
    sys.stdout.write(table(runs))


def table(runs: Sequence[Run]) -> str:
    """The runs as a Markdown table; the last line says how the time grew beside the rows."""
    heads = (
        "rows of RIS", "MB", "read", "compared", "both", "whole import, to the reviewers", "processor", "aim", "met",
        "outcomes",
    )  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for one in runs:
        aimed = one.rows >= 10_000
        met = ("yes" if one.hand_in < AIM_SECONDS else "no") if aimed else "—"
        seconds = (one.read, one.compare, one.compared, one.hand_in, one.processor)
        cells = (f"{one.rows:,}", f"{one.megabytes:.1f}", *(f"{second:.2f} s" for second in seconds),
                 f"{AIM_SECONDS} s" if aimed else "—", met, one.outcomes)  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    if len(runs) > 1:
        first, last = runs[0], runs[-1]
        lines.append(
            f"\n{last.rows / first.rows:.0f} times the rows took {last.compared / first.compared:.1f} times as long to "
            f"read and compare, {last.hand_in / first.hand_in:.1f} times as long to import."
        )
    return "\n".join(lines) + "\n"
