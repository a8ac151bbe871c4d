"""Signing in and out: a new secret each time, no forms from elsewhere, no way to another site, readers untouched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from benchmarks.ports import free_port
from kg.settings import Settings
from tests import people_support
from tests.people_support import PASSWORD, add_person, form_mark, signed_in
from webui import create_app
from webui.signed_in import needs
from webui.stored import database
from webui.way_back import local

COOKIE = "gapbridge_session"


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with people_support.site(seeded, str(tmp_path_factory.mktemp("people"))) as made:
        yield made


@pytest.fixture
def here(site: Flask) -> FlaskClient:
    return site.test_client()


def enter(client: FlaskClient, mail: str, password: str = PASSWORD, **more: str) -> TestResponse:
    mark = form_mark(client, "/sign-in")
    return client.post("/sign-in", data={"mail": mail, "password": password, "csrf_token": mark, **more})


def mail_of(site: Flask, role: str = "contributor") -> str:
    with site.app_context():
        return add_person(database(), role).mail


def test_the_right_password_lets_in_and_the_name_stands_in_the_header(site: Flask, here: FlaskClient) -> None:
    answer = enter(here, mail_of(site), next="/tactics?cause=x")
    assert (answer.status_code, answer.location) == (303, "/tactics?cause=x")
    assert "Robin Example" in here.get("/tactics").text


def test_a_wrong_password_and_an_unknown_address_are_told_alike(site: Flask, here: FlaskClient) -> None:
    known = enter(here, mail_of(site), "not the password")
    unknown = enter(here, "nobody@example.org", "not the password")
    assert known.status_code == unknown.status_code == 422
    cut = [answer.text.partition('<form method="post" action="/sign-in"')[0] for answer in (known, unknown)]
    assert cut[0] == cut[1]
    assert 'role="alert"' in cut[0]
    assert "nobody@example.org" in unknown.text
    assert "not the password" not in unknown.text
    assert COOKIE not in known.headers.get("Set-Cookie", "")


def test_the_cookie_is_for_the_server_alone(site: Flask, here: FlaskClient) -> None:
    enter(here, mail_of(site))
    cookie = here.get_cookie(COOKIE)
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.path, cookie.domain) == (True, "Lax", "/", "localhost")


def test_with_https_it_is_bound_to_the_host(seeded: Settings, tmp_path: Path) -> None:
    with people_support.site(seeded, str(tmp_path), public_url="https://data.example.org") as site:
        here = site.test_client()
        made = enter(here, mail_of(site)).headers.getlist("Set-Cookie")[-1]
    assert made.startswith(f"__Host-{COOKIE}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(made.split("; "))
    assert "Domain" not in made


def test_a_secret_that_somebody_planted_is_not_used(site: Flask, here: FlaskClient) -> None:
    here.set_cookie(COOKIE, "planted")
    enter(here, mail_of(site))
    cookie = here.get_cookie(COOKIE)
    assert cookie is not None
    assert cookie.value != "planted"


def test_another_sign_in_on_the_same_browser_ends_the_session_before(site: Flask, here: FlaskClient) -> None:
    mail = mail_of(site)
    enter(here, mail)
    before = here.get_cookie(COOKIE)
    assert before is not None
    here.post("/sign-in", data={"mail": mail, "password": PASSWORD, "csrf_token": form_mark(here, "/account")})
    thief = site.test_client()
    thief.set_cookie(COOKIE, before.value)
    assert thief.get("/account").status_code == 303


def test_signing_out_ends_the_session_and_not_just_the_cookie(site: Flask) -> None:
    here, thief = signed_in(site), site.test_client()
    cookie = here.get_cookie(COOKIE)
    assert cookie is not None
    assert here.post("/sign-out").status_code == 303
    thief.set_cookie(COOKIE, cookie.value)
    assert thief.get("/account").location.startswith("/sign-in")
    assert here.get_cookie(COOKIE) is None


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_a_form_from_elsewhere_is_refused(site: Flask, path: str) -> None:
    here = signed_in(site)
    for mark in ("", "x", form_mark(signed_in(site), "/account")):
        here.environ_base["HTTP_X_CSRFTOKEN"] = mark
        answer = here.post(path, data={"mail": "a@example.org", "password": PASSWORD}, headers={"Accept": "text/html"})
        assert answer.status_code == 400
        assert "This form was not taken" in answer.text
    assert here.get("/account").status_code == 200


def test_marks_and_their_cookie_are_signed_by_sha_256(here: FlaskClient) -> None:
    mark, cookie = form_mark(here, "/sign-in"), here.get_cookie("gapbridge_forms")
    assert cookie
    assert [len(signed.rpartition(".")[2]) for signed in (mark, cookie.value)] == [43, 43]


def test_signing_out_is_no_link(site: Flask) -> None:
    assert signed_in(site).get("/sign-out").status_code == 405


@pytest.mark.parametrize("address", [
    "", "//evil.example", "/\\evil.example", "https://evil.example/", "/\t/evil.example", "javascript:alert(1)",
    "\\\\evil.example", "evil.example", "/ /evil.example", "///evil.example", "/\r\nSet-Cookie: x=y", "/" + "x" * 3000,
])  # fmt: skip
def test_the_way_back_stays_on_the_site(address: str) -> None:
    assert local(address) == "/"


def test_the_way_back_is_where_one_came_from(site: Flask, here: FlaskClient) -> None:
    assert (
        'name="next" value="/tactics?cause=x"'
        in here.get("/sign-in", headers={"Referer": "http://localhost/tactics?cause=x"}).text
    )
    assert 'name="next" value="/"' in here.get("/sign-in", headers={"Referer": "http://evil.example/tactics"}).text
    sent = here.get("/account").location
    assert sent == "/sign-in?next=%2Faccount"
    assert 'name="next" value="/account"' in here.get(sent).text


def test_a_reader_gets_no_cookie_and_asks_no_database(fresh: Settings) -> None:
    (fresh.data / "secret.key").unlink(missing_ok=True)
    site = create_app(replace(fresh, database="postgresql://nobody@127.0.0.1:1/none"))
    for path in ("/", "/tactics", "/sparql", "/diagnose", "/about", "/nothing"):
        answer = site.test_client().get(path, headers={"Accept": "text/html"})
        assert answer.status_code == (404 if path == "/nothing" else 200)
        assert "Set-Cookie" not in answer.headers
    assert not (fresh.data / "secret.key").exists()


def test_without_the_database_pages_are_read_and_nobody_is_let_in(seeded: Settings, tmp_path: Path) -> None:
    with people_support.site(seeded, f"postgresql://nobody@127.0.0.1:{free_port()}/none") as site:
        here = site.test_client()
        here.set_cookie(COOKIE, "anything")
        assert here.get("/tactics").status_code == 200
        answer = here.get("/account", headers={"Accept": "text/html"})
        assert answer.status_code == 503
        assert "Accounts and drafts cannot be reached" in answer.text


def test_it_is_the_same_on_each_kind_of_database(seeded: Settings, database_address: str, tmp_path: Path) -> None:
    with people_support.site(seeded, database_address or str(tmp_path)) as site:
        here = site.test_client()
        assert enter(here, mail_of(site)).status_code == 303
        here.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(here, "/account")
        assert here.post("/account/tokens", data={"token": "a", "contribute": "on", "days": "30"}).status_code == 200
        assert here.post("/account/sessions", data={"session": "a\x00b"}).status_code in (303, 400)
        assert here.post("/sign-out").status_code == 303
        assert here.get("/account").status_code == 303


def test_a_page_for_one_person_is_kept_by_nobody(site: Flask) -> None:
    reader, person = site.test_client(), signed_in(site)
    for path in ("/", "/tactics", "/source/hudson-2019", "/sparql", "/diagnose", "/nothing"):
        before = reader.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        tags = {"If-None-Match": before.headers.get("ETag", "x")}
        answer = person.get(path, headers={"Accept": "text/html", **tags}, follow_redirects=True)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (before.status_code, "private, no-store")
        assert "ETag" not in answer.headers
        assert "Robin Example" in answer.text
        after = reader.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        assert after.data == before.data


def test_an_unknown_cookie_is_a_reader(site: Flask, here: FlaskClient) -> None:
    here.set_cookie(COOKIE, "nonsense")
    answer = here.get("/tactics")
    assert answer.status_code == 200
    assert "/sign-in" in answer.text


def test_a_role_that_somebody_has_not_is_refused(site: Flask) -> None:
    site.view_functions["only"] = needs("reviewer")(lambda: "in")
    site.url_map.add(Rule("/only-reviewers", endpoint="only"))
    reader, contributor, reviewer = site.test_client(), signed_in(site), signed_in(site, "reviewer")
    page = {"Accept": "text/html"}
    assert reader.get("/only-reviewers", headers=page).location == "/sign-in?next=%2Fonly-reviewers"
    assert reader.get("/only-reviewers", headers={"Accept": "application/json"}).status_code == 401
    assert contributor.get("/only-reviewers", headers=page).status_code == 403
    assert reviewer.get("/only-reviewers", headers=page).text == "in"


def test_what_somebody_sees_is_not_packed(site: Flask, here: FlaskClient) -> None:
    accepting = {"Accept-Encoding": "gzip"}
    assert here.get("/tactics", headers=accepting).headers["Content-Encoding"] == "gzip"
    answer = signed_in(site).get("/tactics", headers=accepting)
    assert "Content-Encoding" not in answer.headers  # the mark of a form could be told from sizes
