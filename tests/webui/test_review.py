"""The pages of the desk: who sees what, what a decision needs, and that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from kg.accounts.sessions import Sessions
from kg.contributions import Contribution, Desk, Draft, as_text
from kg.settings import Settings
from kg.store import placed
from tests.contributions.desk_support import ANNA, CLARA, draft, note
from tests.people_support import add_person, form_mark, signed_in, site
from tests.webui.page_support import Visited
from webui.desk import desk, person
from webui.signed_in import needs
from webui.stored import database


@pytest.fixture(scope="module")
def app(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with site(seeded, str(tmp_path_factory.mktemp("desk"))) as made:
        made.add_url_rule("/test-form/<id>", view_func=save_form, methods=["POST"])
        yield made


@needs("contributor")
def save_form(id: str) -> str:
    """What a page with a form of its own does."""
    sent = replace(draft(gist=request.form["gist"]), id=id, version=int(request.form["version"]))
    desk().save(sent, ANNA)
    return "saved"


@pytest.fixture(scope="module")
def reviewer(app: Flask) -> FlaskClient:
    return signed_in(app, "reviewer", "Ben Checker")


@pytest.fixture(scope="module")
def author(app: Flask) -> FlaskClient:
    return signed_in(app, "contributor", "Anna Author")


@pytest.fixture(scope="module")
def at(app: Flask) -> Desk:
    with app.app_context():
        return desk()


def handed_in(at: Desk, wanted: Draft | None = None) -> Contribution:
    kept = at.save(wanted or draft(), ANNA)
    return at.submit(kept.id, ANNA, kept.version)


def send(client: FlaskClient, kept: Contribution, do: str, text: str = "", version: int = 0) -> tuple[int, str]:
    form = {"do": do, "text": text, "version": str(version or kept.version)}
    answer = client.post(f"/review/{kept.id}", data=form, headers={"Accept": "text/html"})
    return answer.status_code, answer.text


@pytest.mark.parametrize("path", ["/review", "/review/x", "/review/batch/x", "/contributions"])
def test_a_reader_is_asked_to_sign_in(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize("path", ["/review", "/review/batch/x"])
def test_who_does_not_review_has_no_queue(author: FlaskClient, path: str) -> None:
    assert author.get(path, headers={"Accept": "text/html"}).status_code == 403


def test_what_is_somebody_elses_is_not_shown(at: Desk, author: FlaskClient, reviewer: FlaskClient) -> None:
    handed, drafted = handed_in(at), at.save(draft(), ANNA)
    assert author.get(f"/review/{handed.id}").status_code == 403
    assert reviewer.get(f"/review/{handed.id}").status_code == 200
    assert reviewer.get(f"/review/{drafted.id}").status_code == 403


def test_a_claim_is_told_in_a_sentence_and_by_the_names_of_its_form(at: Desk, reviewer: FlaskClient) -> None:
    text = reviewer.get(f"/review/{handed_in(at).id}").text
    assert (
        "Routine use of action research is held to address Dispersed governance, according to Hudson et al. 2019, §4 "
        "(stance: supports)."
    ) in text
    assert re.search(r'Added</span> <span class="what">In one sentence:</span> <span class="said">The desk is', text)


def test_what_is_taken_out_is_told_too(at: Desk, reviewer: FlaskClient) -> None:
    old = as_text(placed([note("An old note.")]))
    text = reviewer.get(f"/review/{handed_in(at, replace(draft(), kind='edit', added='', removed=old)).id}").text
    assert re.search(r'Removed</span> <span class="what">[^<]+</span> <span class="said">An old note\.', text)
    assert "Somebody else changed what this changes" in text


def test_what_would_refuse_it_is_told_before_it_is_accepted(at: Desk, reviewer: FlaskClient) -> None:
    text = reviewer.get(f"/review/{handed_in(at, draft(gist='Too short.')).id}").text
    assert "It cannot be accepted as it is" in text
    assert "15 to 300 characters" in text


def test_the_interest_statement_is_shown(at: Desk, reviewer: FlaskClient) -> None:
    assert "Works for the department." in reviewer.get(f"/review/{handed_in(at).id}").text


def test_to_reject_needs_a_reason(at: Desk, reviewer: FlaskClient) -> None:
    status, text = send(reviewer, handed_in(at), "reject")
    assert status == 422
    assert '<a href="#text">Give the reason' in text
    assert 'aria-invalid="true"' in text


def test_what_was_typed_stays_where_a_decision_comes_too_late(at: Desk, reviewer: FlaskClient) -> None:
    kept = handed_in(at)
    at.save(replace(draft(gist="Changed while Ben was reading."), id=kept.id, version=kept.version), ANNA)
    status, text = send(reviewer, kept, "reject", "The page is wrong <b>here</b>.")
    assert status == 409
    assert "Somebody changed this while you were reading it" in text
    assert "The page is wrong &lt;b&gt;here&lt;/b&gt;.</textarea>" in text
    assert "Changed while Ben was reading." in text


def test_each_decision_is_made_and_told(at: Desk, reviewer: FlaskClient) -> None:
    for do, state in (("ask", "changes-asked"), ("reject", "rejected"), ("dispute", "submitted")):
        kept = handed_in(at)
        assert send(reviewer, kept, do, "Look at page 5 again.")[0] == 303
        assert at.get(kept.id).state == state
    assert "Look at page 5 again." in reviewer.get(f"/review/{kept.id}").text


def test_an_author_hands_in_gives_up_and_takes_up(app: Flask, at: Desk) -> None:
    with app.test_request_context():
        account = add_person(database(), name="Carol Author")
        secret = Sessions(database()).begin(account.id, "Tests")
    kept = at.save(draft(), person(account))
    client = app.test_client()
    client.set_cookie("gapbridge_session", secret)
    client.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(client, f"/review/{kept.id}")
    for do, state in (("submit", "submitted"), ("give-up", "given-up"), ("take-up", "draft")):
        assert send(client, at.get(kept.id), do)[0] == 303
        assert at.get(kept.id).state == state
    assert f"/review/{kept.id}" in client.get("/contributions").text


def test_who_may_not_decide_is_offered_nothing_and_refused(
    at: Desk, author: FlaskClient, reviewer: FlaskClient
) -> None:
    kept = handed_in(at)
    assert send(author, kept, "accept")[0] == 403
    done = at.reject(kept.id, CLARA, kept.version, "No.")
    text = reviewer.get(f"/review/{done.id}").text
    assert 'value="accept"' not in text
    assert send(reviewer, done, "accept")[0] == 409


def test_forms_from_elsewhere_are_refused(app: Flask, at: Desk) -> None:
    client = signed_in(app, "reviewer")
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    kept = handed_in(at)
    assert send(client, kept, "reject", "Forged.")[0] == 400
    assert at.get(kept.id).state == "submitted"


def test_scripts_in_what_others_typed_stay_text(at: Desk, reviewer: FlaskClient) -> None:
    evil = "<script>alert(1)</script>"
    wanted = replace(draft(gist=f"This is no gist {evil}"), title=f"Title {evil}", form={"gist": evil})
    kept = handed_in(at, wanted)
    at.comment(kept.id, ANNA, evil)
    for path in (f"/review/{kept.id}", "/review"):
        text = reviewer.get(path).text
        assert evil not in text
        assert "&lt;script&gt;" in text


def test_no_cache_keeps_these_pages(at: Desk, reviewer: FlaskClient) -> None:
    for path in ("/review", f"/review/{handed_in(at).id}", "/contributions"):
        answer = reviewer.get(path)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers


def test_the_queue_is_chosen_from(at: Desk, reviewer: FlaskClient) -> None:
    kept = handed_in(at, replace(draft(), title="A title of its own", kind="edit"))
    assert "A title of its own" in reviewer.get("/review?kind=edit&state=all").text
    assert "A title of its own" not in reviewer.get("/review?kind=claim&state=all").text
    at.dispute(kept.id, CLARA, kept.version, "Not so.")
    assert "A title of its own" in reviewer.get("/review?contested=1").text


def test_a_batch_is_sampled_and_accepted_from_its_page(at: Desk, reviewer: FlaskClient) -> None:
    drafts = [
        Draft("edit", f"Note {n}", added=as_text(placed([note(f"Batch note {n}.")])), base=1, batch="bp")
        for n in range(6)
    ]
    at.save_all(drafts, ANNA, submit=True)
    assert reviewer.post("/review/batch/bp", data={"do": "accept"}).status_code == 409
    assert reviewer.post("/review/batch/bp", data={"do": "draw"}).status_code == 303
    page = reviewer.get("/review/batch/bp").text
    sample = re.findall(r'<a href="/review/([0-9a-f]+)">Note', page)
    assert len(sample) == 5
    for id in sample:
        assert "This one is right" in reviewer.get(f"/review/{id}").text
        assert send(reviewer, at.get(id), "look")[0] == 303
    assert "Accept all 6" in reviewer.get("/review/batch/bp").text


def test_two_who_wrote_in_one_thing_see_both(app: Flask, at: Desk) -> None:
    client, kept = signed_in(app), at.save(draft(), ANNA)
    at.save(replace(draft(gist="What the other saved."), id=kept.id, version=1), ANNA)
    answer = client.post(f"/test-form/{kept.id}", data={"gist": "What I typed <here>.", "version": "1"},
                         headers={"Accept": "text/html"})  # fmt: skip
    assert answer.status_code == 409
    assert "What the other saved." in answer.text
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert (again["gist"], again["version"]) == ("What I typed &lt;here&gt;.", "2")
    form = {"gist": "What I typed <here>.", "version": again["version"]}
    assert client.post(f"/test-form/{kept.id}", data=form).text == "saved"


def test_pages_are_well_formed(at: Desk, reviewer: FlaskClient) -> None:
    for path in ("/review", f"/review/{handed_in(at).id}", "/contributions"):
        page = Visited(path, 200, reviewer.get(path).text)
        assert page.faults == []
        assert [id for id, count in page.ids.items() if count > 1] == []
