"""The file of answers about a large base: rows by question, read in order, by key, or by what they tell about."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from kg.namespaces import ID, gap
from kg.overview.questions import Question
from kg.store import Engine, Literal, NamedNode

T = TypeVar("T")
_TABLES = """
CREATE TABLE answers (question TEXT, about INTEGER, key INTEGER, place TEXT, row TEXT);
CREATE TABLE counted (question TEXT PRIMARY KEY, rows INTEGER);
"""
_INDEXES = """
CREATE INDEX in_order ON answers (question, place);
CREATE INDEX by_key ON answers (question, key, place);
CREATE INDEX by_about ON answers (question, about);
"""
_BETWEEN = "\x01"
"""Between the texts by which rows stand in order: what is shorter comes first."""
_OF_QUESTION = "FROM answers INDEXED BY in_order WHERE question = ?"
_ABOUT = "FROM answers INDEXED BY by_about WHERE question = ? AND about = ?"
OF_KEY = "FROM answers INDEXED BY by_key WHERE question = ? AND key = ?"
"""Told which index: to have rows in order, or the first, SQLite would else walk through all of the question's."""
_POSITION = NamedNode(gap("position"))


def mark(text: str) -> int:
    """What stands for a text that rows are looked up by: it takes 8 bytes instead of two addresses."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


class Answers:
    """A file that is being written.

    Args:
        path: where it lies; a new one where there is none.
        engine: the base that it tells about.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        is_new = not path.exists()
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES if is_new else ''}")
        self._file.execute("BEGIN")
        self._is_indexed = not is_new
        self._position: Callable[[str], str] = lru_cache(maxsize=100_000)(lambda thing: _position(engine, thing))

    def put_in(self, question: Question[T], rows: Iterable[T], place: str | None = None) -> None:
        """Keep rows; `place` where it is not theirs to tell where they stand."""
        self._file.executemany("INSERT INTO answers VALUES (?, ?, ?, ?, ?)", self._written(question, rows, place))

    def take_out(self, question: Question[T], about: Sequence[str] | None = None) -> list[T]:
        """Take out the rows that tell about some things, or all; gives them."""
        self.index()
        all_ = [(question.name,)] if about is None else [(question.name, mark(one)) for one in about]
        where = _OF_QUESTION if about is None else _ABOUT
        gone = [
            question.row(*json.loads(row)) for one in all_ for (row,) in self._file.execute(f"SELECT row {where}", one)
        ]
        self._file.executemany(f"DELETE {where}", all_)
        return gone

    def place(self, question: Question[Any], thing: str) -> str | None:
        """Where the first row stands that tells about a thing; None where there is none."""
        return self._one(f"SELECT MIN(place) {_ABOUT}", question.name, mark(thing))  # type: ignore[no-any-return]

    def things(self, question: Question[Any]) -> int:
        """About how many things the rows tell."""
        return int(self._one("SELECT COUNT(DISTINCT about) FROM answers WHERE question = ?", question.name))

    def of_key(self, question: Question[Any], key: str) -> int:
        """How many rows can be looked up by a key."""
        return int(self._one(f"SELECT COUNT(*) {OF_KEY}", question.name, mark(key)))

    def cut(self, question: Question[Any], key: str, most: int) -> None:
        """Keep only the first rows that can be looked up by a key."""
        beyond = f"SELECT rowid {OF_KEY} ORDER BY place LIMIT -1 OFFSET ?"
        self._file.execute(f"DELETE FROM answers WHERE rowid IN ({beyond})", (question.name, mark(key), most))  # noqa: S608

    def index(self) -> None:
        """Have rows found quickly; a new file is filled first, which takes less."""
        if not self._is_indexed:
            for line in _INDEXES.strip().splitlines():
                self._file.execute(line)
            self._is_indexed = True

    def close(self, questions: Iterable[Question[Any]]) -> None:
        """Count what there is of each question, and end."""
        self.index()
        self._file.execute("DELETE FROM counted")
        asked = "INSERT INTO counted SELECT ?1, COUNT(*) FROM answers WHERE question = ?1"
        self._file.executemany(asked, [(question.name,) for question in questions])
        self._file.execute("COMMIT")
        self._file.close()

    def _one(self, asked: str, *values: object) -> Any:
        return self._file.execute(asked, values).fetchone()[0]

    def _written(self, question: Question[T], rows: Iterable[T], place: str | None) -> Iterator[tuple[object, ...]]:
        for row in rows:
            text = json.dumps(astuple(row), ensure_ascii=False)  # type: ignore[call-overload]  # rows are dataclasses
            order = question.order(row, self._position) if place is None else (place,)
            at = _BETWEEN.join((*(part.removeprefix(ID) for part in order), f"{mark(text) & 0xFFFFFFFF:08x}"))
            yield question.name, mark(question.about(row)), mark(question.key(row)), at, text


def _position(engine: Engine, thing: str) -> str:
    """The position of a thing among its like, so written that these texts stand in the order of the numbers."""
    found = engine.quads(NamedNode(thing), predicate=_POSITION) if thing else ()
    return min((f"{int(q.object.value):010}" for q in found if isinstance(q.object, Literal)), default="")
