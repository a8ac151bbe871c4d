"""The words of ours that a page uses, explained on that page: what it says is read, and its words are looked up.

Done once for all pages, after they are made, so that no page can use a word and forget to explain it.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, Response, request
from markupsafe import Markup, escape

from webui.glossary import GLOSSARY, WORDS_PAGE, Word

MARK = "<!-- words used here -->"
"""Where `base.html` wants the explanations."""
WRITTEN = {
    "claim": ("claim", "claims"),
    "tactic": ("tactic", "tactics"),
    "phase": ("phase", "phases"),
    "standing": ("standing",),
    "status": ("evidence status",),
    "stance": ("stance", "stances"),
    "force": ("Force",),
    "basis": ("Basis",),
    "gap": ("gap", "gaps"),
    "inference": ("inferred", "inference", "inferences"),
    "curator": ("curator", "curators"),
    "notion": ("notion", "notions"),
    "framework": ("framework", "frameworks"),
    "gist": ("gist", "gists"),
    "anchor": ("anchor", "anchors"),
    "pack": ("pack", "packs"),
    "known-by-citation": ("known by citation", "known only by citation"),
    "independent-group": ("independent group", "independent groups"),
    "revision": ("revision", "revisions"),
}
"""How pages write the words that they share with nobody, by anchor, in the order in which they are explained."""
_WORDS = {word.anchor: word for group in GLOSSARY for word in group.words}
_AS_WRITTEN = {"force", "basis"}
"""Everyday words when they are written small."""
_NAMED = 3
"""How many words are named before the explanations are unfolded."""
_NOT_SAID = ("code", "pre", "script", "style", "title", "symbol")
_FOOT = '<details class="query">'


def init_app(app: Flask) -> None:
    app.after_request(_explain)


def used(html: str) -> list[Word]:
    """The words of ours in the text of a page, above the queries that made it."""
    said = html.partition(_FOOT)[0]
    small = said.lower()
    forms = {anchor: said if anchor in _AS_WRITTEN else small for anchor in WRITTEN}
    return [_WORDS[anchor] for anchor, text in forms.items() if any(_says(text, one) for one in WRITTEN[anchor])]


def _says(html: str, word: str) -> bool:
    """Searched for as it stands, which takes a hundredth of what an expression would on a long page."""
    at = html.find(word)
    while at >= 0:
        if (
            not html[at - 1 : at].isalpha()
            and not html[at + len(word) : at + len(word) + 1].isalpha()
            and _is_text(html, at)
        ):
            return True
        at = html.find(word, at + 1)
    return False


def _is_text(html: str, at: int) -> bool:
    """Whether a place is in text: not inside a tag, nor right after one that opens code."""
    opens, closes = html.rfind("<", 0, at), html.rfind(">", 0, at)
    return opens <= closes and not html.startswith(_NOT_SAID, opens + 1)


def _explain(response: Response) -> Response:
    made = response.mimetype == "text/html" and not response.is_streamed and "Content-Encoding" not in response.headers
    if not made or request.path == WORDS_PAGE:
        return response
    before, mark, after = response.get_data(as_text=True).partition(MARK)
    if mark:
        main = before.partition("<main")[2] + after.partition("</main>")[0]
        response.set_data(before + _block(used(main)) + after)
    return response


def _block(words: list[Word]) -> str:
    """The explanations, folded up; nothing where the page uses no word of ours."""
    if not words:
        return ""
    *first, last = [f"“{word.name.lower()}”" for word in words[:_NAMED]]
    named = f"{', '.join(first)} and {last}" if first else last
    return str(
        Markup(
            '<details class="words"><summary>What {} mean{} here</summary><dl>{}</dl>'
            '<p><a href="{}">All our words</a></p></details>'
        ).format(named, "" if first else "s", Markup("").join(_entries(words)), WORDS_PAGE)
    )


def _entries(words: list[Word]) -> Iterator[Markup]:
    for word in words:
        link = Markup('<a href="{}#{}">{}</a>').format(WORDS_PAGE, word.anchor, word.name)
        yield Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(link, escape(word.text))
