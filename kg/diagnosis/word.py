"""A brief as a Word file: real headings, lists, a table with a heading row, document properties and a language.

python-docx is imported with the first file: it is large, and most processes never write one.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kg.diagnosis.brief import Brief, ClaimLine, Line, Section, Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LANGUAGE = "en-GB"


def to_word(brief: Brief) -> bytes:
    """The brief as a .docx file."""
    import docx

    made = docx.Document()
    _prepare(made, brief)
    made.add_heading(brief.title, 0)
    for text in brief.told:
        made.add_paragraph(text)
    back = made.add_paragraph(f"Made from Gapbridge, {brief.revision}. Come back to it: ")
    _link(back, brief.address)
    for section in brief.sections:
        _section(made, section)
    made.add_heading("How to cite", 1)
    made.add_paragraph(brief.citation)
    made.add_paragraph(f"References are in this style: {brief.style}.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _prepare(made: Document, brief: Brief) -> None:
    """Properties by which the file is found and read aloud, and page and text as a paper has them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    about = made.core_properties
    about.title, about.subject = brief.title[:255], "What is recorded about why policies fail in implementation"
    about.author = about.last_modified_by = "Gapbridge"
    about.keywords, about.language = "policy implementation; evidence; brief", _LANGUAGE
    about.comments = f"Made from Gapbridge, {brief.revision}. It says nothing about effect."
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    made.sections[0].page_width, made.sections[0].page_height = Cm(21), Cm(29.7)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    properties = normal.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)


def _section(made: Document, section: Section) -> None:
    made.add_heading(section.heading, 1)
    for text in section.paragraphs:
        made.add_paragraph(text)
    for line in section.lines:
        _bullet(made, _told(line))
    if section.table:
        _table(made, section.table)
    for claim in section.claims:
        _claim(made, claim)
    for reference in section.references:
        _bullet(made, reference.text)


def _bullet(made: Document, text: str) -> None:
    """A line of a list. Its style is set by its id: by name, python-docx searches all styles at each line."""
    made.add_paragraph(text)._p.style = "ListBullet"


def _told(line: Line) -> str:
    return f"{line.text} {line.rests_on}".strip()


def _table(made: Document, table: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made.add_paragraph(table.caption, style="Caption")
    grid = made.add_table(rows=1, cols=len(table.head), style="Table Grid")
    for cell, text in zip(grid.rows[0].cells, table.head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    made.add_paragraph()


def _claim(made: Document, claim: ClaimLine) -> None:
    line = made.add_paragraph(f"[{claim.number}] ")
    line.add_run(claim.gist).bold = True
    line.add_run(" " + " ".join(t for t in (claim.standing, claim.place, claim.works) if t) + " ")
    _link(line, claim.address)


def _link(paragraph: Paragraph, address: str) -> None:
    """An address that can be followed; python-docx reads such links but has nothing to write them."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = paragraph.add_run(address)
    run.font.underline, run.font.color.rgb = True, RGBColor(0x0B, 0x53, 0x94)
    link.append(run._r)
    paragraph._p.append(link)
