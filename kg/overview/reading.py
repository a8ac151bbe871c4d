"""The answers about the whole base, at hand: looked up as they are asked for, or read from a file made before."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from kg.overview.answers import OF_KEY, mark
from kg.overview.questions import Question
from kg.overview.whole import Whole
from kg.store import Reader

T = TypeVar("T")
Part = tuple[int, int]
_AT_ONCE = 500


class Overview(Protocol):
    """What is asked of the whole base, as of one revision."""

    revision: int

    def rows(self, question: Question[T], part: Part | None = None) -> list[T]:
        """The rows in their order; a part of them where asked: how many to pass over, and how many at most."""

    def count(self, question: Question[Any]) -> int:
        """How many rows there are."""

    def of(self, question: Question[T], keys: Sequence[str], most: int | None = None) -> list[T]:
        """The rows of these keys, key by key; of each at most so many."""


class Live:
    """Answers looked up when they are first asked for: for a base that is small.

    Args:
        reader: the graph.
    """

    def __init__(self, reader: Reader) -> None:
        self.revision, self._whole = reader.revision, Whole(reader)
        self._known: dict[str, list[Any]] = {}

    def rows(self, question: Question[T], part: Part | None = None) -> list[T]:
        """The rows, or a part of them."""
        if question.name not in self._known:
            self._known[question.name] = list(question.ask(self._whole, None))
        found = self._known[question.name]
        return found[:] if part is None else found[part[0] : sum(part)]

    def count(self, question: Question[Any]) -> int:
        """How many rows there are."""
        return len(self.rows(question))

    def of(self, question: Question[T], keys: Sequence[str], most: int | None = None) -> list[T]:
        """The rows of these keys."""
        found: dict[str, list[T]] = {key: [] for key in keys}
        for row in self.rows(question):
            found.get(question.key(row), []).append(row)
        return [row for rows in found.values() for row in rows[:most]]


class Kept:
    """Answers read from a file of one revision; safe to ask from several threads.

    Args:
        path: the file, made by `kg.overview.making`.
        revision: of which revision they are.
    """

    def __init__(self, path: Path, revision: int) -> None:
        self.path, self.revision, self._lock = path, revision, threading.Lock()
        self._file = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._counts: dict[str, int] = dict(self._file.execute("SELECT question, rows FROM counted"))

    def rows(self, question: Question[T], part: Part | None = None) -> list[T]:
        """The rows, or a part of them."""
        first, most = part or (0, self.count(question))
        asked = "SELECT row FROM answers WHERE question = ? ORDER BY place LIMIT ? OFFSET ?"
        return self._made(question, asked, (question.name, most, first))

    def count(self, question: Question[Any]) -> int:
        """How many rows there are."""
        return self._counts[question.name]

    def of(self, question: Question[T], keys: Sequence[str], most: int | None = None) -> list[T]:
        """The rows of these keys."""
        asked = f"SELECT row {OF_KEY} ORDER BY place LIMIT ?"
        limit = -1 if most is None else most
        return [row for key in keys for row in self._made(question, asked, (question.name, mark(key), limit))]

    def _made(self, question: Question[T], asked: str, values: Sequence[object]) -> list[T]:
        with self._lock:
            found = self._file.execute(asked, values).fetchall()
        return [question.row(*json.loads(text)) for (text,) in found]
