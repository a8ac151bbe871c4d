"""Signing in with an identity elsewhere: a real provider on the loopback, and what proves nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from benchmarks.ports import free_port
from kg.accounts.identities import Identities
from kg.accounts.identity import Identity
from kg.accounts.links import Links
from kg.accounts.tables import SessionRow
from kg.database import now
from kg.settings import Provider, Settings, read_settings
from tests import people_support
from tests.people_support import add_person, form_mark, signed_in
from tests.provider_support import CLIENT, Fake, provider
from webui.stored import database

PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def there() -> Iterator[Fake]:
    with provider() as fake:
        yield fake


@pytest.fixture
def fake(there: Fake) -> Iterator[Fake]:
    """The provider; what a test made it do is undone."""
    usual = {name: getattr(there, name) for name in ("subject", "denies", "breaks", "foreign_key", "algorithm")}
    yield there
    for name, value in usual.items():
        setattr(there, name, value)
    there.claims.clear()
    there.facts.clear()


@pytest.fixture(scope="module")
def site(seeded: Settings, there: Fake, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = str(tmp_path_factory.mktemp("people"))
    with people_support.site(seeded, folder, open_registration=True, providers=(there.provider,)) as made:
        yield made


@pytest.fixture
def here(site: Flask) -> FlaskClient:
    return site.test_client()


def go(client: FlaskClient, fake: Fake, question: str = "") -> TestResponse:
    """To the provider and back."""
    sent = client.get(f"/sign-in/with/provider{question}", headers=PAGE)
    assert sent.location.startswith(fake.issuer)
    return client.get(fake.visit(sent.location), headers=PAGE)


def known(site: Flask, fake: Fake) -> str:
    """Somebody whose identity there is known; gives their mail address."""
    with site.app_context():
        person = add_person(database())
        Identities(database()).link(person.id, Identity(fake.issuer, fake.subject))
        return person.mail


def test_who_is_known_is_signed_in_and_goes_on(site: Flask, here: FlaskClient, fake: Fake) -> None:
    fake.subject = "known"
    mail = known(site, fake)
    assert "Go on with Example University" in here.get("/sign-in?next=/tactics").text
    back = go(here, fake, "?next=/tactics")
    assert (back.status_code, back.location) == (303, "/tactics")
    assert mail in here.get("/account").text


def test_who_is_new_makes_an_account_and_comes_back_to_it(site: Flask, here: FlaskClient, fake: Fake) -> None:
    fake.subject = "new"
    assert go(here, fake).location == "/join"
    page = here.get("/join").text
    assert 'value="Josiah Example"' in page
    here.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(here, "/join")
    assert here.post("/join", data={"name": "Josiah", "mail": "none", "interest": "x"}).status_code == 422
    assert here.post("/join", data={"name": "Josiah", "mail": "j@example.org", "interest": "x"}).status_code == 303
    assert "j@example.org" in here.get("/account").text
    other = site.test_client()
    go(other, fake)
    assert "j@example.org" in other.get("/account").text


def test_the_same_mail_address_is_no_proof(site: Flask, here: FlaskClient, fake: Fake) -> None:
    with site.app_context():
        mail = add_person(database()).mail
    fake.subject, fake.claims["email"] = "same mail", mail
    assert go(here, fake).location == "/join"
    here.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(here, "/join")
    answer = here.post("/join", data={"name": "Josiah", "mail": mail, "interest": ""})
    assert answer.status_code == 422
    assert "already" in answer.text


def test_somebody_adds_an_identity_to_their_account_and_takes_it_away(site: Flask, fake: Fake) -> None:
    fake.subject = "added"
    person = signed_in(site)
    assert go(person, fake, "?next=/account").location == "/account?done=linked"
    assert "you are added there" in person.get("/account").text
    other = site.test_client()
    assert go(other, fake).location == "/"
    assert person.post("/account/identities", data={"issuer": fake.issuer}).location == "/account?done=unlinked"
    assert go(site.test_client(), fake).location == "/join"


def test_an_identity_is_added_after_a_sign_in_of_late_alone(site: Flask, fake: Fake) -> None:
    fake.subject = "late"
    known(site, fake)
    person = signed_in(site)
    with site.app_context(), database().changing() as session:
        session.execute(update(SessionRow).values(created=now() - timedelta(hours=1)))
    assert person.get("/sign-in/with/provider?next=/account", headers=PAGE).location.startswith("/sign-in?again=1")
    again = person.get("/sign-in/with/provider?next=/account&again=1", headers=PAGE)
    assert "prompt=login" in again.location
    assert person.get(fake.visit(again.location), headers=PAGE).location == "/account"


def test_a_page_of_another_site_signs_nobody_in(here: FlaskClient) -> None:
    sent = here.get("/sign-in/with/provider", headers={**PAGE, "Sec-Fetch-Site": "cross-site"})
    assert (sent.status_code, sent.location) == (303, "/sign-in")


def test_an_identity_of_somebody_else_is_not_taken_over(site: Flask, fake: Fake) -> None:
    fake.subject = "theirs"
    known(site, fake)
    answer = go(signed_in(site), fake)
    assert answer.status_code == 400
    assert "belongs to another account" in answer.text


def test_the_only_way_in_is_not_taken_away(site: Flask, here: FlaskClient, fake: Fake) -> None:
    fake.subject = "only way"
    go(here, fake)
    here.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(here, "/join")
    here.post("/join", data={"name": "Josiah", "mail": "only@example.org", "interest": ""})
    assert here.post("/account/identities", data={"issuer": fake.issuer}).status_code == 422
    assert here.post("/account/password", data={"password": "quite another four words"}).status_code == 303
    assert here.post("/account/identities", data={"issuer": fake.issuer}).status_code == 303


def test_where_people_are_invited_an_invitation_is_needed(seeded: Settings, fake: Fake, tmp_path: Any) -> None:
    fake.subject = "invited"
    with people_support.site(seeded, str(tmp_path), providers=(fake.provider,)) as closed:
        assert go(closed.test_client(), fake).status_code == 403
        with closed.app_context():
            code = Links(database()).invite("i@example.org", "reviewer")
        here = closed.test_client()
        assert go(here, fake, f"?invitation={code}").location == "/join"
        here.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(here, "/join")
        assert here.post("/join", data={"name": "Ida", "mail": "other@example.org", "interest": ""}).status_code == 303
        page = here.get("/account").text
        assert "i@example.org" in page
        assert "<dd>reviewer</dd>" in page
        assert closed.test_client().get(f"/invitation/{code}", headers=PAGE).status_code == 410


# --- What proves nothing -----------------------------------------------------------------------------

WRONG: dict[str, dict[str, Any]] = {
    "for another request": {"nonce": "another"},
    "for no request": {"nonce": None},
    "from another provider": {"iss": "http://127.0.0.1:1"},
    "for another site": {"aud": "another"},
    "for several sites, and meant for another": {"aud": [CLIENT, "another"], "azp": "another"},
    "over": {"exp": 1_700_000_000},
    "without an end": {"exp": None},
    "from the future": {"iat": 4_000_000_000},
    "of nobody": {"sub": ""},
    "of no name": {"sub": None},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_proof_that_is_not_ours_is_refused(site: Flask, here: FlaskClient, fake: Fake, wrong: str) -> None:
    fake.subject = "proof"
    fake.claims.update(WRONG[wrong])
    refused(go(here, fake), here)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_proof_that_anybody_could_make_is_refused(here: FlaskClient, fake: Fake, algorithm: str) -> None:
    fake.algorithm = algorithm
    refused(go(here, fake), here)


def test_a_proof_signed_by_somebody_else_is_refused(here: FlaskClient, fake: Fake) -> None:
    fake.foreign_key = True
    refused(go(here, fake), here)


def test_a_state_works_once(site: Flask, here: FlaskClient, fake: Fake) -> None:
    fake.subject = "once"
    known(site, fake)
    sent = here.get("/sign-in/with/provider")
    state = here.get_cookie("gapbridge_errand")
    assert state is not None
    back = fake.visit(sent.location)
    assert here.get(back).location == "/"
    other = site.test_client()
    other.set_cookie("gapbridge_errand", state.value)
    refused(other.get(back, headers=PAGE), other)


def test_a_way_back_that_was_begun_in_another_browser_is_refused(site: Flask, here: FlaskClient, fake: Fake) -> None:
    attackers = fake.visit(site.test_client().get("/sign-in/with/provider").location)
    refused(here.get(attackers, headers=PAGE), here)
    here.get("/sign-in/with/provider")
    refused(here.get(attackers, headers=PAGE), here)


@pytest.mark.parametrize("question", ["", "?state=x", "?code=x", "?state=x&code=y", "?state=%C3%A9&code=y"])
def test_a_way_back_from_nowhere_is_refused(here: FlaskClient, question: str) -> None:
    refused(here.get(f"/sign-in/return/provider{question}", headers=PAGE), here)


def test_another_provider_that_sends_back_is_refused(here: FlaskClient, fake: Fake) -> None:
    back = fake.visit(here.get("/sign-in/with/provider").location)
    refused(here.get(f"{back}&iss=https%3A%2F%2Fevil.example", headers=PAGE), here)


def test_a_code_of_another_request_is_refused(site: Flask, here: FlaskClient, fake: Fake) -> None:
    stolen = fake.visit(site.test_client().get("/sign-in/with/provider").location).rpartition("code=")[2]
    back = fake.visit(here.get("/sign-in/with/provider").location).rpartition("code=")[0]
    refused(here.get(f"{back}code={stolen}", headers=PAGE), here)


def test_who_says_no_there_is_told_so(here: FlaskClient, fake: Fake) -> None:
    fake.denies = True
    answer = go(here, fake)
    refused(answer, here)
    assert "did not let you through" in answer.text


def refused(answer: TestResponse, client: FlaskClient) -> None:
    assert answer.status_code == 400
    assert "Signing in did not work" in answer.text
    assert client.get("/account").status_code == 303
    assert client.get("/join", headers=PAGE).status_code == 400


# --- A provider that does not answer -----------------------------------------------------------------


def test_one_that_is_down_is_told_and_the_password_still_works(seeded: Settings, tmp_path: Any) -> None:
    gone = Provider("provider", "Example University", f"http://127.0.0.1:{free_port()}", CLIENT, "")
    with people_support.site(seeded, str(tmp_path), providers=(gone,)) as site:
        answer = site.test_client().get("/sign-in/with/provider", headers=PAGE)
        assert answer.status_code == 503
        assert "Example University does not answer" in answer.text
        assert signed_in(site).get("/account").status_code == 200


def test_one_that_breaks_on_the_way_back_is_told(here: FlaskClient, fake: Fake) -> None:
    fake.breaks = True
    answer = go(here, fake)
    assert answer.status_code == 503
    assert "does not answer" in answer.text


@pytest.mark.parametrize(
    "facts", [{"issuer": "https://evil.example"}, {"token_endpoint": None}, {"jwks_uri": "file:///etc/passwd"}]
)
def test_one_that_says_nonsense_of_itself_is_told(here: FlaskClient, fake: Fake, facts: dict[str, Any]) -> None:
    fake.facts.update(facts)
    assert here.get("/sign-in/with/provider", headers=PAGE).status_code == 503


def test_one_that_nobody_configured_is_not_there(here: FlaskClient) -> None:
    assert here.get("/sign-in/with/orcid", headers=PAGE).status_code == 404


# --- Settings ----------------------------------------------------------------------------------------


def test_orcid_needs_its_client_alone(tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    told = {"GAPBRIDGE_ORCID_CLIENT_ID": "APP-1", "GAPBRIDGE_ORCID_CLIENT_SECRET_FILE": str(tmp_path / "secret")}
    found = read_settings(told)
    assert found.providers == (Provider("orcid", "ORCID", "https://orcid.org", "APP-1", "from a file"),)
    assert "from a file" not in repr(found)
    assert replace(found).without_secrets.providers == ()
