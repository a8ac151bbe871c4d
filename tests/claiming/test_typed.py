"""What is typed is kept as far as it can be seen, and no longer than it may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claiming import clean, read_typed, slug
from kg.claiming.typed import MOST_CHARACTERS, MOST_VALUES


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  two\n lines\t", "two lines"),
        ("nul\0byte", "nul byte"),
        ("turned\u202eround\u2069", "turnedround"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ufeffmark", "mark"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\ud800", ""),
    ],
)
def test_only_what_can_be_seen_is_kept(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_megabyte_is_cut_and_told() -> None:
    kept, faults = read_typed({"gist": ["x" * 1_000_000]})
    assert len(kept["gist"][0]) == MOST_CHARACTERS
    assert [(fault.field, "2,000" in fault.text) for fault in faults] == [("gist", True)]


def test_a_thousand_values_are_cut_and_told() -> None:
    kept, faults = read_typed({"backedBy": [f"source/s-{n}" for n in range(1000)]})
    assert len(kept["backedBy"]) == MOST_VALUES
    assert faults[0].field == "backedBy"


def test_what_was_left_empty_is_not_there() -> None:
    assert read_typed({"gist": [" ", ""], "stance": []}) == ({}, ())


@given(st.text())
def test_a_slug_is_fit_for_an_address(text: str) -> None:
    made = slug(text)
    assert len(made) <= 48
    assert made == "" or (
        made[0].isalnum() and made.isascii() and set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    )
