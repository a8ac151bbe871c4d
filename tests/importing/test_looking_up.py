"""DOIs looked up at a recorded registrar on the loopback: what is asked, what is followed, what is refused."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import BadInput, LookupFailed
from kg.importing.looking_up import LARGEST_BYTES, MOST_STEPS, TRIES, Registrar, _is_public
from kg.settings import read_settings
from tests.importing.test_programs import FILES

DOI = "10.5555/sld.2021.14"
Answer = tuple[int, dict[str, str], bytes]
CROSSREF: Answer = (200, {}, (FILES / "crossref.json").read_bytes())


@dataclass
class Recorded:
    """A registrar that answers as it was told, the last answer again and again."""

    address: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def registrar() -> Iterator[Recorded]:
    recorded = Recorded()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            recorded.asked.append((self.path, dict(self.headers)))
            status, headers, body = recorded.answers[min(len(recorded.asked), len(recorded.answers)) - 1]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    recorded.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield recorded
    server.shutdown()
    thread.join()
    server.server_close()


def asking(recorded: Recorded, *answers: Answer, pauses: list[float] | None = None) -> Registrar:
    recorded.answers = list(answers)
    env = {"GAPBRIDGE_DOI_RESOLVER": recorded.address, "GAPBRIDGE_CONTACT": "someone@example.org"}
    return Registrar(read_settings(env), (pauses if pauses is not None else []).append)


def test_a_work_is_told_by_its_doi(registrar: Recorded) -> None:
    found = asking(registrar, CROSSREF).look_up(f"https://doi.org/{DOI.upper()}")
    assert (found.title, found.year, found.doi) == (
        "Street-level discretion and the NHS: evidence from Łódź & Ålesund",
        "2021",
        DOI.upper(),
    )


def test_it_asks_politely_and_for_the_one_form(registrar: Recorded) -> None:
    asking(registrar, CROSSREF).look_up("10.1002/(sici)1<2::aid-3>3.0.co;2-a")
    ((path, headers),) = registrar.asked
    assert path == "/10.1002/(sici)1%3C2::aid-3%3E3.0.co;2-a"
    assert headers["Accept"].startswith("application/vnd.citationstyles.csl+json")
    assert headers["User-Agent"].startswith("Gapbridge/")
    assert "mailto:someone@example.org" in headers["User-Agent"]


def test_a_busy_registrar_is_asked_again_after_the_pause_it_asks_for(registrar: Recorded) -> None:
    pauses: list[float] = []
    busy = (429, {"Retry-After": "2"}, b""), (503, {}, b"")
    asking(registrar, *busy, CROSSREF, pauses=pauses).look_up(DOI)
    assert pauses == [2.0, 1.0]


def test_who_never_answers_is_given_up_and_the_form_goes_on_by_hand(registrar: Recorded) -> None:
    with pytest.raises(LookupFailed, match=r"status 500\)\. Fill in the form by hand; the DOI is kept"):
        asking(registrar, (500, {}, b"")).look_up(DOI)
    assert len(registrar.asked) == TRIES


def test_without_a_network_that_is_said() -> None:
    silent = read_settings({"GAPBRIDGE_DOI_RESOLVER": "http://127.0.0.1:1"})
    with pytest.raises(LookupFailed, match="cannot be reached"):
        Registrar(silent, lambda _: None).look_up(DOI)


def test_switched_off_it_asks_nobody() -> None:
    off = Registrar(read_settings({"GAPBRIDGE_DOI_RESOLVER": "off"}))
    assert not off.is_on
    with pytest.raises(LookupFailed, match="switched off"):
        off.look_up(DOI)


def test_a_doi_nobody_knows_is_told_at_once(registrar: Recorded) -> None:
    with pytest.raises(LookupFailed, match="No registrar knows this DOI"):
        asking(registrar, (404, {}, b"")).look_up(DOI)
    assert len(registrar.asked) == 1


def test_what_is_no_doi_is_not_asked_for(registrar: Recorded) -> None:
    with pytest.raises(BadInput, match="This is no DOI"):
        asking(registrar, CROSSREF).look_up("http://127.0.0.1/admin")
    assert registrar.asked == []


def test_a_redirect_at_the_resolver_itself_is_followed(registrar: Recorded) -> None:
    asking(registrar, (302, {"Location": "/v1/works"}, b""), CROSSREF).look_up(DOI)
    assert [path for path, _ in registrar.asked] == [f"/{DOI}", "/v1/works"]


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.2.1/",
        "https://127.0.0.1/",
        "https://localhost:1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://2130706433/",
        "https://user@192.0.2.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "https://[",
        "//127.0.0.1:1/",
    ],
)
def test_a_redirect_into_a_network_or_out_of_https_is_not_followed(registrar: Recorded, address: str) -> None:
    with pytest.raises(LookupFailed):
        asking(registrar, (302, {"Location": address}, b"")).look_up(DOI)
    assert len(registrar.asked) == 1


def test_addresses_that_only_begin_like_the_resolver_are_not_the_resolver(registrar: Recorded) -> None:
    with pytest.raises(LookupFailed):
        asking(registrar, (302, {"Location": registrar.address + "@127.0.0.1/"}, b"")).look_up(DOI)
    assert len(registrar.asked) == 1


def test_endless_redirects_end(registrar: Recorded) -> None:
    with pytest.raises(LookupFailed, match="on and on"):
        asking(registrar, (302, {"Location": "/again"}, b"")).look_up(DOI)
    assert len(registrar.asked) == MOST_STEPS


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((200, {}, b" " * (LARGEST_BYTES + 70_000)), "too large"),
        ((200, {"Content-Encoding": "gzip"}, b"\x1f\x8b"), "not asked for"),
        ((200, {}, b"<html>"), "no CSL-JSON"),
        ((200, {}, b"\xff\xfe"), "no CSL-JSON"),
        ((200, {}, b"[]"), "no reference"),
        ((200, {}, b'{"type": "book"}'), "no title"),
        ((406, {}, b""), "status 406"),
    ],
)
def test_answers_of_no_use_are_told(registrar: Recorded, answer: Answer, told: str) -> None:
    with pytest.raises(LookupFailed, match=told):
        asking(registrar, answer).look_up(DOI)


@pytest.mark.parametrize(
    ("number", "public"),
    [("8.8.8.8", True), ("2606:4700::1", True), ("192.168.0.1", False), ("::ffff:127.0.0.1", False),
     ("2002:7f00:1::", False), ("fe80::1%eth0", False), ("224.0.0.1", False), ("0.0.0.0", False)],
)  # fmt: skip
def test_which_addresses_are_public(number: str, public: bool) -> None:
    assert _is_public(number) == public
