"""The page of a framework: its members in order, and a matrix as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.queries import MatrixPlace, Member, matrix_places, members, members_alone
from webui import structured
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.cards import ClaimCard
from webui.contexts.citing import CiteThis, cite_this
from webui.contexts.facts import Facts
from webui.contexts.grouping import Warned, grouped
from webui.contexts.page import Link, Page, shown
from webui.contexts.parts import Detail, detail, details
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


@dataclass(frozen=True)
class Layout:
    """How the members of a kind of framework are laid out.

    Attributes:
        slug: names the style: `steps`, `questions`, `checks`, `argument`, `matrix` or `list`.
        heading: what the members are called.
        hint: how to read them.
    """

    slug: str
    heading: str
    hint: str


_LAYOUTS = {
    "ordered": Layout("steps", "Steps or phases, in order", "Each follows the one above it, as the document has it."),
    "questions": Layout("questions", "Questions", "To be put to a policy, one by one. The document gives no answers."),
    "checklist": Layout("checks", "Points to check", "To be gone through one by one; one that is met settles nothing."),
    "argument": Layout("argument", "The argument, point by point", "They make up one case: read them together."),
    "matrix": Layout("matrix", "The types one by one", "What stands in the cells of the matrix."),
    "list": Layout("list", "Members", "A set: the order tells nothing unless the document says so."),
}


@dataclass(frozen=True, kw_only=True)
class FrameworkPage(Page):
    """A framework or other scheme.

    Attributes:
        details, notes: whose it is and where it stands.
        counted: how many its members are, with what the document itself says where that differs.
        layout: how its members are laid out.
        members, matrix: what it holds.
        warnings, claims: the claims about it as a whole.
    """

    toc: tuple[Link, ...]
    details: tuple[Detail, ...]
    other_names: tuple[str, ...]
    notes: tuple[str, ...]
    counted: str
    layout: Layout
    ordered: bool
    members: tuple[MemberLine, ...]
    matrix: Matrix | None
    warnings: tuple[Warned, ...]
    claims: tuple[ClaimCard, ...]
    claim_count: str
    cite: CiteThis


def framework_page(opened: Opened, item: Thing) -> FrameworkPage:
    """The page of a framework."""
    facts, rows = Facts(opened, item.iri), _members(opened, item.iri)
    told = grouped(opened, item.iri)
    claims = tuple(noted.card for group in told.groups for noted in group.claims)
    places = matrix_places(opened.reader, item.iri)
    ordered = any(row.position for row in rows)
    return FrameworkPage(
        **_frame(opened, item, facts, rows, bool(places)),
        toc=_toc(bool(places), told.count),
        details=_details(opened, facts),
        other_names=facts.texts("skos:altLabel"),
        notes=facts.texts("skos:editorialNote"),
        counted=_counted(facts, len(rows)),
        layout=_LAYOUTS.get(short(facts.iri("gap:frameworkKind")), _LAYOUTS["list"]),
        ordered=ordered,
        members=tuple(
            MemberLine(Link(row.label, href(row.member)), row.definition, _claims(opened, row)) for row in rows
        ),
        matrix=matrix(places),
        warnings=told.warnings,
        claims=claims,
        claim_count=told.count,
        cite=cite_this(opened, item.iri),
    )


def _members(opened: Opened, framework: str) -> list[Member]:
    return members_alone(opened.reader, framework) if opened.part(1) else members(opened.reader, framework)


def _claims(opened: Opened, row: Member) -> str:
    """How many claims are about a member; not told in a large base, where they are not counted."""
    return "" if opened.part(1) else many(row.claims, "claim")


def _frame(opened: Opened, item: Thing, facts: Facts, rows: Sequence[Member], is_matrix: bool) -> dict[str, Any]:
    of_members = ("members", "matrix_places") if is_matrix else ("members",)
    asked = (
        *(shown(name, framework=item.iri) for name in of_members),
        shown("facts", thing=item.iri),
        shown("claims_about", thing=item.iri),
        claims_table(item.iri),
    )
    terms = structured.term_set(item.iri, item.label, item.definition, [(row.member, row.label) for row in rows])
    eyebrow = "Framework" if facts.types() else "Vocabulary"
    return thing_frame(opened, item, queries=asked, eyebrow=eyebrow, structured=structured.script(terms))


def _toc(is_matrix: bool, count: str) -> tuple[Link, ...]:
    matrix = (Link("The matrix", "#matrix"),) if is_matrix else ()
    return (
        *matrix,
        Link("Its members", "#members"),
        Link("Whose it is, and where it stands", "#facts"),
        Link(f"What is said of it ({count})", "#claims"),
        Link("Cite this page", "#cite-this"),
    )


def _details(opened: Opened, facts: Facts) -> tuple[Detail, ...]:
    whole = {"yes": "Yes, with every member the document names", "no": "No: the document names only some members"}
    places = [Facts(opened, passage).text("gap:locator") for passage in facts.iris("gap:describedAt")]
    return details(
        detail("Kind", *facts.links("gap:frameworkKind")),
        detail("Comes from", *facts.links("gap:originSource")),
        detail("Described in", *facts.links("gap:describedIn")),
        detail("Where in it", *places),
        detail("Also spoken of in", *facts.links("gap:discussedIn")),
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
