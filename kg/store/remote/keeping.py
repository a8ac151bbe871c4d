"""Keeping a server in step with the journal: one guarded update a revision, and filling it anew where it has no state.

In a graph that no query sees, the server says which base it holds and at which revision. An update that makes revision
n + 1 holds only where that says n, and says n + 1 itself, so it can be sent twice and works once. Only that graph tells
what became of an update: after an error it is asked, and nothing is repeated blindly. A server on which it says nothing
is filled anew, and says something when all of it is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count, islice

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.errors import EngineProblem, EngineRefused, EngineTooSlow, EngineUnreachable
from kg.namespaces import BASE, GRAPH
from kg.store.engine import Engine
from kg.store.graphs import pack_of
from kg.store.patch import Patch
from kg.store.remote.client import Client
from kg.store.remote.reader import RemoteReader
from kg.store.terms import Literal, NamedNode, Quad, Triple, text_of

HEAD = NamedNode(GRAPH + "head")
"""The graph that says which base a server holds, and at which revision."""
MOST = 500
"""So many statements go in one update; engines differ in what more they take."""
PART = 20_000
"""So many statements are sent in one piece of a whole graph."""
TRIES, PAUSE, PATIENCE = 5, 0.1, 10.0
"""An update is sent so often, with longer and longer pauses, and not again after so many seconds: others wait."""
HEAD_SECONDS = 10.0
"""So long a server may take to say where it stands."""
_STAGED = GRAPH + "staged-"
_BASE, _LINE, _REVISION = NamedNode(BASE), NamedNode(GRAPH + "head#line"), NamedNode(GRAPH + "head#revision")
_READ = f"SELECT ?line ?revision WHERE {{ GRAPH {HEAD} {{ {_BASE} {_LINE} ?line ; {_REVISION} ?revision }} }}"
_SIZES = f"""SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{GRAPH}")) }}
GROUP BY ?g"""


Told = Callable[[int, int], None]
"""Is told of a long work how many statements are done, and how many there are."""


@dataclass(frozen=True)
class Head:
    """What a server says of itself.

    Attributes:
        line: the base that it holds; empty where it holds none, or not all of one.
        revision: the revision it is at.
    """

    line: str = ""
    revision: int = 0


@dataclass(frozen=True)
class Differing:
    """A graph that is not on the server as it is here.

    Attributes:
        graph: its address.
        missing, surplus: how many statements the server lacks, and has too many.
    """

    graph: str
    missing: int
    surplus: int


class Keeper:
    """Keeps a server at the newest revision.

    Args:
        client: speaks to it.
        line: the name of our base; of any other the server's content stays untouched.
    """

    def __init__(self, client: Client, line: str) -> None:
        self._client, self._line = client, line

    def head(self, seconds: float = HEAD_SECONDS) -> Head:
        """What the server says of itself.

        Args:
            seconds: how long it may take.

        Raises:
            EngineRefused: it holds another base, or two updates took hold at once.
            EngineUnreachable, EngineTooSlow: as the words say.
        """
        rows = RemoteReader(self._client, 0, seconds=seconds).rows(_READ)
        if len(rows) > 1:
            raise EngineRefused(
                "The SPARQL server says of itself that it stands at several revisions: it does not keep updates "
                "apart, and somebody else wrote to it. `gapbridge engine --fill` puts it right."
            )
        if not rows:
            return Head()
        found = Head(text_of(rows[0]["line"]), int(text_of(rows[0]["revision"])))
        if found.line != self._line:
            raise EngineRefused(
                f"The SPARQL server holds another base, at revision {found.revision}. Nothing was changed. Several "
                "machines share one base by sharing GAPBRIDGE_DATABASE; otherwise give this one a place of its own "
                "there, or have it filled anew with `gapbridge engine --fill`."
            )
        return found

    def apply(self, patch: Patch) -> None:
        """Bring the server from the revision before to the one that this patch makes.

        Raises:
            EngineRefused: it takes the update but does not follow it, or stands elsewhere.
            EngineUnreachable, EngineTooSlow: no answer; what became of it is seen when the server is asked again.
        """
        update, staged = guarded(self._line, patch), False
        if len(patch.removed) + len(patch.added) > MOST or any(map(_is_missed, patch.removed)):
            update, staged = self._stage(patch), True
        self._follow(update, patch.number)
        if staged:
            self._drop(graph for graph in self._sizes() if graph.startswith(_STAGED))

    def fill(self, reader: Engine, told: Told = lambda done, of: None) -> None:
        """Make the server hold what a reader holds, whatever of our base is there.

        Args:
            reader: what it is to hold.
            told: is told how far it has come.

        Raises:
            EngineRefused: it did not take all of it.
            EngineUnreachable, EngineTooSlow: as the words say; it holds no base until this has gone to its end.
        """
        self._client.update(f"DROP SILENT GRAPH {HEAD}")
        ours = [graph.value for graph in reader.graphs()]
        there = self._sizes()
        self._drop(graph for graph in there if graph not in ours and (pack_of(graph) or graph.startswith(_STAGED)))
        counted = _counted(told, len(reader))
        for graph in ours:
            self._put(graph, (counted(quad).triple for quad in reader.quads(graph=NamedNode(graph))), graph in there)
        self._count(reader, ours)
        facts = f"{_BASE} {_LINE} {Literal(self._line)} ; {_REVISION} {Literal(str(reader.revision))}"
        self._client.update(f"INSERT DATA {{ GRAPH {HEAD} {{ {facts} }} }}")

    def compare(self, reader: Engine, told: Told = lambda done, of: None) -> list[Differing]:
        """The graphs that are not on the server as a reader has them.

        Args:
            reader: what it should hold.
            told: is told how far it has come.
        """
        remote, counted = RemoteReader(self._client, reader.revision), _counted(told, len(reader))
        found = []
        for graph in sorted({*map(str, reader.graphs()), *map(str, remote.graphs())}):
            name = NamedNode(graph[1:-1])
            here, there = set(map(counted, reader.quads(graph=name))), set(remote.quads(graph=name))
            if here != there:
                found.append(Differing(name.value, len(here - there), len(there - here)))
        return found

    def _follow(self, update: str, number: int) -> None:
        """Send the update that makes a revision, until the server says that it is there."""
        problem: EngineProblem | None = None
        end = time.monotonic() + PATIENCE
        try:
            for count in range(TRIES):
                problem = self._sent(update)
                if self._has_arrived(number):
                    return
                if isinstance(problem, EngineRefused | EngineTooSlow) or time.monotonic() > end:
                    break
                time.sleep(PAUSE * 2**count)
            raise problem or EngineRefused(f"The SPARQL server does not follow to revision {number}.")
        finally:
            del problem  # it knows by its traceback who called us, and would keep their stores open

    def _sent(self, update: str) -> EngineProblem | None:
        """Send an update; gives what went wrong, which says nothing of whether it was made."""
        try:
            self._client.update(update)
        except EngineProblem as error:
            return error
        return None

    def _has_arrived(self, number: int) -> bool:
        """Whether the server stands at a revision; it does not where it cannot be asked."""
        try:
            found = self.head()
        except EngineUnreachable:
            return False
        if found.revision not in (number - 1, number):
            raise EngineRefused(
                f"The SPARQL server stands at revision {found.revision}, where {number - 1} was expected: somebody "
                "else wrote to it. `gapbridge engine --fill` puts it right."
            )
        return found.revision == number

    def _stage(self, patch: Patch) -> str:
        """Bring a large patch to the server, in graphs of its own; gives the update that moves it to its place."""
        deletes: list[str] = []
        inserts: list[str] = []
        found = []
        for kind, quads, template in (("out", patch.removed, deletes), ("in", patch.added, inserts)):
            for number, (graph, triples) in enumerate(sorted(_by_graph(quads).items())):
                staged, v = f"{_STAGED}{kind}-{number}", f"{kind}{number}"
                self._put(staged, triples, True)
                pattern = f"{{ ?s{v} ?p{v} ?o{v} }}"
                template.append(f"GRAPH {graph} {pattern}")
                found.append(f"{{ GRAPH <{staged}> {pattern} }}")
        number = patch.number
        return _guarded(self._line, number, deletes, inserts, f"{{ {' UNION '.join(found)} }}")

    def _put(self, graph: str, triples: Iterable[Triple], there: bool) -> None:
        """Make this the content of a graph, piece by piece."""
        rest, more = iter(triples), False
        size = PART if self._client.address.graphs else MOST
        if there and not self._client.address.graphs:
            self._client.update(f"DROP SILENT GRAPH <{graph}>")
        while part := list(islice(rest, size)):
            text = pyoxigraph.serialize(part, format=RdfFormat.N_TRIPLES) or b""
            if self._client.address.graphs:
                self._client.put(graph, text, more=more)
            else:
                self._client.update(f"INSERT DATA {{ GRAPH <{graph}> {{ {text.decode()} }} }}")
            more = True
        if there and not more:
            self._drop([graph])

    def _drop(self, graphs: Iterable[str]) -> None:
        for graph in graphs:
            self._client.update(f"DROP SILENT GRAPH <{graph}>")

    def _sizes(self) -> dict[str, int]:
        """How many statements each graph holds that the server has, whoever put it there."""
        rows = RemoteReader(self._client, 0).rows(_SIZES)
        return {text_of(row["g"]): int(text_of(row["n"])) for row in rows}

    def _count(self, reader: Engine, graphs: Sequence[str]) -> None:
        """Compare the counts: some servers cut off what they are sent, and say nothing.

        Raises:
            EngineRefused: they differ.
        """
        there = self._sizes()
        for graph in graphs:
            here = sum(1 for _ in reader.quads(graph=NamedNode(graph)))
            if here != there.get(graph, 0):
                raise EngineRefused(
                    f"The SPARQL server was sent {here} statements for {graph} and holds {there.get(graph, 0)}. It "
                    "must keep what it is sent as it is, without limits of its own on its size and without inference."
                )


def _counted(told: Told, total: int) -> Callable[[Quad], Quad]:
    """Passes on statements, and tells now and then how many they were."""
    numbers = count(1)

    def counted(quad: Quad) -> Quad:
        if (number := next(numbers)) % MOST == 0 or number == total:
            told(number, total)
        return quad

    return counted


def _is_missed(quad: Quad) -> bool:
    """Whether Virtuoso misses it where an update spells it out: text in a language, with letters beyond ASCII."""
    value = quad.object
    return isinstance(value, Literal) and bool(value.language) and not value.value.isascii()


def guarded(line: str, patch: Patch) -> str:
    """The one update that makes a revision of the one before, and nothing of any other."""
    deletes, inserts = (
        [f"GRAPH {graph} {{ {' '.join(f'{triple} .' for triple in triples)} }}" for graph, triples in named.items()]
        for named in (_by_graph(patch.removed), _by_graph(patch.added))
    )
    return _guarded(line, patch.number, deletes, inserts, "")


def _guarded(line: str, number: int, deletes: Sequence[str], inserts: Sequence[str], where: str) -> str:
    before, after = (f"GRAPH {HEAD} {{ {_BASE} {_REVISION} {Literal(str(n))} }}" for n in (number - 1, number))
    guard = f"GRAPH {HEAD} {{ {_BASE} {_LINE} {Literal(line)} ; {_REVISION} {Literal(str(number - 1))} }}"
    return (
        f"DELETE {{ {before} {' '.join(deletes)} }}\nINSERT {{ {after} {' '.join(inserts)} }}\n"
        f"WHERE {{ {guard} {where} }}"
    )


def _by_graph(quads: Iterable[Quad]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for quad in quads:
        found.setdefault(str(quad.graph_name), []).append(quad.triple)
    return found
