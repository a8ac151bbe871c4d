"""Anchors: position and hash, with no word of the document kept."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.queries import Passage
from kg.validation import anchor_facts, check_anchors, normalise


def passage(document: Path, words: str) -> Passage:
    facts = anchor_facts(document, words)
    start, end, quote, text = (facts[key] for key in ("start", "end", "quoteHash", "textHash"))
    return Passage("p", "s", "§1", int(start), int(end), str(quote), str(text))


def test_a_passage_is_found_whatever_the_documents_name_and_line_breaks(tmp_path):
    made, held = tmp_path / "made", tmp_path / "held"
    made.mkdir()
    held.mkdir()
    (made / "a.txt").write_text("One two\u00a0three\r\nfour.")
    found = passage(made / "a.txt", "two three four")
    (held / "renamed.md").write_text("  One\n\ntwo three four.\n")
    assert check_anchors([found], held).holds


def test_a_changed_document_is_another_document(tmp_path):
    document = tmp_path / "a.txt"
    document.write_text("One two three.")
    found = passage(document, "two three")
    document.write_text("One two, three.")
    report = check_anchors([found], tmp_path)
    assert not report.holds
    assert report.missing == {"s": 1}


def test_a_wrong_place_is_broken(tmp_path):
    document = tmp_path / "a.txt"
    document.write_text("One two three.")
    found = passage(document, "two")
    shifted = Passage("p", "s", "§1", found.start + 1, found.end + 1, found.quoteHash, found.textHash)
    outside = Passage("q", "s", "§1", 5, 999, found.quoteHash, found.textHash)
    assert check_anchors([shifted, outside], tmp_path).broken == ("p", "q")


@given(st.text())
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)
