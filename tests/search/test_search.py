"""Finding things by words: what is found, what is not, and how the words were taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.contributing import open_base
from kg.errors import NotFound
from kg.namespaces import PREFIXES, gap, local_of, thing
from kg.queries import counts, list_of
from kg.search import Search, pieces
from kg.search.words import fold, near, read
from kg.settings import Settings
from kg.store import Engine, Literal, NamedNode, in_memory, place

SKOS, OWL, RDF = (PREFIXES[name] for name in ("skos", "owl", "rdf"))
Fact = tuple[str, str, NamedNode | Literal]


@pytest.fixture(scope="module")
def search(seeded: Settings) -> Search:
    return Search(open_base(seeded))


def names(search: Search, words: str, limit: int = 20) -> list[str]:
    return [local_of(hit.thing) for hit in search.find(words, limit=limit)]


def notion(slug: str, name: str, definition: str = "An example.", **more: str) -> list[Fact]:
    iri = thing("notion", slug)
    facts: list[Fact] = [
        (iri, RDF + "type", NamedNode(gap("Notion"))),
        (iri, SKOS + "prefLabel", Literal(name, language="en")),
        (iri, SKOS + "definition", Literal(definition, language="en")),
    ]
    return facts + [(iri, SKOS + relation, Literal(text, language="en")) for relation, text in more.items()]


def claim(slug: str, gist: str, status: str) -> list[Fact]:
    iri = thing("claim", slug)
    return [
        (iri, RDF + "type", NamedNode(gap("Claim"))),
        (iri, gap("gist"), Literal(gist, language="en")),
        (iri, gap("stance"), NamedNode(thing("stance", "gap"))),
        (iri, gap("reviewStatus"), NamedNode(thing("review-status", status))),
    ]


def base(*facts: list[Fact]) -> Engine:
    return in_memory([place((NamedNode(s), NamedNode(p), o)) for found in facts for s, p, o in found])


def given_up(slug: str) -> Fact:
    return (thing("notion", slug), OWL + "deprecated", Literal(True))


# --- what is found -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("two-way communication processes", "tactic/two-way-communication"),
        ("TWO-WAY communication", "tactic/two-way-communication"),
        ("intermed bod", "tactic/intermediary-bodies"),
        ("Weaver compliance", "source/weaver-2009"),
        ("can policy support programs help", "source/hudson-2019"),
        ("Bob Hudson", "person/hudson-b"),
        ("weak delivery units bring further problems", "claim/gold-weak-units-d3e57c69"),
    ],
)
def test_names_titles_authors_and_gists_are_found(search: Search, words: str, found: str) -> None:
    assert found in names(search, words)


def test_a_word_in_the_name_comes_before_one_in_the_definition(search: Search) -> None:
    found = search.find("targets", limit=3)
    assert all("target" in hit.label.lower() for hit in found)


@pytest.mark.parametrize("typed", ["intermediry", "intermediarry", "intermedyary", "intermedairy", "intremedia"])
def test_a_slip_of_typing_is_forgiven_and_told(search: Search, typed: str) -> None:
    looked = search.look_up(f"{typed} bodies")
    assert "Intermediary bodies" in [hit.label for hit in looked.hits(limit=20)]
    assert looked.slipped == (typed,)


def test_a_word_that_stands_here_is_taken_as_it_is() -> None:
    found = Search(base(notion("a", "State"), notion("b", "Slate"))).look_up("state")
    assert ([hit.label for hit in found.hits(limit=5)], found.slipped) == (["State"], ())


@pytest.mark.parametrize("typed", ["Besançon", "besancon", "BESANÇON", "Besancon’s"])
def test_accents_case_and_the_owner_s_s_do_not_matter(typed: str) -> None:
    search = Search(base(notion("a", "The school of Besançon"), notion("b", "Another school")))
    assert names(search, typed) == ["notion/a"]


def test_other_names_are_found_and_shown() -> None:
    search = Search(base(notion("discretion", "Discretion", altLabel="Room for manoeuvre")))
    (hit,) = search.find("manoeuvre")
    assert (hit.label, hit.also) == ("Discretion", ("Room for manoeuvre",))


def test_words_with_the_same_stem_are_found() -> None:
    assert names(Search(base(notion("a", "Implementation"))), "implementing") == ["notion/a"]


def test_a_sentence_finds_what_has_most_of_its_words(search: Search) -> None:
    looked = search.look_up("our local authorities do not follow the street-level guidance")
    assert looked.some
    assert looked.count
    assert search.find("our local authorities do not follow the street-level guidance") == []


def test_filling_words_are_left_aside_where_others_remain(search: Search) -> None:
    assert read("what is the evidence").words == ("evidence",)
    assert read("it is").words == ("it", "is")


def test_what_stands_nowhere_is_told_with_words_near_it(search: Search) -> None:
    looked = search.look_up("intermdiaryyy")
    assert (looked.count, looked.unknown) == (0, ("intermdiaryyy",))
    assert "intermediary" in search.near_words("intermdiaryyy")


def test_counts_by_kind_are_those_of_the_hits(search: Search) -> None:
    looked = search.look_up("policy")
    assert sum(looked.kinds.values()) == looked.count == len(looked.hits(limit=2000))
    assert {hit.kind for hit in looked.hits(limit=50, kinds=("tactic",))} == {"tactic"}


def test_parts_of_a_list_follow_on_each_other(search: Search) -> None:
    looked = search.look_up("policy")
    parts = [hit for first in (0, 10, 20) for hit in looked.hits(limit=10, first=first)]
    assert parts == looked.hits(limit=30)


# --- what is no longer held --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ended() -> Engine:
    return base(
        notion("old", "Old idea"),
        [given_up("old")],
        notion("new", "New idea"),
        claim("wrong", "An idea that was read wrongly.", "withdrawn"),
        claim("right", "An idea that stands.", "accepted"),
        claim("open", "An idea not checked yet.", "draft"),
    )


def test_what_was_given_up_is_not_found_or_suggested(ended: Engine) -> None:
    search = Search(ended)
    assert set(names(search, "idea")) == {"notion/new", "claim/right", "claim/open"}
    assert [local_of(hit.thing) for hit in search.suggest("idea")] == ["notion/new"]
    assert search.kinds() == {"claim": 2, "notion": 1}
    assert [hit.label for hit in search.of_kind("notion")] == ["New idea"]


def test_what_was_given_up_goes_by_its_address_alone(ended: Engine) -> None:
    search = Search(ended)
    assert search.resolve("notion/old") == thing("notion", "old")
    with pytest.raises(NotFound):
        search.resolve("Old idea")


def test_a_claim_that_is_not_settled_says_so(ended: Engine) -> None:
    assert {local_of(hit.thing): hit.status for hit in Search(ended).find("idea")}["claim/open"] == "draft"


def test_lists_and_counts_leave_out_what_was_given_up(ended: Engine) -> None:
    assert [row.label for row in list_of(ended, "Notion")] == ["New idea"]
    found = counts(ended)
    assert (found["Notion"], found["Claim"], found["Gap"]) == (1, 2, 2)


# --- suggestions -------------------------------------------------------------------------------------------------


def test_suggestions_go_on_from_what_is_typed_and_name_no_claims(search: Search) -> None:
    found = search.suggest("polit")
    assert found[0].label.lower().startswith("polit")
    assert "Vagaries of the political cycle" in [hit.label for hit in found]
    assert {hit.kind for hit in found} & {"claim", "independence-group", "pack", "activity"} == set()


def test_suggestions_forgive_a_slip(search: Search) -> None:
    assert "Intermediary bodies" in [hit.label for hit in search.suggest("intremediary bod")]


def test_nothing_typed_suggests_nothing(search: Search) -> None:
    assert search.suggest(" ,;") == []


# --- any input ---------------------------------------------------------------------------------------------------

ODD = (
    "",
    " ",
    "\x00\x01",
    "a",
    "!!!",
    "x" * 60,
    "ﷺ",
    "½",
    "😀",
    "AND OR NOT",
    '"unfinished',
    "a* (b",
    "[",
    "\\",
    "_" * 9,
)


@pytest.mark.parametrize("text", ODD)
def test_odd_input_is_taken_as_words_or_finds_nothing(search: Search, text: str) -> None:
    looked = search.look_up(text)
    assert looked.count == len(looked.hits(limit=3000))
    search.suggest(text)


def test_words_longer_than_any_here_are_told(search: Search) -> None:
    looked = search.look_up("targets " + "x" * 60)
    assert looked.asked.too_long == ("x" * 60,)
    assert looked.count


def test_one_letter_finds_names_that_begin_with_it() -> None:
    search = Search(base(notion("a", "Audit"), notion("b", "Board", "A group of people.")))
    assert names(search, "a") == ["notion/a"]


# --- marks -------------------------------------------------------------------------------------------------------


def test_what_fits_is_marked_in_the_text() -> None:
    found = pieces("Réal targets, retargeted; Target.", ["real", "target"])
    assert [text for text, hit in found if hit] == ["Réal", "targets", "Target"]


def test_only_words_that_may_slip_are_marked_with_a_slip() -> None:
    assert pieces("stage", ["state"]) == [("stage", False)]
    assert pieces("stage", [], ["state"]) == [("stage", True)]


@given(st.text(max_size=60), st.lists(st.text(max_size=8).map(fold).filter(bool), max_size=3))
def test_marking_changes_no_letter(text: str, words: list[str]) -> None:
    assert "".join(piece for piece, _ in pieces(text, words, words)) == text


@pytest.mark.parametrize(
    ("word", "other", "most", "fits"),
    [
        ("teh", "the", 1, True),
        ("bodees", "bodies", 1, True),
        ("policy", "police", 1, True),
        ("policy", "polo", 2, False),
        ("ca", "abc", 2, False),
        ("", "ab", 2, True),
    ],
)
def test_slips_are_counted_as_the_index_counts_them(word: str, other: str, most: int, fits: bool) -> None:
    assert near(word, other, most) is fits
