"""What strangers may ask: no other host, and nothing that breaks the parser."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import QueryProblem
from kg.queries import all_queries
from kg.settings import resource
from kg.store import guard, in_memory
from kg.store.guard import DEEPEST, LONGEST, MOST, check_query
from tests.store.store_support import says

ROOT = Path(__file__).parents[2]
base = in_memory([says("a", "1")])


# --- No other host ----------------------------------------------------------------------------------


class Host:
    """A server on this machine that notes whether anybody called."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append(self.path)
                self.send_error(404)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    here = Host()
    thread = threading.Thread(target=here.server.serve_forever)
    thread.start()
    yield here
    here.server.shutdown()
    here.server.server_close()
    thread.join()


calling = [
    "SELECT*{SERVICE<HOST>{?a ?b ?c}}",
    "SELECT * { service silent <HOST> { ?a ?b ?c } }",
    "SELECT * { VALUES ?h { <HOST> } SeRvIcE ?h { ?a ?b ?c } }",
    "SELECT*{SERVICEh:x{?a ?b ?c}}",
    "SELECT*{SERVICE:x{?a ?b ?c}}",
    "SELECT*{SERVICESILENT<HOST>{?a ?b ?c}}",
    "SELECT*{SERVICESILENTh:x{?a ?b ?c}}",
    "SELECT*{{}SERVICE<HOST>{?a ?b ?c}}",
    "SELECT*{?s ?p ?o.SERVICE:x{?a ?b ?c}}",
    "SELECT*{BIND(1 AS ?z).SERVICE:x{?a ?b ?c}}",
    "SELECT*{VALUES?z{true}SERVICE:x{?a ?b ?c}}",
    "SELECT * { #\n SERVICE <HOST> { ?a ?b ?c } }",
    "SELECT * { #\r SERVICE <HOST> { ?a ?b ?c } }",
    "SELECT * { #'''\rSERVICE <HOST> { ?a ?b ?c }#'''\n}",
    r"SELECT * { BIND(h:a\#b AS ?z) SERVICE <HOST> { ?a ?b ?c } }",
    r"SELECT * { BIND(h:a\'b AS ?z) SERVICE <HOST> { ?a ?b ?c } BIND('' AS ?y) }",
    r"SELECT * { BIND(<a:\u0041#b> AS ?z) SERVICE <HOST> { ?a ?b ?c } }",
    r"""SELECT * { BIND("a\"#" AS ?z) SERVICE <HOST> { ?a ?b ?c } }""",
    '''SELECT*{VALUES?x{"""x"h:\\_}SERVICE<HOST>{?a ?b ?c}#"""}\n}''',
    "SELECT*{OPTIONAL{?s ?p ?o FILTER(1<'a>b')}SERVICE<HOST>{?a ?b ?c}FILTER('x'='x')} #'",
    "SELECT*{BIND(<a:'> AS ?z)SERVICE<HOST>{?a ?b ?c}BIND(<a:'> AS ?y)}",
    "SELECT*{BIND(1 AS ?x)FILTER(1<?x#b>'''\n||true)SERVICE<HOST>{?a ?b ?c}#'''\n}",
    "SELECT*{BIND(1<<a:b#'> AS?z)SERVICE<HOST>{?a ?b ?c}BIND(<a:b'> AS?y)}",
    "ASK{FILTER EXISTS{SERVICE<HOST>{?a ?b ?c}}}",
    "SELECT*{{SELECT*{SERVICE<HOST>{?a ?b ?c}}}}",
    "CONSTRUCT{?a ?b ?c}WHERE{SERVICE<HOST>{?a ?b ?c}}",
    "DESCRIBE ?a{SERVICE<HOST>{?a ?b ?c}}",
]


def asks(query: str, host: Host) -> str:
    return f"PREFIX h: <{host.address}> PREFIX : <{host.address}> {query.replace('HOST', host.address)}"


@pytest.mark.parametrize("query", calling)
def test_no_query_calls_another_host(host: Host, query: str) -> None:
    with pytest.raises(QueryProblem):
        base.answer(asks(query, host), "json", "nt")
    assert host.calls == []


@pytest.mark.parametrize("query", [calling[0], *calling[3:9]])
def test_these_would_call_it_if_nobody_looked(query: str) -> None:
    """Else the test above proves nothing."""
    here = Host()
    here.server.timeout = 60
    thread = threading.Thread(target=here.server.handle_request)
    thread.start()
    try:
        list(base.store.query(asks(query, here), use_default_graph_as_union=True))  # type: ignore[arg-type]
    except (OSError, RuntimeError, ValueError, SyntaxError):
        pass
    finally:
        here.server.server_close()
        thread.join()
    assert here.calls


pieces = [
    "SERVICE", "<HOST>", "h:x", ":x", "{?a ?b ?c}", "{", "}", "(", ")", " ", ".", "?s ?p ?o", "FILTER", "BIND",
    " AS ?z", "VALUES?v", "OPTIONAL", "1", "<", ">", "'", '"', "'''", "#", "\n", "\\", "\\'", "h:a\\#b", "<a:b'>",
    "SILENT", "a", "UNION", "true", "=", "&&", "<<", ">>", "GRAPH?g", "@en", "''", "_:b", ",", "<a:#c>",
]  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(pieces), max_size=10), st.lists(st.sampled_from(pieces), max_size=10))
def test_whatever_passes_calls_nobody(host: Host, before: list[str], after: list[str]) -> None:
    query = f"SELECT*{{{''.join(before)}SERVICE<HOST>{{?a ?b ?c}}{''.join(after)}}}"
    with contextlib.suppress(QueryProblem):
        base.answer(asks(query, host), "json", "nt")
    assert host.calls == []


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE" }',
        "SELECT * { ?s ?p 'a SERVICE <http://x> {}' }",
        'SELECT * { ?s ?p """SERVICE\n"SERVICE" """ }',
        "SELECT * { ?s ?p '''it's SERVICE\\'''' }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://x> {}",
        "# SERVICE\nSELECT * { ?s ?p ?o }",
        "SELECT * { ?s ?p <http://example.org/SERVICE> }",
        "SELECT * { ?s ?p <http://example.org/a#SERVICE> }",
        "PREFIX schema: <http://schema.org/> SELECT * { ?s a schema:Service }",
        "PREFIX e: <a:> SELECT * { ?s e:SERVICE e:a.service ; e:x-service e:b }",
        "PREFIX : <a:> SELECT * { ?s :SERVICE ?o }",
        "PREFIX e: <a:> SELECT * { ?s e:p e:it\\'s\\#1 }",
        "SELECT ?service { ?service ?p $SERVICE }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "SELECT * { ?s ?p ?o FILTER(?o<3) }",
        "SELECT * { ?s ?p ?o FILTER(?s IN (<http://x/a#b>, <http://x/it's>) && ?p != <a:b#c>) }",
        "SELECT * { ?s (<a:b#c>/<a:b#d>|^<a:b#e>)+ ?o }",
        "SELECT * { VALUES (?s ?o) { (<http://x/it's> <a:b#c>) (UNDEF 'x') } ?s ?p ?o }",
        "SELECT * { ?s ?p 'x'@en-GB , 1.5 , -2e3 , true ; ?q ?r . }",
        "SELECT (COUNT(DISTINCT ?s) AS ?n) (GROUP_CONCAT(?o ; SEPARATOR='<, >') AS ?t) { ?s ?p ?o } GROUP BY ?p",
    ],
)
def test_what_only_looks_like_it_is_allowed(query: str) -> None:
    base.answer(query, "json", "nt")


def test_every_query_rule_and_check_of_the_project_passes() -> None:
    for text in [q.text for q in all_queries()]:
        check_query(text)
    for path in resource("ontology").rglob("*.rq"):
        check_query(path.read_text(encoding="utf-8"))


# --- Nothing that breaks the parser -------------------------------------------------------------------


@given(st.text(alphabet="sElectfroMvice ?*{}()[]<>#:.;,!|&^-+/\n\r\"'\\0_é", max_size=700), st.integers(1, 3))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_is_taken_at_a_glance_would_be_taken_by_its_tokens(text: str, times: int) -> None:
    if guard._is_plain(text * times):
        assert guard._checked(text * times, guard.LONGEST) == guard.Checked(text * times, False)


@pytest.mark.parametrize("text", ["a " * MOST, "{" * DEEPEST, "?a" * (MOST // 2)])
def test_the_longest_and_deepest_that_is_taken_at_a_glance(text: str) -> None:
    assert guard._is_plain(text)
    assert guard._checked(text, guard.LONGEST).text == text


def test_a_long_query_is_refused() -> None:
    with pytest.raises(QueryProblem, match=f"has {LONGEST + 1} characters; at most {LONGEST}"):
        base.select("#" * (LONGEST + 1))


@pytest.mark.parametrize("opened", ["{", "(", "[", "<<"])
def test_a_deep_query_is_refused(opened: str) -> None:
    check_query(f"SELECT * {opened * (DEEPEST - 1)}")
    with pytest.raises(QueryProblem, match=f"at most {DEEPEST} levels"):
        check_query(f"SELECT * {opened * (DEEPEST + 1)}")


def test_a_long_list_may_stand_in_values() -> None:
    rows = " ".join(f"(<a:{n}> 'x' UNDEF true)" for n in range(MOST * 3))
    assert base.select(f"SELECT * {{ VALUES (?a ?b ?c ?d) {{ {rows} }} }}")[-1]["b"] is not None


HOSTILE = {
    "a." * 49_000, "." * 99_000, "1" * 99_000, "-" * 99_000, "a-" * 49_000, "<a" * 49_000, "'''\\'" * 19_000,
    "?" * 99_000, "VALUES " + ". " * 49_000, "VALUES " + "''" * 49_000, ":%" * 49_000, '"""' + '\\"' * 49_000,
    "<" + "a" * 99_000, "@" * 99_000, "\\" * 99_000, "(" * 99_000, "_" * 99_000, "VALUES " + "a-.b " * 19_000,
}  # fmt: skip


@pytest.mark.parametrize("text", sorted(HOSTILE), ids=lambda text: text[:12])
def test_looking_at_a_query_takes_no_time(text: str) -> None:
    start = time.process_time()
    with contextlib.suppress(QueryProblem):
        check_query(text)
    assert time.process_time() - start < 2  # quadratic would be minutes


ATTACKS = """
import sys, threading
from kg.errors import QueryProblem
from kg.store import in_memory

def nest(n, open, inner="?s", close=")"): return open * n + inner + close * n
def filtered(text): return "SELECT*{?s ?p ?o FILTER(" + text + ")}"

attacks = {
    "braces": lambda n: "SELECT*" + nest(n, "{", "?s ?p ?o", "}"),
    "OPTIONAL": lambda n: "SELECT*{" + nest(n, "OPTIONAL{", "?s ?p ?o", "}") + "}",
    "EXISTS": lambda n: "SELECT*{" + nest(n, "FILTER EXISTS{", "?s ?p ?o", "}") + "}",
    "subselects": lambda n: "SELECT*{" + nest(n, "{SELECT*{", "?s ?p ?o", "}}") + "}",
    "parentheses": lambda n: filtered(nest(n, "(")),
    "functions": lambda n: filtered(nest(n, "STR(")),
    "IF": lambda n: filtered(nest(n, "IF(?s,?s,")),
    "disguised functions": lambda n: filtered("1<" + nest(n, "STR(") + "&&2>1"),
    "half disguised functions": lambda n: filtered("STR(1<STR(STR(STR(2&&3>" * n + "1" + "))))" * n),
    "&&": lambda n: filtered("&&".join(["?s"] * n)),
    "||": lambda n: filtered("||".join(["?s"] * n)),
    "+": lambda n: filtered("+".join(["?s"] * n)),
    "signs": lambda n: filtered("?s" + "+1" * n),
    "disguised +": lambda n: filtered("1<2" + "+1" * n + "&&2>1"),
    "!": lambda n: filtered("!" * n + "?s"),
    "UNION": lambda n: "SELECT*{" + "UNION".join(["{}"] * n) + "}",
    "MINUS": lambda n: "SELECT*{?s ?p ?o " + "MINUS{?s ?p ?o}" * n + "}",
    "FILTER": lambda n: "SELECT*{?s ?p ?o " + "FILTER(?s)" * n + "}",
    "BIND": lambda n: "SELECT*{" + "".join(f"BIND(1 AS?{i})" for i in range(n)) + "}",
    "projection": lambda n: "SELECT" + "".join(f"(1 AS?{i})" for i in range(n)) + "{}",
    "aggregates": lambda n: "SELECT" + "".join(f"(COUNT(?s)AS?{i})" for i in range(n)) + "{}",
    "GROUP BY": lambda n: "SELECT(1 AS?x){}GROUP BY" + "(1)" * n,
    "HAVING": lambda n: "SELECT(1 AS?x){}GROUP BY ?s HAVING" + "(?s)" * n,
    "DESCRIBE": lambda n: "DESCRIBE" + " <a:b>" * n,
    "DESCRIBE names": lambda n: "PREFIX e:<a:> DESCRIBEe:x" + " e:x" * n,
    "alternatives": lambda n: "SELECT*{?s " + "|".join(["<a:b>"] * n) + " ?o}",
    "inverse": lambda n: "SELECT*{?s " + nest(n, "^(", "<a:b>") + " ?o}",
    "blank nodes": lambda n: "SELECT*{?s ?p " + nest(n, "[?p ", "?o", "]") + "}",
    "lists": lambda n: "SELECT*{?s ?p " + nest(n, "(", "?o") + "}",
    "quoted": lambda n: "SELECT*{" + nest(n, "<<", "?s ?p ?o", ">>") + " ?p ?o}",
    "triples": lambda n: "SELECT*{" + "?s ?p ?o." * n + "}",
    "objects": lambda n: "SELECT*{?s ?p " + ",".join(["?o"] * n) + "}",
    "predicates": lambda n: "SELECT*{?s " + ";".join(["?p ?o"] * n) + "}",
    "GRAPH": lambda n: "SELECT*{" + "GRAPH?g{}" * n + "}",
    "VALUES": lambda n: "SELECT*{" + "VALUES?s{1}" * n + "}",
    "sequence": lambda n: "SELECT*{?s " + "/".join(["<a:b>"] * n) + " ?o}",
    "annotations": lambda n: "SELECT*{?s ?p ?o " + nest(n, "{|?p ?o ", "", "|}") + "}",
    "reifiers": lambda n: "SELECT*{?s ?p ?o " + "~ ?r" * n + "}",
}
slow = {"triples", "objects", "predicates", "GRAPH", "VALUES", "sequence", "annotations", "reifiers", "lists",
        "blank nodes", "OPTIONAL"}  # many joins: a matter for the time limit of who runs the query

def attack():
    base = in_memory()
    for name, make in attacks.items():
        for size in (10, 60, 150, 490, 1000, 3000, 9000):
            if name in slow and 10 < size < 1000:
                continue
            query = make(size)[:99_999]
            print(name, size, flush=True)
            try:
                base.answer(query, "json", "nt")
            except QueryProblem:
                pass
            else:
                assert size < 1000, name
    print("survived", flush=True)

threading.stack_size(2 << 20)  # as small as any server gives its threads
thread = threading.Thread(target=attack)
thread.start()
thread.join()
"""


def test_no_query_ends_the_process() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ATTACKS], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout.split("\n")[-2]) == (0, "survived"), done.stderr
