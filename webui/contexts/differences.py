"""What a change did, thing by thing, in words: what was said before and what is said since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.history import Difference, Fate, Line, Value
from kg.namespaces import ID, PREFIXES, gap, local_of
from kg.queries import gists, names
from webui.addresses import href, is_ours, kind, short
from webui.base import Opened
from webui.contexts.page import Link
from webui.words import DETAILS, kind_words

FATES = {
    Fate.ADDED: "New",
    Fate.CHANGED: "Changed",
    Fate.WITHDRAWN: "Withdrawn",
    Fate.REMOVED: "Taken out",
}
_NAMING = (
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["rdfs"] + "label",
    PREFIXES["foaf"] + "name",
    gap("shortLabel"),
    gap("gist"),
    PREFIXES["dcterms"] + "title",
)
_NAMED = {
    PREFIXES["rdf"] + "type": "Is a",
    PREFIXES["skos"] + "prefLabel": "Name",
    PREFIXES["skos"] + "definition": "Definition",
    PREFIXES["skos"] + "changeNote": "Why it was changed or given up",
    PREFIXES["foaf"] + "name": "Name",
    PREFIXES["dcterms"] + "title": "Title",
    PREFIXES["owl"] + "deprecated": "Given up",
}


@dataclass(frozen=True)
class ChangedLine:
    """What differs in one property."""

    name: str
    gone: tuple[Link, ...]
    came: tuple[Link, ...]


@dataclass(frozen=True)
class ChangedThing:
    """What differs in what is said of one thing.

    Attributes:
        slug: how the change is marked.
        fate: what was done to it, in a word.
        kind: what it is.
        history: where its history stands; empty for what is no thing of ours.
    """

    link: Link
    slug: str
    fate: str
    kind: str
    history: str
    lines: tuple[ChangedLine, ...]


def changed_things(opened: Opened, differences: Sequence[Difference]) -> tuple[ChangedThing, ...]:
    """Differences as they are shown."""
    called = _called(opened, differences)
    return tuple(_thing(found, called) for found in differences)


def changed_lines(opened: Opened, found: Difference) -> tuple[ChangedLine, ...]:
    """The lines of one thing."""
    called = _called(opened, [found])
    return tuple(_line(line, called) for line in found.lines)


def own_name(found: Difference) -> str:
    """What a thing calls itself in a difference; empty where that says nothing of it."""
    for wanted in _NAMING:
        for line in found.lines:
            if line.property == wanted:
                return (line.came or line.gone)[0].text
    return ""


def _called(opened: Opened, differences: Iterable[Difference]) -> dict[str, str]:
    """What all that is named there is called now; what is gone by the name it had."""
    subjects, values, properties = set[str](), set[str](), set[str]()
    own: dict[str, str] = {}
    for found in differences:
        subjects.add(found.iri)
        own[found.iri] = own_name(found)
        properties.update(line.property for line in found.lines)
        values.update(value.text for line in found.lines for value in (*line.gone, *line.came) if value.is_address)
    asked = sorted(iri for iri in subjects | values | properties if iri.startswith("http"))
    claims = gists(opened.reader, [iri for iri in asked if iri.startswith(f"{ID}claim/")])
    return {iri: name for iri, name in own.items() if name} | names(opened.reader, asked) | claims


def _thing(found: Difference, called: Mapping[str, str]) -> ChangedThing:
    words = kind_words(kind(found.iri))
    return ChangedThing(
        link=Link(called.get(found.iri) or short(found.iri), href(found.iri)),
        slug=found.fate.value,
        fate=FATES[found.fate],
        kind=words.one if words else kind(found.iri).replace("-", " ").capitalize(),
        history=f"/history/{local_of(found.iri)}" if is_ours(found.iri) else "",
        lines=tuple(_line(line, called) for line in found.lines),
    )


def _line(line: Line, called: Mapping[str, str]) -> ChangedLine:
    return ChangedLine(
        property_name(line.property, called),
        tuple(_value(value, called) for value in line.gone),
        tuple(_value(value, called) for value in line.came),
    )


def property_name(iri: str, called: Mapping[str, str]) -> str:
    """A property in a reader's words."""
    name = _NAMED.get(iri) or DETAILS.get(iri) or called.get(iri) or short(iri)
    return name[:1].upper() + name[1:]


def _value(value: Value, called: Mapping[str, str]) -> Link:
    if not value.is_address:
        return Link({"true": "yes", "false": "no"}.get(value.text, value.text), "")
    if is_ours(value.text):
        return Link(called.get(value.text) or short(value.text), href(value.text))
    shown = called.get(value.text) or value.text
    return Link(shown, href(value.text) if value.text.startswith(("http://", "https://")) else "")
