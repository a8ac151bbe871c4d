"""The diagnoses that somebody keeps under their account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.diagnosis import LONGEST_NAME
from webui.base import Opened
from webui.contexts.diagnosing.common import NAME, RESULT, at
from webui.contexts.fields import Fault, fault_of
from webui.contexts.page import Link, Page, crumbs, frame
from webui.words import many

if TYPE_CHECKING:
    from datetime import datetime

    from kg.diagnosis.saved import Saved

ROOT = "/account/diagnoses"
HEADING = "Your saved diagnoses"


@dataclass(frozen=True)
class Naming:
    """A field for a name, with its id, what stands in it and what is wrong with it."""

    id: str
    value: str
    fault: str
    most: int = LONGEST_NAME


@dataclass(frozen=True)
class SavedLine:
    """A kept diagnosis.

    Attributes:
        link: opens what follows from it.
        when: when it was saved, in words.
        moment: the same for programs.
        files: the brief made from it, to be taken away.
        rename, delete: where the forms go.
        naming: the field for another name.
    """

    link: Link
    when: str
    moment: str
    files: tuple[Link, ...]
    rename: str
    delete: str
    naming: Naming


@dataclass(frozen=True)
class Unsaved:
    """A diagnosis that could not be saved as it was sent: its answers, and the field for its name."""

    code: str
    naming: Naming
    back: str


@dataclass(frozen=True, kw_only=True)
class SavedPage(Page):
    """What somebody keeps.

    Attributes:
        faults: what is wrong with what was typed.
        unsaved: what could not be saved; None where nothing was to be.
        rows: the diagnoses.
        count: how many.
        export: all of them as a file.
    """

    faults: tuple[Fault, ...]
    unsaved: Unsaved | None
    rows: tuple[SavedLine, ...]
    count: str
    export: Link


@dataclass(frozen=True)
class Typed:
    """A name that was typed and cannot be used: for which entry (empty for a new one), with which answers, and why."""

    id: str
    name: str
    fault: str
    code: str = ""


def saved_page(opened: Opened, kept: Sequence[Saved], typed: Typed | None = None) -> SavedPage:
    """The page of what somebody keeps.

    Args:
        opened: the base.
        kept: the diagnoses.
        typed: a name that cannot be used.
    """
    faults = (Fault(_field(typed.id), typed.fault),) if typed else ()
    unsaved = None
    if typed and not typed.id:
        naming = Naming(_field(""), typed.name, typed.fault)
        unsaved = Unsaved(typed.code, naming, at(RESULT, typed.code))
    return SavedPage(
        **frame(opened, HEADING, crumbs=crumbs(Link("Your account", "/account"), Link(HEADING, "", True))),
        faults=faults,
        unsaved=unsaved,
        rows=tuple(_line(one, typed, faults) for one in kept),
        count=many(len(kept), NAMED[0], NAMED[1]),
        export=Link("All of them as a file (JSON)", f"{ROOT}.json"),
    )


NAMED = ("diagnosis", "diagnoses")


def _line(one: Saved, typed: Typed | None, faults: Sequence[Fault]) -> SavedLine:
    field = _field(one.id)
    now = typed.name if typed and typed.id == one.id else one.name
    return SavedLine(
        link=Link(one.name, f"{ROOT}/{one.id}"),
        when=_told(one.created),
        moment=one.created.isoformat(),
        files=(Link("Word (.docx)", at("brief.docx", one.code)), Link("Markdown (.md)", at("brief.md", one.code))),
        rename=f"{ROOT}/{one.id}/rename",
        delete=f"{ROOT}/{one.id}/delete",
        naming=Naming(field, now, fault_of(faults, field)),
    )


def _field(id: str) -> str:
    return f"name-{id or 'new'}"


def _told(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def as_data(kept: Sequence[Saved], root: str) -> dict[str, object]:
    """What somebody keeps, for a file of theirs.

    Args:
        kept: the diagnoses.
        root: this server's address.
    """
    return {
        "what": f"Diagnoses saved under an account ({NAME})",
        "diagnoses": [
            {
                "name": one.name,
                "address": root + at(RESULT, one.code),
                "saved": one.created.isoformat(),
                "changed": one.changed.isoformat(),
            }
            for one in kept
        ],
    }
