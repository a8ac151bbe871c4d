"""What is asked of an endpoint: queries as our pages and examples ask them, each about many things in turn."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from kg import queries
from kg.namespaces import PREFIXES, gap
from kg.settings import resource
from kg.store import Reader, text_of

TABLE, GRAPH = "application/sparql-results+json", "text/turtle"
_TINY = "SELECT ?label {{ <{}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}"
_CLOSURE = (
    f"PREFIX gap: <{PREFIXES['gap']}> SELECT DISTINCT ?source ?label {{{{ <{{}}> "
    "^gap:claimSubject/gap:inferredFrom*/gap:backedBy ?source . ?source gap:shortLabel ?label }} ORDER BY ?label"
)
_DESCRIPTION = (
    f"PREFIX gap: <{PREFIXES['gap']}> CONSTRUCT {{{{ <{{0}}> ?p ?o . ?claim ?cp ?co }}}} WHERE {{{{ "
    "{{ <{0}> ?p ?o }} UNION {{ ?claim gap:claimSubject <{0}> ; ?cp ?co }} }}"
)
WORDS = ("budget care", "plan service", "audit", "trust shared goal", "early staff review", "pilot")
"""Words that made-up names are made of, so that all of them find something, and a few find very much."""
_IN_LABELS = (
    f"PREFIX skos: <{PREFIXES['skos']}> SELECT ?thing ?label {{{{ ?thing skos:prefLabel ?label "
    'FILTER(CONTAINS(LCASE(?label), "{}")) }} ORDER BY ?thing LIMIT 20'
)
LARGE_ROWS = 100_000
LARGE = f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {LARGE_ROWS}"
RUNAWAY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l && ?d = ?none) }"


@dataclass(frozen=True)
class Asked:
    """A kind of question.

    Attributes:
        name: what it is called.
        texts: the queries, to be asked in turn.
        accept: in which form.
        in_memory, on_disk: the aim, as a ratio to Oxigraph's own server, by where our readers hold the base; None where
            there is none.
    """

    name: str
    texts: list[str]
    accept: str = TABLE
    in_memory: float | None = 2.0
    on_disk: float | None = 0.7


def questions(reader: Reader) -> list[Asked]:
    """The questions, about things that are in this base."""
    tactics, causes = things(reader, "Tactic"), things(reader, "FailureCause")
    competency = resource("ontology") / "competency" / "cq25-evidence-map.rq"
    about: Callable[[str, list[str]], list[str]] = lambda text, things: [text.format(thing) for thing in things]  # noqa: E731
    return [
        Asked("tiny answer", about(_TINY, tactics), in_memory=0.4, on_disk=0.4),
        Asked("path from a cause", [queries.query("path").bind(cause=cause) for cause in causes]),
        Asked("evidence map", [competency.read_text(encoding="utf-8")]),
        Asked("list page", [queries.query("list_of").bind(cls=gap("FailureCause"))]),
        Asked("property path", [queries.query("claims_about").bind(thing=cause) for cause in causes + tactics]),
        Asked("short closure", about(_CLOSURE, tactics)),
        Asked("description", about(_DESCRIPTION, tactics), GRAPH, None, None),
    ]


def in_labels() -> Asked:
    """Things by words in their labels, as SPARQL has to look for them."""
    return Asked("words in labels", [_IN_LABELS.format(words) for words in WORDS])


def things(reader: Reader, cls: str, most: int = 200) -> list[str]:
    rows = reader.select(f"SELECT ?thing {{ ?thing a <{gap(cls)}> }} ORDER BY ?thing")
    found = [text_of(row["thing"]) for row in rows]
    return random.Random(1).sample(found, min(most, len(found)))
