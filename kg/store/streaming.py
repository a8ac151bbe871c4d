"""Writing much RDF with little memory: straight from a snapshot on disk, or from statements as they come.

The engine gives a snapshot in the order of its index, graph by graph and thing by thing. That order follows from the
statements alone, so the same statements always give the same bytes, whatever came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any, cast

import pyoxigraph

from kg.namespaces import PREFIXES
from kg.store.engine import Engine
from kg.store.files import SUFFIXES
from kg.store.graphs import graphs_of
from kg.store.terms import NamedNode, Quad, Triple


def stream(engine: Engine, form: str, output: IO[bytes], graph: str = "") -> None:
    """Write the base, or one of its graphs, in a form.

    Args:
        engine: a reader over a snapshot on disk; one in memory has an order of its own.
        form: `trig` and `nq` keep the graphs apart; `ttl` and `nt` hold them one after the other.
        output: where to.
        graph: the only graph to write; empty for all.
    """
    fmt = SUFFIXES[f".{form}"]
    prefixes = PREFIXES if form in ("ttl", "trig") else {}
    if not graph and fmt.supports_datasets:
        engine.store.dump(_headed(output, len(prefixes)), fmt, prefixes=prefixes or None)
        return
    for number, name in enumerate([NamedNode(graph)] if graph else graphs_of(engine.store)):
        part = _headed(output, len(prefixes), keep=number == 0)
        engine.store.dump(part, fmt, from_graph=name, prefixes=prefixes or None)


def stream_statements(
    statements: Iterable[Quad] | Iterable[Triple], form: str, output: IO[bytes], prefixes: Mapping[str, str]
) -> None:
    """Write statements in the order in which they come; `prefixes` serve the forms that abbreviate."""
    used = dict(prefixes) if form in ("ttl", "trig") else {}
    many = cast(Iterable[Triple], statements)  # all of one kind
    pyoxigraph.serialize(many, _headed(output, len(used)), SUFFIXES[f".{form}"], prefixes=used or None)


def _headed(output: IO[bytes], lines: int, keep: bool = True) -> Any:
    return _Headed(output, lines, keep) if lines else output


class _Headed:
    """Passes on what is written, its first lines in order: the engine's prefixes stand in a different one each time."""

    def __init__(self, output: IO[bytes], lines: int, keep: bool) -> None:
        self._output, self._lines, self._keep = output, lines, keep
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        if self._head is None:
            self._output.write(data)
            return len(data)
        self._head += data
        found = self._head.split(b"\n", self._lines)
        if len(found) > self._lines:
            head = sorted(found[: self._lines]) if self._keep else []
            self._output.write(b"".join(line + b"\n" for line in head) + found[-1])
            self._head = None
        return len(data)

    def flush(self) -> None:
        self._output.flush()
