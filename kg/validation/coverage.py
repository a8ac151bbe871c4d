"""Coverage: which stretches of a document hold claims, which were left out on purpose, and which say nothing yet.

It works on positions alone, so nobody needs the document; who holds it can be shown the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.queries import Held
from kg.validation.anchors import read_documents

_SLACK = 4
"""Shorter stretches than this are the spaces and stops between passages."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text: where it starts and ends, and why it holds nothing (empty: nobody has said)."""

    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True)
class SectionCoverage:
    """What a section holds.

    Attributes:
        source, source_label, section: which section of which document.
        length: code points of the section.
        claims, frameworks: how many start in it.
        left_out: stretches that deliberately hold no claim, with the reason.
        silent: stretches that hold nothing and of which nobody has said why.
    """

    source: str
    source_label: str
    section: str
    length: int
    claims: int
    frameworks: int
    left_out: tuple[Stretch, ...]
    silent: tuple[Stretch, ...]


def cover(rows: Sequence[Held]) -> list[SectionCoverage]:
    """The coverage of every section of every document."""
    found = []
    for _, group in groupby(rows, key=lambda r: r.source):
        of_source = list(group)
        sections = sorted((r for r in of_source if r.kind == "section"), key=lambda r: (r.start, -r.end))
        found += [_section(s, _own_end(s, sections), of_source) for s in sections]
    return found


def words_of(rows: Sequence[Held], folder: Path) -> dict[str, str]:
    """The normalised texts of the documents in a folder, by source."""
    texts = read_documents(folder)
    return {r.source: texts[r.textHash] for r in rows if r.textHash in texts}


def _own_end(section: Held, sections: Sequence[Held]) -> int:
    """Where the section's own text ends: at its first subsection, which is counted for itself."""
    inner = [s.start for s in sections if section.start < s.start < section.end]
    return min(inner, default=section.end)


def _section(section: Held, end: int, rows: Sequence[Held]) -> SectionCoverage:
    inside = [r for r in rows if r.kind != "section" and r.start < end and r.end > section.start]
    starting = [r for r in inside if r.start >= section.start]
    return SectionCoverage(
        source=section.source,
        source_label=section.sourceLabel,
        section=section.locator,
        length=end - section.start,
        claims=len({r.holder for r in starting if r.kind == "claim"}),
        frameworks=len({r.holder for r in starting if r.kind == "framework"}),
        left_out=tuple(
            Stretch(max(r.start, section.start), min(r.end, end), r.reason) for r in inside if r.kind == "left out"
        ),
        silent=tuple(_silent(section.start, end, [(r.start, r.end) for r in inside])),
    )


def _silent(start: int, end: int, spans: Iterable[tuple[int, int]]) -> list[Stretch]:
    found, here = [], start
    for begin, stop in sorted(spans):
        if begin - here >= _SLACK:
            found.append(Stretch(here, begin))
        here = max(here, stop)
    if end - here >= _SLACK:
        found.append(Stretch(here, end))
    return found
