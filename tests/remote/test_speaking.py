"""How a server is spoken to: signing in, graphs that a query sees, replicas, limits; what pages say when it fails."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad

from kg.cli import main
from kg.contributing import PROJECT, bring_server
from kg.errors import BadInput, EngineRefused, QueryProblem, ResultTooLarge, WrongForm
from kg.namespaces import GRAPH, PREFIXES, thing
from kg.settings import Settings, read_settings
from kg.store.graphs import CLAIMS_GRAPH
from kg.store.question import Question
from kg.store.remote import RemoteReader
from kg.store.remote.client import Client
from kg.store.remote.dataset import NOTHING, form_of, graphs_named, seen
from kg.store.remote.opening import sharing
from kg.updating import Proposal, Updates
from tests.conftest import copied
from tests.remote.conftest import Speak
from tests.remote.servers.address import Address
from tests.remote.support import change, differing, noting, reader, settings_for
from tests.remote.tiny import Handler, Tiny
from webui import create_app

Do = Callable[[], tuple[int, bytes]]
ASK = "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.mark.parametrize(
    ("auth", "wanted"),
    [("basic", f"Basic {base64.b64encode(b'ada:s3cret').decode()}"), ("bearer", "Bearer t0ken"), ("none", None)],
)
def test_it_signs_in_as_the_settings_say(server: Tiny, speak: Speak, auth: str, wanted: str | None) -> None:
    heard = []

    def listen(handler: Handler, do: Do) -> None:
        heard.append(handler.headers.get("Authorization"))
        handler.send(*do())

    server.faults["query"] = listen
    RemoteReader(speak(signing_in(server.address, auth)), 0).rows(ASK)
    assert heard == [wanted]


def test_it_signs_in_by_digest_with_what_it_sends_after_being_asked(server: Tiny, speak: Speak) -> None:
    def challenge(handler: Handler, do: Do) -> None:
        told = handler.headers.get("Authorization", "")
        if 'username="ada"' in told and "s3cret" not in told and "response=" in told:
            handler.send(*do())
            return
        handler.send_response(401)
        handler.send_header("WWW-Authenticate", 'Digest realm="SPARQL", nonce="abc", qop="auth", algorithm=MD5')
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.faults.update(query=challenge, graphs=challenge)
    speaker = speak(signing_in(server.address, "digest"))
    speaker.put(f"{GRAPH}claims", b"<a:a> <a:b> <a:c> .\n")
    assert len(RemoteReader(speaker, 0)) == 1


def test_a_token_that_was_renewed_in_its_file_is_taken_from_there_once_the_old_one_is_refused(
    server: Tiny, tmp_path: Path
) -> None:
    file, known, heard = tmp_path / "token", "first", []

    def guard(handler: Handler, do: Do) -> None:
        heard.append(handler.headers["Authorization"])
        handler.send(*(do() if heard[-1] == f"Bearer {known}" else (401, b"")))

    server.faults["query"] = guard
    file.write_text("first\n")
    given = {"ENGINE": server.address.query, "ENGINE_AUTH": "bearer", "ENGINE_TOKEN_FILE": str(file)}
    engine = read_settings({f"GAPBRIDGE_{name}": text for name, text in given.items()}).engine
    assert engine
    with closing(Client(engine)) as client:
        asked = RemoteReader(client, 0)
        asked.rows(ASK)
        known = "second"
        with pytest.raises(EngineRefused, match="the token is wrong or has expired"):
            asked.rows(ASK)
        file.write_text("second\n")
        asked.rows(ASK)
        asked.rows(ASK)
    assert [word.removeprefix("Bearer ") for word in heard] == ["first", "first", "first", "second", "second"]


def test_secrets_come_from_files_and_show_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    given = {"ENGINE": "http://h/q", "ENGINE_AUTH": "basic", "ENGINE_USER": "ada"}
    settings = read_settings(
        {f"GAPBRIDGE_{n}": t for n, t in {**given, "ENGINE_PASSWORD_FILE": str(tmp_path / "secret")}.items()}
    )
    assert settings.engine is not None
    assert settings.engine.password == "s3cret"
    assert "s3cret" not in repr(settings)
    assert settings.without_secrets.engine is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"ENGINE": "localhost:3030"},
        {"ENGINE": "http://a/q http://b/q", "ENGINE_UPDATE": "http://a/u"},
        {"ENGINE": "http://a/q", "ENGINE_AUTH": "basic"},
        {"ENGINE": "http://a/q", "ENGINE_AUTH": "bearer"},
        {"ENGINE": "http://a/q", "ENGINE_AUTH": "kerberos"},
        {"ENGINE": "http://a/q", "ENGINE_QUERIES": "neither"},
    ],
)
def test_settings_that_do_not_go_together_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="GAPBRIDGE_ENGINE"):
        read_settings({f"GAPBRIDGE_{name}": text for name, text in wrong.items()})


@pytest.mark.parametrize(
    ("text", "default", "named"),
    [
        ("SELECT * FROM <g:a> FROM NAMED <g:b> WHERE { ?s ?p ?o }", ["g:a"], ["g:b"]),
        ("PREFIX g: <g:> SELECT * FROM g:a\\-b WHERE { ?s ?p 'FROM <g:c>' } # FROM <g:d>", ["g:a-b"], []),
        ("BASE <http://x/y/> PREFIX p: <z/> SELECT * FROM <a> FROM p:b { }", ["http://x/y/a", "http://x/y/z/b"], []),
        ("select * from named<g:a>where{ ?s ?p ?o }", [], ["g:a"]),
        ("SELECT ?from WHERE { ?from <g:named> ?named }", [], []),
    ],
)
def test_from_is_read_as_the_query_means_it(text: str, default: list[str], named: list[str]) -> None:
    assert graphs_named(text) == (default, named)


def test_a_query_sees_no_graph_but_ours() -> None:
    assert seen(["g:a", "g:b"]) == [(f"{kind}-graph-uri", g) for kind in ("default", "named") for g in ("g:a", "g:b")]
    assert seen(["g:a"], ["g:x", "g:a"]) == [("default-graph-uri", "g:a"), ("named-graph-uri", NOTHING)]
    assert seen(["g:a"], [], ["g:x"]) == [("default-graph-uri", NOTHING), ("named-graph-uri", NOTHING)]


@pytest.mark.parametrize(
    ("text", "form"),
    [("# ASK\nPREFIX select: <x:>\ncOnStruct { ?s ?p ?o } WHERE {}", "CONSTRUCT"), ("ASK {}", "ASK"), ("", "")],
)
def test_the_form_of_a_query_is_told(text: str, form: str) -> None:
    assert form_of(text) == form


def test_answers_come_in_the_form_that_was_asked_for(server: Tiny, speak: Speak) -> None:
    server.store.add(Quad(NamedNode("a:a"), NamedNode("a:b"), Literal("c"), CLAIMS_GRAPH))
    remote = RemoteReader(speak(server.address), 0, megabytes=1)
    text = "SELECT ?o WHERE { ?s ?p ?o }"
    assert remote.answer(text, "csv", "ttl") == b"o\r\nc\r\n"
    assert remote.answer("CONSTRUCT WHERE { ?s ?p ?o }", "json", "nt") == b'<a:a> <a:b> "c" .\n'
    assert remote.ask("ASK { ?s ?p 'c' }")
    assert [str(quad.graph_name) for quad in remote.quads(value=Literal("c"))] == [str(CLAIMS_GRAPH)]
    assert remote.holds(NamedNode("a:b"))
    with pytest.raises(WrongForm):
        remote.write(Question(text, table=""), BytesIO())
    with pytest.raises(QueryProblem, match="expected"):
        remote.select("ASK {}")


def test_an_answer_has_a_largest_size(server: Tiny, speak: Speak) -> None:
    server.faults["query"] = lambda handler, do: handler.send(200, b" " * (3 << 20))
    with pytest.raises(ResultTooLarge, match="larger than 1 MB"):
        RemoteReader(speak(server.address), 0, megabytes=1).rows(ASK)


def test_a_server_that_was_started_anew_is_asked_anew(server: Tiny, speak: Speak) -> None:
    def gone_once(handler: Handler, do: Do) -> None:
        del server.faults["query"]
        handler.hang_up()

    server.faults["query"] = gone_once
    assert RemoteReader(speak(server.address), 0).rows(ASK) == []


def test_what_a_server_says_of_a_wrong_query_is_passed_on(server: Tiny, speak: Speak) -> None:
    server.faults["query"] = lambda handler, do: handler.send(400, b"Parse error at line 1")
    with pytest.raises(QueryProblem, match="Parse error at line 1"):
        RemoteReader(speak(server.address), 0).rows(ASK)


def test_an_update_that_a_program_sends_arrives_on_the_server(server: Tiny, seeded: Settings, tmp_path: Path) -> None:
    settings = settings_for(server.address, copied(seeded.data, tmp_path / "base"))
    bring_server(settings)
    who = f"<{thing('agent', 'zed')}>"
    prov, name = PREFIXES["prov"], f"<{PREFIXES['foaf']}name>"
    text = f"INSERT DATA {{ {who} a <{prov}Agent>, <{prov}Person> ; {name} 'Zed' }}"
    with TemporaryFile() as data:
        data.write(text.encode())
        data.flush()
        outcome = Updates(settings).make(Proposal("update"), data, agent=PROJECT, message="sent by a program")
    assert outcome.revision == 2
    assert Literal("Zed") in {quad.object for quad in server.store}
    assert differing(settings) == []


def test_pages_say_in_plain_words_that_nothing_can_be_changed(seeded: Settings) -> None:
    app = create_app(seeded)

    @app.get("/fails")
    def fails() -> str:
        raise EngineRefused("The SPARQL server at http://10.0.0.7/update answered 500: java.lang.Whatever")

    answer = app.test_client().get("/fails", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Nothing was changed, and all can be read meanwhile" in answer.text
    assert "10.0.0.7" not in answer.text


def test_the_command_shows_what_a_server_does_and_fills_it(
    server: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(server.address, tmp_path / "base")
    change(settings, noting(reader(settings), "first"))
    server.store.clear()
    for name, value in (("DATA", str(settings.data)), ("ENGINE", server.address.query)):
        monkeypatch.setenv(f"GAPBRIDGE_{name}", value)
    monkeypatch.setenv("GAPBRIDGE_ENGINE_UPDATE", server.address.update)
    assert CliRunner().invoke(main, ["engine", "--compare"]).exit_code == 1, "it holds nothing"
    told = CliRunner().invoke(main, ["engine", "--fill", "--compare"])
    assert told.exit_code == 0, told.output
    assert "keeps guarded updates apart" in told.output
    assert "just what this machine's copy holds" in told.output


def test_filling_and_comparing_tell_how_far_they_are(server: Tiny, tmp_path: Path) -> None:
    settings = settings_for(server.address, tmp_path / "base")
    change(settings, noting(reader(settings), "many", 600))
    here, keeper = reader(settings), sharing(settings).keeper
    for work in (keeper.fill, keeper.compare):
        told: list[tuple[int, int]] = []
        work(here, lambda *numbers, told=told: told.append(numbers))
        assert told == [(500, len(here)), (len(here), len(here))]


def test_the_command_needs_a_server_to_speak_of(seeded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAPBRIDGE_DATA", str(seeded.data))
    told = CliRunner().invoke(main, ["engine"])
    assert (told.exit_code, "GAPBRIDGE_ENGINE names" in told.output) == (2, True)


def signing_in(address: Address, auth: str) -> Address:
    """The same server, where one signs in."""
    return replace(address, auth=auth, user="ada", password="s3cret", token="t0ken")
