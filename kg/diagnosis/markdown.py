"""A brief as Markdown (CommonMark with tables). What was typed is escaped: it stays text, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.diagnosis.brief import Brief, ClaimLine, Section, Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")
_AT_START = re.compile(r"^(\d*)([-+=.)])")


def to_markdown(brief: Brief) -> str:
    """The brief as Markdown."""
    parts = [f"# {escaped(brief.title)}", *map(escaped, brief.told)]
    parts += [f"Made from Gapbridge, {brief.revision}. Come back to it: <{brief.address}>"]
    for section in brief.sections:
        parts += [f"## {escaped(section.heading)}", *_section(section)]
    parts += ["## How to cite", f"{escaped(brief.citation)}", f"References are in this style: {escaped(brief.style)}."]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text in which no character means anything to Markdown or HTML."""
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _section(section: Section) -> Iterator[str]:
    yield from map(escaped, section.paragraphs)
    if section.lines:
        yield "\n".join(f"- {escaped(f'{line.text} {line.rests_on}'.strip())}" for line in section.lines)
    if section.table:
        yield _table(section.table)
    if section.claims:
        yield "\n".join(map(_claim, section.claims))
    if section.references:
        yield "\n".join(f"- {escaped(reference.text)}" for reference in section.references)


def _table(table: Table) -> str:
    lines = [table.head, tuple("---" for _ in table.head), *(tuple(map(escaped, row)) for row in table.rows)]
    return f"{escaped(table.caption)}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _claim(claim: ClaimLine) -> str:
    told = " ".join(t for t in (claim.gist, claim.standing, claim.place, claim.works) if t)
    return f"{claim.number}. {escaped(told)} <{claim.address}>"
