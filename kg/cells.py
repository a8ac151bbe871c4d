"""Cells of CSV that no spreadsheet takes for a formula, and back."""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
FORMULA_RULE = (
    "In the CSV, a text that begins with =, +, -, @ (also in full width), a tab or a line break has an apostrophe put "
    "before it, so that no spreadsheet takes it for a formula; so has one that begins with apostrophes before such a "
    "sign. Taking one apostrophe off such a cell gives the text back."
)
"""Source: OWASP, CSV Injection; the second half makes it reversible."""


def to_csv_cell(text: str) -> str:
    """A text as a cell that no spreadsheet runs; see `FORMULA_RULE`."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def from_csv_cell(text: str) -> str:
    """A text as it was before `to_csv_cell`."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
