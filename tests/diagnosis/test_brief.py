"""The brief as Word and Markdown, opened again."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.document import Document

from kg.diagnosis import Catalogue, Diagnosis, Policy, diagnose
from kg.diagnosis.brief import Brief, file_name, make_brief
from kg.diagnosis.markdown import escaped, to_markdown
from kg.diagnosis.word import to_word
from kg.errors import BadInput
from kg.exporting import formatted, read_references
from kg.namespaces import thing
from tests.data_support import whole

ADDRESS = "http://127.0.0.1:1/diagnose/result?d=1.abc_-"
EVIL = '=HYPERLINK("http://x") <script>alert(1)</script> **b** [a](javascript:1)'


def written(diagnosis: Diagnosis, known: Catalogue, style: str = "apa") -> Brief:
    return make_brief(whole(), diagnose(whole(), diagnosis, known), ADDRESS, style)


@pytest.fixture
def brief(made: Diagnosis, known: Catalogue) -> Brief:
    return written(made, known)


def opened(brief: Brief) -> Document:
    return docx.Document(io.BytesIO(to_word(brief)))


def test_numbers_in_brackets_lead_to_the_claims_and_every_claim_is_named(brief: Brief) -> None:
    named = {number for section in brief.sections for line in section.lines for number in line.claims}
    (claims,) = [s.claims for s in brief.sections if s.claims]
    assert named == {claim.number for claim in claims} == set(range(1, len(claims) + 1))
    assert all(claim.standing and claim.place for claim in claims)


def test_references_are_formatted_in_the_style_asked_for(made: Diagnosis, known: Catalogue) -> None:
    (source,) = read_references(whole(), [thing("source", "matland-1995")])
    for style in ("apa", "harvard", "oscola"):
        (section,) = [s for s in written(made, known, style).sections if s.heading == "References"]
        assert formatted(source.csl, style) in section.references
    with pytest.raises(BadInput, match="no citation style"):
        written(made, known, "none")


def test_it_says_what_it_was_made_from_and_where_to_come_back(brief: Brief) -> None:
    for text in (to_markdown(brief), "\n".join(p.text for p in opened(brief).paragraphs)):
        assert brief.revision in text
        assert ADDRESS in text
        assert "says nothing about effect" in text
        assert "What nobody knows" in text


def test_word_file_has_headings_lists_a_table_and_properties(brief: Brief) -> None:
    found = opened(brief)
    heads = [p.text for p in found.paragraphs if p.style and p.style.name == "Heading 1"]
    assert heads == [*(s.heading for s in brief.sections), "How to cite"]
    assert [p.text for p in found.paragraphs if p.style and p.style.name == "Title"] == [brief.title]
    lines = [p.text for p in found.paragraphs if p.style and p.style.name == "List Bullet"]
    assert len(lines) == sum(len(s.lines) + len(s.references) for s in brief.sections)
    (table,) = found.tables
    (wanted,) = [s.table for s in brief.sections if s.table]
    assert [tuple(c.text for c in row.cells) for row in table.rows] == [wanted.head, *wanted.rows]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    about = found.core_properties
    assert (about.title, about.author, about.language) == (brief.title, "Gapbridge", "en-GB")


def test_word_file_names_its_language_and_its_links_lead_somewhere(brief: Brief) -> None:
    found = opened(brief)
    assert 'w:val="en-GB"' in found.styles["Normal"].element.xml
    links = [link.address for p in found.paragraphs for link in p.hyperlinks]
    (claims,) = [s.claims for s in brief.sections if s.claims]
    assert links == [ADDRESS, *(claim.address for claim in claims)]


def test_word_and_markdown_hold_the_same(brief: Brief) -> None:
    text = to_markdown(brief)
    for section in brief.sections:
        for line in (*section.paragraphs, *(line.text for line in section.lines)):
            assert escaped(line) in text
        for claim in section.claims:
            assert f"{claim.number}. {escaped(claim.gist)}" in text
            assert f"<{claim.address}>" in text


def test_what_was_typed_stays_text(made: Diagnosis, known: Catalogue) -> None:
    brief = written(replace(made, policy=Policy(name=EVIL, sentence=EVIL)), known)
    text = to_markdown(brief)
    assert "<script>" not in text
    assert r"\[a\](javascript:1)" in text
    assert "\n\\=HYPERLINK" in text
    found = opened(brief)
    assert EVIL in [p.text for p in found.paragraphs]
    assert "instrText" not in found.element.xml  # no field that a program would work out


def test_an_empty_diagnosis_makes_a_brief_too(known: Catalogue) -> None:
    brief = written(Diagnosis(), known)
    assert brief.title == "Brief on A policy without a name"
    assert "No cause is marked" in to_markdown(brief)
    assert opened(brief).paragraphs


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Joined-up care", "gapbridge-brief-joined-up-care"),
        ("../../etc/passwd\0\r\nX: y", "gapbridge-brief-etc-passwd-x-y"),
        ("Straße für Élise", "gapbridge-brief-strae-fur-elise"),
        ("政策", "gapbridge-brief"),
        ('"; rm -rf / #', "gapbridge-brief-rm-rf"),
        ("a" * 300, "gapbridge-brief-" + "a" * 50),
    ],
)
def test_file_names_are_safe(name: str, stem: str) -> None:
    assert file_name(name) == stem
