"""A server's self-test: whether it does what a shared base needs, tried in graphs of the test's own.

Source: engines.md, “Beyond one machine”, where each of these was found wanting on some engine.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from pyoxigraph import RdfFormat, serialize

from kg.errors import EngineProblem, EngineUnreachable
from kg.namespaces import GRAPH, PREFIXES
from kg.store.remote.client import Client
from kg.store.remote.reader import RemoteReader
from kg.store.terms import Literal, NamedNode, Row, Triple, text_of

CLAIMS, ROUNDS = 8, 12
"""So many try at once to be the one who goes on, so many times."""
LONGEST_TEXT = 64_000
_ROWS = 11_000
"""More than the 10,000 after which some servers cut off without a word."""
_ONE_WRITER = "so one process writes at a time, by the lock in the database, and nobody else may write there"
_P = NamedNode(GRAPH + "probe#p")


@dataclass(frozen=True)
class Trait:
    """Something that a server does or does not do.

    Attributes:
        name: what.
        holds: whether it does.
        needed: whether a shared base cannot do without.
        note: what was seen instead, or what follows.
    """

    name: str
    holds: bool
    needed: bool = True
    note: str = ""


def probe(client: Client) -> list[Trait]:
    """Try what a shared base needs; what is tried leaves nothing.

    Raises:
        EngineUnreachable: the server does not answer at all.
    """
    return list(_traits(client))


def _traits(client: Client) -> Iterator[Trait]:
    yield _trait("keeps what it is sent as it is", lambda: _terms(client))
    yield _trait("a guard that does not hold stops the update", lambda: _guard(client))
    yield _trait("moves statements between graphs", lambda: _moves(client))
    yield _trait("reads the union of chosen graphs", lambda: _union(client))
    yield _trait("gives long answers whole", lambda: _long(client))
    if client.address.graphs:
        yield _trait("takes whole graphs (Graph Store)", lambda: _store(client))
    apart = _trait("keeps guarded updates apart", lambda: _apart(client))
    follows = "" if apart.holds else f"{apart.note}; {_ONE_WRITER}"
    yield Trait(apart.name, apart.holds, False, follows)


def _trait(name: str, wrong: Callable[[], str]) -> Trait:
    try:
        note = wrong()
    except EngineUnreachable:
        raise
    except EngineProblem as error:
        note = str(error)
    return Trait(name, not note, True, note)


@contextmanager
def _scratch(client: Client, count: int = 1) -> Iterator[list[NamedNode]]:
    """Graphs that nobody else has, gone afterwards."""
    graphs = [NamedNode(f"{GRAPH}probe-{secrets.token_hex(8)}") for _ in range(count)]
    try:
        yield graphs
    finally:
        for graph in graphs:
            client.update(f"DROP SILENT GRAPH {graph}")


def _terms(client: Client) -> str:
    xsd = PREFIXES["xsd"]
    given: list[Literal | NamedNode] = [
        *(Literal(text) for text in ("", "plain", 'quotes " and \\', "lines\nand\ttabs\r", "ünïcødé 漢字 🜁")),
        *(Literal("wort", language=tag) for tag in ("de", "en-gb")),
        *(Literal(text, datatype=NamedNode(xsd + "decimal")) for text in ("1.1", "0.000001")),
        Literal("12", datatype=NamedNode(xsd + "integer")),
        Literal("2024", datatype=NamedNode(xsd + "gYear")),
        Literal("2024-02-29", datatype=NamedNode(xsd + "date")),
        Literal("2024-02-29T12:00:00Z", datatype=NamedNode(xsd + "dateTime")),
        Literal("true", datatype=NamedNode(xsd + "boolean")),
        Literal("https://example.org/a?b=c&d", datatype=NamedNode(xsd + "anyURI")),
        Literal("long " * (LONGEST_TEXT // 5)),
        NamedNode("https://example.org/a%20b#c"),
    ]
    with _scratch(client) as (graph,):
        _insert(client, graph, [Triple(_thing(n), _P, value) for n, value in enumerate(given)])
        rows = _rows(client, f"SELECT ?s ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    found = {text_of(row["s"]): row["o"] for row in rows}
    changed = [str(value)[:60] for n, value in enumerate(given) if found.get(_thing(n).value) != value]
    return f"changed: {', '.join(changed)}" if changed else ""


def _guard(client: Client) -> str:
    with _scratch(client) as (graph,):
        _insert(client, graph, [Triple(_thing(1), _P, Literal("1"))])
        client.update(_claim(graph, "2", "3"))
        rows = _rows(client, f"SELECT ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    return "" if [text_of(row["o"]) for row in rows] == ["1"] else "it was made although its guard did not hold"


def _moves(client: Client) -> str:
    with _scratch(client, 2) as (one, other):
        for start in (0, 500):
            _insert(client, one, [Triple(_thing(n), _P, Literal(str(n))) for n in range(start, start + 500)])
        client.update(f"INSERT {{ GRAPH {other} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {one} {{ ?s ?p ?o }} }}")
        found = _count(client, other)
    return "" if found == 1000 else f"{found} of 1000 statements arrived"


def _union(client: Client) -> str:
    with _scratch(client, 3) as (one, two, hidden):
        for graph, names in ((one, "ab"), (two, "c"), (hidden, "d")):
            _insert(client, graph, [Triple(_thing(name), _P, Literal("x")) for name in names])
        seen = [(f"{kind}-graph-uri", graph.value) for kind in ("default", "named") for graph in (one, two)]
        text = "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s"
        found = [text_of(row["s"])[-1] for row in RemoteReader(client, 0).rows(text, seen)]
        named = RemoteReader(client, 0).rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", seen)
    if found != ["a", "b", "c"]:
        return f"three things in two graphs were given as {len(found)} rows"
    return "" if len(named) == 2 else f"of two named graphs that were asked for {len(named)} were seen"


def _long(client: Client) -> str:
    values = " ".join(f'"{n}"' for n in range(0, 110))
    text = f"SELECT ?a ?b WHERE {{ VALUES ?a {{ {values} }} VALUES ?b {{ {' '.join(values.split()[:100])} }} }}"
    found = len(_rows(client, text))
    return "" if found == _ROWS else f"{found} of {_ROWS} rows came"


def _store(client: Client) -> str:
    with _scratch(client) as (graph,):
        for name, more, expected in (("a", False, 1), ("b", True, 2), ("c", False, 1)):
            triple = Triple(_thing(name), _P, Literal("x"))
            client.put(graph.value, serialize([triple], format=RdfFormat.N_TRIPLES) or b"", more=more)
            if _count(client, graph) != expected:
                return "to put a graph in place of another, or to add to it, did not do that"
    return ""


def _apart(client: Client) -> str:
    twice = 0
    with _scratch(client) as (graph,), ThreadPoolExecutor(CLAIMS) as pool:
        _insert(client, graph, [Triple(_thing(1), _P, Literal("0"))])
        for number in range(ROUNDS):
            list(pool.map(lambda who, n=number: _try(client, graph, n, who), range(CLAIMS)))
            won = _rows(client, f"SELECT ?o WHERE {{ GRAPH {graph} {{ {_thing(f'won-{number}')} ?p ?o }} }}")
            twice += len(won) != 1
    return f"{twice} of {ROUNDS} times several who came at once all went through" if twice else ""


def _try(client: Client, graph: NamedNode, number: int, who: int) -> None:
    won = f"{_thing(f'won-{number}')} {_P} {Literal(str(who))} ."
    with suppress(EngineProblem):  # given up by the server for another one: nothing was won
        client.update(_claim(graph, str(number), str(number + 1), won))


def _claim(graph: NamedNode, before: str, after: str, mark: str = "") -> str:
    said = [f"{_thing(1)} {_P} {Literal(text)} ." for text in (before, after)]
    return (
        f"DELETE {{ GRAPH {graph} {{ {said[0]} }} }} INSERT {{ GRAPH {graph} {{ {said[1]} {mark} }} }} "
        f"WHERE {{ GRAPH {graph} {{ {said[0]} }} }}"
    )


def _thing(name: object) -> NamedNode:
    return NamedNode(f"{GRAPH}probe#{name}")


def _insert(client: Client, graph: NamedNode, triples: list[Triple]) -> None:
    client.update(f"INSERT DATA {{ GRAPH {graph} {{ {' '.join(f'{triple} .' for triple in triples)} }} }}")


def _count(client: Client, graph: NamedNode) -> int:
    rows = _rows(client, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    return int(text_of(rows[0]["n"]))


def _rows(client: Client, text: str) -> list[Row]:
    return RemoteReader(client, 0).rows(text)
