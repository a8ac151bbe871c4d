"""The pages on which an administrator sends a pack, and sees what it would change before it is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.changelog import Changes
from kg.errors import Violation
from kg.namespaces import local_of
from kg.packs import MOST_PACKED, SUFFIXES, Pack
from webui.base import Opened
from webui.contexts.fields import Fault, fault_of
from webui.contexts.pack_parts import Group, named
from webui.contexts.page import Link, Page, crumbs, frame
from webui.contexts.parts import Detail, detail, details
from webui.words import many

_SHOWN = 100
_PARTS = ("passage", "selector", "revision", "activity")


@dataclass(frozen=True)
class Choices:
    """What is chosen with a pack: whether its claims count as read, and whether an older version is taken too."""

    counts: bool
    force: bool

    @property
    def query(self) -> str:
        """The same for an address."""
        told = {name: "1" for name in ("counts", "force") if getattr(self, name)}
        return f"?{urlencode(told)}" if told else ""


@dataclass(frozen=True)
class Found:
    """What would come of a pack: its revision's message, what changes, and what the checks refuse."""

    message: str
    changes: Changes
    violations: tuple[Violation, ...]


@dataclass(frozen=True, kw_only=True)
class SendingPage(Page):
    """The form.

    Attributes:
        fault: what is wrong with what was sent.
        hint: which files it takes.
        accept: the same for the browser.
    """

    faults: tuple[Fault, ...]
    fault: str
    hint: str
    accept: str
    choices: Choices


@dataclass(frozen=True, kw_only=True)
class TakingPage(Page):
    """What a pack would change.

    Attributes:
        wrong: why it cannot be taken; empty where it can.
        details: what the pack says of itself.
        told: what would be done, in a sentence.
        groups: the things.
        action: where the buttons send.
        can_be_taken: whether it would change anything, and nothing stands in the way.
        base: the revision that the person has seen.
    """

    wrong: tuple[str, ...]
    details: tuple[Detail, ...]
    told: str
    groups: tuple[Group, ...]
    action: str
    can_be_taken: bool
    base: int
    choices: Choices


def sending_page(opened: Opened, choices: Choices, faults: tuple[Fault, ...] = ()) -> SendingPage:
    """The form, with what is wrong."""
    return SendingPage(
        **frame(
            opened, "Add or update a pack", crumbs=crumbs(Link("Packs", "/packs"), Link("Add or update", "", True))
        ),
        faults=faults,
        fault=fault_of(faults, "file"),
        hint=f"An archive ({', '.join(SUFFIXES)}) of up to {MOST_PACKED >> 20} MB, with pack.ttl in it.",
        accept=",".join(SUFFIXES),
        choices=choices,
    )


def taking_page(
    opened: Opened, id: str, pack: Pack, found: Found | None, choices: Choices, wrong: Sequence[str]
) -> TakingPage:
    """What a pack would change.

    Args:
        opened: the base.
        id: under which the archive is kept.
        pack: what is in it.
        found: what would come of it; None where that cannot be told.
        choices: what was chosen with it.
        wrong: why it cannot be taken.
    """
    return TakingPage(
        **frame(opened, f"Take in: {pack.title}", eyebrow="Pack of data",
                crumbs=crumbs(Link("Packs", "/packs"), Link(pack.title, "", True))),
        wrong=tuple(wrong),
        details=details(
            detail("Name", pack.name),
            detail("Version", pack.version),
            detail("Licence", pack.licence),
            detail("Brings", many(len(pack.things), "thing")),
            detail("Its claims", "Count as the readings they say they are" if choices.counts else ""),
        ),
        told=f"{found.message}." if found else "",
        groups=_groups(opened, found.changes) if found else (),
        action=f"/pack-upload/{id}",
        can_be_taken=bool(found and not wrong and _differs(found.changes)),
        base=opened.revision,
        choices=choices,
    )  # fmt: skip


def _differs(changes: Changes) -> bool:
    return bool(changes.added or changes.changed or changes.removed)


def _groups(opened: Opened, changes: Changes) -> tuple[Group, ...]:
    parts = (("would come", changes.added), ("would change", changes.changed), ("would go", changes.removed))
    return tuple(_group(opened, words, things) for words, things in parts if things)


def _group(opened: Opened, words: str, things: Sequence[str]) -> Group:
    shown = [thing for thing in things if local_of(thing).partition("/")[0] not in _PARTS][:_SHOWN]
    rest = len(things) - len(shown)
    more = f"and {many(rest, 'more thing')}, places in texts among them" if rest else ""
    return Group(f"{many(len(things), 'thing')} {words}", named(opened, shown), more)
