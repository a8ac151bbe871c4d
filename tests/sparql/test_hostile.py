"""Queries meant to hurt: each is refused or stopped within its limit, and everybody else is served meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest

from tests.conftest import LONG
from tests.sparql.conftest import LIMITS, SECONDS, Server, serve, state_of

OPEN = "SELECT * {"
BOMB = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(40))
BURNING = {
    "cross join": OPEN + "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l && ?d = ?none) }",
    "sorted cross join": OPEN + "?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "counted cross join": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "distinct cross join": "SELECT (COUNT(DISTINCT ?i) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "joined text": "SELECT (GROUP_CONCAT(?c) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "doubled text": f"SELECT (STRLEN(?a40) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?a0) {BOMB} }}",
    "replaced text": OPEN + "?s ?p ?o . ?s2 ?p2 ?o2 . ?s3 ?p3 ?o3 FILTER(REPLACE(STR(?o), '.', STR(?o2)) = 'x') }",
    "paths": OPEN + "?s (!<a:a>|^!<a:b>)*/(!<a:a>|^!<a:b>)*/(!<a:a>|^!<a:b>)* ?o }",
    "nested paths": OPEN + "?s (((((!<a:a>)+)+)+)+)+/((^!<a:b>)*)* ?o FILTER(?s = ?o && ?o = <a:c>) }",
    "graph of a cross join": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "asked of a cross join": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?none) }",
    "rows of values": OPEN
    + " ".join(f"VALUES ?v{i} {{ {'1 ' * 300} }}" for i in range(6))
    + "FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 + ?v5 = 2) }",
}
DEEP = {
    "braces": OPEN + "{" * 3000 + "}" * 3001,
    "parentheses": OPEN + "FILTER(" + "(" * 3000 + "1" + ")" * 3001 + "}",
    "not": OPEN + "FILTER(" + "!" * 50_000 + "1) }",
    "optional": OPEN + "OPTIONAL {" * 3000 + "}" * 3001,
    "exists": OPEN + "FILTER EXISTS {" * 1000 + "}" * 1001,
    "unions": OPEN + " UNION ".join(["{?s ?p ?o}"] * 10_000) + "}",
    "short unions": OPEN + "UNION".join(["{}"] * 9_000) + "}",
    "ands": OPEN + "FILTER(" + "&&".join(["1"] * 10_000) + ") }",
    "sums": OPEN + "FILTER(" + "+1" * 10_000 + " = 1) }",
    "signs": OPEN + "FILTER(" + "- " * 10_000 + "1 = 1) }",
    "patterns": OPEN + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(1000)) + "}",
    "objects": OPEN + "?s ?p " + ",".join(f"?o{i}" for i in range(1000)) + "}",
    "lists": OPEN + "?s ?p " + "(" * 3000 + ")" * 3000 + "}",
    "blank nodes": OPEN + "?s ?p " + "[?p " * 3000 + "1" + "]" * 3000 + "}",
    "path steps": OPEN + "?s " + "/".join(["<a:a>"] * 5000) + " ?o }",
    "path groups": OPEN + "?s " + "(" * 3000 + "<a:a>" + ")" * 3000 + " ?o }",
    "filters": OPEN + "FILTER(1)" * 9000 + "}",
    "binds": OPEN + "".join(f"BIND(1 AS ?x{i})" for i in range(5000)) + "}",
    "subqueries": OPEN + "{SELECT * {" * 2000 + "}}" * 2000 + "}",
    "quoted triples": OPEN + "<<" * 3000 + "?s ?p ?o" + ">>" * 3000 + " ?p ?o }",
    "prefixes": "PREFIX a: <a:> " * 5000 + "ASK {}",
    "no end": OPEN + "{" * 50,
    "open text": "SELECT ('" + "a" * 90_000,
    "zero bytes": "ASK {} \0\0",
}
TO_OTHERS = {
    "plain": "SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }",
    "lower case": "service <http://127.0.0.1:1/> { ?s ?p ?o }",
    "mixed case": "SeRvIcE <http://127.0.0.1:1/> { ?s ?p ?o }",
    "silent": "SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o }",
    "no space": "SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o }",
    "no space before a prefix": "SERVICEex:x { ?s ?p ?o }",
    "silent without spaces": "SERVICESILENTex:x { ?s ?p ?o }",
    "variable": "VALUES ?g { <http://127.0.0.1:1/> } SERVICE ?g { ?s ?p ?o }",
    "after a comment": "# SERVICE\nSERVICE <http://127.0.0.1:1/> { ?s ?p ?o }",
    "comment between": "SERVICE # <x>\n <http://127.0.0.1:1/> { ?s ?p ?o }",
    "escaped": "\\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o }",
    "escaped whole": "".join(f"\\u{ord(c):04x}" for c in "SERVICE") + " <http://127.0.0.1:1/> { ?s ?p ?o }",
    "escaped long": "SERV\\U00000049CE <http://127.0.0.1:1/> { ?s ?p ?o }",
    "escaped twice": "\\u005Cu0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o }",
    "behind a text": "BIND('\\\\' AS ?x) SERVICE <http://127.0.0.1:1/> { BIND('' AS ?y) }",
    "behind an escaped quote": "BIND('\\u0027 AS ?x) SERVICE <http://127.0.0.1:1/> { BIND('' AS ?y) }",
    "between quotes": 'BIND("\'" AS ?x) SERVICE <http://127.0.0.1:1/> { BIND("\'" AS ?y) }',
    "between comparisons": "FILTER(1<2) SERVICE <http://127.0.0.1:1/> { } FILTER(3>2)",
    "hidden in an address": "FILTER(?a<?b#>'\n) SERVICE <http://127.0.0.1:1/> {}",
    "nested": "{ { OPTIONAL { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } } }",
    "in exists": "FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "prefix of that name": "?s service:p ?o",
}


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    """One with little time for each query."""
    started = serve(data)
    yield started
    started.stop()


class Bystander(threading.Thread):
    """Somebody else, who asks something small over and over, always anew."""

    def __init__(self, server: Server, client: str = "127.0.0.9") -> None:
        super().__init__()
        self.server, self.client = server, client
        self.seconds: list[float] = []
        self.statuses: set[int] = set()
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.is_set():
            start = time.monotonic()
            query = f"SELECT ?s {{ ?s a <https://w3id.org/gapbridge/ns#Claim> }} LIMIT 6 # {start}"
            self.statuses.add(self.server.ask(query, client=self.client).status)
            self.seconds.append(time.monotonic() - start)
            time.sleep(0.02)

    def __enter__(self) -> Bystander:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def assert_served(self) -> None:
        """Were it held up until an attack ends, it would have few answers for so long a time."""
        assert self.statuses == {200}
        assert len(self.seconds) > 3 * sum(self.seconds)
        if LONG:
            assert max(self.seconds) < 1


def attack(server: Server, query: str) -> int:
    start = time.monotonic()
    body = query.encode()
    reply = server.ask(method="POST", body=body, client="127.0.0.66", Content_Type="application/sparql-query")
    assert time.monotonic() - start < SECONDS + (1 if LONG else 10)
    assert reply.media == "text/plain"
    assert reply.status != 503 or int(reply.headers["retry-after"]) > 0
    return reply.status


@pytest.mark.parametrize("query", BURNING.values(), ids=list(BURNING))
def test_burning(server, query):
    with Bystander(server) as bystander:
        assert attack(server, query) in (400, 503)
    bystander.assert_served()


@pytest.mark.parametrize("query", DEEP.values(), ids=list(DEEP))
def test_deep(server, query):
    before = Bystander(server)
    with before:
        assert attack(server, query) in (400, 413)
    before.assert_served()


@pytest.mark.parametrize("part", TO_OTHERS.values(), ids=list(TO_OTHERS))
def test_no_other_host_is_asked(server, part):
    query = f"PREFIX ex: <http://127.0.0.1:1/> PREFIX service: <http://127.0.0.1:1/> SELECT * {{ {part} }}"
    assert attack(server, query) == 400


@pytest.mark.parametrize(
    "query",
    ["LOAD <http://127.0.0.1:1/>", "ASK {} ; LOAD <file:///etc/passwd>", "ASK FROM <file:///etc/passwd> { ?s ?p ?o }"],
)
def test_nothing_is_loaded(server, query):
    reply = server.ask(query)
    assert reply.status == 400 or b"false" in reply.body


def test_harmless_uses_of_the_word(server):
    query = "SELECT ('SERVICE' AS ?a) (<http://x/SERVICE> AS ?b) { # SERVICE <http://x/>\n }"
    assert server.ask(query).status == 200


def test_escaped_characters_are_decoded_before_the_query_is_read(server):
    assert server.ask("\\u0041SK { BIND('\\u0041\\\\u0041' AS ?x) FILTER(?x = 'A\\\\u0041') }").text.endswith("true}")
    assert server.ask("SELECT ?\\u0061 { BIND('\\u0022' AS ?a) }").text.count('"value":"\\""') == 1


def memory(process: int) -> int:
    """What a process has for itself and its share of the rest, in bytes."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    except OSError:
        pass
    return 0


def test_many_attackers_at_once(server):
    """Ten clients burn all they can; others are served, and all of it stays within its memory."""
    most, sizes = 6 * (int(LIMITS["GAPBRIDGE_QUERY_MEGABYTES"]) << 20) + (400 << 20), []
    queries = list(BURNING.values()) * 3

    def one(number: int) -> int:
        query = f"{queries[number]} # {number}"
        return server.ask(query, client=f"127.0.1.{number % 10 + 1}").status

    with Bystander(server) as bystander, ThreadPoolExecutor(len(queries)) as executor:
        found = [executor.submit(one, number) for number in range(len(queries))]
        while not all(future.done() for future in found):
            sizes.append(sum(memory(process) for process in server.family()))
            time.sleep(0.2)
    assert {future.result() for future in found} <= {400, 503}
    assert max(sizes) < most
    assert bystander.statuses == {200}
    assert median(bystander.seconds) < 1
    assert len(bystander.seconds) > 10
    if LONG:
        assert sorted(bystander.seconds)[int(len(bystander.seconds) * 0.95)] < 1
        assert max(bystander.seconds) < 2


def test_a_hundred_at_once(server):
    def one(number: int) -> bytes:
        reply = server.ask(f"SELECT ({number} AS ?n) {{ ?s a <https://w3id.org/gapbridge/ns#Claim> }} LIMIT 1")
        assert reply.status == 200, reply.text
        return reply.body

    with ThreadPoolExecutor(100) as executor:
        for number, body in enumerate(executor.map(one, range(100))):
            assert f'"value":"{number}"'.encode() in body


def test_no_zombie_is_left(server):
    family = server.family()
    assert len(family) <= 2 + 1 + 6 + 1  # the server's, the parent, its workers
    assert "Z" not in {state_of(process) for process in family}
