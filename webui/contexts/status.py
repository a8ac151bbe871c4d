"""The evidence status of a tactic in words, with its counts."""

from __future__ import annotations

from dataclasses import dataclass

from kg.appraisal import sentence
from webui.addresses import href, short
from webui.contexts.parts import Mark
from webui.words import many


@dataclass(frozen=True)
class Status:
    """What the recorded claims amount to by the rules.

    Attributes:
        mark: the status.
        sentence: the fixed sentence of the status.
        counts: how many claims caution about it, report a gap, speak for it.
    """

    mark: Mark
    sentence: str
    counts: tuple[str, ...]


def status(iri: str, label: str, supports: int, cautions: int, gaps: int) -> Status:
    """A status as stored, in words."""
    speak = "claim speaks", "claims speak"
    warn = "claim cautions or disputes", "claims caution or dispute"
    lack = "claim reports a gap in the evidence", "claims report a gap in the evidence"
    counts = many(cautions, *warn), many(gaps, *lack), f"{many(supports, *speak)} for it"
    shown = tuple(_capital(text) for text in counts)
    return Status(Mark(short(iri), label, href(iri)), sentence(short(iri)), shown)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
