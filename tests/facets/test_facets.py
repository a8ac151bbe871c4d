"""Choosing among claims: any value within a facet, all facets together, and counts of what each choice would leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import BadInput
from kg.facets import ABOUT, FACETS, NONE, Choice, Marked, choose, counts, known, marked, without_year, year
from kg.namespaces import thing
from kg.queries import Around
from tests.data_support import whole

ROW = Around(
    claim=thing("claim", "c"),
    about="cause",
    phase="",
    stance=thing("stance", "supports"),
    force=thing("force", "asserts"),
    standing=thing("link-basis", "as-stated"),
    document=thing("source", "hudson-2019"),
    source=thing("source", "gold-2017"),
    evidence=thing("evidence-type", "review-unspecified"),
    year=2017,
    level="",
)


def row(claim: str, **other: object) -> Around:
    terms = {"stance": "stance", "force": "force", "standing": "link-basis", "phase": "support-phase"}
    full = {name: thing(terms[name], str(value)) if name in terms else value for name, value in other.items()}
    return replace(ROW, claim=thing("claim", claim), **full)


def slugs(claims: list[Marked]) -> list[str]:
    return [item.claim.rpartition("/")[2] for item in claims]


THREE = marked(
    [
        row("a", stance="cautions", year=2014),
        row("b", stance="gap", force="reports", phase="tracking", year=2017),
        row("c", stance="supports", force="reports", year=0),
    ]
)


def test_a_claim_is_one_however_many_works_it_rests_on() -> None:
    found = marked([row("a", year=2014), row("a", year=2017, evidence=thing("evidence-type", "editorial"))])
    assert slugs(found) == ["a"]
    assert found[0].years == {2014, 2017}
    assert found[0].values["evidence"] == {"review-unspecified", "editorial"}


def test_without_a_choice_all_are_there() -> None:
    assert choose(THREE, Choice()) == THREE


def test_any_value_of_a_facet_will_do() -> None:
    assert slugs(choose(THREE, Choice({"stance": ("cautions", "gap")}))) == ["a", "b"]


def test_all_facets_must_hold() -> None:
    assert slugs(choose(THREE, Choice({"stance": ("cautions", "gap"), "force": ("reports",)}))) == ["b"]


def test_none_finds_what_has_no_value() -> None:
    assert slugs(choose(THREE, Choice({"phase": (NONE,)}))) == ["a", "c"]


@pytest.mark.parametrize(("first", "last", "left"), [(2015, 0, ["b"]), (0, 2014, ["a"]), (2014, 2017, ["a", "b"])])
def test_years_are_taken_with_both_ends(first: int, last: int, left: list[str]) -> None:
    assert slugs(choose(THREE, Choice(first=first, last=last))) == left


def test_what_has_no_year_is_counted_where_one_is_asked_for() -> None:
    assert without_year(THREE, Choice()) == 0
    assert without_year(THREE, Choice(first=2000)) == 1
    assert without_year(THREE, Choice({"stance": ("gap",)}, first=2000)) == 0


def test_counts_tell_what_another_choice_in_the_facet_would_leave() -> None:
    chosen = Choice({"stance": ("cautions",), "force": ("reports",)})
    assert counts(THREE, chosen, "stance") == {"gap": 1, "supports": 1}
    assert counts(THREE, chosen, "force") == {"asserts": 1}


def test_the_cause_itself_comes_first_then_what_warns_then_what_is_stated() -> None:
    found = marked(
        [
            row("a", about="tactic", stance="cautions"),
            row("b", standing="curator-inference"),
            row("c"),
            row("d", stance="disputes"),
        ]
    )
    assert slugs(found) == ["d", "c", "b", "a"]


@pytest.mark.parametrize(
    ("facet", "slug", "is_known"),
    [
        ("about", ABOUT[0], True),
        ("about", "me", False),
        ("stance", "disputes", True),
        ("stance", "asserts", False),
        ("phase", NONE, True),
        ("document", "gold-2017", True),
        ("document", "no such> }", False),
        ("level", "", False),
    ],
)
def test_values_are_known_or_not(facet: str, slug: str, is_known: bool) -> None:
    assert known(whole(), facet, slug) is is_known


def test_every_facet_has_a_field() -> None:
    assert set(THREE[0].values) == set(FACETS)


@pytest.mark.parametrize(("text", "is_year"), [("", 0), (" 2017 ", 2017), ("1066", 1066)])
def test_years_are_read(text: str, is_year: int) -> None:
    assert year(text) == is_year


@pytest.mark.parametrize("text", ["20x7", "17", "-2017", "２０１７", "9" * 99, "2017.0"])
def test_what_is_no_year_is_told(text: str) -> None:
    with pytest.raises(BadInput, match="is not a year"):
        year(text)
