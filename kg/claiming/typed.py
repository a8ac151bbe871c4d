"""What somebody typed, as it is kept: texts by field, without what cannot be seen, and no longer than it may be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Typed = Mapping[str, tuple[str, ...]]
"""The values of a form by the key of the field; what was left empty is not there."""

MOST_CHARACTERS, MOST_VALUES = 2_000, 40
"""So much of one text, and so many values of one field, are kept even where they cannot be used."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_JOINERS = "\u200c\u200d"
"""They shape letters of some scripts, and do no harm."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a form, and where.

    Attributes:
        field: the key of the field; empty where it is none of them.
        text: what is wrong, for the person who typed it.
        mend: what would do; may be empty.
    """

    field: str
    text: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.mend}".rstrip()


def clean(text: str) -> str:
    """One line of text without characters that cannot be seen or would turn the line round."""
    plain = unicodedata.normalize("NFC", text)
    kept = ("" if unicodedata.category(c) == "Cf" and c not in _JOINERS else _seen(c) for c in plain)
    return " ".join("".join(kept).split())


def _seen(character: str) -> str:
    if character in _JOINERS:
        return character
    return " " if unicodedata.category(character) in _UNSEEN else character


def read_typed(given: Mapping[str, Iterable[str]]) -> tuple[dict[str, tuple[str, ...]], tuple[Fault, ...]]:
    """What somebody typed, fit to be kept, and what of it is too long for that.

    Args:
        given: texts by field, as they came in.
    """
    kept: dict[str, tuple[str, ...]] = {}
    faults = []
    for key, texts in given.items():
        values = [clean(text[: 4 * MOST_CHARACTERS]) for text in texts]
        if any(len(value) > MOST_CHARACTERS for value in values):
            faults.append(
                Fault(key, f"This is longer than any text here may be ({MOST_CHARACTERS:,} characters).", _CUT)
            )
        if len(values) > MOST_VALUES:
            faults.append(Fault(key, f"No more than {MOST_VALUES} values can be given here.", "The others were left."))
        found = tuple(dict.fromkeys(value[:MOST_CHARACTERS] for value in values[:MOST_VALUES] if value))
        if found:
            kept[key] = found
    return kept, tuple(faults)


_CUT = "What goes beyond was cut; shorten it to what matters."


def first(typed: Typed, key: str) -> str:
    """The one value of a field; empty where there is none."""
    return next(iter(typed.get(key, ())), "")
