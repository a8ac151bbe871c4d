"""How questions are put, and claims let in: as new ones, so that no cache holds the answer, or again."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from pathlib import Path
from typing import cast
from urllib.parse import quote

from pyoxigraph import Quad

from benchmarks.accepting import claim
from benchmarks.asking import OverHttp, Running
from benchmarks.comparison import Ask
from benchmarks.generator import MADE
from benchmarks.questions import WORDS, Asked, things
from kg.contributing import home, writer
from kg.namespaces import ID, gap, thing
from kg.overview import Keeper, update
from kg.settings import Settings
from kg.store import Change, Reader, Warm, text_of

_READER = thing("agent", "first-reader")
_BETWEEN_LOOKS = 0.01
_numbers = itertools.count()


def fresh(asked: Asked) -> Ask:
    """A kind of question; each is made new by a comment, so that no cache holds its answer."""
    mark = f"{time.time_ns():x}"

    def ask(engine: Running, number: int) -> tuple[float, bytes]:
        return engine.query(f"{asked.texts[number % len(asked.texts)]}\n# {mark}-{number}", asked.accept)

    return ask


def repeated(asked: Asked, most: int) -> Ask:
    """The first questions of a kind, again and again."""
    return lambda engine, number: engine.query(asked.texts[number % most % len(asked.texts)], asked.accept)


def by_index(engine: Running, number: int) -> tuple[float, bytes]:
    """Our search, which has an index."""
    return cast("OverHttp", engine).get(f"/api/v1/search?q={quote(WORDS[number % len(WORDS)])}&limit=20")


def pages(paths: Sequence[str]) -> Ask:
    """Pages, each made for somebody who accepts what nobody did before: what is remembered hangs on that."""

    def ask(engine: Running, number: int) -> tuple[float, bytes]:
        accept = f"text/html, application/x-{next(_numbers)};q=0.1"
        return cast("OverHttp", engine).get(paths[number % len(paths)], accept)

    return ask


def claims_for(reader: Reader, number: int) -> list[frozenset[Quad]]:
    """So many claims that are new to a made-up base, about a tactic as most are."""
    ends = {
        "claimSubject": things(reader, "Tactic")[0],
        "claimObject": things(reader, "FailureCause")[0],
        "assertedIn": thing("source", f"{MADE}-0"),
        "creator": _READER,
    }
    return [claim(f"timed-{time.time_ns()}-{n}", ends) for n in range(number)]


def committed(claims: Sequence[frozenset[Quad]], settings: Settings) -> Ask:
    """Claims let in, one after the other, as by a server that goes on running: from call to published."""
    warm = Warm()

    def commit(_: Running, number: int) -> tuple[float, bytes]:
        begun = time.perf_counter()
        with writer(settings, warm=warm) as opened:
            opened.commit(Change(opened.reader.revision, claims[number], agent=_READER, message="Timed"))
        return time.perf_counter() - begun, b""

    return commit


def followed(claims: Sequence[frozenset[Quad]], settings: Settings, folder: Path) -> Ask:
    """Claims let in, and the answers about the whole base brought up to each: seconds of processor for the latter.

    A server has those of an older revision, made whole; `folder` takes what is made here.
    """
    commit, base = committed(claims, settings), home(settings)
    kept = Keeper(base, 0)

    def ask(engine: Running, number: int) -> tuple[float, bytes]:
        commit(engine, number)
        now = base.snapshots.newest()
        before = next(n for n in range(now - 1, 0, -1) if kept.path(n).exists())
        patches = [base.journal.read(n) for n in range(before + 1, now + 1)]
        reader, begun = base.kept(now), time.process_time()
        if not update(reader, patches, kept.path(before), folder / f"{now}.sqlite"):
            raise ValueError("The change was found too large to be followed.")
        return time.process_time() - begun, b""

    return ask


def seen(claims: Sequence[frozenset[Quad]], settings: Settings, patience: float) -> Ask:
    """As `committed`, until the server shows the claim's page."""
    commit = committed(claims, settings)

    def ask(engine: Running, number: int) -> tuple[float, bytes]:
        me = next(text_of(quad.subject) for quad in claims[number] if quad.predicate.value == gap("claimSubject"))
        begun = time.perf_counter()
        commit(engine, number)
        while time.perf_counter() < begun + patience:
            try:
                cast("OverHttp", engine).get(f"/id/{me.removeprefix(ID)}")
            except ValueError:  # not yet
                time.sleep(_BETWEEN_LOOKS)
            else:
                return time.perf_counter() - begun, b""
        raise TimeoutError(f"none in {patience:g} s")

    return ask
