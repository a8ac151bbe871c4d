"""The embedded engine: Oxigraph, in memory or on disk, behind the reader's protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from kg.errors import QueryProblem, StoreDamaged, WrongForm
from kg.namespaces import BASE
from kg.store.graphs import graphs_of
from kg.store.guard import Checked, check_query
from kg.store.question import Question
from kg.store.terms import NamedNode, Quad, Row, Subject, Term, Triple, text_of

_TABLES = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_BULK = 10_000
_MOST_BYTES = 500
"""What a statement takes on disk: 350 bytes where a million were loaded in one go (engines.md)."""
_GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}


class Reader(Protocol):
    """What every layer above may ask of the graph: the union of our named graphs, at one revision.

    Whatever is asked by a query raises QueryProblem where that cannot be read, or is of another kind.
    """

    revision: int

    def select(self, query: str, *, trusted: bool = False) -> list[Row]:
        """The solutions of a SELECT query; `trusted` for the library's own files, which the guard need not read."""

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""

    def construct(self, query: str, *, trusted: bool = False) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query; `trusted` as above."""

    def quads(
        self, subject: Subject | None = None, value: Term | None = None, graph: NamedNode | None = None
    ) -> Iterator[Quad]:
        """The statements with this subject, object and graph, each where given."""

    def holds(self, predicate: NamedNode) -> bool:
        """Whether anything at all is said with this property."""

    def graphs(self) -> tuple[NamedNode, ...]:
        """Our graphs: those of the base, and one for each pack that was added and is on."""

    def answer(self, query: str, table: str, graph: str) -> bytes:
        """Any query's answer as text: tables as `json`, `xml`, `csv` or `tsv`, triples as `ttl`, `nt` or `rdf`."""

    def __len__(self) -> int:
        """How many statements there are."""


class Engine:
    """A reader over an Oxigraph store.

    Args:
        store: the open store; it stays the caller's to fill.
        revision: the revision it holds.
        in_memory: whether that store is in memory, and nobody's but this reader's.

    Attributes:
        taken_out: how often `replace` took a statement out: in memory most of them keep their place for good.
    """

    def __init__(self, store: Store, revision: int, *, in_memory: bool = False) -> None:
        self.store, self.revision, self.in_memory = store, revision, in_memory
        self.taken_out = 0

    def _run(self, query: str, trusted: bool = False) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Run a query; the guard reads it first unless it is one of the library's files."""
        union = True
        if not trusted:
            checked = check_query(query)
            query, union = checked.text, not checked.has_dataset
        try:
            return self.store.query(query, use_default_graph_as_union=union)
        except (SyntaxError, ValueError) as error:
            raise QueryProblem(str(error)) from error

    def select(self, query: str, *, trusted: bool = False) -> list[Row]:
        """The solutions of a SELECT query."""
        solutions = self._run(query, trusted)
        if not isinstance(solutions, QuerySolutions):
            raise QueryProblem("A SELECT query was expected.")
        names = [v.value for v in solutions.variables]
        return [dict(zip(names, row, strict=True)) for row in solutions]

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        answer = self._run(query)
        if not isinstance(answer, QueryBoolean):
            raise QueryProblem("An ASK query was expected.")
        return bool(answer)

    def construct(self, query: str, *, trusted: bool = False) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        triples = self._run(query, trusted)
        if not isinstance(triples, QueryTriples):
            raise QueryProblem("A CONSTRUCT query was expected.")
        return list(triples)

    def quads(
        self,
        subject: Subject | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
        predicate: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The statements with this subject, object, graph and property, each where given."""
        return self.store.quads_for_pattern(subject, predicate, value, graph)

    def saying(self, properties: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """Thing, property and value of all statements with one of these properties, without holding them.

        On disk those of a thing in a graph come one after the other, as they stand in the engine's index; there the
        engine finds them five times as fast as whoever looks through all statements.
        """
        wanted = ", ".join(str(NamedNode(address)) for address in properties)
        found = self.store.query(f"SELECT * {{ GRAPH ?graph {{ ?s ?p ?o }} FILTER(?p IN ({wanted})) }}")
        for row in cast(QuerySolutions, found):
            yield text_of(row["s"]), text_of(row["p"]), text_of(row["o"])

    def holds(self, predicate: NamedNode) -> bool:
        """Whether anything at all is said with this property."""
        return any(True for _ in self.store.quads_for_pattern(None, predicate, None, None))

    def graphs(self) -> tuple[NamedNode, ...]:
        """Our graphs: those of the base, and one for each pack that was added and is on."""
        return graphs_of(self.store)

    def answer(self, query: str, table: str, graph: str) -> bytes:
        """Any query's answer as text, in the format of its kind."""
        found = self._run(query)
        if isinstance(found, QueryTriples):
            return found.serialize(format=_GRAPHS[graph]) or b""
        return found.serialize(format=_TABLES[table]) or b""

    def write(self, question: Question, output: IO[bytes], *, trusted: bool = False) -> tuple[str, str]:
        """Write the answer to a question.

        Args:
            question: what is asked.
            output: where to.
            trusted: whether the text is known to be harmless, so that the guard need not read it.

        Returns:
            What kind of answer it is (`select`, `ask` or `graph`), and in which form it was written.

        Raises:
            QueryProblem: the query is wrong, or fails while it runs.
            WrongForm: none of the forms asked for can hold the answer.
        """
        try:
            found = self._found(question, trusted)
            if isinstance(found, QueryTriples):
                form = _wanted(question.graph, "a graph")
                found.serialize(output, format=_GRAPHS[form])
                return "graph", form
            form = _wanted(question.table, "a table or a truth value")
            found.serialize(output, format=_TABLES[form])
            return "select" if isinstance(found, QuerySolutions) else "ask", form
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryProblem(str(error)) from error

    def _found(self, question: Question, trusted: bool) -> QuerySolutions | QueryBoolean | QueryTriples:
        checked = Checked(question.text, False) if trusted else check_query(question.text)
        if not question.has_dataset:
            return self.store.query(checked.text, base_iri=BASE, use_default_graph_as_union=not checked.has_dataset)
        return self.store.query(
            checked.text,
            base_iri=BASE,
            default_graph=[NamedNode(iri) for iri in question.default_graphs],
            named_graphs=[NamedNode(iri) for iri in question.named_graphs],
        )

    def replace(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take statements out and put others in."""
        for quad in removed:
            self.store.remove(quad)
            self.taken_out += 1
        added = tuple(added)
        if len(added) > _BULK:
            self.store.bulk_extend(added)
        else:
            self.store.extend(added)

    def __len__(self) -> int:
        return len(self.store)

    def __bool__(self) -> bool:
        """It is there; without this, to ask “is there one?” would count all statements."""
        return True


def _wanted(form: str, what: str) -> str:
    if not form:
        raise WrongForm(f"This query's answer is {what}; none of the forms that were asked for can hold that.")
    return form


def in_memory(quads: Iterable[Quad] = (), revision: int = 0) -> Engine:
    """A reader over these statements alone, for checks of data that is not in a store."""
    store = Store()
    store.extend(quads)
    return Engine(store, revision, in_memory=True)


def is_large(store: Store, folder: Path, limit: int) -> bool:
    """Whether a snapshot has more statements than this; counted only where its files do not tell: that takes long."""
    if sum(file.stat().st_size for file in folder.iterdir()) > limit * _MOST_BYTES:
        return True
    return len(store) > limit


def content(folder: Path) -> bytes:
    """All that a snapshot holds, as N-Quads; who reads it to the end has had the engine compare its checksums."""
    return Store.read_only(str(folder)).dump(format=RdfFormat.N_QUADS) or b""


def on_disk(folder: Path, revision: int, *, memory_limit: int) -> Engine:
    """A reader over a published snapshot, held in memory where it is small enough.

    Args:
        folder: the snapshot.
        revision: which one it is.
        memory_limit: up to this many statements it is held in memory; 0: never.

    Raises:
        StoreDamaged: the engine cannot open it.
    """
    try:
        disk = Store.read_only(str(folder))
        if is_large(disk, folder, memory_limit):
            return Engine(disk, revision)
        store = Store()
        store.bulk_load(content(folder), RdfFormat.N_QUADS)
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreDamaged(f"The snapshot in {folder} cannot be opened: {error}") from error
    return Engine(store, revision, in_memory=True)
