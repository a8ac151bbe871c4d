"""What docs/security.md promises and no other test holds; that each test it and docs/asvs.md name is there."""

from __future__ import annotations

import ast
import importlib
import io
import logging
import multiprocessing
import pkgutil
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import kg
import webui
from kg.errors import SyntaxProblem
from kg.settings import Settings
from kg.store import read_file
from tests import people_support
from tests.people_support import PASSWORD, add_person, form_mark, signed_in
from webui.forgery import EXEMPT, LARGEST
from webui.stored import database

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ASVS_LEVELS_1_AND_2 = 253
ASVS_CHAPTERS = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}
"""How many requirements of levels 1 and 2 each chapter of ASVS 5.0 has."""
MOST = 40 << 20
OPEN = {"account.sign_in", "account.enter", "account.leave", "account.registering", "account.register",
        "account.invited", "account.join", "account.forgotten", "account.choose", "account.send", "account.come_back",
        "account.joining", "account.join_with"}  # fmt: skip
"""The ways in and out, which are for people who are not signed in."""
PRIVATE = (
    "account",
    "contributions",
    "review",
    "contribute",
    "people",
    "saved",
    "import",
    "follow",
    "withdraw",
    "undo",
    "mark",
)


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    people = str(tmp_path_factory.mktemp("people"))
    with people_support.site(seeded, people, public_url="https://data.example.org") as made:
        yield made


@pytest.mark.parametrize("page", ["security", "asvs"])
def test_each_test_that_is_named_is_there(page: str) -> None:
    named = NAMED.findall((ROOT / f"docs/{page}.md").read_text(encoding="utf-8"))
    assert len(named) > 50
    trees = {file: ast.parse((ROOT / file).read_text(encoding="utf-8")) for file, _ in named}
    there = {
        (f, node.name) for f, tree in trees.items() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    }
    assert set(named) - there == set()


def asvs_rows() -> list[tuple[str, str, str]]:
    """Number, answer and reason of each requirement on the page."""
    lines = (ROOT / "docs/asvs.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| \d", line)]
    return [(number, answer, reason) for number, answer, reason in cells]


def test_each_requirement_of_asvs_has_one_answer() -> None:
    numbers = [number for number, _, _ in asvs_rows()]
    assert len(set(numbers)) == len(numbers) == ASVS_LEVELS_1_AND_2
    assert {chapter: sum(n.startswith(f"{chapter}.") for n in numbers) for chapter in range(1, 18)} == ASVS_CHAPTERS


def test_each_answer_is_one_of_four_with_a_place_or_a_reason() -> None:
    for number, answer, reason in asvs_rows():
        assert answer in ("met", "deployment", "not applicable", "not met"), number
        assert reason, number


def test_each_file_that_the_page_on_asvs_names_is_there() -> None:
    text = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:kg|webui|deploy|tests)/[\w/.-]+|[\w-]+\.(?:md|txt|json))[`:]", text))
    assert len(named) > 40
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_each_threat_names_its_tests() -> None:
    threats = (ROOT / "docs/security.md").read_text(encoding="utf-8").partition("## Threats")[2].partition("\n## ")[0]
    rows = [line for line in threats.splitlines() if line.startswith("| **")]
    assert len(rows) > 25
    assert [row for row in rows if not NAMED.search(row)] == []


def test_every_form_has_a_limit(site: Flask) -> None:
    """Before it is read, by what it says of its length."""
    client, views = signed_in(site, "administrator"), site.view_functions
    posts = [
        r
        for r in site.url_map.iter_rules()
        if "POST" in (r.methods or ()) and r.endpoint.partition(".")[0] not in EXEMPT
    ]
    assert len(posts) > 30
    told = {}
    for rule in posts:
        most = getattr(views[rule.endpoint], "takes_bytes", LARGEST)
        assert most <= MOST, rule
        told[rule.rule] = client.post(
            re.sub(r"<[^>]*>", "1", rule.rule),
            input_stream=io.BytesIO(b"a=b"),
            content_type="application/x-www-form-urlencoded",
            environ_overrides={"CONTENT_LENGTH": str(most + 1)},
        ).status_code
    assert {rule: status for rule, status in told.items() if status != 413} == {}


def test_nothing_is_changed_without_the_mark_of_a_form(site: Flask) -> None:
    client = signed_in(site, "administrator")
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    posts = [
        r
        for r in site.url_map.iter_rules()
        if "POST" in (r.methods or ()) and r.endpoint.partition(".")[0] not in EXEMPT
    ]
    told = {r.rule: client.post(re.sub(r"<[^>]*>", "1", r.rule), data={"a": "b"}).status_code for r in posts}
    assert {rule: code for rule, code in told.items() if code not in (400, 404)} == {}


def test_every_page_of_people_says_who_may(site: Flask) -> None:
    """Whoever is not signed in gets to none of the pages of those who are, but to the ways in."""
    client = site.test_client()
    rules = [r for r in site.url_map.iter_rules() if r.rule.split("/")[1] in PRIVATE and r.endpoint not in OPEN]
    assert len(rules) > 40
    for rule in rules:
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        answer = client.open(re.sub(r"<[^>]*>", "1", rule.rule), method=method, headers={"Accept": "text/html"})
        shown = answer.status_code == 200 and not rule.rule.startswith("/people")
        assert not shown, rule


def test_private_answers_are_kept_by_nobody_and_read_from_nowhere_else(site: Flask) -> None:
    client = signed_in(site)
    for path in (
        "/account",
        "/contributions",
        "/account/diagnoses",
        "/account/diagnoses.json",
        "/contribute/claim",
        "/",
    ):
        headers = client.get(path).headers
        assert "no-store" in headers["Cache-Control"], path
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert "Access-Control-Allow-Origin" not in headers, path
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_data_may_be_used_by_pages_elsewhere(site: Flask) -> None:
    headers = site.test_client().get("/id/tactic/two-way-communication.ttl").headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


def test_browsers_stay_with_https_where_the_site_has_it(site: Flask, client: FlaskClient) -> None:
    for path in ("/about", "/nothing", "/healthz", "/sparql?query=ASK%7B%7D", "/static/site.css"):
        with site.test_client().get(path) as answer:
            assert answer.headers["Strict-Transport-Security"] == "max-age=63072000", path
    assert "Strict-Transport-Security" not in client.get("/about").headers


def test_who_is_let_in_or_refused_is_logged_without_a_name(site: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client = site.test_client()
    with site.app_context():
        account = add_person(database())
    with caplog.at_level(logging.INFO, "gapbridge"):
        for password in ("not the password", PASSWORD):
            mark = form_mark(client, "/sign-in")
            client.post("/sign-in", data={"mail": account.mail, "password": password, "csrf_token": mark})
        client.get("/people/accounts")
        client.post("/account/profile", data={"name": "x"})
    told = [(r.getMessage(), r.__dict__.get("reason"), r.__dict__.get("account")) for r in caplog.records]
    assert told == [
        ("Sign-in refused", "WrongPassword", None),
        ("Signed in", None, account.id),
        ("Refused", "NotAllowed", account.id),
        ("Refused", "forged form", account.id),
    ]
    assert account.mail not in str([r.__dict__ for r in caplog.records])


BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{word}">{entities}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">
<rdf:Description rdf:about="https://example.org/x"><e:p>&{last};</e:p></rdf:Description></rdf:RDF>"""


def test_entities_do_not_multiply(tmp_path: Path) -> None:
    names = "abcdefghijkl"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    file = tmp_path / "bomb.rdf"
    file.write_text(BOMB.format(word="x" * 10, entities=entities, last=names[-1]))
    with pytest.raises(SyntaxProblem, match="declares an entity that is long or made of others"):
        read_file(file)
    file.write_text(BOMB.format(word="x" * 500, entities="", last="a"))
    with pytest.raises(SyntaxProblem, match="declares an entity"):
        read_file(file)


def test_an_entity_may_stand_for_an_address(tmp_path: Path) -> None:
    file = tmp_path / "short.rdf"
    file.write_text(BOMB.format(word="https://example.org/#", entities="", last="a"))
    assert "https://example.org/#" in str(read_file(file))


def test_no_entity_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "private").write_text("private words")
    file = tmp_path / "outside.rdf"
    file.write_text(BOMB.format(word="", entities=f'<!ENTITY f SYSTEM "file://{tmp_path}/private">', last="f"))
    with pytest.raises(SyntaxProblem):
        read_file(file)


def patterns() -> dict[str, re.Pattern[str]]:
    """All regular expressions that stand in a module of ours."""
    found = {}
    for package in (kg, webui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("__main__") or ".migrations." in module.name:
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    found[f"{module.name}.{name}"] = value
    return found


def _attack(pattern: re.Pattern[str]) -> None:
    """Long runs of what the expression is made of, each ended by what cannot fit."""
    pieces = {*re.findall(r"[\w ]", pattern.pattern), *" \t\n<>\"'(){}[]&;,.:/-=aA0_%\\#@"}
    pieces |= {a + b for a in 'a 0<"(&' for b in 'a 0>")&;-'}
    for piece in sorted(pieces):
        text = piece * (800 // len(piece))
        for way in (pattern.search, pattern.fullmatch):
            way(f"{text}\x00")
            way(f"<{text}\x00")


def _attack_all() -> None:
    for pattern in patterns().values():
        _attack(pattern)


def test_no_expression_runs_away() -> None:
    """All are through in seconds; one that grows exponentially, or with the cube, would not be in an hour."""
    assert len(patterns()) > 60
    process = multiprocessing.get_context("fork").Process(target=_attack_all)
    process.start()
    process.join(240)
    slow = process.is_alive()
    process.kill()
    process.join()
    assert not slow
    assert process.exitcode == 0
