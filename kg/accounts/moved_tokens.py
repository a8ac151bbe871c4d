"""Tokens of an earlier program, which kept them in a file: taken over into the database, once."""

from __future__ import annotations

import fcntl
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kg.accounts.tables import TokenRow
from kg.database import Database
from kg.errors import StoreDamaged

FILE, MOVED = "tokens.json", "tokens.json.moved"


def move_tokens(database: Database, folder: Path) -> None:
    """Take over the file's tokens and put it aside; nothing happens where there is none.

    The file goes after the database has them: whatever ends this between does it once more, and doubles nothing.

    Raises:
        StoreDamaged: the file is not as it was written.
    """
    path = folder / FILE
    if not path.exists():
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)  # by one process at a time
        if path.exists():
            rows = _read(path)
            with database.changing() as session:
                for row in rows:
                    _take(session, row)
            path.rename(folder / MOVED)
    finally:
        os.close(held)


def _take(session: Session, row: TokenRow) -> None:
    if session.scalar(select(TokenRow.id).where(TokenRow.digest == row.digest)):
        return
    mine = select(TokenRow.name).where(TokenRow.account.is_(None))
    taken, name, number = set(session.scalars(mine)), row.name, 1
    while row.name in taken:  # another data folder shares this database
        number += 1
        row.name = f"{name} ({number})"
    session.add(row)
    session.flush()


def _read(path: Path) -> list[TokenRow]:
    try:
        return [_row(token) for token in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreDamaged(f"{path} is not as it was written: {error}.") from error


def _row(token: dict[str, Any]) -> TokenRow:
    return TokenRow(
        digest=token["digest"],
        name=token["name"],
        rights=",".join(token["rights"]),
        agent=token["agent"],
        created=datetime.fromisoformat(token["created"]),
        ends=datetime.fromisoformat(token["expires"]) if token["expires"] else None,
    )
