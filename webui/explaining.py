"""The words of ours that a page uses, explained on that page: what it says is read, and its words are looked up.

Done once for all pages, after they are made, so that no page can use a word and forget to explain it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask, Response, request
from markupsafe import Markup, escape

from webui.glossary import GLOSSARY, WORDS_PAGE, Word

MARK = "<!-- words used here -->"
"""Where `base.html` wants the explanations."""
WRITTEN = {
    "claim": "claims?",
    "tactic": "tactics?",
    "phase": "phases?",
    "standing": "standing",
    "status": "evidence status",
    "stance": "stances?",
    "force": "Force",
    "basis": "Basis",
    "gap": "gaps?",
    "inference": "inferred|inferences?",
    "curator": "curators?",
    "notion": "notions?",
    "framework": "frameworks?",
    "gist": "gists?",
    "anchor": "anchors?",
    "pack": "packs?",
    "known-by-citation": "known (?:only )?by citation(?: only)?",
    "independent-group": "independent (?:groups?|works?)",
    "revision": "revisions?",
}
"""How pages write the words that they share with nobody, by anchor, in the order in which they are explained."""
_WORDS = {word.anchor: word for group in GLOSSARY for word in group.words}
_PATTERNS = {anchor: re.compile(rf"\b(?:{written})\b", re.IGNORECASE) for anchor, written in WRITTEN.items()}
_EXACTLY = {"force", "basis"}
"""Everyday words when they are written small."""
_PATTERNS |= {anchor: re.compile(rf"\b{WRITTEN[anchor]}\b") for anchor in _EXACTLY}
_NAMED = 3
"""How many words are named before the explanations are unfolded."""
_NOT_SAID = re.compile(
    r"<(script|style|svg|pre|code)\b.*?</\1>|<details class=\"query\".*?</details>|<[^>]*>", re.DOTALL
)


def init_app(app: Flask) -> None:
    app.after_request(_explain)


def used(html: str) -> list[Word]:
    """The words of ours in the text of a page."""
    said = _NOT_SAID.sub(" ", html)
    return [_WORDS[anchor] for anchor, pattern in _PATTERNS.items() if pattern.search(said)]


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
