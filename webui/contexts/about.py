"""The page on method and limits."""

from __future__ import annotations

from dataclasses import dataclass

from kg.appraisal import RULE_VERSION, sentence
from kg.namespaces import thing
from kg.queries import members, packs, revisions
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, shown
from webui.contexts.parts import Mark


@dataclass(frozen=True)
class Meaning:
    """A word of the pages and what it means."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class PackLine:
    """A pack of data."""

    link: Link
    version: str
    licence: Link


@dataclass(frozen=True)
class Change:
    """A published revision."""

    number: str
    at: str
    message: str


@dataclass(frozen=True, kw_only=True)
class AboutPage(Page):
    """Method, rules, words, limits."""

    rule: str
    statuses: tuple[Meaning, ...]
    standings: tuple[Meaning, ...]
    stances: tuple[Meaning, ...]
    forces: tuple[Meaning, ...]
    bases: tuple[Meaning, ...]
    packs: tuple[PackLine, ...]
    changes: tuple[Change, ...]


_SCHEMES = ("evidence-status", "link-basis", "stance", "force", "claim-basis")


def about_page(opened: Opened) -> AboutPage:
    """The page on method and limits."""
    statuses = members(opened.reader, thing("scheme", "evidence-status"))
    return AboutPage(
        **frame(
            opened,
            "About this evidence base",
            at="/about",
            crumbs=crumbs(Link("About", "", True)),
            queries=(
                shown("packs"),
                shown("revisions"),
                *(shown("members", framework=thing("scheme", name)) for name in _SCHEMES),
            ),
        ),
        rule=RULE_VERSION,
        statuses=tuple(
            Meaning(Mark(short(row.member), row.label, href(row.member)), sentence(short(row.member)))
            for row in statuses
        ),
        standings=_meanings(opened, "link-basis"),
        stances=_meanings(opened, "stance"),
        forces=_meanings(opened, "force"),
        bases=_meanings(opened, "claim-basis"),
        packs=tuple(
            PackLine(Link(row.title, href(row.pack)), row.version, Link(row.licence, row.licence))
            for row in packs(opened.reader)
        ),
        changes=tuple(Change(str(row.number), row.at[:10], row.message) for row in revisions(opened.reader)),
    )


def _meanings(opened: Opened, scheme: str) -> tuple[Meaning, ...]:
    rows = members(opened.reader, thing("scheme", scheme))
    return tuple(Meaning(Mark(short(row.member), row.label, href(row.member)), row.definition) for row in rows)
