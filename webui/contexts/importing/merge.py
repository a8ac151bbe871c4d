"""The page that proposes to make two sources one, and the form that marks a work as retracted or corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.importing.marking import Announced
from kg.importing.merging import Merger
from kg.namespaces import kind_of, slug_of
from kg.queries import cards, facts
from webui.addresses import href, short
from webui.base import Opened, opened
from webui.contexts.fields import Fault, Field, fault_of
from webui.contexts.forms import Choice
from webui.contexts.importing.batch import Alike
from webui.contexts.importing.form import Select, choice_value, source_shape
from webui.contexts.page import Link, Page, crumbs, frame
from webui.contexts.things import Thing
from webui.words import DETAILS, many

_SHOWN = 200


@dataclass(frozen=True)
class Both:
    """What each of two records says under one heading."""

    label: str
    gone: str
    kept: str

    @property
    def same(self) -> bool:
        return self.gone == self.kept


@dataclass(frozen=True)
class Moving:
    """Something that will point to the other record."""

    link: Link
    how: str


@dataclass(frozen=True, kw_only=True)
class MergePage(Page):
    """Two records of one work.

    Attributes:
        into: the field for the record that is kept.
        found: records that look the same.
        both: what each says, side by side; empty before the other is chosen.
        gone, kept: the two.
        moving: what will point to the record that is kept.
        moving_count, left_out: how much that is, and how much of it is not shown.
    """

    faults: tuple[Fault, ...]
    into: Field
    found: tuple[Alike, ...]
    gone: Link
    kept: Link
    both: tuple[Both, ...]
    moving: tuple[Moving, ...]
    moving_count: str
    left_out: str
    why: Field


def merge_page(
    item: Thing, into: str, found: Sequence[Alike], merger: Merger | None, why: str = "", faults: tuple[Fault, ...] = ()
) -> MergePage:
    """The page.

    Args:
        item: the source that would be given up.
        into: slug of the one it would live on in, as typed.
        found: sources that look the same.
        merger: what would change, once the other is known.
    """
    now = opened()
    moving = _moving(now, merger) if merger else ()
    whole = len({address for address, _ in merger.pointing}) if merger else 0
    more = whole - len(moving)
    return MergePage(
        **frame(now, f"The same work as {item.label}", title="Merge sources", eyebrow="Source",
                crumbs=crumbs(Link(short(item.iri), href(item.iri)), Link("Merge", "", True))),
        faults=faults,
        into=Field("into", "Record that is kept", into, hint="The last part of its address, such as gold-2017.",
                   fault=fault_of(faults, "into"), required=True, most=120),
        found=tuple(found),
        gone=Link(item.label, href(item.iri)),
        kept=Link(short(merger.kept), href(merger.kept)) if merger else Link("", ""),
        both=_both(now, merger) if merger else (),
        moving=moving,
        moving_count=many(whole, "record") if merger else "",
        left_out=f"{more} more are not shown." if more > 0 else "",
        why=Field("why", "Why they are the same work", why, "words", "Whoever comes by the old address reads it.",
                  fault=fault_of(faults, "why"), required=True, most=1_000),
    )  # fmt: skip


def _both(now: Opened, merger: Merger) -> tuple[Both, ...]:
    told = [_said(now, address) for address in (merger.gone, merger.kept)]
    names = dict.fromkeys([*told[0], *told[1]])
    return tuple(Both(_name(now, name), told[0].get(name, "–"), told[1].get(name, "–")) for name in names)


def _name(now: Opened, iri: str) -> str:
    """What a property is called: in the form of a source, on the pages, else by its own name."""
    asked = next((field.label for field in source_shape(now).fields if field.iri == iri), "")
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.split(r"[#/]", iri)[-1]).lower()
    return asked or DETAILS.get(iri, "") or spaced[:1].upper() + spaced[1:]


_LONG = ("cites", "references", "editorialNote", "type", "partOfPack")


def _said(now: Opened, address: str) -> dict[str, str]:
    found = dict[str, list[str]]()
    for fact in facts(now.reader, address):
        if not fact.property.endswith(_LONG):
            found.setdefault(fact.property, []).append(fact.valueLabel or fact.value)
    return {name: "; ".join(values) for name, values in found.items()}


def _moving(now: Opened, merger: Merger) -> tuple[Moving, ...]:
    ways = dict[str, list[str]]()
    for address, relation in merger.pointing:
        ways.setdefault(address, []).append(_name(now, relation))
    shown = list(ways.items())[:_SHOWN]
    gists = {card.claim: card.gist for card in cards(now.reader, [a for a, _ in shown if kind_of(a) == "claim"])}
    return tuple(Moving(Link(gists.get(a, short(a)), href(a)), ", ".join(found)) for a, found in shown)


@dataclass(frozen=True, kw_only=True)
class MarkPage(Page):
    """What a publisher announced of a work."""

    faults: tuple[Fault, ...]
    status: Select
    notice: Field
    day: Field
    back: Link


def mark_page(item: Thing, told: Announced, faults: tuple[Fault, ...] = ()) -> MarkPage:
    """The form, with what the base has of it or what was typed."""
    now = opened()
    shape = source_shape(now)
    asked, label = shape["publicationStatus"], short(item.iri)
    options = (Choice(choice_value(c.value), f"{c.label}: {c.definition}", choice_value(c.value) == told.status)
               for c in asked.choices)  # fmt: skip
    none = Choice("", "Nothing was announced", not told.status)
    return MarkPage(
        **frame(now, f"Retracted or corrected? {item.label}", title="Retracted or corrected", eyebrow="Source",
                crumbs=crumbs(Link(slug_of(item.iri), href(item.iri)), Link("Retracted or corrected", "", True))),
        faults=faults,
        status=Select("status", asked.label, asked.help, (none, *options)),
        notice=Field("notice", shape["notice"].label, told.notice, hint=shape["notice"].help,
                     fault=fault_of(faults, "notice"), most=1_000),
        day=Field("day", shape["noticeDate"].label, told.day, hint="Such as 2024-05-01.", fault=fault_of(faults, "day"),
                  most=10),
        back=Link(label, href(item.iri)),
    )  # fmt: skip
