"""A reader over what a SPARQL 1.1 server holds, with the same terms as the embedded engine gives."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, cast

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, parse_query_results

from kg.errors import EngineTooSlow, QueryProblem, ResultTooLarge, WrongForm
from kg.namespaces import BASE, PREFIXES, gap
from kg.store.files import SUFFIXES
from kg.store.graphs import GRAPHS, META_GRAPH, pack_of
from kg.store.guard import check_query
from kg.store.question import Question
from kg.store.remote.client import TABLES, TRIPLES, Client, Parameter
from kg.store.remote.dataset import form_of, graphs_named, seen, without_from
from kg.store.terms import Literal, NamedNode, Quad, Row, Subject, Term, Triple

LARGEST_MEGABYTES = 1024
"""What an answer to ourselves may have."""
_SMALL = 1 << 18
_NAMES = f"""SELECT DISTINCT ?g WHERE {{ GRAPH {META_GRAPH} {{ ?pack <{gap("heldIn")}> ?g }}
FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"""


_BOOLEAN = NamedNode(PREFIXES["xsd"] + "boolean")
_TRUTH = {"1": "true", "0": "false"}


class RemoteReader:
    """A reader over a server.

    Args:
        client: speaks to it.
        revision: the revision that it was seen to hold.
        megabytes: how large an answer may be.
        seconds: how long one may take; as the settings say where 0.
    """

    def __init__(
        self, client: Client, revision: int, *, megabytes: int = LARGEST_MEGABYTES, seconds: float = 0
    ) -> None:
        self.revision = revision
        self._client, self._megabytes, self._seconds = client, megabytes, seconds
        self._graphs: tuple[NamedNode, ...] | None = None

    def select(self, query: str, *, trusted: bool = False) -> list[Row]:
        """The solutions of a SELECT query."""
        with self._asked(*self._checked(query, trusted), TABLES) as body:
            return _rows(_parsed(body))

    def rows(self, query: str, graphs: Sequence[Parameter] = ()) -> list[Row]:
        """The solutions of a query of our own over any graphs, as it says itself or as the protocol does."""
        with self._asked(query, graphs, TABLES) as body:
            return _rows(_parsed(body))

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        with self._asked(*self._checked(query, trusted=False), TABLES) as body:
            answer = _parsed(body)
        if not isinstance(answer, QueryBoolean):
            raise QueryProblem("An ASK query was expected.")
        return bool(answer)

    def construct(self, query: str, *, trusted: bool = False) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        with self._asked(*self._checked(query, trusted), TRIPLES) as body:
            return list(_triples(body))

    def quads(
        self, subject: Subject | None = None, value: Term | None = None, graph: NamedNode | None = None
    ) -> Iterator[Quad]:
        """The statements with this subject, object and graph, each where given."""
        given = {"s": subject, "o": value, "g": graph}
        blocks = [f"VALUES ?{name} {{ {term} }}" for name, term in given.items() if term is not None]
        text = f"SELECT ?s ?p ?o ?g WHERE {{ {' '.join(blocks)} GRAPH ?g {{ ?s ?p ?o }} }}"
        for row in self.select(text, trusted=True):
            yield Quad(*(row[name] for name in "spog"))  # type: ignore[arg-type]

    def holds(self, predicate: NamedNode) -> bool:
        """Whether anything at all is said with this property."""
        return bool(self.select(f"SELECT ?s WHERE {{ GRAPH ?g {{ ?s {predicate} ?o }} }} LIMIT 1", trusted=True))

    def graphs(self) -> tuple[NamedNode, ...]:
        """Our graphs: those of the base, and one for each pack that was added and is on."""
        if self._graphs is None:
            names = {row["g"] for row in self.rows(_NAMES)}
            packs = (name for name in names if isinstance(name, NamedNode) and pack_of(name.value))
            self._graphs = (*GRAPHS, *sorted(packs, key=str))
        return self._graphs

    def answer(self, query: str, table: str, graph: str) -> bytes:
        """Any query's answer as text, in the format of its kind."""
        with tempfile.TemporaryFile() as output:
            self.write(Question(query, table, graph), output)
            output.seek(0)
            return output.read()

    def write(self, question: Question, output: IO[bytes]) -> tuple[str, str]:
        """Write the answer to a question; nothing is written before all of it is there.

        Returns:
            What kind of answer it is (`select`, `ask` or `graph`), and in which form it was written.

        Raises:
            QueryProblem: the query is wrong, or asks for what may not be asked.
            WrongForm: none of the forms asked for can hold the answer.
            ResultTooLarge, EngineUnreachable, EngineRefused, EngineTooSlow: as the words say.
        """
        text, graphs = self._checked(question.text, False, question.default_graphs, question.named_graphs)
        is_graph = form_of(text) in ("CONSTRUCT", "DESCRIBE")
        form = _wanted(question.graph if is_graph else question.table, is_graph)
        with self._asked(text, graphs, TRIPLES if is_graph else TABLES) as body:
            if is_graph:
                pyoxigraph.serialize(_triples(body), output, format=SUFFIXES[f".{form}"])
                return "graph", form
            found = _parsed(body)
            try:
                found.serialize(output, format=QueryResultsFormat.from_extension(form))
            except (SyntaxError, ValueError) as error:
                raise _half(error) from error
            return "select" if isinstance(found, QuerySolutions) else "ask", form

    def _checked(
        self, query: str, trusted: bool, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> tuple[str, list[Parameter]]:
        """A query that may be sent, and the graphs that it shall see."""
        ours = [graph.value for graph in self.graphs()]
        if trusted:
            return query, seen(ours)
        checked = check_query(query)
        if checked.has_dataset and not default and not named:
            default, named = graphs_named(checked.text)
        text = without_from(checked.text) if checked.has_dataset else checked.text
        return f"BASE <{BASE}> {text}", seen(ours, default, named)

    @contextmanager
    def _asked(self, text: str, graphs: Sequence[Parameter], accept: str) -> Iterator[IO[bytes]]:
        """An answer, whole, in a file without a name."""
        with tempfile.SpooledTemporaryFile(_SMALL) as file:
            body = cast(IO[bytes], file)
            self._client.query(text, graphs, accept, cast(IO[bytes], _Bounded(body, self._megabytes)), self._seconds)
            body.seek(0)
            yield body

    def __len__(self) -> int:
        """How many statements our graphs hold."""
        row = self.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }", trusted=True)[0]
        return int(row["n"].value)  # type: ignore[union-attr]

    def __bool__(self) -> bool:
        """It is there; without this, to ask “is there one?” would count all statements."""
        return True


class _Bounded:
    """Passes on what is written, up to a limit."""

    def __init__(self, output: IO[bytes], megabytes: int) -> None:
        self._output, self._megabytes, self._left = output, megabytes, megabytes << 20

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise ResultTooLarge(
                f"The answer is larger than {self._megabytes} MB, the most that is given in one go. "
                "Ask for less of it, with LIMIT and OFFSET for instance."
            )
        return self._output.write(data)


def _wanted(form: str, is_graph: bool) -> str:
    if not form:
        what = "a graph" if is_graph else "a table or a truth value"
        raise WrongForm(f"This query's answer is {what}; none of the forms that were asked for can hold that.")
    return form


def _parsed(body: IO[bytes]) -> QuerySolutions | QueryBoolean:
    try:
        return parse_query_results(body, QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, OSError) as error:
        raise _half(error) from error


def _rows(found: QuerySolutions | QueryBoolean) -> list[Row]:
    if not isinstance(found, QuerySolutions):
        raise QueryProblem("A SELECT query was expected.")
    names = [variable.value for variable in found.variables]
    try:
        return [dict(zip(names, map(_usual, row), strict=True)) for row in found]
    except (SyntaxError, ValueError, OSError) as error:
        raise _half(error) from error


def _usual(term: Term | None) -> Term | None:
    """A term in its usual form: Virtuoso writes truth values as 1 and 0."""
    if isinstance(term, Literal) and term.datatype == _BOOLEAN and term.value in _TRUTH:
        return Literal(_TRUTH[term.value], datatype=_BOOLEAN)
    return term


def _triples(body: IO[bytes]) -> Iterator[Triple]:
    try:
        for quad in pyoxigraph.parse(body, RdfFormat.N_TRIPLES):
            yield quad.triple
    except SyntaxError as error:
        raise _half(error) from error


def _half(error: Exception) -> EngineTooSlow:
    """What it means when an answer that began well cannot be read: the server was cut off by a limit of its own."""
    return EngineTooSlow(f"The SPARQL server gave only a part of the answer, as at a time limit of its own ({error}).")
