"""Batches, as the pages and the command line handle them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.exc import IntegrityError

from kg.batches import kept
from kg.batches.drafting import draft_of
from kg.batches.model import ADDED, LEFT, UNSURE, Batch, Imported
from kg.batches.working import Work, unnoted
from kg.contributing import open_base
from kg.contributions import Desk, Person
from kg.database import Database, new_id
from kg.errors import GapbridgeError, NotAllowed, ServerBusy
from kg.importing import Reference, Sources, open_file, safe_name
from kg.settings import Settings

_TRIES = 20


class Batches:
    """Takes files of references in and works through them; safe to use from several threads.

    Args:
        database: where they are kept.
        settings: where the base lies.
        sources: what the base has, as it stands when it is asked.
    """

    def __init__(self, database: Database, settings: Settings, sources: Callable[[], Sources] | None = None) -> None:
        self._database, self._settings = database, settings
        self._sources = sources or (lambda: Sources(open_base(settings)))
        self._desk = Desk(database, settings)
        self._running = dict[str, threading.Thread]()
        self._lock = threading.Lock()

    def add(self, data: bytes, name: str, who: Person, *, at_once: bool = False) -> str:
        """Take a file in; gives the batch's id. Nothing of it is worked on yet.

        Args:
            data: the file.
            name: how it is called.
            who: who hands it in and answers for it.
            at_once: into the base as one revision, not to the reviewers.

        Raises:
            BadInput: it is no file of references.
        """
        name = safe_name(name)
        return kept.add(self._database, open_file(data, name), data, name, who, at_once)

    def run(self, id: str, told: Callable[[Batch], None] = lambda _: None) -> Batch:
        """Work through a batch until its end, or until somebody stops it; `Work.run` says what can go wrong."""
        return Work(self._database, self._settings, id, self._sources, told).run()

    def go_on(self, id: str) -> None:
        """Work through a batch in a thread of its own; nothing happens where that is going on.

        Raises:
            NotFound: there is no such batch.
            NotAllowed: another process is at it.
        """
        if self.get(id).state == "done":
            return
        with self._lock:
            running = self._running.get(id)
            if running and running.is_alive():
                return
            worker = new_id()
            kept.take(self._database, id, worker)  # so that whoever looks now sees that it runs
            thread = threading.Thread(target=self._run_told, args=(id, worker), name=f"batch-{id}", daemon=True)
            self._running[id] = thread
            thread.start()

    def wait(self, id: str, seconds: float) -> None:
        """Wait for the thread that works through a batch, if there is one here."""
        with self._lock:
            running = self._running.get(id)
        if running:
            running.join(seconds)

    def stop(self, id: str) -> None:
        """Let the work on a batch stop after the rows at hand; it can be taken up again."""
        kept.stop(self._database, id)

    def get(self, id: str) -> Batch:
        """A batch as it stands.

        Raises:
            NotFound: there is none of this id.
        """
        return kept.get(self._database, id)

    def of_author(self, author: str) -> list[Batch]:
        """What somebody handed in, the newest first."""
        return kept.of_author(self._database, author)

    def rows(self, id: str, outcome: str | None = None, page: int = 1) -> list[Imported]:
        """Some rows of a batch, in order: those of one outcome, or all."""
        return kept.rows(self._database, id, outcome, page)

    def decide(self, id: str, number: int, add: bool) -> str:
        """Add a row after all, or leave it out; gives the contribution's id, or nothing.

        Raises:
            NotFound: there is no such row.
            NotAllowed: nothing is to be decided about it.
        """
        batch, row = self.get(id), kept.row_of(self._database, id, number)
        if row.outcome != UNSURE or row.reference is None or batch.at_once:
            raise NotAllowed("Nothing is to be decided about this row.")
        if not add:
            self._note(id, {"number": number, "outcome": LEFT})
            return ""
        made = unnoted(self._database, self._desk, id).get(number) or self._hand_in(batch, row, row.reference)
        self._note(id, {"number": number, "outcome": ADDED, "contribution": made})
        return made

    def _hand_in(self, batch: Batch, row: Imported, reference: Reference) -> str:
        sources = self._sources()
        slug, label = self.reserve(reference, sources)
        more = {"row": row.number}
        draft = draft_of(reference, slug, label, sources.agents(), sources.revision, batch=batch.id, more=more)
        (made,) = self._desk.save_all([draft], batch.author, submit=True)
        return made

    def reserve(self, reference: Reference, sources: Sources) -> tuple[str, str]:
        """A name for a new source that nobody else gets.

        Raises:
            ServerBusy: others were first again and again.
        """
        for _ in range(_TRIES):
            slug, label = sources.naming(kept.reserved(self._database)).name(reference)
            try:
                kept.reserve(self._database, slug)
            except IntegrityError:
                continue
            return slug, label
        raise ServerBusy("Others are adding sources of this name just now; please try again.")

    def done(self, key: str) -> bool:
        """Whether something was done under this key."""
        return kept.is_reserved(self._database, f"form:{key}")

    def first_time(self, key: str) -> bool:
        """Whether something is done for the first time under this key; the next one who asks is told that it is not."""
        try:
            kept.reserve(self._database, f"form:{key}")
        except IntegrityError:
            return False
        return True

    def _note(self, id: str, found: dict[str, object]) -> None:
        with self._database.changing() as session:
            kept.noted(session, id, [found])

    def _run_told(self, id: str, worker: str) -> None:
        """In a thread nobody hears an error: the batch says what went wrong."""
        with suppress(GapbridgeError):
            Work(self._database, self._settings, id, self._sources, worker=worker).run()
