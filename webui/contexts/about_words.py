"""The page of our words."""

from __future__ import annotations

from dataclasses import dataclass

from kg.namespaces import gap, thing
from webui.base import Opened
from webui.contexts.about import about_frame
from webui.contexts.about_evidence import Meaning, meanings
from webui.contexts.page import Link, Page, shown
from webui.glossary import GLOSSARY, Word, WordGroup


@dataclass(frozen=True)
class Entry:
    """A word with what it means, its terms in the ontology with their addresses, and where more stands."""

    anchor: str
    name: str
    text: str
    terms: tuple[Link, ...]
    page: str


@dataclass(frozen=True)
class EntryGroup:
    """Words that belong together."""

    anchor: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class WordsPage(Page):
    """Our words, and the kinds of evidence."""

    menu: tuple[Link, ...]
    groups: tuple[EntryGroup, ...]
    kinds: tuple[Meaning, ...]
    readings: tuple[Meaning, ...]


def words_page(opened: Opened) -> WordsPage:
    """The page of our words."""
    schemes = ("evidence-type", "reading-status")
    return WordsPage(
        **about_frame(
            opened,
            "/about/words",
            "Our words",
            lead="What the words on these pages mean here, in plain English.",
            queries=tuple(shown("members", framework=thing("scheme", name)) for name in schemes),
            canonical="/about/words",
        ),
        groups=tuple(_group(group) for group in GLOSSARY),
        kinds=meanings(opened, "evidence-type"),
        readings=meanings(opened, "reading-status"),
    )


def _group(group: WordGroup) -> EntryGroup:
    return EntryGroup(group.anchor, group.heading, tuple(_entry(word) for word in group.words))


def _entry(word: Word) -> Entry:
    terms = tuple(Link(gap(term), f"/ns#{term}") for term in word.terms)
    return Entry(word.anchor, word.name, word.text, terms, word.page)
