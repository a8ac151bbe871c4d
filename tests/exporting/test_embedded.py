"""Metadata of a page as reference managers read it: Highwire tags, Dublin Core, COinS."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from kg.exporting import Reference, coins, dublin_core, highwire

References = dict[str, Reference]


def decoded(known: References, slug: str) -> dict[str, list[str]]:
    return parse_qs(coins(known[slug].csl), strict_parsing=True)


def test_highwire_of_an_article(known: References) -> None:
    assert highwire(known["ansell-2017"].csl) == (
        ("citation_title", "Improving Policy Implementation through Collaborative Policymaking"),
        ("citation_author", "Ansell, C."),
        ("citation_author", "Sørensen, E."),
        ("citation_author", "Torfing, J."),
        ("citation_publication_date", "2017"),
        ("citation_journal_title", "Policy & Politics"),
        ("citation_volume", "45"),
        ("citation_issue", "3"),
        ("citation_firstpage", "467"),
        ("citation_lastpage", "486"),
        ("citation_doi", "10.1332/030557317X14972799760260"),
        ("citation_language", "en"),
    )


def test_highwire_tells_reports_and_chapters_apart(known: References) -> None:
    report, chapter = dict(highwire(known["gold-2017"].csl)), dict(highwire(known["hudson-1993"].csl))
    assert report["citation_technical_report_institution"] == "Institute for Government"
    assert chapter["citation_inbook_title"] == "The Policy Process: A Reader"
    assert chapter["citation_editor"] == "Hill, M"


def test_dublin_core(known: References) -> None:
    found = dublin_core(known["hudson-2019"].csl)
    assert [value for name, value in found if name == "DC.creator"] == [
        "Hudson, Bob",
        "Hunter, David",
        "Peckham, Stephen",
    ]
    assert dict(found)["DC.identifier"] == "doi:10.1080/25741292.2018.1540378"
    assert (dict(found)["DC.type"], dict(found)["DC.date"]) == ("journalArticle", "2019")


def test_coins_of_an_article(known: References) -> None:
    assert decoded(known, "ansell-2017") == {
        "url_ver": ["Z39.88-2004"],
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:journal"],
        "rft_id": ["info:doi/10.1332/030557317X14972799760260"],
        "rft.genre": ["article"],
        "rft.atitle": ["Improving Policy Implementation through Collaborative Policymaking"],
        "rft.jtitle": ["Policy & Politics"],
        "rft.aulast": ["Ansell"],
        "rft.aufirst": ["C."],
        "rft.au": ["Ansell, C.", "Sørensen, E.", "Torfing, J."],
        "rft.volume": ["45"],
        "rft.issue": ["3"],
        "rft.spage": ["467"],
        "rft.epage": ["486"],
        "rft.pages": ["467-486"],
        "rft.date": ["2017"],
        "rft.language": ["en"],
    }


@pytest.mark.parametrize(
    ("slug", "form", "more"),
    [
        ("lipsky-1980", "book", {"rft.genre": ["book"], "rft.btitle": ["Street-Level Bureaucracy"]}),
        (
            "hudson-1993",
            "book",
            {"rft.genre": ["bookitem"], "rft.btitle": ["The Policy Process: A Reader"], "rft.place": ["Hertfordshire"]},
        ),
        ("who-2016", "book", {"rft.genre": ["report"], "rft.aucorp": ["World Health Organisation"]}),
        ("implementation-unit", "dc", {"rft.type": ["blogPost"], "rft.creator": ["Mullin, Chris"]}),
        ("kent-project", "dc", {"rft.type": ["webpage"], "rft.title": ["Improving choices for care"]}),
    ],
)
def test_coins_by_kind(known: References, slug: str, form: str, more: dict[str, list[str]]) -> None:
    found = decoded(known, slug)
    assert found["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{form}"]
    assert {name: found.get(name) for name in more} == more


def test_no_year_no_date(known: References) -> None:
    assert "rft.date" not in decoded(known, "king-crewe")
    assert not {"DC.date", "citation_publication_date"} & {
        *dict(dublin_core(known["king-crewe"].csl)),
        *dict(highwire(known["king-crewe"].csl)),
    }
