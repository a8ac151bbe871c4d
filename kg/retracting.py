"""Marking a work as retracted, corrected or in doubt, with the notice that says so.

What follows is the rules' work: a retracted work supports nothing and disputes nothing (`ontology/rules`, r06 to r11,
and `kg.appraisal`), and stays on record with whatever was taken from it.
"""

from __future__ import annotations

import re
from datetime import date as Day

from kg.errors import BadInput, NotFound
from kg.namespaces import ID, PREFIXES, gap, thing
from kg.store import Literal, NamedNode, Quad, Reader, Statement, placed

STATUSES = ("retracted", "expression-of-concern", "corrected")
_STATUS, _NOTICE, _DATE = (NamedNode(gap(name)) for name in ("publicationStatus", "notice", "noticeDate"))
_SOURCE = NamedNode(gap("Source"))


def marking(
    reader: Reader, iri: str, status: str, notice: str = "", date: str = ""
) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """The statements out and in that say what became of a work.

    Args:
        reader: the base.
        iri: the work.
        status: one of `STATUSES`; empty to take a mark back.
        notice: web address of the publisher's announcement.
        date: its day, as 2024-05-01.

    Raises:
        NotFound: there is no such source.
        BadInput: one of the others is not what it must be, or all of it is recorded already.
    """
    me = NamedNode(iri)
    said = list(reader.quads(subject=me))
    if not any(quad.object == _SOURCE for quad in said):
        raise NotFound(iri.removeprefix(ID))
    wanted = placed(_statements(me, status, notice.strip(), date.strip()))
    present = frozenset(quad for quad in said if quad.predicate in (_STATUS, _NOTICE, _DATE))
    if wanted == present:
        raise BadInput("All of this is recorded already.")
    return present - wanted, wanted - present


def _statements(me: NamedNode, status: str, notice: str, date: str) -> list[Statement]:
    if not status:
        return []
    if status not in STATUSES:
        raise BadInput("Choose what became of the work: retracted, under an expression of concern, or corrected.")
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", notice):
        raise BadInput("Give the web address of the notice, beginning with http:// or https://.")
    found: list[Statement] = [
        (me, _STATUS, NamedNode(thing("publication-status", status))),
        (me, _NOTICE, NamedNode(notice)),
    ]
    if date:
        found.append((me, _DATE, Literal(_day(date), datatype=NamedNode(PREFIXES["xsd"] + "date"))))
    return found


def _day(text: str) -> str:
    try:
        return Day.fromisoformat(text).isoformat()
    except ValueError as error:
        raise BadInput("Give the day of the notice as year, month and day, such as 2024-05-01.") from error
