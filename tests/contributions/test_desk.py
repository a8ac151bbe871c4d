"""The desk keeps what people contribute, and knows who may do what with it when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.contributions import Contribution, Desk, Draft, Filters
from kg.errors import BadInput, EditedMeanwhile, NotAllowed, NotFound, OutOfTurn
from tests.contributions.desk_support import ADA, ANNA, BEN, CLARA, draft


def handed_in(desk: Desk, slug: str = "desk-test-claim", **more: str) -> Contribution:
    kept = desk.save(draft(slug, **more), ANNA)
    return desk.submit(kept.id, ANNA, kept.version)


def test_a_draft_comes_back_as_it_was_typed(desk: Desk) -> None:
    kept = desk.save(draft(), ANNA)
    found = desk.get(kept.id)
    assert (found.form, found.added, found.state) == ({"gist": draft().form["gist"]}, draft().added, "draft")
    assert found.author.name == "Anna Author"


def test_a_draft_is_nobody_elses_to_see_in_the_queue(desk: Desk) -> None:
    kept = desk.save(draft(), ANNA)
    assert not desk.queue(Filters()).rows
    assert [row.id for row in desk.of_author(ANNA.id).rows] == [kept.id]


def test_the_second_of_two_who_edit_is_told_and_sees_both(desk: Desk) -> None:
    first = desk.save(draft(), ANNA)
    desk.save(replace(draft(gist="The first to save says this."), id=first.id, version=first.version), ANNA)
    mine = replace(draft(gist="The second to save says that."), id=first.id, version=first.version)
    with pytest.raises(EditedMeanwhile) as told:
        desk.save(mine, ANNA)
    assert isinstance(told.value.kept, Contribution)
    assert told.value.kept.form["gist"] == "The first to save says this."
    assert told.value.sent == mine


def test_who_saves_over_it_says_that_they_have_seen_it(desk: Desk) -> None:
    first = desk.save(draft(), ANNA)
    second = desk.save(replace(draft(gist="The first to save says this."), id=first.id, version=first.version), ANNA)
    last = desk.save(replace(draft(gist="The second to save says that."), id=first.id, version=second.version), ANNA)
    assert desk.get(first.id).form == last.form == {"gist": "The second to save says that."}


def test_the_interest_statement_stays_as_it_was_when_handed_in(desk: Desk) -> None:
    kept = handed_in(desk)
    desk.comment(kept.id, replace(ANNA, interest="None any more."), "I have left the department.")
    assert desk.get(kept.id).interest == "Works for the department."


def test_everything_is_noted(desk: Desk) -> None:
    kept = handed_in(desk)
    desk.comment(kept.id, BEN, "Is that the right page?")
    asked = desk.ask_changes(kept.id, BEN, kept.version, "Give the page.")
    saved = desk.save(replace(draft(), id=kept.id, version=asked.version), ANNA)
    desk.submit(kept.id, ANNA, saved.version)
    told = [(event.what, event.who.name) for event in desk.events(kept.id)]
    assert told == [
        ("saved", "Anna Author"),
        ("submitted", "Anna Author"),
        ("commented", "Ben Checker"),
        ("asked for changes", "Ben Checker"),
        ("saved", "Anna Author"),
        ("submitted", "Anna Author"),
    ]


def test_what_was_handed_in_before_can_still_be_read(desk: Desk) -> None:
    kept = handed_in(desk)
    asked = desk.ask_changes(kept.id, BEN, kept.version, "Say it more plainly.")
    again = replace(draft(gist="This says it more plainly."), id=kept.id, version=asked.version)
    desk.submit(kept.id, ANNA, desk.save(again, ANNA).version)
    first, second = (event for event in desk.events(kept.id) if event.what == "submitted")
    assert (first.added, second.added) == (draft().added, again.added)


def test_saving_as_one_types_makes_one_event(desk: Desk) -> None:
    kept = desk.save(draft(), ANNA)
    for _ in range(3):
        kept = desk.save(replace(draft(), id=kept.id, version=kept.version), ANNA)
    assert [event.what for event in desk.events(kept.id)] == ["saved"]


def test_nobody_else_writes_in_a_draft_or_is_told_how_it_stands(desk: Desk) -> None:
    kept = desk.save(draft(), ANNA)
    for version in (kept.version, kept.version + 1):
        with pytest.raises(NotAllowed):
            desk.save(replace(draft(), id=kept.id, version=version), BEN)


def test_nobody_decides_about_what_they_wrote(desk: Desk) -> None:
    kept = desk.save(draft(), BEN)
    kept = desk.submit(kept.id, BEN, kept.version)
    for decide in (desk.accept, desk.reject, desk.ask_changes):
        with pytest.raises(NotAllowed, match="wrote this yourself"):
            decide(kept.id, BEN, kept.version, "x")


def test_a_reviewer_who_writes_in_it_is_an_author_too(desk: Desk) -> None:
    kept = handed_in(desk)
    kept = desk.save(replace(draft(gist="Ben has put this otherwise."), id=kept.id, version=kept.version), BEN)
    with pytest.raises(NotAllowed, match="or in it"):
        desk.reject(kept.id, BEN, kept.version, "x")


def test_nobody_decides_under_a_second_account_of_theirs(desk: Desk) -> None:
    kept = handed_in(desk)
    with pytest.raises(NotAllowed, match="yourself"):
        desk.reject(kept.id, replace(BEN, agent=ANNA.agent), kept.version, "x")


def test_contributors_decide_about_nothing(desk: Desk) -> None:
    kept = handed_in(desk)
    with pytest.raises(NotAllowed, match="Only reviewers"):
        desk.reject(kept.id, replace(BEN, role="contributor"), kept.version, "x")


def test_a_rejection_gives_its_reason(desk: Desk) -> None:
    kept = handed_in(desk)
    with pytest.raises(BadInput, match="reason"):
        desk.reject(kept.id, BEN, kept.version, "  ")
    assert desk.get(kept.id).state == "submitted"


def test_what_was_rejected_can_be_taken_up_again(desk: Desk) -> None:
    kept = handed_in(desk)
    kept = desk.reject(kept.id, BEN, kept.version, "The page is wrong.")
    by_author = desk.take_up_again(kept.id, ANNA, kept.version)
    assert by_author.state == "draft"
    kept = desk.reject(kept.id, BEN, desk.submit(kept.id, ANNA, by_author.version).version, "Still wrong.")
    assert desk.take_up_again(kept.id, CLARA, kept.version, "It is right after all.").state == "submitted"


def test_a_decision_on_an_older_version_is_refused(desk: Desk) -> None:
    kept = handed_in(desk)
    desk.save(replace(draft(gist="Changed while Ben was reading."), id=kept.id, version=kept.version), ANNA)
    with pytest.raises(EditedMeanwhile):
        desk.accept(kept.id, BEN, kept.version)


def test_what_a_reviewer_disputes_stays_open(desk: Desk) -> None:
    kept = handed_in(desk)
    kept = desk.dispute(kept.id, CLARA, kept.version, "The text says the contrary.")
    with pytest.raises(OutOfTurn, match="disputes"):
        desk.accept(kept.id, BEN, kept.version)
    assert [row.id for row in desk.queue(Filters(contested=True)).rows] == [kept.id]
    with pytest.raises(NotAllowed, match="settles it"):
        desk.settle(kept.id, BEN, kept.version, "I do not think so.")
    for who in (CLARA, ADA):
        kept = desk.settle(kept.id, who, kept.version, "It is the next page.")
        assert not kept.contested
        kept = desk.dispute(kept.id, CLARA, kept.version, "Or is it?")


def test_only_what_says_something_is_handed_in(desk: Desk) -> None:
    kept = desk.save(Draft("claim", "Nothing yet"), ANNA)
    with pytest.raises(OutOfTurn, match="nothing in it"):
        desk.submit(kept.id, ANNA, kept.version)


def test_a_draft_can_be_given_up_and_taken_up(desk: Desk) -> None:
    kept = desk.save(draft(), ANNA)
    kept = desk.give_up(kept.id, ANNA, kept.version)
    assert kept.state == "given-up"
    assert desk.take_up_again(kept.id, ANNA, kept.version).state == "draft"


def test_the_queue_is_filtered_and_counted(desk: Desk) -> None:
    first, second = handed_in(desk, "one"), handed_in(desk, "two", batch="b")
    desk.reject(first.id, BEN, first.version, "No.")
    assert [row.id for row in desk.queue(Filters(state="submitted")).rows] == [second.id]
    assert desk.queue(Filters(state="submitted")).states == {"rejected": 1, "submitted": 1}
    assert desk.queue(Filters(batch="b")).total == 1
    assert desk.queue(Filters(kind="source")).total == 0
    assert desk.queue(Filters(older=1)).total == 0


def test_the_queue_comes_in_pages(desk: Desk) -> None:
    desk.save_all([draft(f"many-{n}") for n in range(30)], ANNA, submit=True)
    pages = [desk.queue(Filters(state="submitted"), page) for page in (1, 2)]
    assert [len(page.rows) for page in pages] == [25, 5]
    assert len({row.id for page in pages for row in page.rows}) == 30
    assert pages[0].pages == 2


def test_what_is_not_there_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound, match="contribution"):
        desk.get("nothing")


@pytest.mark.parametrize("wrong", [{"kind": "poem"}, {"title": " "}, {"title": "x" * 301}, {"form": {"a": {1}}}])
def test_what_cannot_be_kept_is_refused(desk: Desk, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        desk.save(replace(draft(), **wrong), ANNA)  # type: ignore[arg-type]


def test_signs_that_no_database_takes_are_left_out(desk: Desk) -> None:
    kept = desk.save(replace(draft(), title="A\x00B\ud800"), ANNA)
    assert desk.get(kept.id).title == "AB?"
