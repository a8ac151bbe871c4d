"""A pasted passage is measured and thrown away."""

from __future__ import annotations

import hashlib

import pytest

from kg.claiming import Anchor, anchor_of, place_passage
from kg.validation import anchor_facts, normalise

TEXT = "The  first line.\nHere\u00a0stands what matters, once.\n\nThe end. The end."


def test_a_passage_is_placed_as_the_command_line_places_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    document = tmp_path / "text.txt"
    document.write_text(TEXT, encoding="utf-8")
    facts = anchor_facts(document, "Here stands what\nmatters")
    placed = place_passage("Here stands what\nmatters", TEXT)
    assert placed.anchor == Anchor(*(facts[key] for key in ("start", "end", "quoteHash", "textHash")))  # type: ignore[arg-type]


def test_the_hash_is_of_the_normalised_words() -> None:
    anchor = place_passage(" what   matters ", TEXT).anchor
    assert anchor is not None
    assert anchor.quote_hash == hashlib.sha256(b"what matters").hexdigest()
    assert normalise(TEXT)[anchor.start : anchor.end] == "what matters"


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        ("what matters", "", "cannot be placed"),
        ("what never stood there", TEXT, "do not stand in the text"),
        ("The end.", TEXT, "2 times"),
        ("x" * 6000, TEXT, "5,000 are the most"),
    ],
)
def test_what_cannot_be_placed_is_told_without_its_words(words: str, text: str, told: str) -> None:
    placed = place_passage(words, text)
    assert placed.anchor is None
    assert placed.fault is not None
    assert told in placed.fault.text
    assert words not in str(placed.fault)


def test_no_passage_is_no_fault() -> None:
    assert place_passage(" \n", TEXT) == place_passage("", "")
    assert place_passage("", TEXT).fault is None


def test_a_form_keeps_four_values_and_gives_them_back() -> None:
    anchor = Anchor(3, 9, "a" * 64, "b" * 64)
    assert anchor_of(anchor.typed()) == anchor
    assert anchor_of({"start": ("3",), "end": ("x",), "quoteHash": ("a",), "textHash": ("b",)}) is None
    assert anchor_of({}) is None
