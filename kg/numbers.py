"""Whole numbers as people and programs write them in addresses, forms, settings and headers."""

from __future__ import annotations


def whole_number(text: str, digits: int = 6) -> int | None:
    """The number that a text says in the digits 0 to 9, at most so many; None where it says none.

    `int` takes much more (signs, spaces, underscores, other scripts' digits); `isdigit` takes “²”, of which `int`
    fails, as it does of some thousand digits.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
