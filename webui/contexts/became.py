"""What became of works after they were published, in words: retracted, corrected, in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.queries.notices import Notice, works_behind
from webui.addresses import short
from webui.base import Opened

_SAID = {
    "retracted": ("is retracted", "are retracted", "What was retracted carries nothing here."),
    "expression-of-concern": ("is in doubt", "are in doubt", ""),
    "corrected": ("was corrected", "were corrected", ""),
}
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def became(opened: Opened, iri: str) -> str:
    """How many of the works behind a thing were retracted, corrected or put in doubt; empty where none was."""
    if not opened.notices:
        return ""
    behind = works_behind(opened.reader, iri)
    marked = [opened.notices[source] for source in behind if source in opened.notices]
    return " ".join(_sentences(marked, len(behind)))


def _sentences(marked: Sequence[Notice], count: int) -> Iterable[str]:
    for slug, (one, more, then) in _SAID.items():
        rows = [row for row in marked if short(row.status) == slug]
        if rows:
            named = ", ".join(row.label or short(row.source) for row in rows)
            verb = one if len(rows) == 1 else more
            yield f"Of the {_number(count)} sources behind it, {_number(len(rows))} {verb} ({named}). {then}".rstrip()


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
