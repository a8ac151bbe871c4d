"""Comparing: rows of what things have, with what they share and where they differ said in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webui.contexts.page import Link
from webui.contexts.parts import Mark

SHOWN = 6
"""How many entries a cell shows before the rest folds away."""


@dataclass(frozen=True)
class Entry:
    """One entry of a cell.

    Attributes:
        link: what it is; without address where it has no page.
        note: what is said of it here, such as its kind of evidence.
        standing: how the link came about; None where that does not apply.
        stance: for claims; None for others.
        shared: with how many of the others, in words, where a row is shared in part.
    """

    link: Link
    note: str = ""
    standing: Mark | None = None
    stance: Mark | None = None
    shared: str = ""


@dataclass(frozen=True)
class Cell:
    """What one of the things has; `name` says whose it is where the table is read in one column.

    Attributes:
        entries: the first ones.
        more: the others.
        more_words: how many the others are.
    """

    name: str
    entries: tuple[Entry, ...]
    more: tuple[Entry, ...]
    more_words: str


@dataclass(frozen=True)
class Row:
    """What all of the things have in one respect.

    Attributes:
        verdict: `same`, `differs`, `partly` or empty where nothing is to be held against each other.
        words: the verdict in words.
        nothing: what is said where one has none.
    """

    heading: str
    verdict: str
    words: str
    nothing: str
    cells: tuple[Cell, ...]


def row(
    heading: str,
    names: Sequence[str],
    entries: Sequence[Sequence[Entry]],
    *,
    nothing: str = "None recorded",
    held: bool = True,
) -> Row:
    """A row.

    Args:
        heading: in what respect.
        names: the things' names.
        entries: what each of them has.
        nothing: what is said where one has none.
        held: whether they can be held against each other; counts and descriptions cannot.
    """
    verdict = _verdict(entries) if held else ""
    marked = mark_shared(entries) if verdict == "partly" else [tuple(found) for found in entries]
    cells = tuple(_cell(name, found) for name, found in zip(names, marked, strict=True))
    return Row(heading, verdict, _WORDS[verdict], nothing, cells)


def mark_shared(entries: Sequence[Sequence[Entry]]) -> list[tuple[Entry, ...]]:
    """The entries, shared ones first, each saying in words with how many of the others it is shared."""
    times = Counter(key for found in entries for key in {_key(entry) for entry in found})
    total = len(entries)
    return [
        tuple(
            Entry(e.link, e.note, e.standing, e.stance, _shared(times[_key(e)], total))
            for e in sorted(found, key=lambda entry: -times[_key(entry)])
        )
        for found in entries
    ]


def _key(entry: Entry) -> str:
    return entry.link.href or entry.link.label


def _shared(times: int, total: int) -> str:
    if times == 1:
        return "only here"
    return "in both" if total == 2 else f"in all {total}" if times == total else f"in {times} of {total}"


def _verdict(entries: Sequence[Sequence[Entry]]) -> str:
    """Whether all have the same, some of it, or nothing in common; empty where none has anything."""
    sets = [{_key(entry) for entry in found} for found in entries]
    if not any(sets):
        return ""
    if all(found == sets[0] for found in sets):
        return "same"
    times = Counter(key for found in sets for key in found)
    return "partly" if max(times.values()) > 1 else "differs"


_WORDS = {"same": "The same", "partly": "Partly shared", "differs": "Nothing shared", "": ""}


def _cell(name: str, found: Sequence[Entry]) -> Cell:
    left = len(found) - SHOWN
    return Cell(name, tuple(found[:SHOWN]), tuple(found[SHOWN:]), f"{left} more" if left > 0 else "")


def texts(values: Iterable[str]) -> list[Entry]:
    """Plain entries."""
    return [Entry(Link(value, "")) for value in values if value]
