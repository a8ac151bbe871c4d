"""What a contribution changes, thing by thing and as RDF, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.contributions import Wording, as_turtle, in_words, statements
from kg.errors import BadInput
from webui.addresses import href as thing_href
from webui.addresses import is_ours
from webui.base import Opened
from webui.contexts.page import Link
from webui.words import many

if TYPE_CHECKING:
    from kg.contributions import Contribution, Said, Trial
    from kg.errors import Meanwhile, Violation


_MOST = 100
"""So many things are told in words; the others stand in the RDF."""
_LONGEST_RDF = 200_000


@dataclass(frozen=True)
class StatementLine:
    """A statement in words; `sign` says whether it is added or removed."""

    sign: str
    about: str
    value: Link


@dataclass(frozen=True)
class ThingLine:
    """What is changed of one thing."""

    link: Link
    fate: str
    sentence: str
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True)
class Problem:
    """Something that stands against a contribution, or is worth a look."""

    text: str
    mend: str
    thing: str


@dataclass(frozen=True)
class Before:
    """A statement that somebody else changed first, what stands there now, and the revision that changed it."""

    wanted: str
    now: tuple[str, ...]
    revision: Link | None


def changes(opened: Opened, row: Contribution, needs: Sequence[Contribution]) -> dict[str, object]:
    """What it changes, in words and as RDF; why that cannot be told where it cannot."""
    try:
        told = in_words(row, opened.reader, needs)
        turtle = {"added": as_turtle(row.added)[:_LONGEST_RDF], "removed": as_turtle(row.removed)[:_LONGEST_RDF]}
    except BadInput as error:
        lost: dict[str, object] = {"things": (), "left_out": "", "unreadable": str(error), "added": "", "removed": ""}
        return lost | {"patch": _patch(row)}
    left = many(len(told) - _MOST, "more thing") if len(told) > _MOST else ""
    found: dict[str, object] = {"things": tuple(map(_thing, told[:_MOST])), "left_out": left, "unreadable": ""}
    return found | turtle | {"patch": _patch(row)}


def _patch(row: Contribution) -> str:
    lines = [*(f"D {line}" for line in row.removed.splitlines()), *(f"A {line}" for line in row.added.splitlines())]
    return "\n".join(line for line in lines if len(line) > 2)[:_LONGEST_RDF]


_FATES = {"added": "Added", "changed": "Changed", "taken out": "Taken out"}


def _thing(said: Said) -> ThingLine:
    lines = tuple(
        StatementLine("Added" if line.added else "Removed", line.about, _value(line.value, line.address))
        for line in said.lines
    )
    return ThingLine(_value(said.label, said.thing), _FATES[said.fate], said.sentence, lines)


def _value(words: str, address: str) -> Link:
    return Link(words, thing_href(address) if is_ours(address) else "")


def checks(opened: Opened, trial: Trial | None) -> dict[str, object]:
    """What came of trying it."""
    if trial is None:
        return {"checks": "", "refusals": (), "warnings": (), "overtaken": ()}
    if not trial.tried:
        told = "The base is too large to try this beforehand: the checks run when it is accepted."
    elif trial.passes:
        told = "The checks find nothing that speaks against taking this in."
    else:
        told = "It cannot be accepted as it is:"
    unreadable = (Problem(trial.unreadable, "", ""),) if trial.unreadable else ()
    refusals = (*unreadable, *map(_problem, trial.violations))
    warnings = tuple(map(_problem, trial.warnings))
    return {
        "checks": told,
        "refusals": refusals,
        "warnings": warnings,
        "overtaken": tuple(_before(opened, row) for row in trial.overtaken),
    }


def _before(opened: Opened, row: Meanwhile) -> Before:
    wanted = "".join(_in_words(opened, row.statement))
    revision = Link(f"Revision {row.revision}", f"/id/revision/{row.revision}") if row.revision else None
    return Before(wanted, tuple(words for text in row.now for words in _in_words(opened, text)), revision)


def _in_words(opened: Opened, statement: str) -> list[str]:
    quads = statements(f"{statement} .\n")
    lines = [wording.line(quad) for wording in [Wording(quads, (), opened.reader)] for quad in quads]
    return [f"{line.about}: {line.value}" for line in lines]


def _problem(row: Violation) -> Problem:
    return Problem(row.message, row.mend, row.thing)
