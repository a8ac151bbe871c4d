"""The brief as a page to print; the same content as the Word and Markdown files."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kg.diagnosis import Diagnosis, diagnose
from kg.diagnosis.brief import Brief, Line, Section, make_brief
from kg.exporting import STYLES
from webui.base import Opened
from webui.contexts.diagnosing.common import at, diagnosis_frame, known
from webui.contexts.page import Link, Page, shown
from webui.contexts.sources import Choice


@dataclass(frozen=True)
class NumberedClaim:
    """A claim of the brief, with its anchor."""

    number: int
    gist: str
    told: str
    link: Link


@dataclass(frozen=True)
class Row:
    """A row of a table: its head and its cells, each with the head of its column."""

    head: str
    cells: tuple[Link, ...]


@dataclass(frozen=True)
class Grid:
    """A table."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Part:
    """A section of the brief."""

    heading: str
    paragraphs: tuple[str, ...]
    lines: tuple[Line, ...]
    table: Grid | None
    claims: tuple[NumberedClaim, ...]
    references: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True)
class BriefPage(Page):
    """The brief.

    Attributes:
        code: all answers.
        told: the policy's level and sentence.
        parts: the sections.
        made_from: the version of the data, in words.
        address: where to come back to it.
        citation: how to cite the data.
        style: how the references are formatted.
        styles: to choose from.
        files: the same as files.
        back: the page of what follows.
    """

    code: str
    told: tuple[str, ...]
    parts: tuple[Part, ...]
    made_from: str
    address: str
    citation: str
    style: str
    styles: tuple[Choice, ...]
    files: tuple[Link, ...]
    back: str


def brief(opened: Opened, diagnosis: Diagnosis, code: str, root: str, style: str) -> Brief:
    """The brief of a diagnosis.

    Raises:
        NotFound: the base has no such policy.
        BadInput: there is no such citation style.
    """
    found = diagnose(opened.reader, diagnosis, known(opened))
    return make_brief(opened.reader, found, root + at("result", code), style)


def brief_page(opened: Opened, made: Brief, code: str, style: str) -> BriefPage:
    """The page of a brief."""
    claims = [claim.address for section in made.sections for claim in section.claims]
    return BriefPage(
        **diagnosis_frame(
            opened, made.title, code, queries=(shown("claim_cards", claim=claims),) if claims else ()
        ),
        code=code, told=made.told, parts=tuple(map(_part, made.sections)), made_from=made.revision,
        address=made.address, citation=made.citation, style=made.style,
        styles=tuple(Choice(s.name, s.label, s.name == style) for s in STYLES.values()),
        files=(
            Link("Word (.docx)", at("brief.docx", code, style=style)),
            Link("Markdown (.md)", at("brief.md", code, style=style)),
        ),
        back=at("result", code),
    )  # fmt: skip


def _part(section: Section) -> Part:
    table = section.table
    return Part(
        section.heading, section.paragraphs, section.lines,
        Grid(table.caption, table.head, tuple(_row(table.head, row) for row in table.rows)) if table else None,
        tuple(
            NumberedClaim(
                c.number, c.gist, " ".join(t for t in (c.standing, c.place, c.works) if t), Link(c.address, c.address)
            )
            for c in section.claims
        ),
        tuple(Markup(reference.html) for reference in section.references),  # noqa: S704 - escaped where it is made
    )  # fmt: skip


def _row(head: tuple[str, ...], row: tuple[str, ...]) -> Row:
    return Row(row[0], tuple(Link(text, name) for name, text in zip(head[1:], row[1:], strict=True)))
