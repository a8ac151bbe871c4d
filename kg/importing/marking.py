"""What a publisher announced of a work after it appeared: taken back, in doubt, corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.errors import NotFound
from kg.importing.identifiers import url_of
from kg.namespaces import PREFIXES, gap, slug_of, thing
from kg.store import Literal, NamedNode, Quad, Reader, Statement, placed, text_of

STATUS, NOTICE, DAY = gap("publicationStatus"), gap("notice"), gap("noticeDate")
_XSD = PREFIXES["xsd"]


@dataclass(frozen=True)
class Announced:
    """What was announced.

    Attributes:
        status: slug of a publication status; empty where nothing was announced.
        notice: the announcement's web address.
        day: when, as year, month and day.
    """

    status: str = ""
    notice: str = ""
    day: str = ""

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, by field."""
        found = []
        if self.status and not self.notice:
            found.append(("notice", "Give the web address of the notice that says so."))
        if self.notice and not url_of(self.notice):
            found.append(("notice", "Give the notice as a web address, beginning with https://."))
        if self.day and not _is_day(self.day):
            found.append(("day", "Give the day of the notice as year, month and day, such as 2024-05-01."))
        if (self.notice or self.day) and not self.status:
            found.append(("status", "Choose what was announced, or empty the other fields."))
        return found


def announced(reader: Reader, source: str) -> Announced:
    """What the base has of it."""
    said = {quad.predicate.value: text_of(quad.object) for quad in _present(reader, source)}
    return Announced(slug_of(said.get(STATUS, "")), said.get(NOTICE, ""), said.get(DAY, ""))


def mark(reader: Reader, source: str, told: Announced) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """The statements in and out that make the base say just that of a source.

    Raises:
        NotFound: there is no such source.
    """
    if not any(True for _ in reader.quads(subject=NamedNode(source))):
        raise NotFound(slug_of(source))
    wanted, present = placed(_statements(source, told)), frozenset(_present(reader, source))
    return wanted - present, present - wanted


def _present(reader: Reader, source: str) -> list[Quad]:
    told = reader.quads(subject=NamedNode(source))
    return [quad for quad in told if quad.predicate.value in (STATUS, NOTICE, DAY)]


def _statements(source: str, told: Announced) -> list[Statement]:
    me, found = NamedNode(source), list[Statement]()
    if told.status:
        found.append((me, NamedNode(STATUS), NamedNode(thing("publication-status", told.status))))
    if told.notice:
        found.append((me, NamedNode(NOTICE), NamedNode(told.notice)))
    if told.day:
        found.append((me, NamedNode(DAY), Literal(told.day, datatype=NamedNode(_XSD + "date"))))
    return found


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False
