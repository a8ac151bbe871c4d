"""The page of a search and the suggestions beside its field."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from webui.base import Opened
from webui.contexts.find import FIRST, FIRST_OF_MANY, LONGEST, MANY, PART, search_page


def shown(client: FlaskClient, address: str) -> str:
    return unescape(client.get(f"/search?{address}").text.partition('<main id="main"')[2])


def test_what_is_found_is_grouped_by_kind_with_counts(opened: Opened) -> None:
    page = search_page(opened, "policy")
    keys = [group.key for group in page.groups]
    assert keys.index("tactic") < keys.index("source") < keys.index("claim")
    assert all(len(group.found) <= FIRST_OF_MANY for group in page.groups)
    counted = sum(int(group.count.replace(",", "")) for group in page.groups)
    assert page.count == f"{counted:,} entries found"


def test_few_kinds_have_room_for_more_of_each(opened: Opened) -> None:
    page = search_page(opened, "political cycle")
    assert len(page.groups) <= MANY
    assert max(len(group.found) for group in page.groups) == FIRST


def test_more_of_a_kind_is_a_link_away_and_comes_in_parts(opened: Opened) -> None:
    group = next(group for group in search_page(opened, "policy").groups if group.key == "claim")
    assert group.more is not None
    assert group.more.href == "/search?q=policy&kind=claim"
    first, second = (search_page(opened, "policy", "claim", part) for part in (1, 2))
    (one,), (two,) = first.groups, second.groups
    assert len(one.found) == PART
    assert {item.href for item in one.found}.isdisjoint(item.href for item in two.found)
    assert first.parts[-1].href == "/search?q=policy&kind=claim&part=2"


def test_a_part_beyond_the_last_shows_the_last(opened: Opened) -> None:
    page = search_page(opened, "targets", "claim", 99)
    assert page.groups[0].found
    assert page.parts == ()


def test_claims_carry_stance_and_standing_and_tactics_their_status(opened: Opened) -> None:
    groups = {group.key: group for group in search_page(opened, "targets").groups}
    assert all(item.stance and item.standing for item in groups["claim"].found)
    assert all(item.within for item in groups["tactic"].found)


def test_what_is_found_leads_on_to_a_cause_with_how_that_is_known(opened: Opened) -> None:
    (lead,) = (lead for lead in search_page(opened, "local dynamics").leads if lead.by.label == "Local dynamics")
    assert lead.cause.href == "/id/failure-cause/dispersed-governance"
    assert lead.standing.slug == "curator-inference"
    assert search_page(opened, "Weaver 2009").leads == ()


def test_entries_of_frameworks_tell_which(client: FlaskClient) -> None:
    assert "Entry of: Lessons from delivery units in education" in shown(client, "q=targets")


def test_another_name_is_shown_where_it_is_what_was_found(client: FlaskClient) -> None:
    assert re.search(r"Also: .*<mark>Hunter</mark>", shown(client, "q=Hunter"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("q=intermediry", "Nothing here has “intermediry”: entries with words a slip away are shown."),
        ("q=targets+zzzzqq", "Nothing here has “zzzzqq”, nor anything close."),
        ("q=targets+zzzzqq", "No entry has all these words."),
        ("q=targets+" + "x" * 60, "Words of more than 40 letters are not looked up."),
        ("q=" + "targets+" * 60, f"Only the first {LONGEST} characters are looked up."),
        ("q=c", "One letter fits many names."),
        ("q=zzzzqq", "Nothing was found for these words."),
        ("q=intermdiaryyy", '<a href="/search?q=intermediary">intermediary</a>'),
        ("", "Type a few words above."),
    ],
)
def test_how_the_words_were_taken_is_told(client: FlaskClient, address: str, words: str) -> None:
    assert words in shown(client, address)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("q=targets&kind=nonsense", "There is no kind of entry called “nonsense”"),
        ("q=targets&kind=policy", "Nothing of this kind has these words"),
    ],
)
def test_a_kind_that_cannot_be_shown_is_told(client: FlaskClient, address: str, told: str) -> None:
    answer = client.get(f"/search?{address}")
    assert answer.status_code == 422
    assert told in answer.text


@pytest.mark.parametrize("words", ["%00%07%1b", "%EF%B7%BA", "%F0%9F%98%80", "a" * 3000, "%22+AND+(", "%ff%fe", "%5B"])
def test_hostile_words_get_a_page(client: FlaskClient, words: str) -> None:
    for address in (f"/search?q={words}", f"/search/suggestions?q={words}"):
        assert client.get(address).status_code == 200


def test_words_stay_words(client: FlaskClient) -> None:
    text = client.get("/search?q=<script>alert(1)</script>+targets").text
    assert "<script>alert" not in text
    assert "<mark>targets</mark>" in text


def test_suggestions_name_a_thing_its_kind_and_its_page(client: FlaskClient) -> None:
    found = client.get("/search/suggestions?q=dispersed").get_json()
    assert {
        "label": "Dispersed governance",
        "kind": "Cause of policy failure",
        "href": "/id/failure-cause/dispersed-governance",
    } in found
    assert len(client.get("/search/suggestions?q=po").get_json()) == 8
    assert client.get("/search/suggestions").get_json() == []
