"""Working through a batch: read, compared, handed on; each step noted, so that a killed one is taken up where it was.

First it is noted what becomes of some rows, then their contributions are made, then these are noted. Whoever takes the
batch up finds rows to be added without a contribution, and asks the desk whether it was made: each is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kg.batches import kept
from kg.batches.drafting import draft_of
from kg.batches.model import ADDED, DONE, FAILED, REFUSED, STOPPED, THERE, UNSURE, Batch, Imported
from kg.batches.waiting import Waiting
from kg.contributing import writer
from kg.contributions import Desk
from kg.database import Database, new_id
from kg.errors import GapbridgeError
from kg.importing import Judge, Judged, Row, Sources, Verdict, open_file
from kg.importing.statements import source_statements
from kg.queries import revision_of_contribution
from kg.settings import Settings
from kg.store import Change, placed

AT_ONCE = 200
"""Rows between two looks at whether to go on."""
_OUTCOMES = {Verdict.NEW: ADDED, Verdict.THERE: THERE, Verdict.UNSURE: UNSURE, Verdict.REFUSED: REFUSED}
_SHOWN = 5


class Work:
    """The work on one batch.

    Args:
        database: where it is kept.
        settings: where the base lies.
        id: the batch's.
        sources: what the base has; opened when the work begins.
        told: called with the batch after each step.
        worker: under which name the batch was taken already; empty where it was not.
    """

    def __init__(
        self, database: Database, settings: Settings, id: str, sources: Callable[[], Sources],
        told: Callable[[Batch], None] = lambda _: None, worker: str = "",
    ) -> None:  # fmt: skip
        self._database, self._settings, self._id, self._open = database, settings, id, sources
        self._told, self._worker = told, worker or new_id()
        self._desk = Desk(database, settings)

    def run(self) -> Batch:
        """Work until all rows have come to an outcome, or somebody stops it.

        Raises:
            NotAllowed: somebody else is at it.
            NotFound: there is no such batch.
            GapbridgeError: what went wrong; it is noted, and the batch can be taken up again.
        """
        if kept.take(self._database, self._id, self._worker):
            try:
                revision = self._work()
            except GapbridgeError as error:
                kept.leave(self._database, self._id, self._worker, FAILED, str(error))
                raise
            except BaseException:
                kept.leave(self._database, self._id, self._worker, STOPPED)
                raise
            state = DONE if revision is not None else STOPPED
            kept.leave(self._database, self._id, self._worker, state, revision=revision or 0)
        return kept.get(self._database, self._id)

    def _work(self) -> int | None:
        """The revision it made, or 0; None where it was stopped."""
        self._read()
        batch, sources = kept.get(self._database, self._id), self._open()
        self._base, self._agents = sources.revision, sources.agents()
        self._naming = sources.naming(kept.reserved(self._database))
        waiting = Waiting(self._database)
        judge = Judge(sources, lambda reference: waiting.matches(reference, batch.author, batch=batch.id))
        self._catch_up(batch, judge)
        while rows := kept.waiting(self._database, self._id, AT_ONCE):
            waiting.refresh()
            if not self._step(batch, judge, rows):
                return None
            self._told(kept.get(self._database, self._id))
        return self._let_in(batch) if batch.at_once else 0

    def _read(self) -> None:
        found = kept.unread(self._database, self._id)
        if found:
            kept.add_rows(self._database, self._id, open_file(*found).read())

    def _catch_up(self, batch: Batch, judge: Judge) -> None:
        """Know of the rows before, as if it had never stopped; make the contributions that were left to be made."""
        page = 1
        while before := kept.rows(self._database, self._id, page=page, most=1_000):
            for row in before:
                if row.reference and row.outcome in (ADDED, UNSURE):
                    judge.remember(row.number, row.reference)
                if row.reference and row.slug:
                    for who in row.reference.authors:
                        self._agents.address(who)
            page += 1
        if not batch.at_once:
            self._hand_in(batch, kept.without_contribution(self._database, self._id), look=True)

    def _step(self, batch: Batch, judge: Judge, rows: Sequence[Imported]) -> bool:
        judged = [judge.judge(Row(row.number, row.line, row.reference)) for row in rows]
        found = [self._noted(one) for one in judged]
        with self._database.changing() as session:
            if not kept.holds(session, self._id, self._worker):
                return False
            kept.judged(session, self._id, found)
        if not batch.at_once:
            new = {row["number"]: row for row in found if row["outcome"] == ADDED}
            named = [_named(row, new[row.number]) for row in rows if row.number in new]
            self._hand_in(batch, named)
        return True

    def _noted(self, one: Judged) -> dict[str, Any]:
        """What is kept of a judgement; a new source gets its name."""
        matches = [
            {"address": m.known.address, "label": m.known.label, "certain": m.certain, "reasons": list(m.reasons)}
            for m in one.matches[:_SHOWN]
        ]
        slug, label = "", ""
        if one.verdict is Verdict.NEW and one.row.reference:
            slug, label = self._naming.name(one.row.reference)
        return {"number": one.row.number, "outcome": _OUTCOMES[one.verdict], "why": one.why, "matches": matches,
                "slug": slug, "label": label}  # fmt: skip

    def _hand_in(self, batch: Batch, rows: Sequence[Imported], *, look: bool = False) -> None:
        """Make the contributions of rows; `look`: some may have been made before."""
        made = unnoted(self._database, self._desk, self._id) if look and rows else {}
        missing = [row for row in rows if row.number not in made and row.reference]
        drafts = [
            draft_of(row.reference, row.slug, row.label, self._agents, self._base, batch=batch.id,
                     more={"row": row.number})
            for row in missing if row.reference
        ]  # fmt: skip
        ids = self._desk.save_all(drafts, batch.author, submit=True)
        new = dict(zip((row.number for row in missing), ids, strict=True))
        kept.link(self._database, self._id, made | new)

    def _let_in(self, batch: Batch) -> int:
        """All new sources as one revision, made once however often this is tried."""
        with writer(self._settings) as open_writer:
            there = next((row.number for row in revision_of_contribution(open_writer.reader, batch.id)), 0)
            rows = kept.rows(self._database, self._id, ADDED, most=1_000_000)
            if there or not rows:
                return there
            added = placed(s for row in rows if row.reference for s in self._said(row))
            message = f"Import of {batch.name}: {len(rows)} source{'s' if len(rows) > 1 else ''}"
            base = open_writer.reader.revision
            return open_writer.commit(
                Change(base, added, agent=batch.author.address, message=message, contribution=batch.id)
            )

    def _said(self, row: Imported) -> list[Any]:
        assert row.reference
        return source_statements(row.reference, row.slug, row.label, self._agents)


def _named(row: Imported, noted: dict[str, Any]) -> Imported:
    return Imported(**{**vars(row), "slug": noted["slug"], "label": noted["label"]})


def unnoted(database: Database, desk: Desk, id: str) -> dict[int, str]:
    """Contributions of a batch that are not noted with their rows: whoever made them was killed before that."""
    known = kept.linked(database, id)
    return {int(desk.get(one).form["row"]): one for one in desk.ids(id) if one not in known}
