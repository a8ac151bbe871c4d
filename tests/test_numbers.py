"""Whole numbers from outside: the digits 0 to 9 and nothing else."""

import pytest

from kg.errors import BadInput
from kg.numbers import whole_number
from kg.settings.given import Given


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("123456", 123456)])
def test_digits_say_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " 7", "7\n", "+7", "-7", "1_000", "7.0", "1e3", "²", "٣", "7th", "1234567", "9" * 5000]
)
def test_anything_else_says_none(text: str) -> None:
    assert whole_number(text) is None


def test_more_digits_where_they_are_wanted() -> None:
    assert whole_number("123456789", 9) == 123456789


def test_a_setting_of_thousands_of_digits_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="GAPBRIDGE_THREADS must be a whole number from 1 on"):
        Given({"THREADS": "9" * 5000}).number("THREADS")
