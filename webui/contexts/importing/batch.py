"""The page of an import: how far it is, and what becomes of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kg.importing import FORMS
from kg.importing.naming import short_label
from kg.namespaces import ID
from webui.addresses import href
from webui.base import opened
from webui.contexts.fields import Fault
from webui.contexts.page import Link, Page, crumbs, frame
from webui.desk import me
from webui.words import many

if TYPE_CHECKING:
    from kg.batches import Batch, Imported

PER_PAGE = 50
_STATES = {
    "running": "Running",
    "stopped": "Stopped",
    "done": "Finished",
    "failed": "Broken off",
}
MEANINGS = {
    "added": "New here; each goes to the reviewers as a contribution of its own.",
    "already there": "The base has this work, or it waits for its review; nothing was changed.",
    "needs a decision": "It may be a work that the base has, or another row. Look at the reasons and decide.",
    "refused": "It could not be read as a reference; the reason says what would do.",
    "left out": "You decided not to add these.",
}


@dataclass(frozen=True)
class Alike:
    """A source, or another row, that may be the same work, with the reasons."""

    link: Link
    reasons: str


@dataclass(frozen=True)
class RowView:
    """A row.

    Attributes:
        mark: its outcome as a word for the style.
        undecided: where to send the decision; empty where nothing is to be decided.
        contribution: where its contribution stands.
    """

    number: int
    label: str
    title: str
    outcome: str
    mark: str
    why: str
    alike: tuple[Alike, ...]
    undecided: str
    contribution: str


@dataclass(frozen=True, kw_only=True)
class ImportPage(Page):
    """An import.

    Attributes:
        state: in words; `running` where it goes on just now.
        done, total: rows.
        tabs: the outcomes with how many rows have come to each; each chooses its rows.
        meaning: what the chosen outcome means.
        act: where buttons send.
        can_stop, can_go_on: which of them there are.
        review: where its contributions are reviewed together; empty for who reviews nothing.
        more: the next rows, and those before.
    """

    faults: tuple[Fault, ...]
    state: str
    running: bool
    done: int
    total: int
    progress: str
    remark: str
    problem: str
    tabs: tuple[Link, ...]
    meaning: str
    rows: tuple[RowView, ...]
    act: str
    can_stop: bool
    can_go_on: bool
    review: str
    more: tuple[Link, ...]


def batch_href(id: str) -> str:
    """Where an import stands."""
    return f"/contribute/import/{id}"


def state_words(batch: Batch) -> str:
    """How far an import is, in words."""
    counts = ", ".join(f"{number:,} {outcome}" for outcome, number in batch.counts.items())
    state = _STATES[batch.state] if batch.state != "running" or batch.alive else "Broken off"
    return f"{state}: {batch.done:,} of {many(batch.total, 'row')}{f' ({counts})' if counts else ''}."


def import_page(
    batch: Batch, rows: Sequence[Imported], outcome: str, page: int, reviews: bool, faults: tuple[Fault, ...] = ()
) -> ImportPage:
    """The page of an import.

    Args:
        rows: of this page.
        outcome: the one they have; empty for all.
        page: which page of the rows, from 1 on.
        reviews: whether who looks at it is a reviewer.
    """
    running, base = batch.state == "running" and batch.alive, batch_href(batch.id)
    return ImportPage(
        **frame(
            opened(),
            f"Import of {batch.name}",
            eyebrow=FORMS.get(batch.form, ""),
            crumbs=crumbs(Link("Add sources", "/contribute/source"), Link(batch.name, "", True)),
        ),
        faults=faults,
        state=_STATES["failed"] if batch.state == "running" and not running else _STATES[batch.state],
        running=running,
        done=batch.done,
        total=batch.total,
        progress=state_words(batch),
        remark=batch.remark,
        problem=batch.problem,
        tabs=_tabs(batch, outcome),
        meaning=MEANINGS.get(outcome, ""),
        rows=tuple(_row(batch, row) for row in rows),
        act=base,
        can_stop=running,
        can_go_on=not running and batch.state != "done",
        review=f"/review/batch/{batch.id}" if reviews and batch.counts.get("added") and not batch.at_once else "",
        more=_more(batch, outcome, page) if rows else (),
    )


def _tabs(batch: Batch, outcome: str) -> tuple[Link, ...]:
    rows = [("", f"All ({batch.total:,})"), *((name, f"{_capital(name)} ({batch.counts.get(name, 0):,})")
            for name in MEANINGS if batch.counts.get(name))]  # fmt: skip
    return tuple(Link(label, _asked(batch, name), name == outcome) for name, label in rows)


def _more(batch: Batch, outcome: str, page: int) -> tuple[Link, ...]:
    total = batch.counts.get(outcome, 0) if outcome else batch.total
    before = [Link("Rows before", _asked(batch, outcome, page - 1))] if page > 1 else []
    after = [Link("Next rows", _asked(batch, outcome, page + 1))] if page * PER_PAGE < total else []
    return (*before, *after)


def _asked(batch: Batch, outcome: str, page: int = 1) -> str:
    asked = {**({"show": outcome} if outcome else {}), **({"page": page} if page > 1 else {})}
    return f"{batch_href(batch.id)}{'?' + urlencode(asked) if asked else ''}#rows"


def _row(batch: Batch, row: Imported) -> RowView:
    label = row.label or (short_label(row.reference) if row.reference else f"Line {row.line}" if row.line else "")
    undecided = row.outcome == "needs a decision" and not batch.at_once
    return RowView(
        number=row.number,
        label=label,
        title=row.reference.title if row.reference else "",
        outcome=_capital(row.outcome or "waiting"),
        mark=(row.outcome or "waiting").replace(" ", "-"),
        why=row.why if row.reference is None else "",
        alike=tuple(map(_alike, row.matches)) if row.outcome != "added" else (),
        undecided=f"{batch_href(batch.id)}/rows/{row.number}" if undecided else "",
        contribution=f"/review/{row.contribution}" if row.contribution else "",
    )


def _alike(match: Mapping[str, Any]) -> Alike:
    return Alike(Link(match["label"], alike_href(str(match["address"]))), ", ".join(match["reasons"]))


def alike_href(address: str) -> str:
    """Where a work stands that may be the same: in the base, or as a contribution, for whoever may see that."""
    from kg.batches.waiting import contribution_in

    waits, author = contribution_in(address)
    if waits:
        return f"/review/{waits}" if me().reviews or me().id == author else ""
    return href(address) if address.startswith(ID) else ""


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
