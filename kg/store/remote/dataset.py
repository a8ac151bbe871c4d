"""Which graphs of a server a query sees: ours alone, whatever else lies there.

What the protocol names takes the place of a query's FROM, so that FROM is read here and told to the server, as far as
it names graphs of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urljoin

from kg.namespaces import BASE, GRAPH
from kg.store.guard import tokens
from kg.store.remote.client import Parameter

NOTHING = GRAPH + "nothing"
"""A graph that is never there: for a query whose default graph, or whose named graphs, are to be empty."""
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_ESCAPED = re.compile(r"\\(.)")


def seen(ours: Iterable[str], default: Sequence[str] = (), named: Sequence[str] = ()) -> list[Parameter]:
    """What to tell a server of the graphs that a query shall see.

    Args:
        ours: all our graphs.
        default, named: those that were asked for; all where neither says anything.
    """
    ours = list(ours)
    if not default and not named:
        default = named = ours
    wanted = {"default-graph-uri": default, "named-graph-uri": named}
    return [
        (name, graph)
        for name, graphs in wanted.items()
        for graph in ([graph for graph in graphs if graph in ours] or [NOTHING])
    ]


def form_of(text: str) -> str:
    """The form of a checked query: `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`; empty where it is none."""
    words = (token.upper() for kind, token, _ in tokens(text) if kind == "word")
    return next((word for word in words if word in _FORMS), "")


def graphs_named(text: str) -> tuple[list[str], list[str]]:
    """The graphs that a checked query names with FROM and with FROM NAMED, written out."""
    default: list[str] = []
    named: list[str] = []
    prefixes: dict[str, str] = {}
    base, before = BASE, ["", ""]
    for kind, token, _ in tokens(text):
        last = before[1].upper()
        if kind == "address" and last == "BASE":
            base = urljoin(base, token[1:-1])
        elif kind == "address" and before[0].upper() == "PREFIX":
            prefixes[before[1][:-1]] = urljoin(base, token[1:-1])
        elif kind in ("address", "name") and last in ("FROM", "NAMED"):
            written = urljoin(base, token[1:-1]) if kind == "address" else _written_out(token, prefixes)
            (named if last == "NAMED" else default).append(written)
        before = [before[1], token]
    return default, named


def without_from(text: str) -> str:
    """A checked query without FROM and FROM NAMED: Virtuoso adds those graphs to what the protocol names."""
    kept, end, start = [], 0, -1
    for kind, token, at in tokens(text):
        if kind == "word" and token.upper() == "FROM":
            start = at
        elif start >= 0 and kind in ("address", "name"):
            kept.append(text[end:start])
            end, start = at + len(token), -1
    return " ".join([*kept, text[end:]])


def _written_out(name: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes.get(prefix, "") + _ESCAPED.sub(r"\1", local)
