"""Sources as CSL-JSON: in the form that CSL 1.0.2 sets, and saying just what the documents print."""

from __future__ import annotations

import json

import pytest

from kg.errors import BadInput
from kg.exporting import FORMS, Reference, Selection, bibliography, read_references, select
from kg.exporting.references import issued, names, one_line
from kg.namespaces import thing
from tests.data_support import whole

References = dict[str, Reference]

TYPES = {
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "interview", "legislation",
    "manuscript", "paper-conference", "periodical", "personal_communication", "post", "post-weblog", "report",
    "review", "software", "speech", "standard", "thesis", "webpage",
}  # fmt: skip
TEXTS = {
    "title", "container-title", "volume", "issue", "page", "edition", "publisher", "publisher-place", "DOI", "URL",
    "language", "note",
}  # fmt: skip
NAMES = {"author", "editor"}
"""Types and variables as the schema of CSL 1.0.2 lists them, as far as sources can have them."""


def test_every_source_is_valid_csl_json(known: References) -> None:
    assert len(known) == 61
    for slug, reference in known.items():
        csl = reference.csl
        assert set(csl) <= {"id", "type", "issued"} | TEXTS | NAMES
        assert (csl["id"], csl["type"] in TYPES, bool(csl["title"])) == (slug, True, True)
        assert all(isinstance(csl[name], str) and csl[name] == csl[name].strip() for name in TEXTS & set(csl))
        for person in (p for name in NAMES & set(csl) for p in csl[name]):
            assert set(person) in ({"literal"}, {"family"}, {"family", "given"})
            assert all(person.values())
        if "issued" in csl:
            assert csl["issued"] == {"date-parts": [[reference.year]]}


def test_the_article(known: References) -> None:
    csl = dict(known["hudson-2019"].csl)
    assert csl.pop("note").startswith("In Gapbridge: read in full. | Reference as printed: Hudson, Bob, Hunter, David")
    assert csl == {
        "id": "hudson-2019",
        "type": "article-journal",
        "title": "Policy failure and the policy-implementation gap: can policy support programs help?",
        "author": [
            {"family": "Hudson", "given": "Bob"},
            {"family": "Hunter", "given": "David"},
            {"family": "Peckham", "given": "Stephen"},
        ],
        "container-title": "Policy Design and Practice",
        "publisher": "Informa UK Limited, trading as Taylor & Francis Group",
        "issued": {"date-parts": [[2019]]},
        "DOI": "10.1080/25741292.2018.1540378",
        "language": "en",
    }


def test_authors_stand_in_printed_order_and_bodies_as_they_are_named(known: References) -> None:
    families = [name["family"] for name in known["braithwaite-2018"].csl["author"]]
    assert families == ["Braithwaite", "Churrua", "Long", "Ellis", "Herkes"]
    assert known["who-2016"].csl["author"] == [{"literal": "World Health Organisation"}]
    assert known["pew-macarthur-2017"].csl["author"] == [
        {"literal": "Pew Charitable Trust"},
        {"literal": "MacArthur Foundation"},
    ]


def test_a_chapter_has_its_book_and_editors(known: References) -> None:
    csl = known["hunter-2018"].csl
    assert (csl["type"], csl["container-title"][:22]) == ("chapter", "Health Systems Respond")
    assert csl["editor"][0] == {"family": "Jakob", "given": "M"}


def test_types_follow_the_class_of_the_text(known: References) -> None:
    slugs = ("lipsky-1980", "gold-2017", "hm-government-2012", "implementation-unit", "kent-project", "comment-smith")
    assert [known[slug].csl["type"] for slug in slugs] == [
        "book", "report", "report", "post-weblog", "webpage", "webpage",
    ]  # fmt: skip
    assert known["holyrood-roundtable"].csl["type"] == "article-magazine"
    assert "document" not in {reference.csl["type"] for reference in known.values()}


def test_what_is_not_told_is_not_made_up(known: References) -> None:
    assert "author" not in known["national-inpatient-survey-2012"].csl
    undated = {slug for slug, reference in known.items() if reference.year is None}
    assert len(undated) == 10
    assert all("issued" not in known[slug].csl for slug in undated)


def test_the_note_tells_how_far_the_work_is_known(known: References) -> None:
    read, printed, notes = known["gold-2017"].csl["note"].split(" | ")
    assert read == "In Gapbridge: known by citation only (listed by Hudson et al. 2019)."
    assert printed.startswith("Reference as printed: Gold, J. 2017. Tracking Delivery")
    assert notes.startswith("Curators’ notes: A colon is probably missing")
    assert "Volume printed as 18" in known["davies-2008"].csl["note"]


def test_pages_and_editions_are_in_the_form_of_csl(known: References) -> None:
    assert known["ansell-2017"].csl["page"] == "467-486"
    assert known["may-2015"].csl["issue"] == "3-4"
    assert known["hill-hupe-2015"].csl["edition"] == "3"
    assert known["implementation-unit"].csl["URL"].startswith("https://quarterly.blog.gov.uk/2014/04/16/")


def test_a_comma_in_a_bodys_name_makes_no_person_of_it() -> None:
    body = "Department for Levelling Up, Housing and Communities"
    assert names(f"{body}; Gold, J.", {body}) == [{"literal": body}, {"family": "Gold", "given": "J."}]
    assert names("Hill, M; ; Not told;", nobody={"Not told"}) == [{"family": "Hill", "given": "M"}]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2014", {"date-parts": [[2014]]}),
        ("2014-04-16", {"date-parts": [[2014, 4, 16]]}),
        ("2014/2016", {"date-parts": [[2014], [2016]]}),
        ("2018 or later", {"literal": "2018 or later"}),
        ("", {}),
    ],
)
def test_dates(text: str, date: dict[str, object]) -> None:
    assert issued(text) == date


def test_text_stands_on_one_line() -> None:
    assert one_line(" a\r\nb\x00c\u2028d\te ") == "a b c d e"


def test_references_come_in_the_order_asked_for_and_others_not_at_all() -> None:
    wanted = [thing("source", "weaver-2010"), thing("tactic", "piloting"), thing("source", "baron-2018")]
    assert [r.slug for r in read_references(whole(), [*wanted, *wanted])] == ["weaver-2010", "baron-2018"]


def test_csl_json_is_json(known: References) -> None:
    records = [reference.csl for reference in known.values()]
    assert json.loads(bibliography(list(known.values()), "csl.json")) == records


def test_an_unknown_form_is_told() -> None:
    with pytest.raises(BadInput, match=r"Known: bib, ris, csl\.json"):
        bibliography([], "docx")
    assert set(FORMS) == {"bib", "ris", "csl.json"}


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        (Selection(reading="read-in-full", words="kaehne"), {"kaehne-editorial"}),
        (Selection(first=1973, last=1980), {"rittel-webber-1973", "gunn-1978", "lipsky-1980"}),
        (Selection(last=1973), {"rittel-webber-1973"}),
        (Selection(cited_in="kaehne-editorial", last=2014), {"lipsky-1980", "ettelt-2014", "matthews-2013"}),
        (Selection(evidence="survey"), {"national-inpatient-survey-2012"}),
        (Selection(words="sorensen POLITICS"), {"ansell-2017"}),
        (Selection(words="no such words"), set()),
    ],
)
def test_selections(known: References, wanted: Selection, slugs: set[str]) -> None:
    assert {reference.slug for reference in select(list(known.values()), wanted)} == slugs


def test_no_selection_is_all(known: References) -> None:
    assert select(list(known.values()), Selection()) == list(known.values())


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Selection(evidence="rumour"), "no type of evidence here"),
        (Selection(reading="half"), "Known: known-by-citation, read-in-full"),
        (Selection(cited_in="gold-2017"), "no document that lists references"),
        (Selection(first=2019, last=2001), "from 2019 to 2001"),
    ],
)
def test_a_wrong_selection_is_told(known: References, wanted: Selection, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        select(list(known.values()), wanted)
