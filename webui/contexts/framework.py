"""The page of a framework: its members in order, and a matrix as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries import MatrixPlace, about, matrix_places, members
from webui import structured
from webui.addresses import href
from webui.base import Opened
from webui.contexts.facts import Facts
from webui.contexts.page import Link, Page, shown
from webui.contexts.parts import ClaimCard, Detail, claim_cards, detail, details
from webui.contexts.things import Thing, claims_table, thing_frame
from webui.words import many


@dataclass(frozen=True)
class MemberLine:
    """A member of a framework."""

    link: Link
    definition: str
    claims: str


@dataclass(frozen=True)
class MatrixRow:
    """A row of a matrix: its heading and a cell for each column."""

    heading: str
    cells: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True)
class Matrix:
    """A two-way table of types."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, kw_only=True)
class FrameworkPage(Page):
    """A framework or other scheme."""

    details: tuple[Detail, ...]
    notes: tuple[str, ...]
    counted: str
    ordered: bool
    members: tuple[MemberLine, ...]
    matrix: Matrix | None
    claims: tuple[ClaimCard, ...]
    claim_count: str


def framework_page(opened: Opened, item: Thing) -> FrameworkPage:
    """The page of a framework."""
    facts, rows = Facts(opened, item.iri), members(opened.reader, item.iri)
    claims = claim_cards(opened, about(opened.reader, item.iri))
    eyebrow = "Framework" if facts.types() else "Vocabulary"
    places = matrix_places(opened.reader, item.iri)
    of_members = ("members", "matrix_places") if places else ("members",)
    asked = (
        *(shown(name, framework=item.iri) for name in of_members),
        shown("claims_about", thing=item.iri),
        claims_table(item.iri),
    )
    terms = structured.term_set(item.iri, item.label, item.definition, [(row.member, row.label) for row in rows])
    return FrameworkPage(
        **thing_frame(opened, item, queries=asked, eyebrow=eyebrow, structured=structured.script(terms)),
        details=_details(facts),
        notes=facts.texts("skos:editorialNote"),
        counted=_counted(facts, len(rows)),
        ordered=any(row.position for row in rows),
        members=tuple(
            MemberLine(Link(row.label, href(row.member)), row.definition, many(row.claims, "claim")) for row in rows
        ),
        matrix=matrix(places),
        claims=claims,
        claim_count=many(len(claims), "claim"),
    )


def _details(facts: Facts) -> tuple[Detail, ...]:
    whole = {"yes": "Yes, with every member the document names", "no": "No: the document names only some members"}
    return details(
        detail("Kind", *facts.links("gap:frameworkKind")),
        detail("Comes from", *facts.links("gap:originSource")),
        detail("Described in", *facts.links("gap:describedIn")),
        detail("Members the document says it has", facts.text("gap:statedCount") or "no number is given"),
        detail("Members it lists", facts.text("gap:listedCount")),
        detail("Complete", whole.get(facts.text("gap:completeList"), "")),
    )


def _counted(facts: Facts, listed: int) -> str:
    stated = facts.text("gap:statedCount")
    if stated and stated != str(listed):
        return f"The document says {stated} and lists {listed}."
    return many(listed, "member")


def matrix(places: Sequence[MatrixPlace]) -> Matrix | None:
    """The places of types as a table; None where there are none.

    Low conflict and low ambiguity come first, as in the printed matrix.
    """
    if not places:
        return None
    conflicts = sorted({place.conflict for place in places}, key=_low_first)
    ambiguities = sorted({place.ambiguity for place in places}, key=_low_first)
    rows = tuple(
        MatrixRow(f"{a} ambiguity", tuple(_cell(places, ambiguity=a, conflict=c) for c in conflicts))
        for a in ambiguities
    )
    return Matrix("Ambiguity, by conflict", tuple(f"{c} conflict" for c in conflicts), rows)


def _low_first(level: str) -> tuple[bool, str]:
    return level != "Low", level


def _cell(places: Sequence[MatrixPlace], *, ambiguity: str, conflict: str) -> tuple[Link, ...]:
    fits = (p for p in places if (p.ambiguity, p.conflict) == (ambiguity, conflict))
    return tuple(Link(place.label, href(place.member)) for place in fits)
