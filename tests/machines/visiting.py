"""Somebody with a browser, whose requests a balancer hands to one machine or another, each by a new connection."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.claiming.claiming_support import MINIMAL
from tests.people_support import PASSWORD

PATIENCE = 60
_MARK = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    text: str


class Visitor:
    """Keeps cookies, and sends forms as a page of ours would."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def get(self, at: str, path: str, **headers: str) -> Answer:
        """A page of the machine at this address."""
        return self._asked("GET", at, path, headers)

    def post(self, at: str, path: str, form: dict[str, str], page: str = "/sign-in") -> Answer:
        """Send a form.

        Args:
            at: the machine.
            path: where to.
            form: what was typed.
            page: a page of that machine with a form, which carries the mark against forgery.
        """
        found = _MARK.search(self.get(at, page).text)
        assert found, f"{page} has no form"
        body = urlencode({**form, "csrf_token": found[1]})
        return self._asked("POST", at, path, {"Content-Type": "application/x-www-form-urlencoded"}, body)

    def sign_in(self, at: str, mail: str) -> Answer:
        """Sign in with the password of the tests."""
        return self.post(at, "/sign-in", {"mail": mail, "password": PASSWORD})

    def _asked(self, method: str, at: str, path: str, headers: dict[str, str], body: str = "") -> Answer:
        connection = HTTPConnection(urlsplit(at).netloc, timeout=PATIENCE)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            given = {"Accept": "text/html", **({"Cookie": cookie} if cookie else {}), **headers}
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for value in answer.headers.get_all("Set-Cookie", ()):
            for name, morsel in SimpleCookie(value).items():
                self.cookies[name] = morsel.value
        return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, text)


def claimed(author: Visitor, at: str, locator: str) -> str:
    """Hand in a claim; gives its address at the desk."""
    form = {"go": "submit", "key": f"key-{locator}", "version": "0", **MINIMAL, "locator": locator}
    answer = author.post(at, "/contribute/claim", form, page="/contribute/claim")
    assert answer.status == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def accepted(reviewer: Visitor, at: str, path: str) -> Answer:
    """Accept what was handed in."""
    version = re.search(r'name="version" value="(\d+)"', reviewer.get(at, path).text)
    assert version
    return reviewer.post(at, path, {"do": "accept", "version": version[1]}, page=path)


def revision_at(at: str, path: str, tag: str = "") -> tuple[int, int, str]:
    """The status of an answer, the revision that it says it is of, and its tag; `tag` is what the visitor has."""
    answer = Visitor().get(at, path, Accept="application/json", **({"If-None-Match": tag} if tag else {}))
    new = answer.headers["etag"]
    if answer.status == 304:
        return 304, 0, new
    told = json.loads(answer.text)
    return answer.status, told["revision"] if "revision" in told else int(new.strip('"').rpartition("-")[2]), new
