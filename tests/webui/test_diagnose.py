"""A diagnosis page by page, as a browser without JavaScript sends its forms."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urlencode, urlsplit

import docx
import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template
from werkzeug.test import TestResponse

from kg.diagnosis import STEPS, Diagnosis, Policy, diagnose, from_code, key_of, to_code
from kg.namespaces import gap, thing
from kg.queries import addressing, names
from kg.settings import read_settings
from kg.store import Change, Home, Literal, NamedNode, Writer, place
from tests.webui.page_support import Visited
from webui import create_app
from webui.addresses import href
from webui.base import Opened
from webui.contexts.diagnosing.common import known

EVIL = "<script>alert(1)</script>\u202e=1+1"
CAUSE = thing("failure-cause", "dispersed-governance")


def code_of(answer: TestResponse) -> str:
    return parse_qs(urlsplit(answer.headers["Location"]).query)["d"][0]


def address(page: str, made: Diagnosis) -> str:
    return f"/diagnose/{page}?{urlencode({'d': to_code(made)})}"


def made(**given: dict[str, str]) -> Diagnosis:
    return Diagnosis(Policy(name="Joined-up care"), given)


ONE = made(causes={CAUSE: "met"}, type={gap("ambiguity"): "high", gap("conflict"): "low"})


def test_a_policy_of_ones_own_begins(client: FlaskClient, opened: Opened) -> None:
    form = {"name": " Joined-up  care ", "level": "national", "sentence": "Plan together."}
    answer = client.post("/diagnose", data=form)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/diagnose/type?d=")
    read = from_code(known(opened), code_of(answer))
    assert read.diagnosis == Diagnosis(Policy(name="Joined-up care", level="national", sentence="Plan together."))


def test_a_policy_of_the_base_is_taken(client: FlaskClient, opened: Opened) -> None:
    text = client.get("/diagnose?policy=integrated-care").text
    (begin,) = re.findall(r'href="(/diagnose/type\?d=[^"]+)">Begin with this policy', text)
    assert names(opened.reader, [thing("policy", "integrated-care")]).popitem()[1] in client.get(begin).text
    assert code_of(client.post("/diagnose", data={"policy": "integrated-care"})) in begin
    causes = client.get("/diagnose/causes?policy=integrated-care").text
    assert "on record: this policy is said to show it" in causes


def test_an_unknown_policy_is_not_found_and_near_ones_are_named(client: FlaskClient) -> None:
    for answer in (client.get("/diagnose?policy=integrated-car"), client.post("/diagnose", data={"policy": "a/../b"})):
        assert answer.status_code == 404
    assert "/id/policy/integrated-care" in client.get("/diagnose?policy=integrated-car").text


@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_each_step_asks_what_the_graph_holds_and_keeps_what_is_answered(
    client: FlaskClient, opened: Opened, step: str
) -> None:
    (found,) = [s for s in STEPS if s.name == step]
    asked = list(known(opened).asked[step])
    text = unescape(client.get(address(step, made())).text)
    assert [text.count(f'name="{key_of(iri)}"') for iri in asked] == [len(found.values) + 1] * len(asked)
    value = found.values[-1] if found.values else "A line."
    sent = client.post(f"/diagnose/{step}", data={"d": to_code(made()), key_of(asked[0]): value, "go": "next"})
    read = from_code(known(opened), code_of(sent)).diagnosis
    assert read == made(**{step: {asked[0]: value}})
    again = client.get(address(step, read)).text
    assert again.count('" checked>') == (len(asked) if found.values else 0)
    assert (f'id="{key_of(asked[0])}-{value}"' if found.values else ">A line.</textarea>") in again


def test_every_way_out_of_a_step_keeps_the_answers(client: FlaskClient, opened: Opened) -> None:
    ways = {"next": "/diagnose/factors", "back": "/diagnose/risks", "result": "/diagnose/result",
            "questions": "/diagnose/questions", "policy": "/diagnose", "nonsense": "/diagnose/factors"}  # fmt: skip
    for go, path in ways.items():
        sent = client.post("/diagnose/causes", data={"d": to_code(ONE), key_of(CAUSE): "partly-met", "go": go})
        assert urlsplit(sent.headers["Location"]).path == path
        read = from_code(known(opened), code_of(sent)).diagnosis
        assert read.answers("causes") == {CAUSE: "partly-met"}
        assert read.answers("type") == ONE.answers("type")


def test_an_answer_can_be_taken_back(client: FlaskClient, opened: Opened) -> None:
    sent = client.post("/diagnose/causes", data={"d": to_code(ONE), key_of(CAUSE): ""})
    assert from_code(known(opened), code_of(sent)).diagnosis.answers("causes") == {}


def test_steps_can_be_skipped_to_a_result_that_says_so(client: FlaskClient) -> None:
    text = unescape(client.get("/diagnose/result").text)
    assert "Nothing is answered yet" in text
    assert "Not answered: type of policy" in text
    assert client.get("/diagnose/brief").status_code == 200


def test_the_result_shows_the_rows_of_its_queries(client: FlaskClient, opened: Opened) -> None:
    text = client.get(address("result", ONE)).text
    (block,) = re.findall(r'<article class="causeblock.*?</article>', text, re.S)
    rows = addressing(opened.reader, CAUSE)
    assert set(re.findall(r'<li><a href="(/id/[^"]+)"', block)) == {href(row.tactic) for row in rows}
    found = diagnose(opened.reader, ONE, known(opened))
    for claim in (*found.type_claims, *found.cautions, *found.gaps):
        assert f'<a href="{href(claim)}">' in text
    assert "Tactics held to address each of several things" in text


def test_the_result_says_how_the_set_was_found_and_that_it_says_nothing_of_effect(client: FlaskClient) -> None:
    text = unescape(client.get(address("result", ONE)).text)
    assert "1 tactic is linked with 1 open cause: the smallest that does" in text
    assert "one with the fewest tactics" in text
    assert "It says nothing about effect" in text
    assert "Experimental implementation" in text


def test_no_result_sounds_like_a_grade(client: FlaskClient) -> None:
    text = client.get(address("result", ONE)).text.lower()
    assert re.findall(r"\b(?:score|points|rating|grade|best tactic|most effective|recommended for you)\b", text) == []


def test_the_address_to_come_back_to_is_whole_and_brings_the_same(client: FlaskClient) -> None:
    text = client.get(address("result", ONE)).text
    (whole,) = re.findall(r'id="whole" type="text" readonly value="([^"]+)"', text)
    assert unescape(whole) == "http://localhost" + address("result", ONE)
    assert client.get(urlsplit(unescape(whole))._replace(scheme="", netloc="").geturl()).text == text


@pytest.mark.parametrize("code", ["x", "1.abc", "2.eJw", "1." + "A" * 5000, "%00", "1.\u202e"])
@pytest.mark.parametrize("page", ["", "/type", "/result", "/brief", "/brief.docx", "/brief.md"])
def test_a_bad_address_says_what_is_wrong(client: FlaskClient, page: str, code: str) -> None:
    answer = client.get(f"/diagnose{page}?{urlencode({'d': code})}")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "address" in answer.text


def test_answers_to_what_is_gone_are_left_out_and_counted(client: FlaskClient) -> None:
    code = to_code(made(causes={thing("failure-cause", "no-longer"): "met", CAUSE: "met"}))
    for page in ("causes", "result"):
        answer = client.get(f"/diagnose/{page}?{urlencode({'d': code})}")
        assert answer.status_code == 200
        assert "1 answer in this address" in answer.text


def test_what_is_too_long_comes_back_with_what_was_typed(client: FlaskClient, opened: Opened) -> None:
    answer = client.post("/diagnose", data={"name": "n" * 121, "sentence": "s" * 400, "level": "none"})
    assert answer.status_code == 422
    for told in ("The name may have 120 characters; this has 121", "The sentence may have 300", "Choose one of the"):
        assert told in answer.text
    assert "n" * 121 in answer.text
    question = key_of(next(iter(known(opened).asked["questions"])))
    answer = client.post("/diagnose/questions", data={question: "w" * 301})
    assert answer.status_code == 422
    assert "w" * 301 in answer.text
    assert f'href="#{question}"' in answer.text


def test_words_that_do_not_fit_an_address_together_are_told(client: FlaskClient, opened: Opened) -> None:
    words = {key_of(iri): "".join(chr(0x4E00 + (n * 37 + m * 101) % 20_000) for m in range(300))
             for n, iri in enumerate(known(opened).asked["questions"])}  # fmt: skip
    answer = client.post("/diagnose/questions", data=words)
    assert answer.status_code == 422
    assert "do not fit into one address" in answer.text


def test_a_form_that_was_tampered_with_is_refused(client: FlaskClient) -> None:
    answer = client.post("/diagnose/causes", data={"d": to_code(ONE), key_of(CAUSE): "certainly"})
    assert answer.status_code == 422
    assert "none of those offered" in answer.text
    assert client.post("/diagnose/nonsense", data={}).status_code == 404
    assert client.get("/diagnose/nonsense").status_code == 404
    assert client.post("/diagnose/causes", data={"x": "y" * 100_000}).status_code == 413


@pytest.mark.parametrize("page", ["type", "questions", "result", "brief"])
def test_scripts_in_a_name_stay_text(client: FlaskClient, page: str) -> None:
    words = {thing("review-question", "lessons-learned"): "<img src=x onerror=alert(1)>"}
    evil = Diagnosis(Policy(name=EVIL.replace("\u202e", ""), sentence="<b>{{7*7}}</b>"), {"questions": words})
    text = client.get(address(page, evil)).text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;" in text
    assert "\u202e" not in client.get(code_of_start(client)).text


def code_of_start(client: FlaskClient) -> str:
    return client.post("/diagnose", data={"name": EVIL}).headers["Location"]


@pytest.mark.parametrize("page", ["", "/type", "/tactics", "/questions", "/result", "/brief"])
def test_pages_are_well_formed(client: FlaskClient, page: str) -> None:
    url = f"/diagnose{page}?{urlencode({'d': to_code(ONE)})}"
    found = Visited(url, 200, client.get(url).text)
    assert found.faults == []
    assert [name for name, times in found.ids.items() if times > 1] == []
    own = {urldefrag(link)[1] for link in found.links if link.startswith("/diagnose") and "#" in link}
    assert own <= set(found.ids)


def test_files_have_safe_names_and_open(client: FlaskClient) -> None:
    evil = Diagnosis(Policy(name='../"x"\\;<y> é'), ONE.given)
    word = client.get(address("brief.docx", evil))
    assert word.headers["Content-Disposition"] == 'attachment; filename="gapbridge-brief-x-y-e.docx"'
    assert docx.Document(io.BytesIO(word.data)).core_properties.title == 'Brief on ../"x"\\;<y> é'
    mark = client.get(address("brief.md", evil))
    assert mark.mimetype == "text/markdown"
    assert mark.text.startswith("# Brief on ../\"x\"\\\\;\\<y\\> é")  # fmt: skip


def test_the_brief_is_the_same_on_the_page_and_in_the_files(client: FlaskClient) -> None:
    page, mark = unescape(client.get(address("brief", ONE)).text), client.get(address("brief.md", ONE)).text
    heads = re.findall(r"^## (.+)$", mark, re.M)
    assert heads == re.findall(r"<h2>([^<]+)</h2>", page.partition('class="brief"')[2].partition("</article>")[0])
    assert page.count('id="claim-') == len(re.findall(r"^\d+\. ", mark, re.M))


def test_the_style_of_references_can_be_chosen(client: FlaskClient) -> None:
    apa, vancouver = (client.get(address("brief", ONE) + f"&style={style}").text for style in ("apa", "vancouver"))
    assert apa.partition("References</h2>")[2] != vancouver.partition("References</h2>")[2]
    wrong = client.get(address("brief", ONE) + "&style=none")
    assert wrong.status_code == 422
    assert "is no citation style here" in wrong.text


def test_nothing_typed_is_kept_or_passed_on(client: FlaskClient) -> None:
    for page in ("type", "result", "brief", "brief.md"):
        answer = client.get(address(page, ONE))
        assert "private" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers
    assert 'rel="canonical" href="/diagnose"' in client.get(address("result", ONE)).text


def test_pages_with_what_somebody_typed_are_not_remembered(app: Flask, client: FlaskClient) -> None:
    made_anew = []

    def note(sender: Flask, template: Template, **context: object) -> None:
        made_anew.append(template.name)

    with template_rendered.connected_to(note, app):
        for _ in range(2):
            client.get(address("type", made(causes={CAUSE: "unknown"})))
            client.get("/about?once")
    assert made_anew == ["diagnose_step.html", "about.html", "diagnose_step.html"]


def test_a_base_without_instruments_says_so(tmp_path: Path) -> None:
    settings = read_settings({"GAPBRIDGE_DATA": str(tmp_path / "base")})
    statement = place((NamedNode(thing("tactic", "one")), NamedNode(gap("note")), Literal("alone")))
    with Writer(Home(settings.data, 3), lambda _: [], []) as writer:
        writer.commit(Change(0, frozenset([statement])))
    answer = create_app(settings).test_client().get("/diagnose")
    assert answer.status_code == 400
    assert "framework" in answer.text
