"""The pages of people: joining, one's own account, the accounts of all. Nothing typed is lost, nothing told twice."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from kg.accounts.links import Links
from kg.accounts.people import People
from kg.accounts.secret import digest
from kg.accounts.tables import AccountRow, SessionRow
from kg.settings import Settings
from tests import people_support
from tests.people_support import PASSWORD, add_person, form_mark, signed_in
from webui.stored import database


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with people_support.site(seeded, str(tmp_path_factory.mktemp("people")), open_registration=True) as made:
        yield made


@pytest.fixture
def here(site: Flask) -> FlaskClient:
    client = site.test_client()
    client.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(client, "/sign-in")
    return client


@pytest.fixture
def person(site: Flask) -> FlaskClient:
    return signed_in(site)


@pytest.fixture
def administrator(site: Flask) -> FlaskClient:
    return signed_in(site, "administrator", "Ada Example")


def told(html: str) -> str:
    """The secret that a page shows once."""
    found = re.search(r'class="panel told".*?<code>([^<]+)</code>', html, re.S)
    assert found
    return found[1]


# --- Joining -----------------------------------------------------------------------------------------


def test_who_registers_is_signed_in_as_a_contributor(here: FlaskClient) -> None:
    sent = {"name": "Jo Example", "mail": "jo@example.org", "password": PASSWORD, "interest": "None."}
    assert here.post("/register", data=sent).location == "/account"
    page = here.get("/account").text
    assert all(words in page for words in ("Jo Example", "jo@example.org", "<dd>contributor</dd>", "None.</textarea>"))


def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(here: FlaskClient) -> None:
    sent = {"name": "", "mail": "no address", "password": "short", "interest": "<b>Mine</b>"}
    answer = here.post("/register", data=sent)
    assert answer.status_code == 422
    for field in ("name", "mail", "password"):
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}-error"' in answer.text
    assert 'value="no address"' in answer.text
    assert "&lt;b&gt;Mine&lt;/b&gt;</textarea>" in answer.text
    assert "short" not in answer.text.partition("<form method")[2].partition("at least")[0]


def test_a_mail_address_that_is_taken_is_told(site: Flask, here: FlaskClient) -> None:
    with site.app_context():
        mail = add_person(database()).mail
    answer = here.post("/register", data={"name": "Jo Example", "mail": mail, "password": PASSWORD, "interest": ""})
    assert answer.status_code == 422
    assert "already" in answer.text


def test_where_people_are_invited_nobody_registers(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    with people_support.site(seeded, str(tmp_path_factory.mktemp("closed"))) as closed:
        here = closed.test_client()
        assert "/register" not in here.get("/sign-in").text
        here.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(here, "/sign-in")
        assert here.get("/register").status_code == 403
        assert (
            here.post("/register", data={"name": "Jo", "mail": "jo@example.org", "password": PASSWORD}).status_code
            == 403
        )


def test_an_invitation_is_told_once_and_makes_an_account_once(administrator: FlaskClient, here: FlaskClient) -> None:
    answer = administrator.post("/people/accounts/invite", data={"mail": "kim@example.org", "role": "reviewer"})
    address = told(answer.text)
    again = administrator.get("/people/accounts").text
    assert "kim@example.org" in again
    assert address not in again
    path = address.removeprefix("http://localhost")
    assert "kim@example.org" in here.get(path).text
    assert here.post(path, data={"name": "Kim Example", "password": "short", "interest": "x"}).status_code == 422
    assert here.post(path, data={"name": "Kim Example", "password": PASSWORD, "interest": "x"}).status_code == 303
    assert "<dd>reviewer</dd>" in here.get("/account").text
    assert here.get(path, headers={"Accept": "text/html"}).status_code == 410


def test_an_invitation_that_is_withdrawn_is_worthless(administrator: FlaskClient, here: FlaskClient) -> None:
    path = told(
        administrator.post("/people/accounts/invite", data={"mail": "lee@example.org", "role": "reviewer"}).text
    )
    found = re.search(
        r'name="id" value="(\w+)">Withdraw<span class="vh"> the invitation of lee@',
        administrator.get("/people/accounts").text,
    )
    assert found
    administrator.post("/people/accounts/withdraw", data={"id": found[1]})
    assert here.get(path.removeprefix("http://localhost"), headers={"Accept": "text/html"}).status_code == 410


def test_who_forgot_the_password_gets_a_link_for_a_new_one(
    site: Flask, administrator: FlaskClient, here: FlaskClient
) -> None:
    with site.app_context():
        someone = add_person(database())
    address = told(administrator.post(f"/people/accounts/{someone.id}", data={"do": "reset"}).text)
    path = address.removeprefix("http://localhost")
    assert here.post(path, data={"password": someone.mail}).status_code == 422
    assert here.post(path, data={"password": "quite another four words"}).status_code == 303
    assert someone.mail in here.get("/account").text
    assert here.get(path, headers={"Accept": "text/html"}).status_code == 410


# --- One's own account -------------------------------------------------------------------------------


def test_the_name_changes_and_the_address_in_the_record_stays(person: FlaskClient) -> None:
    agent = re.search(r"id/agent/[\w-]+", person.get("/account").text)
    assert agent
    person.post("/account/profile", data={"name": "Another Name", "interest": "Edits a journal."})
    page = person.get("/account").text
    assert all(words in page for words in ("Another Name", "Edits a journal.", agent[0]))


def test_a_name_that_cannot_be_taken_comes_back_with_the_rest(person: FlaskClient) -> None:
    answer = person.post("/account/profile", data={"name": "", "interest": "Edits a journal."})
    assert answer.status_code == 422
    assert "Edits a journal.</textarea>" in answer.text


def test_a_new_password_needs_the_current_one_and_ends_the_other_sessions(site: Flask) -> None:
    with site.app_context():
        someone = add_person(database())
    here, there = site.test_client(), site.test_client()
    for client in (here, there):
        client.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(client, "/sign-in")
        client.post("/sign-in", data={"mail": someone.mail, "password": PASSWORD})
    wrong = here.post("/account/password", data={"current": "not the password", "password": "quite another four words"})
    assert (wrong.status_code, 'id="current-error"' in wrong.text) == (422, True)
    assert (
        here.post("/account/password", data={"current": PASSWORD, "password": "quite another four words"}).status_code
        == 303
    )
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


def test_a_device_is_signed_out_from_another_one(site: Flask) -> None:
    with site.app_context():
        someone = add_person(database())
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"
    here, there = site.test_client(), site.test_client()
    for client, agent in ((here, "Mozilla/5.0 (X11; Linux) Firefox/140.0"), (there, phone)):
        client.environ_base |= {"HTTP_X_CSRFTOKEN": form_mark(client, "/sign-in"), "HTTP_USER_AGENT": agent}
        client.post("/sign-in", data={"mail": someone.mail, "password": PASSWORD})
    page = here.get("/account").text
    assert "Firefox on Linux" in page
    found = re.search(r'name="session" value="(\w+)">Sign out<span class="vh"> Safari on iPhone', page)
    assert found
    here.post("/account/sessions", data={"session": found[1]})
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 303)


def test_a_token_is_shown_once_lets_in_and_is_revoked(person: FlaskClient) -> None:
    sent = {"token": "notebook", "contribute": "on", "days": "30"}
    secret = told(person.post("/account/tokens", data=sent).text)
    page = person.get("/account").text
    assert secret.startswith("gapbridge_")
    assert "notebook" in page
    assert secret not in page
    found = re.search(r'name="id" value="(\w+)">Revoke<span class="vh"> notebook', page)
    assert found
    person.post("/account/tokens/revoke", data={"id": found[1]})
    assert "notebook" not in person.get("/account").text


@pytest.mark.parametrize(
    "wrong", [{"token": ""}, {"contribute": ""}, {"days": "999"}, {"update": "on"}, {"token": "x" * 61}]
)
def test_a_token_that_cannot_be_made_is_told(person: FlaskClient, wrong: dict[str, str]) -> None:
    answer = person.post("/account/tokens", data={"token": "notebook", "contribute": "on", "days": "30"} | wrong)
    assert answer.status_code == 422
    assert 'href="#token"' in answer.text


def test_only_administrators_are_offered_changes_without_review(
    person: FlaskClient, administrator: FlaskClient
) -> None:
    assert 'name="update"' not in person.get("/account").text
    assert 'name="update"' in administrator.get("/account").text


def age(site: Flask, client: FlaskClient) -> None:
    """Let a session be one that was begun an hour ago."""
    secret = client.get_cookie("gapbridge_session")
    assert secret
    with site.app_context(), database().changing() as session:
        row = session.scalar(select(SessionRow).where(SessionRow.digest == digest(secret.value)))
        assert row
        row.created -= timedelta(hours=1)


OPENING = {
    "/account/tokens": {"token": "notebook", "contribute": "on", "days": "30"},
    "/account/identities": {"issuer": "https://example.org"},
    "/account/sessions": {},
    "/people/accounts/invite": {"mail": "eve@example.org", "role": "administrator"},
    "/people/accounts/1": {"do": "reset"},
}


@pytest.mark.parametrize("path", OPENING)
def test_what_opens_an_account_to_others_needs_a_sign_in_of_late(
    site: Flask, administrator: FlaskClient, path: str
) -> None:
    age(site, administrator)
    answer = administrator.post(path, data=OPENING[path], headers={"Referer": "http://localhost/account"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?again=1&next=%2Faccount")
    assert administrator.post(path, data=OPENING[path], headers={"Accept": "application/json"}).status_code == 401
    assert administrator.post("/account/profile", data={"name": "Ada Example", "interest": ""}).status_code == 303


def test_who_signs_in_again_goes_on_in_a_session_of_a_new_secret(site: Flask, person: FlaskClient) -> None:
    age(site, person)
    page, before = person.get("/sign-in?again=1&next=/account"), person.get_cookie("gapbridge_session")
    mail = re.search(r'type="email" name="mail" value="([^"]+)"', page.text)
    assert "Sign in again" in page.text
    assert mail
    back = person.post("/sign-in", data={"mail": mail[1], "password": PASSWORD, "next": "/account"})
    assert (back.status_code, back.location) == (303, "/account")
    assert told(person.post("/account/tokens", data=OPENING["/account/tokens"]).text).startswith("gapbridge_")
    assert before
    person.set_cookie("gapbridge_session", before.value)
    assert person.get("/account").status_code == 303


def test_who_has_no_password_chooses_one_after_a_sign_in_of_late_alone(site: Flask) -> None:
    client = signed_in(site)
    with site.app_context(), database().changing() as session:
        session.execute(update(AccountRow).values(password="").where(AccountRow.name == "Robin Example"))
    age(site, client)
    answer = client.post("/account/password", data={"password": "quite another four words"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?again=1&next=%2F")


def test_what_is_done_about_accounts_is_logged_by_ids_alone(
    administrator: FlaskClient, site: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with site.app_context():
        other = add_person(database())
    with caplog.at_level(logging.INFO, "gapbridge.people"):
        for do in ({"do": "role", "role": "reviewer"}, {"do": "disable"}, {"do": "enable"}, {"do": "reset"}):
            administrator.post(f"/people/accounts/{other.id}", data=do)
        administrator.post("/people/accounts/invite", data={"mail": "new@example.org", "role": "reviewer"})
        administrator.post("/account/tokens", data=OPENING["/account/tokens"])
        administrator.post("/account/password", data={"current": "no", "password": "quite another four words"})
        administrator.post("/account/password", data={"current": PASSWORD, "password": "quite another four words"})
        administrator.post("/sign-out")
    assert [record.getMessage() for record in caplog.records] == [
        "Role given", "Kept out", "Let in again", "Link for a new password made", "Invited", "Token made",
        "Password not changed", "Password changed", "Signed in", "Signed out",
    ]  # fmt: skip
    assert len({record.__dict__["account"] for record in caplog.records}) == 1
    assert "example.org" not in str([record.__dict__ for record in caplog.records])


# --- The accounts of all -----------------------------------------------------------------------------


def test_only_administrators_see_them(site: Flask, person: FlaskClient) -> None:
    page = {"Accept": "text/html"}
    for client, status in ((site.test_client(), 303), (person, 403), (signed_in(site, "reviewer"), 403)):
        assert client.get("/people/accounts", headers=page).status_code == status
    invited = person.post("/people/accounts/invite", data={"mail": "x@example.org", "role": "administrator"})
    assert invited.status_code == 403


def test_an_administrator_gives_roles_and_keeps_people_out(site: Flask, administrator: FlaskClient) -> None:
    with site.app_context():
        someone = add_person(database(), name="Sam Example")
        administrator.post(f"/people/accounts/{someone.id}", data={"do": "role", "role": "reviewer"})
        assert People(database()).get(someone.id).role == "reviewer"
        administrator.post(f"/people/accounts/{someone.id}", data={"do": "disable"})
        assert People(database()).get(someone.id).disabled
    assert "kept out" in administrator.get("/people/accounts").text


def test_the_last_administrator_is_told_why_they_stay(
    seeded: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with people_support.site(seeded, str(tmp_path_factory.mktemp("alone"))) as site:
        alone = signed_in(site, "administrator")
        with site.app_context():
            own = People(database()).list()[0]
        answer = alone.post(f"/people/accounts/{own.id}", data={"do": "role", "role": "reviewer"})
        assert answer.status_code == 422
        assert "last administrator" in answer.text
        assert alone.get("/people/accounts").status_code == 200


def test_names_that_are_scripts_are_text(site: Flask, administrator: FlaskClient) -> None:
    with site.app_context():
        add_person(database(), name="<script>alert(1)</script> a")
    page = administrator.get("/people/accounts").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; a" in page


def test_a_link_for_an_account_that_is_none_is_not_found(administrator: FlaskClient) -> None:
    assert administrator.post("/people/accounts/nobody", data={"do": "reset"}).status_code == 404


def test_an_address_with_no_link_is_gone(site: Flask) -> None:
    with site.app_context():
        assert Links(database()).invitations() is not None
    assert site.test_client().get("/invitation/nonsense", headers={"Accept": "text/html"}).status_code == 410
