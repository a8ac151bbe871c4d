"""Reading RDF files of any common syntax, with the place of a fault told to the person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.errors import BadInput, SyntaxProblem
from kg.namespaces import BASE, PREFIXES
from kg.store.engine import Reader
from kg.store.terms import DefaultGraph, Literal, NamedNode, Quad, Term, Triple

SUFFIXES: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}

_ENTITY = re.compile(rb"""<!ENTITY\s+[\w:.-]{1,100}\s+(?:"[^"&<]{0,200}"|'[^'&<]{0,200}')\s*>""")
"""What RDF/XML abbreviates addresses by. Those made of others grow without bound (CWE-776): the parser sets none."""

_MOST_ABOUT = 100
"""So often may “<<” stand in a text, in whatever sense. Statements about statements, thousands deep in one another, end
the process that reads them: the parser frees them by recursion (CWE-674)."""

_NAMELESS = "Blank nodes and statements about statements have no place in the data: give it an address."

Statement = tuple[NamedNode, NamedNode, Term]


def read_file(path: Path) -> list[Statement]:
    """The statements of one file. The graph a statement names is not kept: its subject decides (`graphs`).

    Raises:
        BadInput: the file's suffix is of no known format, or it cannot be read.
        SyntaxProblem: it does not parse, or holds a blank node.
    """
    fmt = SUFFIXES.get(path.suffix.lower())
    if fmt is None:
        raise BadInput(f"{path}: what format is this? Known suffixes: {', '.join(SUFFIXES)}.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}.") from error
    return read_text(data, fmt, str(path))


def read_text(data: bytes, fmt: RdfFormat, name: str) -> list[Statement]:
    """The statements of a text; `name` is what to call it in an error."""
    return [_named(quad, name) for quad in _parsed(data, fmt, name)]


def read_turtle(data: bytes, name: str) -> list[Statement]:
    """The statements of a Turtle text of somebody else's, whose addresses are all written out or by prefixes.

    Raises:
        SyntaxProblem: it does not parse, holds a blank node, or says from where relative addresses are to be read.
    """
    _refuse_deep(data, name)
    try:
        parser = pyoxigraph.parse(data, RdfFormat.TURTLE)
        found = [_named(quad, name) for quad in parser]
    except SyntaxError as error:
        raise _unreadable(error, name) from error
    if parser.base_iri:
        raise SyntaxProblem(name, "it sets a BASE. Write addresses out, or with prefixes, so that all can see them")
    return found


def read_graph(data: bytes, suffix: str, graph: NamedNode | None) -> list[Statement]:
    """The content of a graph, as somebody sent it.

    Args:
        data: the text; where its format knows graphs, all of it stands in this one or in none.
        suffix: what a file of this format would end in.
        graph: the graph; relative addresses are resolved against its own. None for the default graph.

    Raises:
        SyntaxProblem: it does not parse, holds a blank node, or names another graph.
    """
    name = "The request"
    quads = list(_parsed(data, SUFFIXES[suffix], name, graph.value if graph else BASE))
    for quad in quads:
        if quad.graph_name not in (graph, DefaultGraph()):
            raise SyntaxProblem(name, f"it holds statements of {quad.graph_name}, which is not the graph it is for")
    return [_named(quad, name) for quad in quads]


def _parsed(data: bytes, fmt: RdfFormat, name: str, base: str | None = None) -> Iterator[Quad]:
    if fmt == RdfFormat.RDF_XML and len(_ENTITY.findall(data)) < data.count(b"!ENTITY"):
        raise SyntaxProblem(name, "it declares an entity that is long or made of others. Write such words out")
    _refuse_deep(data, name)
    try:
        yield from pyoxigraph.parse(data, fmt, base_iri=base)
    except SyntaxError as error:
        raise _unreadable(error, name) from error


def _refuse_deep(data: bytes, name: str) -> None:
    if data.count(b"<<") > _MOST_ABOUT:
        raise SyntaxProblem(name, f"{_NAMELESS} (“<<” stands in it more than {_MOST_ABOUT} times)")


def _unreadable(error: SyntaxError, name: str) -> SyntaxProblem:
    reason = re.sub(r"^Parser error at line \d+ (?:column|between columns?) [\d and]+: ", "", error.msg or "")
    return SyntaxProblem(name, reason, error.lineno, error.offset)


def read_files(paths: Iterable[Path]) -> Iterator[tuple[Path, list[Statement]]]:
    """Each data file below the given files and folders, in order of name, with its statements."""
    for path in paths:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES):
                yield file, read_file(file)
        elif path.exists():
            yield path, read_file(path)
        else:
            raise BadInput(f"{path}: there is no such file or folder.")


def dump(reader: Reader, suffix: str) -> bytes:
    """The whole base as text in the format of a suffix.

    Formats that know graphs keep them; the others get the union, with prefixes where the format has any.
    """
    fmt = SUFFIXES[suffix]
    quads = sorted(reader.quads(), key=str)
    if fmt.supports_datasets:
        return pyoxigraph.serialize(quads, format=fmt, prefixes=PREFIXES) or b""
    return pyoxigraph.serialize([q.triple for q in quads], format=fmt, prefixes=PREFIXES) or b""


def serialise(statements: Iterable[Triple] | Iterable[Quad], suffix: str, prefixes: Mapping[str, str]) -> bytes:
    """Statements in the format of a suffix, in one order and one form: the same statements give the same bytes.

    Args:
        statements: triples, or quads for the formats that keep graphs.
        suffix: a key of `SUFFIXES`.
        prefixes: what to abbreviate addresses with, where the format does.
    """
    ordered: list[Any] = sorted(statements, key=str)
    written = pyoxigraph.serialize(ordered, format=SUFFIXES[suffix], prefixes=dict(prefixes)) or b""
    if not written.startswith(b"@prefix"):
        return written
    head = len(prefixes)  # the engine writes its prefixes in an order that differs from run to run
    lines = written.split(b"\n", head)
    return b"\n".join([*sorted(lines[:head]), *lines[head:]])


def _named(quad: Quad, name: str) -> Statement:
    subject, predicate, value = quad.subject, quad.predicate, quad.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
        raise SyntaxProblem(name, f"{_NAMELESS} ({predicate.value})")
    return subject, predicate, value
