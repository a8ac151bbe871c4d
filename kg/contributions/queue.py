"""What waits at the desk, by what one looks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, defer

from kg.contributions.model import PER_PAGE, SUBMITTED, Contribution, Filters, Listed
from kg.contributions.records import contribution_of
from kg.contributions.tables import ContributionRow
from kg.database import Database, now

_MOST_VALUES = 500
_HEAVY = (ContributionRow.added, ContributionRow.removed, ContributionRow.form)


def listed(session: Session, filters: Filters, page: int = 1) -> Listed:
    """The contributions that the filters leave, a page of them."""
    wanted = _conditions(filters)
    total = session.scalar(select(func.count()).select_from(ContributionRow).where(*wanted)) or 0
    page = max(1, min(page, max(1, -(-total // PER_PAGE))))
    light = select(ContributionRow).options(*(defer(column, raiseload=True) for column in _HEAVY))
    some = light.where(*wanted).order_by(*_order(filters)).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    rows = session.scalars(some).all()
    return Listed(
        rows=tuple(map(_without_text, rows)),
        total=total,
        page=page,
        states=_counts(session, ContributionRow.state, _conditions(filters, "state")),
        kinds=_counts(session, ContributionRow.kind, _conditions(filters, "kind")),
        contested=_contested(session),
        authors=_authors(session),
        sources=_values(session, ContributionRow.source),
        batches=_values(session, ContributionRow.batch),
    )


def waiting(database: Database) -> int:
    """How many contributions wait for somebody to review them.

    Raises:
        DatabaseUnavailable: it does not answer.
    """
    with database.reading() as session:
        submitted = select(func.count()).select_from(ContributionRow).where(ContributionRow.state == SUBMITTED)
        return session.scalar(submitted) or 0


def _conditions(filters: Filters, without: str = "") -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    equal = {"state": filters.state, "kind": filters.kind, "source": filters.source, "batch": filters.batch}
    for name, value in equal.items():
        if value and name != without:
            found.append(getattr(ContributionRow, name) == value)
    if filters.author:
        found.append(ContributionRow.author_id == filters.author)
    if filters.contested:
        found.append(ContributionRow.contested.is_(True))
    if filters.older:
        found.append(ContributionRow.submitted <= now() - timedelta(days=filters.older))
    if not filters.author:
        found.append(ContributionRow.submitted.is_not(None))  # what nobody handed in is its author's alone
    return found


def _order(filters: Filters) -> tuple[Any, ...]:
    if filters.author:
        return ContributionRow.changed.desc(), ContributionRow.id
    return ContributionRow.submitted, ContributionRow.id


def _without_text(row: ContributionRow) -> Contribution:
    row.__dict__.update(form={}, added="", removed="")  # never loaded here, and never written back
    return contribution_of(row)


def _counts(session: Session, column: Any, conditions: list[ColumnElement[bool]]) -> dict[str, int]:
    counted = select(column, func.count()).where(*conditions).group_by(column).order_by(column)
    return {value: number for value, number in session.execute(counted)}


def _contested(session: Session) -> int:
    disputed = select(func.count()).select_from(ContributionRow).where(ContributionRow.contested.is_(True))
    return session.scalar(disputed) or 0


def _authors(session: Session) -> tuple[tuple[str, str], ...]:
    name = func.max(ContributionRow.author_name)
    told = select(ContributionRow.author_id, name).where(ContributionRow.submitted.is_not(None))
    return tuple((id, name) for id, name in session.execute(told.group_by(ContributionRow.author_id).order_by(name)))


def _values(session: Session, column: Any) -> tuple[str, ...]:
    told = select(column).where(column != "", ContributionRow.submitted.is_not(None)).distinct().order_by(column)
    return tuple(session.scalars(told.limit(_MOST_VALUES)))
