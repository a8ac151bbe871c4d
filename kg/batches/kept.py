"""Batches as the database holds them: each function one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from kg.batches.model import ADDED, FAILED, RUNNING, STOPPED, WAITING, Batch, Imported
from kg.batches.tables import BatchRow, ImportedRow, NameRow
from kg.contributions import Person
from kg.database import Database, new_id, now
from kg.errors import NotAllowed, NotFound
from kg.importing import FORMS, File, Reference, Row

LEASE_SECONDS = 60
"""Who has not been heard of for so long is no longer at it."""
PER_PAGE = 50


def add(database: Database, file: File, data: bytes, name: str, who: Person, at_once: bool) -> str:
    """A new batch with the file as it came; its rows are read by whoever works on it.

    Args:
        database: where it is kept.
        file, data, name: the file as it was recognised, its bytes, and how it was called.
        who: who handed it in.
        at_once: whether its rows go into the base without waiting for a reviewer.

    Returns:
        Its id.
    """
    assert file.form in FORMS
    with database.changing() as session:
        row = BatchRow(
            id=new_id(), name=name, form=file.form, remark=file.remark, state=STOPPED, at_once=at_once,
            total=len(file), data=data, author_id=who.id, author_name=who.name, author_agent=who.address,
            author_role=who.role, author_interest=who.interest,
        )  # fmt: skip
        session.add(row)
        return row.id


def take(database: Database, id: str, worker: str) -> bool:
    """Take a batch to work on it; False where it is finished.

    Raises:
        NotAllowed: somebody else is at it.
    """
    with database.changing() as session:
        row = _row(session, id, alone=True)
        if _is_alive(row) and row.worker != worker:
            raise NotAllowed("This import is running already.")
        if row.state == "done":
            return False
        row.state, row.worker, row.seen, row.problem = RUNNING, worker, now(), ""
        return True


def holds(session: Session, id: str, worker: str) -> bool:
    """Whether a worker is still to go on; notes that it was heard of."""
    row = _row(session, id, alone=True)
    if row.worker != worker or row.state != RUNNING:
        return False
    row.seen = now()
    return True


def stop(database: Database, id: str) -> None:
    """Let whoever works on a batch stop after the rows at hand."""
    with database.changing() as session:
        row = _row(session, id, alone=True)
        if row.state == RUNNING:
            row.state, row.changed = STOPPED, now()


def leave(database: Database, id: str, worker: str, state: str, problem: str = "", revision: int = 0) -> None:
    """Note how the work on a batch ended; nothing where somebody else is at it by now.

    Args:
        database: where it is kept.
        id: the batch.
        worker: who worked on it.
        state: how it stands; that somebody stopped it meanwhile weighs more, unless it failed.
        problem: why it failed.
        revision: the newest revision it made; 0 where it made none.
    """
    with database.changing() as session:
        row = _row(session, id, alone=True)
        if row.worker == worker:
            row.worker, row.changed = "", now()
            row.state = STOPPED if row.state == STOPPED and state != FAILED else state
            row.problem, row.revision = problem, revision or row.revision
            if state == "done":
                row.state, row.data = state, None  # the rows hold what is kept of it


def unread(database: Database, id: str) -> tuple[bytes, str] | None:
    """The file and its name, where its rows are not in the database yet."""
    with database.reading() as session:
        if session.scalar(select(func.count()).where(ImportedRow.batch_id == id)):
            return None
        row = _row(session, id)
        return row.data or b"", row.name


def add_rows(database: Database, id: str, rows: Iterable[Row]) -> None:
    """Put all rows of a file into the database, or none."""
    found: list[dict[str, Any]] = [
        {"batch_id": id, "number": row.number, "line": row.line, "outcome": "" if row.reference else "refused",
         "why": row.refused, "reference": row.reference.plain() if row.reference else {}, "matches": []}
        for row in rows
    ]  # fmt: skip
    with database.changing() as session:
        session.execute(insert(ImportedRow), found)
        _row(session, id, alone=True).total = len(found)


def get(database: Database, id: str) -> Batch:
    """A batch as it stands.

    Raises:
        NotFound: there is none of this id.
    """
    with database.reading() as session:
        return _batch(session, _row(session, id))


def of_author(database: Database, author: str, most: int = 50) -> list[Batch]:
    """What somebody handed in, the newest first."""
    with database.reading() as session:
        found = select(BatchRow).where(BatchRow.author_id == author).order_by(BatchRow.created.desc()).limit(most)
        return [_batch(session, row) for row in session.scalars(found)]


def rows(
    database: Database, id: str, outcome: str | None = None, page: int = 1, most: int = PER_PAGE
) -> list[Imported]:
    """Some rows of a batch, in order.

    Args:
        database: where it is kept.
        id: the batch.
        outcome: only rows of which this came; all where none is given.
        page: which of their pages, from 1 on.
        most: how many rows a page has.
    """
    with database.reading() as session:
        wanted = [ImportedRow.batch_id == id, *([ImportedRow.outcome == outcome] if outcome is not None else [])]
        found = select(ImportedRow).where(*wanted).order_by(ImportedRow.number)
        return [_imported(row) for row in session.scalars(found.limit(most).offset((page - 1) * most))]


def row_of(database: Database, id: str, number: int) -> Imported:
    """One row.

    Raises:
        NotFound: there is none of this number.
    """
    with database.reading() as session:
        row = session.get(ImportedRow, (id, number))
        if row is None:
            raise NotFound(f"row {number}")
        return _imported(row)


def judged(session: Session, id: str, found: Sequence[dict[str, Any]]) -> None:
    """Note what becomes of rows, and set their new sources' names aside."""
    noted(session, id, found)
    names = [{"slug": row["slug"], "at": now()} for row in found if row["slug"]]
    if names:
        session.execute(insert(NameRow), names)


def noted(session: Session, id: str, found: Sequence[dict[str, Any]]) -> None:
    """Note what becomes of rows."""
    if found:
        session.execute(update(ImportedRow), [{"batch_id": id, **row} for row in found])


def reserved(database: Database) -> set[str]:
    """All names that are set aside."""
    with database.reading() as session:
        return set(session.scalars(select(NameRow.slug)))


def is_reserved(database: Database, slug: str) -> bool:
    """Whether a name is set aside."""
    with database.reading() as session:
        return session.get(NameRow, slug) is not None


def reserve(database: Database, slug: str) -> None:
    """Set a name aside for a source.

    Raises:
        IntegrityError: somebody was first.
    """
    with database.changing() as session:
        session.add(NameRow(slug=slug))


def without_contribution(database: Database, id: str) -> list[Imported]:
    """Rows that are to be added, and whose contribution is not noted yet."""
    with database.reading() as session:
        wanted = ImportedRow.batch_id == id, ImportedRow.outcome == ADDED, ImportedRow.contribution == ""
        return [
            _imported(row) for row in session.scalars(select(ImportedRow).where(*wanted).order_by(ImportedRow.number))
        ]


def link(database: Database, id: str, contributions: dict[int, str]) -> None:
    """Note by which contributions rows go on."""
    found = [{"batch_id": id, "number": number, "contribution": one} for number, one in contributions.items()]
    if found:
        with database.changing() as session:
            session.execute(update(ImportedRow), found)


def linked(database: Database, id: str) -> set[str]:
    """The contributions that are noted."""
    with database.reading() as session:
        return set(session.scalars(select(ImportedRow.contribution).where(ImportedRow.batch_id == id)))


def waiting(database: Database, id: str, most: int) -> list[Imported]:
    """The next rows that wait."""
    return rows(database, id, WAITING, most=most)


def _row(session: Session, id: str, *, alone: bool = False) -> BatchRow:
    row = session.get(BatchRow, id, with_for_update=True if alone else None)
    if row is None:
        raise NotFound(f"import {id[:40]}")
    return row


def _is_alive(row: BatchRow) -> bool:
    return bool(row.worker) and abs(now() - row.seen) < timedelta(seconds=LEASE_SECONDS)  # clocks are set back, too


def _batch(session: Session, row: BatchRow) -> Batch:
    counted = select(ImportedRow.outcome, func.count()).where(ImportedRow.batch_id == row.id)
    counts = {outcome: many for outcome, many in session.execute(counted.group_by(ImportedRow.outcome))}
    counts.pop(WAITING, None)
    who = Person(row.author_id, row.author_name, row.author_agent, row.author_role, row.author_interest)
    return Batch(
        id=row.id, name=row.name, form=row.form, remark=row.remark, state=row.state, problem=row.problem,
        at_once=row.at_once, total=row.total, counts=counts, author=who, alive=_is_alive(row), revision=row.revision,
        created=row.created,
    )  # fmt: skip


def _imported(row: ImportedRow) -> Imported:
    reference = Reference.from_plain(row.reference) if row.reference else None
    return Imported(
        row.number, row.line, row.outcome, row.why, reference, tuple(row.matches), row.slug, row.label, row.contribution
    )
