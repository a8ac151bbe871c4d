"""Below a path of a host that it shares, every address that the site gives leads back to the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.errors import BadInput
from kg.settings import Settings
from tests import people_support
from tests.people_support import PASSWORD, add_person, form_mark
from tests.webui.conftest import _sample
from tests.webui.page_support import Visited
from tests.webui.site_pages import SITE
from webui import create_app
from webui.stored import database

PREFIX, HOST = "/gap", "https://example.org"
PUBLIC = HOST + PREFIX
APART = (f"{PUBLIC}/api/", f"{PUBLIC}/dumps/")
"""Not given as pages."""
OUTSIDE = re.compile(r"https?://(?:localhost|example\.org)(?!/gap\b)")
"""An address on our host that is not below our path."""
BARE = re.compile(r'\b(?:href|src|action|formaction|data-[a-z-]+)="/(?!gap[/"?#])')
DATA = (
    "/robots.txt", "/sitemap.xml", "/feeds/changes.atom", "/feeds/releases.atom", "/dataset.ttl", "/.well-known/void",
    "/dumps/index.json", "/api/v1", "/api/v1/openapi.json", "/api/v1/search?q=delivery", "/api/v1/no-such",
    "/api/v1/things/tactic/two-way-communication", "/sparql?format=ttl", "/sparql/examples.ttl", "/sparql/terms.json",
    "/id/tactic/two-way-communication.ttl", "/data/tactics.json", "/graph/tactic/intermediary-bodies.json",
    "/graph/tactic/intermediary-bodies.svg", "/graph/tactic/intermediary-bodies.graphml", "/search/suggestions?q=gov",
    "/diagnose/brief.md?d=1.eNqLjlbyys_MS03RLS1QSE4sSlXSUQKhWJ1qJQMlKyXniCy_DN0Ck5QcoKgRUKAkxyMnV6k2FgDgXRBO",
)  # fmt: skip


OWN = (
    "/account", "/contributions", "/review", "/people/accounts", "/contribute/claim", "/contribute/source",
    "/contribute/thing?kind=policy", "/account/notices", "/account/diagnoses", "/contribute/claims",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with people_support.site(seeded, str(tmp_path_factory.mktemp("people")), public_url=PUBLIC) as made:
        yield made


class Proxy:
    """A proxy that gives the site what comes below the path and takes the path off, or leaves it on.

    Anything else on the host is another's.
    """

    def __init__(self, site: Flask, strips: bool = True) -> None:
        self._client, self._cut = site.test_client(), len(PREFIX) if strips else 0

    def get(self, address: str, **more):
        path = address.removeprefix(HOST)
        if not f"{urlsplit(path).path}/".startswith(f"{PREFIX}/"):
            raise AssertionError(f"{address} is another site's")
        with self._client.get(path[self._cut :] or "/", headers={"Accept": "text/html", **more}) as answer:
            answer.get_data()
            return answer


@pytest.mark.parametrize("strips", [True, False])
def test_a_proxy_may_take_the_path_off_or_leave_it(site: Flask, strips: bool) -> None:
    proxy = Proxy(site, strips)
    assert 'href="/gap/tactics"' in proxy.get(f"{PUBLIC}/").text
    assert proxy.get(f"{PUBLIC}/id/tactic/two-way-communication").status_code == 200
    assert proxy.get(f"{PUBLIC}/healthz").status_code == 200


def test_every_address_on_every_page_leads_back_to_the_site(site: Flask) -> None:
    """As far as two clicks from home, and from each kind of page."""
    proxy, found = Proxy(site), dict[str, Visited]()
    front = {PUBLIC + page.address for page in SITE}
    for _ in range(2):
        for url in sorted(front):
            answer = proxy.get(url)
            text = answer.text if answer.mimetype == "text/html" else ""
            found[url] = Visited(url, answer.status_code, text)
            assert OUTSIDE.findall(text) == [], url
            assert BARE.findall(text) == [], url
            _check_headers(url, answer.headers)
        links = {urldefrag(link)[0] for url in front for link in found[url].links}
        reached = {link for link in links if link.startswith(HOST) and not link.startswith(APART)}
        front = set(sorted(_sample(reached - set(found)))[::9])
    expected = {PUBLIC + page.address: page.status for page in SITE if page.status != 200}
    lost = {url: page.status for url, page in found.items() if page.status not in (302, expected.get(url, 200))}
    assert lost == {}


def test_everything_that_a_page_loads_is_there(site: Flask) -> None:
    proxy = Proxy(site)
    pages = [
        proxy.get(f"{PUBLIC}{path}").text for path in ("/", "/sparql", "/graph/tactic/intermediary-bodies", "/path")
    ]
    loaded = {urljoin(f"{PUBLIC}/", address) for html in pages for address in Visited(f"{PUBLIC}/", 200, html).loaded}
    assert len(loaded) > 8
    styles = [proxy.get(url).text for url in loaded if ".css" in url]
    loaded |= {urljoin(f"{PUBLIC}/static/", name) for text in styles for name in re.findall(r'url\("([^"]+)"\)', text)}
    assert {url: code for url in loaded if (code := proxy.get(url).status_code) != 200} == {}


def test_scripts_ask_below_the_path() -> None:
    """Scripts find the site from their own address: none names a path of the site."""
    from webui.assets import STATIC

    named = {
        file.name: found
        for file in STATIC.glob("*.js")
        if (found := re.findall(r"""fetch\(["'`]/|["'`]/(?:sparql|search|contribute|id|graph)\b""", file.read_text()))
    }
    assert named == {}


@pytest.mark.parametrize("path", DATA)
def test_data_give_addresses_below_the_path(site: Flask, path: str) -> None:
    answer = Proxy(site).get(PUBLIC + path, Accept="*/*")
    assert answer.status_code == (404 if "no-such" in path else 200)
    text = answer.text
    assert OUTSIDE.findall(text) == []
    assert BARE.findall(text) == []
    if answer.mimetype.endswith("json"):
        assert [value for value in _strings(json.loads(text)) if re.fullmatch(r"/(?!gap\b)\S*", value)] == []
    _check_headers(path, answer.headers)


def _check_headers(url: str, headers) -> None:
    for name in ("Location", "Content-Location"):
        assert re.match(r"(?!/)|/gap\b", headers.get(name, "")), (url, headers[name])
        assert OUTSIDE.findall(headers.get(name, "")) == [], url
    assert re.findall(r"<(/(?!gap\b)[^>]*)>", headers.get("Link", "")) == [], url


def _strings(value: object) -> Iterator[str]:
    """The strings of JSON that may be addresses: the paths of an OpenAPI file stand below its servers' address."""
    if isinstance(value, dict):
        yield from (
            s for name, each in value.items() if name not in ("paths", "examples", "example") for s in _strings(each)
        )
    elif isinstance(value, list):
        yield from (s for each in value for s in _strings(each))
    elif isinstance(value, str):
        yield value


def test_crawlers_and_programs_find_the_whole_address(site: Flask) -> None:
    proxy = Proxy(site)
    assert f"Sitemap: {PUBLIC}/sitemap.xml" in proxy.get(f"{PUBLIC}/robots.txt").text
    assert f"<loc>{PUBLIC}/tactics</loc>" in proxy.get(f"{PUBLIC}/sitemap.xml").text
    assert f"<{PUBLIC}/sparql>" in proxy.get(f"{PUBLIC}/.well-known/void", Accept="text/turtle").text
    assert f"<{PUBLIC}/sparql>" in proxy.get(f"{PUBLIC}/sparql", Accept="text/turtle").text
    assert proxy.get(f"{PUBLIC}/api/v1/openapi.json", Accept="*/*").json["servers"] == [{"url": f"{PREFIX}/api/v1"}]
    assert f'href="{PUBLIC}/' in proxy.get(f"{PUBLIC}/feeds/changes.atom").text


def test_slashes_that_are_missing_lead_to_the_public_address(site: Flask) -> None:
    assert Proxy(site).get(f"{PUBLIC}/dumps").headers["Location"] in (f"{PUBLIC}/dumps/", f"{PREFIX}/dumps/")


def test_signing_in_leads_on_below_the_path_with_a_cookie_for_it_alone(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        mail = add_person(database()).mail
    refused = client.get("/gap/account", headers={"Accept": "text/html"})
    assert (refused.status_code, refused.location) == (303, "/gap/sign-in?next=%2Faccount")
    form = {"mail": mail, "password": PASSWORD, "csrf_token": form_mark(client, refused.location), "next": "/account"}
    answer = client.post("/gap/sign-in", data=form)
    assert (answer.status_code, answer.location) == (303, "/gap/account")
    made = answer.headers["Set-Cookie"]
    assert made.startswith("__Secure-gapbridge_session=")
    assert {"Secure", "HttpOnly", "Path=/gap/", "SameSite=Lax"} <= set(made.split("; "))
    assert client.get("/gap/account").status_code == 200


def test_pages_of_somebody_signed_in_stay_below_the_path(site: Flask) -> None:
    with site.app_context():
        client = _administrator(site)
    for path in OWN:
        answer = client.get(PREFIX + path)
        assert (answer.status_code, BARE.findall(answer.text), OUTSIDE.findall(answer.text)) == (200, [], []), path


def _administrator(site: Flask) -> FlaskClient:
    from kg.accounts.sessions import Sessions

    account = add_person(database(), "administrator")
    secret, _ = Sessions(database()).begin(account.id, "Tests"), None
    client = site.test_client()
    client.set_cookie("__Secure-gapbridge_session", secret, path="/gap/")
    return client


def test_a_page_that_was_kept_is_the_same(site: Flask) -> None:
    first, second = (Proxy(site).get(f"{PUBLIC}/tactics").text for _ in range(2))
    assert first == second
    assert "/gap/gap/" not in first


def test_words_are_left_alone(site: Flask) -> None:
    """What somebody typed may look like an address in a tag; it is shown as it was typed."""
    answer = Proxy(site).get(f'{PUBLIC}/search?q=x+href="/tactics"')
    assert "href=&#34;/tactics&#34;" in answer.text


def test_what_a_request_says_of_its_host_is_not_believed(site: Flask) -> None:
    answer = site.test_client().get("/dumps", headers={"Host": "evil.example"})
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("path", ["/id", "/static", "/graph/x", "/healthz"])
def test_a_path_that_the_site_has_itself_is_refused(seeded: Settings, path: str) -> None:
    with pytest.raises(BadInput, match="pages of the site itself begin with"):
        create_app(replace(seeded, public_url=HOST + path))


def test_without_a_path_nothing_is_touched(seeded: Settings) -> None:
    client = create_app(replace(seeded, public_url=HOST)).test_client()
    assert 'href="/tactics"' in client.get("/").text
