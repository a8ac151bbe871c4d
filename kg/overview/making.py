"""Answering all questions about the whole base once, into a file that pages are read from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

from kg.overview.questions import QUESTIONS, Question
from kg.overview.whole import Whole
from kg.store import Reader

_TABLES = """
CREATE TABLE answers (question TEXT, place INTEGER, key TEXT, row TEXT, PRIMARY KEY (question, place)) WITHOUT ROWID;
CREATE TABLE counted (question TEXT PRIMARY KEY, rows INTEGER);
"""
_BY_KEY = "CREATE INDEX by_key ON answers (question, key, place)"


def make(reader: Reader, path: Path) -> None:
    """Write the file; it appears when it is whole.

    Args:
        reader: the revision.
        path: where the file is to lie.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    file, whole = sqlite3.connect(draft, isolation_level=None), Whole(reader)
    file.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
    file.execute("BEGIN")
    for question in QUESTIONS:
        _keep(file, question, question.ask(whole))
    file.execute(_BY_KEY)
    file.execute("COMMIT")
    file.close()
    draft.rename(path)


def _keep(file: sqlite3.Connection, question: Question[Any], rows: Iterable[Any]) -> None:
    file.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", _written(question, rows))
    asked = "INSERT INTO counted SELECT ?, COUNT(*) FROM answers WHERE question = ?"
    file.execute(asked, (question.name, question.name))


def _written(question: Question[Any], rows: Iterable[Any]) -> Iterator[tuple[str, int, str, str]]:
    for place, row in enumerate(rows):
        yield question.name, place, question.key(row), json.dumps(astuple(row), ensure_ascii=False)
