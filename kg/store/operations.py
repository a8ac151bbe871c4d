"""The operations of a SPARQL update, each made to run where the default graph is the union of our graphs.

The engine's updates know no union: their default graph is a graph of its own, which is empty here. So an operation
that names no graph is written out: it reads all graphs (USING), and takes out of whichever graph people write holds
the statement. What it puts into the default graph is placed by its subject afterwards (`kg.store.trial`).
Only words outside all brackets are read here, and a text that is not plainly of the grammar's form is refused: LOAD
begins an operation, and must not be missed.
Source: SPARQL 1.1 Update §3 and §4.3; SPARQL 1.1 Protocol §2.2.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryProblem
from kg.store.graphs import DERIVED_GRAPH, GRAPHS
from kg.store.guard import tokens
from kg.store.terms import NamedNode

_BEGIN = ("INSERT", "DELETE", "WITH", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "LOAD")
_WITHIN = ("DATA", "WHERE", "USING", "NAMED", "INSERT", "DELETE", "SILENT", "GRAPH", "DEFAULT", "ALL", "TO")


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        return self.text.upper() if self.kind == "word" else ""


Parts = list[_Token]


def operations(
    text: str,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    graphs: Sequence[NamedNode] = GRAPHS,
) -> list[str]:
    """The operations of an update, each with the prefixes that hold for it, in order.

    Args:
        text: the update, checked by `guard.check_update`.
        default_graphs, named_graphs: what the request wants read (`using-graph-uri`, `using-named-graph-uri`).
        graphs: our graphs, whose union is the default graph.

    Raises:
        QueryProblem: it is no update, wants to LOAD, speaks of the default graph as a whole, or says itself which
            graphs it reads although the request does so already.
    """
    asked = bool(default_graphs or named_graphs)
    ours = [graph.value for graph in graphs]
    using = _using(default_graphs, named_graphs) if asked else _using(ours, ours)
    writable = [graph for graph in graphs if graph != DERIVED_GRAPH]
    found: list[str] = []
    prologue = ""
    for parts in _split(_tokens(text)):
        begin = next((i for i, part in enumerate(parts) if part.word not in ("PREFIX", "BASE", "")), len(parts))
        _check_prologue(parts[:begin])
        prologue += "".join(f"{part.text} " for part in parts[:begin])
        if parts[begin:]:
            found.append(prologue + _Operation(text, parts[begin:], using, asked, writable).written())
    return found


class _Operation:
    """One operation, from its first word on."""

    def __init__(self, text: str, parts: Parts, using: str, asked: bool, writable: Sequence[NamedNode]) -> None:
        self._text, self._parts, self._using, self._asked, self._writable = text, parts, using, asked, writable
        self._outer = [part for part in parts if part.depth == 0]
        self._words = [part.word for part in self._outer if part.word]
        self._check()

    def written(self) -> str:
        """The operation as the engine shall run it."""
        begin = [part.word for part in self._outer[:2]]  # a bracket between the words makes it another operation
        if begin == ["DELETE", "DATA"]:
            return "DELETE DATA " + self._deleted()
        if begin == ["DELETE", "WHERE"]:
            return f"DELETE {self._deleted()} {self._using}WHERE {self._block()}"
        if begin == ["INSERT", "DATA"] or begin[0] not in ("INSERT", "DELETE", "WITH"):
            return self._slice(self._parts[0].start, self._parts[-1].end)
        return self._modified()

    def _modified(self) -> str:
        """A DELETE and INSERT of its pattern's solutions; WITH and USING mean in it what they always mean."""
        own = "WITH" in self._words or "USING" in self._words
        if own and self._asked:
            raise QueryProblem("This update says itself, with WITH or USING, which graphs it reads; so must not both.")
        if "WITH" in self._words:
            return self._slice(self._parts[0].start, self._parts[-1].end)
        where = next((part for part in self._outer if part.word == "WHERE"), None)
        if where is None:
            raise _wrong(self._parts[-1], "WHERE is missing")
        begin, head = self._parts[0].start, ""
        if self._words[0] == "DELETE":
            begin, head = self._first_block()[-1].end, f"DELETE {self._deleted()} "
        return head + self._slice(begin, where.start) + " " + ("" if own else self._using) + self._from(where)

    def _deleted(self) -> str:
        """The first block, its statements outside GRAPH written out for every graph that people write."""
        inner = self._first_block()[1:-1]
        return "{ " + "".join(self._everywhere(part) for part in _by_graph(inner)) + "}"

    def _everywhere(self, parts: Parts) -> str:
        if parts[0].text == "." and len(parts) > 1:
            parts = parts[1:]
        text = self._slice(parts[0].start, parts[-1].end)
        if parts[0].word == "GRAPH":
            return text + "\n"
        return "" if text == "." else "".join(f"GRAPH {graph} {{ {text}\n}} " for graph in self._writable)

    def _block(self) -> str:
        return self._slice(self._first_block()[0].start, self._first_block()[-1].end)

    def _first_block(self) -> Parts:
        """The first that stands in braces, these included."""
        braces = [i for i, part in enumerate(self._parts) if part.depth == 0 and part.kind in ("open", "close")]
        if len(braces) < 2:
            raise _wrong(self._parts[-1], "a bracket is not closed or is missing")
        return self._parts[braces[0] : braces[1] + 1]

    def _check(self) -> None:
        first = self._parts[0]
        if first.word == "LOAD":
            raise QueryProblem("LOAD is not allowed: this base asks no other host.")
        if first.word not in _BEGIN:
            raise _wrong(first, f"“{first.text[:40]}” begins no operation")
        for before, part in zip(self._outer, self._outer[1:], strict=False):
            if part.kind == "word" and part.word not in _WITHIN:
                raise _wrong(part, f"“{part.text[:40]}” has no place here")
            if part.kind in ("name", "address") and before.kind != "word":
                raise _wrong(part, "a word such as GRAPH, WITH or USING must stand before an address")
        if "DEFAULT" in self._words:
            raise QueryProblem("The default graph is the union of our graphs: say which of them you mean.")

    def _from(self, part: _Token) -> str:
        return self._slice(part.start, self._parts[-1].end)

    def _slice(self, start: int, end: int) -> str:
        return self._text[start:end]


def _wrong(part: _Token, reason: str) -> QueryProblem:
    return QueryProblem(
        f"At character {part.start + 1}: {reason}. An update is made of INSERT, DELETE, CLEAR, DROP, CREATE, COPY, "
        "MOVE and ADD, with a space behind each keyword."
    )


def _using(default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """The clauses for these graphs; addresses come checked by `_address`."""
    named = "".join(f"USING NAMED <{_address(graph)}> " for graph in named_graphs)
    return "".join(f"USING <{_address(graph)}> " for graph in default_graphs) + named


def _address(iri: str) -> str:
    if any(c in '<>"{}|^`\\' or c <= " " for c in iri):
        raise QueryProblem(f"“{iri[:100]}” is no address of a graph.")
    return iri


def _tokens(text: str) -> Iterator[_Token]:
    depth = 0
    for kind, word, start in tokens(text):
        depth -= kind == "close"
        if depth < 0:
            raise QueryProblem(f"At character {start + 1}: a bracket is closed that was never opened.")
        yield _Token(kind, word, start, depth)
        depth += kind == "open"


def _split(parts: Iterator[_Token]) -> Iterator[Parts]:
    """The stretches between semicolons outside all brackets."""
    stretch: Parts = []
    for part in parts:
        if part.depth == 0 and part.text == ";":
            yield stretch
            stretch = []
        else:
            stretch.append(part)
    yield stretch


def _check_prologue(parts: Parts) -> None:
    kinds = [part.word or part.kind for part in parts]
    while kinds:
        wanted = ["PREFIX", "name", "address"] if kinds[0] == "PREFIX" else ["BASE", "address"]
        if kinds[: len(wanted)] != wanted:
            raise _wrong(parts[0], "PREFIX or BASE is not as it should be")
        del kinds[: len(wanted)]


def _by_graph(parts: Parts) -> Iterator[Parts]:
    """The content of a block in stretches: a GRAPH block each, and what stands between them."""
    stretch: Parts = []
    for part in parts:
        if part.depth == 1 and part.word == "GRAPH" and stretch:
            yield stretch
            stretch = []
        stretch.append(part)
        if part.depth == 1 and part.text == "}" and stretch[0].word == "GRAPH":
            yield stretch
            stretch = []
    if stretch:
        yield stretch
