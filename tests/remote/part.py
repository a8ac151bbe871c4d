"""A base of a part of the seed data: what asks an engine about every statement takes a part of the time there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import kg.queries
from kg.derivation import steps
from kg.namespaces import ID, kind_of
from kg.settings import resource
from kg.store import Change, Home, Quad, Reader, Writer
from kg.store.graphs import DERIVED_GRAPH

PARTS = {"queries": Path(kg.queries.__file__).parent / "rq", "competency": resource("ontology") / "competency"}
"""Where our queries lie; rules and checks are run by the embedded engine alone."""
_ONE_IN, _OF_EACH = 20, 6
_NAME = re.compile(r"\b([a-z][\w-]*):([\w-]+)")


def queries(part: str) -> dict[str, str]:
    """The queries of a part, by the name of their file."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(PARTS[part].glob("*.rq"))}


def fill_part(folder: Path, whole: Reader) -> None:
    """Make a base of some claims with all that they are about, and what the rules make of these.

    Claims of what our queries name are among them, so that these have something to answer.

    Args:
        folder: where; there is nothing yet.
        whole: where they are taken from.
    """
    written = [q for q in whole.quads() if q.graph_name != DERIVED_GRAPH and not _is("revision", q.subject.value)]
    texts = [text for part in PARTS for text in queries(part).values()]
    kept = _claims(written, {f"{ID}{kind}/{name}" for text in texts for kind, name in _NAME.findall(text)})
    for part in ("passage", "selector"):  # where they are read
        kept |= {_object(quad) for quad in written if _is(part, _object(quad)) and quad.subject.value in kept}
    left_out = ("claim", "passage", "selector")
    taken = frozenset(q for q in written if kind_of(q.subject.value) not in left_out or q.subject.value in kept)
    with Writer(Home(folder), lambda _: [], steps()) as writer:
        writer.commit(Change(0, taken, message="A part of the seed data"))


def _claims(written: Iterable[Quad], named: set[str]) -> set[str]:
    """One claim in so many, those named themselves, and some about each named thing, for each way to be about it."""
    claims, about = set(), defaultdict(set)
    for quad in written:
        if _is("claim", quad.subject.value):
            claims.add(quad.subject.value)
            if _object(quad) in named:
                about[quad.predicate, _object(quad)].add(quad.subject.value)
    some = (claim for found in about.values() for claim in sorted(found)[:_OF_EACH])
    return {*sorted(claims)[::_ONE_IN], *some, *(claims & named)}


def _object(quad: Quad) -> str:
    return str(getattr(quad.object, "value", ""))


def _is(kind: str, address: str) -> bool:
    return kind_of(address) == kind
