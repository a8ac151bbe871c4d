"""A batch: how far it has come, the sample to be looked at, and accepting the rest at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from webui.base import Opened
from webui.contexts.fields import Fault, Field
from webui.contexts.page import Link, Page, crumbs, frame
from webui.contexts.reviewing.common import REVIEW, batch_href, href
from webui.contexts.reviewing.deciding import Action, said_field
from webui.words import many

if TYPE_CHECKING:
    from kg.contributions import Batch, Person


@dataclass(frozen=True)
class SampleLine:
    """A contribution of the sample, and whether it was found right."""

    link: Link
    told: str
    looked: bool


@dataclass(frozen=True, kw_only=True)
class BatchPage(Page):
    """A batch.

    Attributes:
        done: what was just done, in a sentence.
        faults: what is wrong in what was sent.
        told: how far it has come, a sentence each.
        sample: what was drawn for this reviewer.
        refused: those of a sample that were refused.
        action: where the form is sent.
        saying: the field for what one says.
        buttons: what can be done.
        all: the contributions of the batch.
    """

    done: str
    faults: tuple[Fault, ...]
    told: tuple[str, ...]
    sample: tuple[SampleLine, ...]
    refused: tuple[Link, ...]
    action: str
    saying: Field
    buttons: tuple[Action, ...]
    all: str


def batch_page(
    opened: Opened, batch: Batch, who: Person, *, done: str = "", text: str = "", faults: tuple[Fault, ...] = ()
) -> BatchPage:
    """A batch, for a reviewer."""
    name = f"Batch {batch.id[:8]}"
    lead = f"Handed in together by {batch.author.name}."
    hint = "Needed when you give the batch back. Its author reads it."
    return BatchPage(
        **frame(opened, name, lead=lead, crumbs=crumbs(Link("Review", REVIEW), Link(name, "", True))),
        done=done,
        faults=faults,
        told=tuple(_told(batch)),
        sample=tuple(SampleLine(Link(s.title, href(s.id)), _looked(s.looked), s.looked) for s in batch.sample),
        refused=tuple(Link(f"Contribution {id[:8]}", href(id)) for id in batch.refused),
        action=batch_href(batch.id),
        saying=said_field(text, hint, faults),
        buttons=_buttons(batch, who),
        all=f"{REVIEW}?state=all&batch={batch.id}",
    )


def _looked(looked: bool) -> str:
    return "found right" if looked else "not looked at yet"


def _told(batch: Batch) -> list[str]:
    told = [f"{many(batch.total, 'contribution')} came with it; {batch.waiting} of them wait to be decided."]
    if batch.own:
        return [*told, "You wrote this yourself: somebody else decides about it."]
    if batch.waiting and not batch.refused:
        told.append(
            f"All that wait can be accepted at once, after {many(batch.needed, 'of them', 'of them')} were drawn at "
            "random and each was found right: a tenth, and never fewer than five."
        )
    if batch.refused:
        told.append("Some of the sample were refused. So the others are decided one by one, or all are given back.")
    return told


def _buttons(batch: Batch, who: Person) -> tuple[Action, ...]:
    if batch.own or not batch.waiting or not who.reviews:
        return ()
    found = []
    if batch.ready:
        found.append(Action("accept", f"Accept all {batch.waiting}", True))
    elif not batch.refused and len(batch.sample) < batch.needed:
        found.append(Action("draw", "Draw a sample", True))
    return (*found, Action("return", "Give all back to the author"))
