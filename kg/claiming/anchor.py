"""Where a passage stands: its words are measured and thrown away.

A pasted passage is normalised as `gapbridge check-anchors` does, hashed and looked for in the text of the document, if
that is at hand. What is kept is four values; the words go no further than this module's arguments.
Source: architecture.md, decision 9.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.claiming.typed import Fault, Typed, first
from kg.validation import anchors, normalise

KEYS = ("start", "end", "quoteHash", "textHash")
PASSAGE, TEXT = "passage", "text"
"""Fields that are read and never kept."""
LONGEST_PASSAGE = 5_000
_MANY = "These words stand in the text {} times."


@dataclass(frozen=True)
class Anchor:
    """Where a passage stands in the normalised text of a document, and both their hashes."""

    start: int
    end: int
    quote_hash: str
    text_hash: str

    def typed(self) -> dict[str, tuple[str, ...]]:
        """As a form keeps it."""
        values = (str(self.start), str(self.end), self.quote_hash, self.text_hash)
        return {key: (value,) for key, value in zip(KEYS, values, strict=True)}


@dataclass(frozen=True)
class Placed:
    """What came of looking for a passage: its anchor, or why there is none."""

    anchor: Anchor | None = None
    fault: Fault | None = None


def place_passage(words: str, text: str) -> Placed:
    """Look for a passage in the text of its document.

    Args:
        words: the passage, as it was pasted.
        text: the whole text of the document; empty where it is not at hand.
    """
    wanted, whole = normalise(words), normalise(text)
    if not wanted:
        return Placed()
    if len(wanted) > LONGEST_PASSAGE:
        told = f"This passage has {len(wanted):,} characters; {LONGEST_PASSAGE:,} are the most."
        return Placed(fault=Fault(PASSAGE, told, "Paste the sentence or two that carry the claim."))
    if not whole:
        told = "The passage alone cannot be placed: its position is counted in the text of the document."
        return Placed(
            fault=Fault(TEXT, told, "Give the document’s text as well, or leave both out: the place is enough.")
        )
    count = whole.count(wanted)
    if count == 0:
        told = "These words do not stand in the text that you gave."
        return Placed(fault=Fault(PASSAGE, told, "Copy them out of that text, letter by letter."))
    if count > 1:
        return Placed(
            fault=Fault(PASSAGE, _MANY.format(count), "Paste a little more, so that the place is the only one.")
        )
    start = whole.index(wanted)
    return Placed(Anchor(start, start + len(wanted), anchors.sha256(wanted), anchors.sha256(whole)))


def anchor_of(typed: Typed) -> Anchor | None:
    """The anchor that a form keeps; None where it keeps none, or not all of it."""
    start, end, quote, text = (first(typed, key) for key in KEYS)
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and quote and text):
        return None
    return Anchor(int(start[:12]), int(end[:12]), quote, text)
