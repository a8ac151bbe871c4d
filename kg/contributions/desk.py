"""The desk: the one way from what a person typed to what stands in the base.

Everything is noted as an event. Whoever changes something says which version they had before them; where somebody else
was first, nothing is changed and both versions are handed back (optimistic locking, Fowler, “Patterns of Enterprise
Application Architecture”, Optimistic Offline Lock).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from kg.contributions.accepting import Acceptance
from kg.contributions.model import (
    CHANGES_ASKED,
    DRAFT,
    GIVEN_UP,
    OPEN,
    REJECTED,
    STATES,
    SUBMITTED,
    Batch,
    Contribution,
    Draft,
    Event,
    Filters,
    Listed,
    Person,
    Proposed,
)
from kg.contributions.needing import needed, proposed
from kg.contributions.queue import listed
from kg.contributions.records import (
    SAVED,
    clean,
    contribution_of,
    demand,
    event_of,
    fresh,
    kept,
    move,
    new_row,
    note,
    refuse,
    refuse_stale,
    reviewable,
    stop,
    write,
)
from kg.contributions.sampling import batch_of, draw, look, ready_rows
from kg.contributions.tables import ContributionRow, EventRow
from kg.contributions.trying import Trial, Trials
from kg.database import Database, new_id, now
from kg.settings import Settings
from kg.store import Reader, Warm


class Desk:
    """Takes contributions in, keeps them, and lets them into the base; safe to use from several threads.

    Every method that takes a `version` raises `EditedMeanwhile` where somebody else was first, `NotFound` where there
    is no such contribution, `NotAllowed` where it is for others to do, `OutOfTurn` where things do not stand so.

    Args:
        database: where contributions are kept.
        settings: where the base lies.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        warm = Warm()
        self._acceptance, self._trials = Acceptance(database, settings, warm), Trials(settings, warm)

    def save(self, draft: Draft, who: Person) -> Contribution:
        """Keep what was typed; what was handed in stays handed in.

        Raises:
            BadInput: it is too large, or of no kind.
            EditedMeanwhile: somebody else saved since that version; it carries what they saved, and this draft.
        """
        with self._database.changing() as session:
            if not draft.id:
                row = new_row(draft, who)
                session.add(row)
                session.flush()
            else:
                row = fresh(session, draft.id)
                may = who.id == row.author_id or (who.reviews and row.submitted is not None)
                refuse(not may, "Only its author writes in it and, once it is handed in, reviewers.")
                refuse_stale(row, draft.version, draft)
                stop(row.state not in OPEN or bool(row.accepting), "This is decided; it can be taken up again.")
                write(row, draft)
                row.version += 1
            note(session, row, SAVED, who)
            return contribution_of(row)

    def save_all(self, drafts: Iterable[Draft], who: Person, *, submit: bool = False) -> list[str]:
        """Keep many new drafts at once, all or none; gives their ids, in order.

        Raises:
            BadInput: one is too large, or of no kind.
        """
        with self._database.changing() as session:
            rows = [new_row(draft, who) for draft in drafts]
            for row in rows:
                row.id, row.version = new_id(), 1
                row.created = row.changed = now()
                row.submitted, row.state = (row.created, SUBMITTED) if submit else (None, DRAFT)
            session.add_all(rows)
            session.flush()
            what = "submitted" if submit else SAVED
            session.add_all(
                EventRow(contribution_id=row.id, what=what, version=1, at=row.created, who_id=who.id,
                         who_name=who.name, who_agent=who.address, who_role=who.role) for row in rows
            )  # fmt: skip
            return [row.id for row in rows]

    def submit(self, id: str, who: Person, version: int) -> Contribution:
        """Hand a draft in to be reviewed; the author's interest statement is kept with it as it is now."""
        with self._database.changing() as session:
            row = fresh(session, id, version)
            refuse(who.id != row.author_id, "Only its author hands it in.")
            stop(row.state not in (DRAFT, CHANGES_ASKED), "This is handed in already, or decided.")
            stop(not row.added and not row.removed, "There is nothing in it yet that could go into the base.")
            row.interest, row.submitted = clean(who.interest), now()
            event = move(session, row, SUBMITTED, "submitted", who)
            event.added, event.removed = row.added, row.removed
            return contribution_of(row)

    def comment(self, id: str, who: Person, text: str) -> None:
        """Say something to a contribution."""
        demand(text, "Write what you want to say.")
        with self._database.changing() as session:
            row = fresh(session, id)
            refuse(not (who.id == row.author_id or who.reviews), "Only its author and reviewers discuss it.")
            refuse(row.submitted is None and who.id != row.author_id, "This is not handed in.")
            note(session, row, "commented", who, text)

    def ask_changes(self, id: str, who: Person, version: int, text: str) -> Contribution:
        """Give a contribution back to its author, with what should be changed."""
        demand(text, "Say what should be changed.")
        return self._decide(id, who, version, CHANGES_ASKED, "asked for changes", text)

    def reject(self, id: str, who: Person, version: int, text: str) -> Contribution:
        """Refuse a contribution, with the reason; it is kept and can be taken up again."""
        demand(text, "Give the reason, so that its author can do something about it.")
        return self._decide(id, who, version, REJECTED, "rejected", text)

    def accept(
        self, id: str, who: Person, version: int, text: str = "", beside: Mapping[str, int] | None = None
    ) -> Contribution:
        """Let a contribution into the base: one revision, or nothing.

        Args:
            id, version: the contribution as it was read.
            who: who accepts it.
            text: what they say to it.
            beside: others that go in with it since it refers to what they bring, by id, as they were read.

        Raises:
            OutOfTurn: also where it refers to what its author has proposed, and that is not accepted yet.
            Overtaken: somebody else changed what it changes since it was written.
            DoesNotConform: the base would not be in order with it.
            ServerBusy: others were writing for too long; nothing was changed.
            StoreTooNew, StoreDamaged, StoreMissing: as the words say.
        """
        return self._acceptance.accept(id, who, version, text, beside)

    def dispute(self, id: str, who: Person, version: int, text: str) -> Contribution:
        """Say that a contribution should not be accepted as it is; it stays open until that is settled."""
        demand(text, "Say what you hold against it.")
        with self._database.changing() as session:
            row = reviewable(session, id, who, version)
            row.contested = True
            move(session, row, row.state, "disputed", who, text)
            return contribution_of(row)

    def settle(self, id: str, who: Person, version: int, text: str) -> Contribution:
        """Take a dispute back; who raised it may, or an administrator."""
        demand(text, "Say how this was settled.")
        with self._database.changing() as session:
            row = fresh(session, id, version)
            raised = select(EventRow.who_id).where(EventRow.contribution_id == id, EventRow.what == "disputed")
            own = who.id in set(session.scalars(raised)) and who.reviews
            refuse(not own and who.role != "administrator", "Who disputed it settles it, or an administrator.")
            refuse(who.id == row.author_id, "Its author does not settle it.")
            stop(not row.contested, "Nobody disputes this.")
            row.contested = False
            move(session, row, row.state, "settled", who, text)
            return contribution_of(row)

    def take_up_again(self, id: str, who: Person, version: int, text: str = "") -> Contribution:
        """Open again what was rejected or given up: for its author as a draft, for a reviewer as handed in."""
        with self._database.changing() as session:
            row = fresh(session, id, version)
            own = who.id == row.author_id
            stop(row.state not in (REJECTED, GIVEN_UP), "This is open already, or accepted.")
            refuse(not own and (row.state == GIVEN_UP or not who.reviews), "That is for its author to do.")
            move(session, row, DRAFT if own else SUBMITTED, "taken up again", who, text)
            return contribution_of(row)

    def give_up(self, id: str, who: Person, version: int) -> Contribution:
        """Lay a contribution of one's own aside; it is kept."""
        with self._database.changing() as session:
            row = fresh(session, id, version)
            refuse(who.id != row.author_id, "That is for its author to do.")
            stop(row.state not in OPEN or bool(row.accepting), "This is decided already.")
            move(session, row, GIVEN_UP, "given up", who)
            return contribution_of(row)

    def get(self, id: str) -> Contribution:
        """A contribution as it stands; one whose acceptance broke off is set right first.

        Raises:
            NotFound: there is none of this id.
        """
        self._acceptance.settle()
        with self._database.reading() as session:
            return contribution_of(kept(session, id))

    def try_out(self, contribution: Contribution, reader: Reader, beside: Sequence[Contribution] = ()) -> Trial:
        """What would stand against accepting a contribution in this revision; each version is tried once.

        Args:
            contribution: the contribution.
            reader: the base.
            beside: those that would go in with it.
        """
        return self._trials.of(contribution, reader, beside)

    def needed(self, contribution: Contribution, reader: Reader) -> tuple[Contribution, ...]:
        """The waiting contributions of the same author that this one refers to, what others need first."""
        with self._database.reading() as session:
            return needed(session, contribution, reader)

    def proposed(self, who: Person) -> list[Proposed]:
        """What somebody has proposed that is new, and that nobody has decided about."""
        with self._database.reading() as session:
            return proposed(session, who)

    def events(self, id: str) -> tuple[Event, ...]:
        """What was done with a contribution, oldest first."""
        with self._database.reading() as session:
            found = select(EventRow).where(EventRow.contribution_id == id).order_by(EventRow.id)
            return tuple(event_of(row) for row in session.scalars(found))

    def queue(self, filters: Filters | None = None, page: int = 1) -> Listed:
        """What was handed in, as the filters say; what waits longest comes first."""
        self._acceptance.settle()
        with self._database.reading() as session:
            return listed(session, filters or Filters(state=SUBMITTED), page)

    def of_author(self, author: str, state: str = "", page: int = 1) -> Listed:
        """What somebody made, drafts included, what changed last first."""
        return self.queue(Filters(author=author, state=state), page)

    def batch(self, batch: str, who: Person) -> Batch:
        """How far a batch has come, for this reviewer.

        Raises:
            NotFound: there is none of this id.
        """
        self._acceptance.settle()
        with self._database.reading() as session:
            return batch_of(session, batch, who)

    def draw(self, batch: str, who: Person) -> Batch:
        """Draw a sample of a batch for a reviewer to look at one by one."""
        with self._database.changing() as session:
            draw(session, batch, who)
            return batch_of(session, batch, who)

    def look(self, id: str, who: Person, version: int) -> None:
        """Say that one of the sample is right."""
        with self._database.changing() as session:
            look(session, id, who, version)

    def accept_batch(self, batch: str, who: Person, text: str = "") -> int:
        """Accept all of a batch that waits, once its sample was found right; gives the revision.

        Raises:
            Overtaken, DoesNotConform, ServerBusy: as for `accept`; then none of them is accepted.
        """
        return self._acceptance.accept_all(
            lambda session: ready_rows(session, batch, who), new_id(), who, text, f"A batch was accepted ({batch})"
        )

    def return_batch(self, batch: str, who: Person, text: str) -> None:
        """Give all of a batch that waits back to its author, with what should be changed."""
        demand(text, "Say what should be changed.")
        with self._database.changing() as session:
            for id in self.ids(batch, (SUBMITTED,)):
                move(session, reviewable(session, id, who, None), CHANGES_ASKED, "asked for changes", who, text)

    def ids(self, batch: str, states: Sequence[str] = STATES) -> list[str]:
        """The contributions that came with a batch, in the order in which they were made."""
        with self._database.reading() as session:
            wanted = ContributionRow.batch == batch, ContributionRow.state.in_(states)
            return list(session.scalars(select(ContributionRow.id).where(*wanted).order_by(ContributionRow.id)))

    def _decide(self, id: str, who: Person, version: int, state: str, what: str, text: str) -> Contribution:
        with self._database.changing() as session:
            row = reviewable(session, id, who, version)
            move(session, row, state, what, who, text)
            return contribution_of(row)
