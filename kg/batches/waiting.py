"""Sources that people have proposed and that wait for their review, to compare others with.

Everybody's that were handed in, and one's own drafts: what others have not handed in is nobody else's business.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kg.contributions import OPEN, Person
from kg.contributions.tables import ContributionRow
from kg.database import Database
from kg.importing import Match, Reference
from kg.importing.comparing import Index, Known

WAITING = "waiting:"
"""What the address of such a source begins with; the contribution's id, its version and its author's follow."""
_AT_ONCE, _FEW = 500, 200


@dataclass(frozen=True)
class _Kept:
    id: str
    author: str
    handed_in: bool
    batch: str


class Waiting:
    """Such sources as they are when it is asked; safe to ask from several threads.

    Args:
        database: where the contributions are.
    """

    def __init__(self, database: Database) -> None:
        self._database, self._lock = database, threading.Lock()
        self._index, self._open = Index(), dict[str, _Kept]()

    def refresh(self) -> None:
        """Take up what people have done since the last time."""
        with self._lock, self._database.reading() as session:
            now = _open(session)
            new = [mark for mark in now if mark not in self._open]
            if len(self._index) > 2 * len(now) + _FEW:  # most of it was decided or written anew
                self._index, new = Index(), list(now)
            for start in range(0, len(new), _AT_ONCE):
                for known in _known(session, [now[mark].id for mark in new[start : start + _AT_ONCE]]):
                    self._index.add(known)
            self._open = now

    def matches(self, reference: Reference, who: Person, *, draft: str = "", batch: str = "") -> list[Match]:
        """Waiting sources that may be the same work as a reference, the likeliest first.

        Args:
            reference: the work.
            who: who asks.
            draft: a contribution that is left out, since this is it.
            batch: one whose contributions are left out.
        """

        def meant(known: Known) -> bool:
            kept = self._open.get(known.address)
            mine = kept is not None and (kept.handed_in or kept.author == who.id)
            return mine and kept is not None and kept.id != draft and not (batch and kept.batch == batch)

        with self._lock:
            return self._index.matches(reference, meant)


def contribution_in(address: str) -> tuple[str, str]:
    """The ids of the contribution behind such an address and of its author; empty for any other address."""
    if not address.startswith(WAITING):
        return "", ""
    id, _, author = address.removeprefix(WAITING).split(":", 2)
    return id, author


def _open(session: Session) -> dict[str, _Kept]:
    """What waits, by its contribution and version."""
    row = ContributionRow
    columns = row.id, row.version, row.author_id, row.submitted, row.batch
    rows = session.execute(select(*columns).where(row.kind == "source", row.state.in_(OPEN)))
    return {
        _mark(id, version, author): _Kept(id, author, submitted is not None, batch)
        for id, version, author, submitted, batch in rows
    }


def _known(session: Session, ids: list[str]) -> list[Known]:
    row = ContributionRow
    rows = session.execute(select(row.id, row.version, row.author_id, row.form).where(row.id.in_(ids)))
    return [
        Known(_mark(id, version, author), f"{form.get('label', 'A source')} (waits for review)", reference)
        for id, version, author, form in rows
        if (reference := Reference.from_plain(form["reference"]) if form.get("reference") else None)
    ]


def _mark(id: str, version: int, author: str) -> str:
    return f"{WAITING}{id}:{version}:{author}"
