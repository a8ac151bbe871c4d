"""What an operator runs, from call to end, on made-up bases that grow: saved, verified, restored, looked over, written.

The bases that lie in the folder are only read: a copy by hard links gets the one revision more; backups, restored bases
and files go to a folder that is removed. The journal of a made-up base does not hold its first revision's statements,
so `verify` has less of it to read than of a real one, and says that something is amiss.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asks import claims_for
from benchmarks.bases import copied, made_base
from benchmarks.machine import keep, load, told
from kg.contributing import PROJECT, writer
from kg.settings import Settings
from kg.store import Change

SIZES = (100_000, 1_000_000, 10_000_000)
_ONE_MORE = "backup, one revision new"
_RUN = "import sys; from kg.cli.main import main; sys.argv[0] = 'gapbridge'; main()"


@dataclass(frozen=True)
class Run:
    """What a command took.

    Attributes:
        computed, waited: seconds of the processor and of the clock.
        memory: at most, in MB.
        ended: whether it came to its end in the time it was given.
    """

    computed: float
    waited: float
    memory: float
    ended: bool


def commands(scratch: Path) -> dict[str, tuple[str, ...]]:
    """What is run, by what it is called here; `restore` into an empty place."""
    saved = str(scratch / "saved")
    return {
        "backup, the first": ("backup", saved),
        "backup, nothing new": ("backup", saved),
        _ONE_MORE: ("backup", saved),
        "backup --check": ("backup", saved, "--check"),
        "verify of the four": ("verify", saved, "--quick"),
        "restore": ("restore", saved),
        "doctor": ("doctor",),
        "migrate --dry-run": ("migrate", "--dry-run"),
        "verify --quick": ("verify", "--quick"),
        "export .nq.gz": ("export", str(scratch / "base.nq.gz")),
        "verify": ("verify",),
    }


def run(words: Sequence[str], data: Path, seconds: float) -> Run:
    """Run a command on a data folder, for so many seconds at most."""
    start = time.perf_counter()
    environment = {**os.environ, "GAPBRIDGE_DATA": str(data)}
    with subprocess.Popen(
        [sys.executable, "-c", _RUN, *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        pid, status, used = _waited(process.pid, start + seconds)
        ended = bool(pid)
        if not ended:
            process.kill()
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Run(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1000, ended)


def _waited(number: int, until: float) -> tuple[int, int, resource.struct_rusage]:
    while True:
        pid, status, used = os.wait4(number, os.WNOHANG)
        if pid or time.perf_counter() > until:
            return pid, status, used
        time.sleep(0.02)


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and keep the table where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks operating", description=__doc__)
    parser.add_argument("--keep", type=Path, help="where made-up bases lie, or are put")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="their statements")
    parser.add_argument("--seconds", type=float, default=1800, help="after which a command is ended")
    parser.add_argument("--only", nargs="*", help="these commands alone, as the table calls them")
    parser.add_argument("--write", action="store_true", help="keep the table among the results")
    wanted = parser.parse_args(arguments)
    before, found = load(), dict[int, dict[str, Run]]()
    with tempfile.TemporaryDirectory() as name:
        for size in wanted.sizes:
            base = made_base((wanted.keep or Path(name)) / str(size), size)
            with tempfile.TemporaryDirectory(dir=wanted.keep) as scratch:  # on one disk: backups are hard links
                found[size] = _measured(size, copied(base, Path(scratch) / "base"), Path(scratch), wanted)
    text = f"# What an operator runs\n\n{told(before)}\n\n{table(found)}"
    print(text)
    if wanted.write:
        keep("operating", text)


def _measured(size: int, base: Settings, scratch: Path, wanted: argparse.Namespace) -> dict[str, Run]:
    """What each command took with a base that may be written to."""
    found = {}
    for what, words in commands(scratch).items():
        if wanted.only and what not in wanted.only:
            continue
        if what == _ONE_MORE:
            _accept_claim(base)
        found[what] = run(words, scratch / "restored" / "base" if what == "restore" else base.data, wanted.seconds)
        print(f"{size:,} {what}: {_shown(found[what])}", flush=True)
    return found


def _accept_claim(base: Settings) -> None:
    """Make a revision more, as a reviewer does."""
    with writer(base) as opened:
        claim = claims_for(opened.reader, 1)[0]
        opened.commit(Change(opened.reader.revision, claim, agent=PROJECT, message="A claim more"))


def table(found: dict[int, dict[str, Run]]) -> str:
    """The figures as Markdown: processor, clock and memory at most, by command and size."""
    names = dict.fromkeys(what for runs in found.values() for what in runs)
    lines = [
        "Processor seconds, clock seconds, and memory at most.\n",
        f"| command | {' | '.join(f'{size:,} statements' for size in found)} |",
        f"|---|{'---|' * len(found)}",
    ]
    for what in names:
        cells = [_shown(runs[what]) if what in runs else "—" for runs in found.values()]
        lines.append(f"| `{what}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _shown(one: Run) -> str:
    figures = f"{one.computed:.1f} s, {one.waited:.1f} s, {one.memory:.0f} MB"
    return figures if one.ended else f"{figures}, **not at its end**"
