"""Pages are written in plain English, and none uses a word of ours without saying what it means."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.webui.prose import Literals, blocks, reading, sentences, words
from tests.webui.site_pages import SITE, SitePage
from webui.base import Opened
from webui.explaining import WRITTEN
from webui.glossary import GLOSSARY, WORDS_PAGE

EASE, GRADE = 60, 9
"""“Plain English” on Flesch's scale, and nine years at school; what practitioners are given meets both."""
EASE_EXPERT, GRADE_EXPERT = 50, 11
ENOUGH = 60
"""Words: of fewer, the formulas say nothing."""
LONGEST = 45
"""Words in a sentence."""
OURS = {
    "claim": r"claims?",
    "standing": r"standing",
    "stance": r"stance",
    "phase": r"phases?",
    "tactic": r"tactics?",
    "gap": r"gaps?",
    "inference": r"inferences?",
    "revision": r"revisions?",
    "notion": r"notions?",
    "framework": r"frameworks?",
    "curator": r"curators?",
    "gist": r"gists?",
    "status": r"evidence status",
}
"""Words that nobody outside this project could know in our sense: the anchor of each, and how it is written."""


@pytest.fixture(scope="module")
def literals(opened: Opened) -> Literals:
    rows = opened.reader.select("SELECT DISTINCT ?text { ?s ?p ?text FILTER(isLiteral(?text)) } ORDER BY ?text")
    return Literals.of(row["text"].value for row in rows)


def text_of(client: FlaskClient, page: SitePage) -> str:
    return client.get(page.address, headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("seen", SITE, ids=lambda seen: seen.name)
def test_a_page_is_easy_to_read(client: FlaskClient, literals: Literals, seen: SitePage) -> None:
    found = sentences(text_of(client, seen), literals)
    told = reading(found)
    assert [sentence for sentence in found if len(words(sentence)) > LONGEST] == []
    ease, grade = (EASE_EXPERT, GRADE_EXPERT) if seen.expert else (EASE, GRADE)
    hard = sorted(found, key=lambda sentence: reading([sentence]).ease)[:5]
    assert told.words < ENOUGH or (told.ease >= ease and told.grade <= grade), f"{told}; hardest: {hard}"


@pytest.mark.parametrize("seen", SITE, ids=lambda seen: seen.name)
def test_no_word_of_ours_is_left_unexplained(client: FlaskClient, literals: Literals, seen: SitePage) -> None:
    html = text_of(client, seen)
    own = "\n".join(blocks(html, literals))
    said = {anchor for anchor, written in OURS.items() if re.search(rf"\b(?:{written})\b", own, re.IGNORECASE)}
    explained = set(re.findall(rf'<dt><a href="{WORDS_PAGE}#([\w-]+)">', html))
    assert seen.address == WORDS_PAGE or said <= explained


def test_every_word_that_is_explained_stands_on_the_page_of_words() -> None:
    assert set(WRITTEN) <= {word.anchor for group in GLOSSARY for word in group.words}


def test_reading_is_measured_as_published() -> None:
    """The figures for two sentences whose words and syllables are counted by hand."""
    told = reading(["The cat sat on the mat.", "It was a sunny morning."])
    assert (told.sentences, told.words) == (2, 11)
    assert told.ease == pytest.approx(206.835 - 1.015 * 11 / 2 - 84.6 * 13 / 11)
    assert told.grade == pytest.approx(0.39 * 11 / 2 + 11.8 * 13 / 11 - 15.59)
