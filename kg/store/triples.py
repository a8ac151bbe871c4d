"""Statements as text, in the order in which they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph

from kg.store.files import SUFFIXES
from kg.store.terms import Triple


def write_triples(triples: Iterable[Triple], suffix: str, prefixes: Mapping[str, str]) -> bytes:
    """Statements in the format of a suffix (`.ttl`, `.nt`, `.jsonld`, …); the same ones give the same bytes.

    Args:
        triples: the statements, in the order in which they are to stand.
        suffix: a key of `SUFFIXES`.
        prefixes: what to abbreviate addresses with, where the format does.
    """
    written = pyoxigraph.serialize(triples, format=SUFFIXES[suffix], prefixes=dict(prefixes)) or b""
    if not written.startswith(b"@prefix"):
        return written
    lines = written.split(b"\n", len(prefixes))  # the engine's prefixes come in an order that differs from run to run
    return b"\n".join([*sorted(lines[: len(prefixes)]), *lines[len(prefixes) :]])
