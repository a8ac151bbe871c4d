"""Which things and links a graph shows: a cause's way to its sources, or what is around any other thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.namespaces import gap
from kg.queries import Edge as Row
from kg.queries import (
    PathRow,
    SourceRow,
    addressed,
    addressing,
    names,
    neighbours,
    on_links,
    path,
    phrases,
    read_in,
    sources_of,
    tactic_names,
)
from kg.queries.cards import cards
from webui.addresses import kind, short
from webui.base import Opened
from webui.graphs.model import NODE_KINDS, Edge, Graph, Node
from webui.words import ADDRESSING, LINK_WORDS, SOURCE_HEADINGS, SUPPORT_ORDER, kind_words

_MOST = 60
"""Of the tactics around a cause of a large base so many are looked up, and so on: no drawing holds more things."""
CROWDED = 12
"""From how many links to works of the context on these are hidden at first."""

_SHAPES = {"failure-cause": "cause", "support-phase": "phase", "tactic": "tactic", "source": "source"}
_STANCES = {"cautionedBy": "cautions", "disputedBy": "disputes", "gapReportedIn": "gap"}
QUIET = frozenset({"recommendedIn", "contextualWork", "relatedWork", "discussedIn", "backedBy", "assertedIn"})
"""Links that are no support: drawn thin and grey, whatever they are called."""


def graph_of(opened: Opened, iri: str, classes: Iterable[str]) -> Graph:
    """The whole graph of a thing, before anything is chosen from it or left out.

    Args:
        opened: the base.
        iri: the thing in the middle of it.
        classes: what it is.
    """
    return _of_cause(opened, iri) if gap("FailureCause") in classes else around(opened, iri)


def node_of(iri: str, label: str, column: int, *, tactic: bool = False) -> Node:
    """A thing to be drawn, in a column."""
    what = "tactic" if tactic else kind(iri)  # a member of another framework may be a tactic too
    words = kind_words(what)
    return Node(iri, label, _SHAPES.get(what, "thing"), column, words.one if words else "Member of a framework")


# --- A cause ---------------------------------------------------------------------------------------


def _of_cause(opened: Opened, cause: str) -> Graph:
    """Cause, phase, tactics, sources; works that are only of the context stand last, in a column of their own."""
    rows, label = path(opened.reader, cause, opened.part(_MOST)), names(opened.reader, [cause]).get(cause, "")
    near = {row.source for row in rows if row.source and short(row.relation) != "contextualWork"}
    nodes = {cause: node_of(cause, label, 0)}
    for row in rows:
        nodes[row.phase] = node_of(row.phase, row.phaseLabel, 1)
        nodes[row.tactic] = node_of(row.tactic, row.tacticLabel, 2, tactic=True)
        if row.source:
            nodes[row.source] = node_of(row.source, row.sourceLabel, 3 if row.source in near else 4)
    edges = [
        *(_phase_edges(opened, cause, rows) if rows else ()),
        *_other_tactics(opened, cause, nodes),
        *_source_edges(rows),
    ]
    context = [edge for edge in edges if edge.relation == "contextualWork"]
    return Graph(
        root=cause,
        nodes=tuple(nodes.values()),
        edges=tuple(edges),
        labels=labels_of(edges),
        hidden=frozenset({"contextualWork"}) if len(context) >= CROWDED else frozenset(),
        asked=(("path", {"cause": cause}), ("addressing", {"thing": cause})),
        by_kind=True,
    )


def _phase_edges(opened: Opened, cause: str, rows: Sequence[PathRow]) -> list[Edge]:
    phases, things = list({row.phase: 0 for row in rows}), list({row.tactic: 0 for row in rows})
    set_against = on_links(opened.reader, phases, gap("respondsTo"), [cause])
    placed = on_links(opened.reader, things, gap("inPhase"), phases)
    shown = [claims[0] for claims in (*set_against.values(), *placed.values())]
    found, verbs = {card.claim: card for card in cards(opened.reader, shown)}, phrases(opened.reader)
    links = [(ends, "respondsTo", claims[0]) for ends, claims in set_against.items()]
    links += [(ends, "inPhase", claims[0]) for ends, claims in placed.items()]
    return [
        Edge(
            target,
            subject,
            relation,
            *reversed(verbs[gap(relation)]),
            short(found[claim].standing),
            short(found[claim].stance),
        )
        for (subject, target), relation, claim in links
    ]


def _source_edges(rows: Sequence[PathRow]) -> list[Edge]:
    return [_to_source(row.tactic, row.source, short(row.relation), row.relationLabel) for row in rows if row.source]


def _to_source(thing: str, source: str, relation: str, label: str) -> Edge:
    stance = "quiet" if relation in QUIET else _STANCES.get(relation, "supports")
    return Edge(thing, source, relation, label, label, stance=stance)


def _other_tactics(opened: Opened, cause: str, nodes: dict[str, Node]) -> list[Edge]:
    """Tactics linked with the cause otherwise than by its phase; adds them to the things."""
    verbs, edges = phrases(opened.reader)[gap("addresses")], []
    rows = addressing(opened.reader, cause, opened.part(_MOST))
    stated = on_links(opened.reader, [row.tactic for row in rows], gap("addresses"), [cause])
    for row in rows:
        if short(row.how) != "addressesByPhase" and (row.tactic, cause) in stated:
            nodes.setdefault(row.tactic, node_of(row.tactic, row.label, 2, tactic=True))
            edges.append(Edge(cause, row.tactic, "addresses", verbs[1], verbs[0], ADDRESSING[short(row.how)]))
    return edges


# --- Anything else ---------------------------------------------------------------------------------


def around(opened: Opened, iri: str) -> Graph:
    """What is one claim away: on the left what points here, on the right where it points, and the sources."""
    rows, behind = _claim_rows(opened, iri), sources_of(opened.reader, iri, part=opened.part(2 * _MOST))
    labels, tactics = names(opened.reader, list({iri, *(row.other for row in rows)})), {*tactic_names(opened.reader)}
    nodes = {iri: node_of(iri, labels.get(iri, short(iri)), 1, tactic=iri in tactics)}
    for row in rows:
        label = labels.get(row.other, short(row.other))
        node = node_of(row.other, label, 2 if row.direction == "to" else 0, tactic=row.other in tactics)
        nodes.setdefault(row.other, _beside(node) if kind(iri) == "source" else node)
    for source in behind:
        nodes[source.source] = node_of(source.source, source.sourceLabel, 2)
    edges = [*_claim_edges(opened, iri, rows, nodes), *_caused(opened, iri, nodes), *_behind(iri, behind)]
    asked = ("neighbours", {"thing": iri}), ("sources_of", {"thing": iri})
    by_kind = sorted(nodes.values(), key=lambda node: list(NODE_KINDS).index(node.kind))
    return Graph(iri, tuple(by_kind), tuple(edges), labels_of(edges), asked=asked)


def _beside(node: Node) -> Node:
    """What a document speaks of is much: causes, phases and tactics stand on its left, all else on its right."""
    return replace(node, column=0 if node.kind in ("cause", "phase", "tactic") else 2)


def _claim_rows(opened: Opened, iri: str) -> list[Row]:
    rows = neighbours(opened.reader, [iri], opened.part(4 * _MOST))
    if kind(iri) != "source":
        return [row for row in rows if row.relation != gap("backedBy")]
    asserted = gap("assertedIn")
    read = [Row(iri, "from", asserted, r.other, r.claim, r.standing, r.stance) for r in read_in(opened.reader, iri)]
    return [*rows, *read]


def _claim_edges(opened: Opened, iri: str, rows: Sequence[Row], nodes: dict[str, Node]) -> list[Edge]:
    verbs, best = phrases(opened.reader), {}
    for row in rows:
        if row.other != iri:
            best.setdefault((row.other, row.relation, row.direction), row)
    return [_claim_edge(iri, row, verbs[row.relation], nodes) for row in best.values()]


def _claim_edge(iri: str, row: Row, verb: tuple[str, str], nodes: dict[str, Node]) -> Edge:
    forward = row.direction == "to"
    relation, stance = short(row.relation), short(row.stance)
    here, there = verb if forward else verb[::-1]
    edge = Edge(iri, row.other, relation, here, there, short(row.standing), stance, "to" if forward else "from")
    if relation in QUIET:
        edge = replace(edge, stance="quiet", standing="", arrow="")
    if nodes[row.other].column < nodes[iri].column:
        edge = edge.turned()
    return edge


def _caused(opened: Opened, iri: str, nodes: dict[str, Node]) -> list[Edge]:
    """What a tactic is held to address by its phase: a link that no single claim states."""
    if kind(iri) != "tactic":
        return []
    verbs, edges = phrases(opened.reader)[gap("addresses")], []
    for row in addressed(opened.reader, iri, opened.part(_MOST)):
        if short(row.how) == "addressesByPhase":
            nodes[row.cause] = node_of(row.cause, row.label, 0)
            edges.append(Edge(row.cause, iri, "addresses", verbs[1], verbs[0], "by-phase", arrow="from"))
    return edges


def _behind(iri: str, rows: Sequence[SourceRow]) -> list[Edge]:
    return [_to_source(iri, row.source, short(row.relation), row.relationLabel) for row in rows]


# --- Both ------------------------------------------------------------------------------------------


def labels_of(edges: Iterable[Edge]) -> dict[str, str]:
    """What each kind of link is called, in the order in which the kinds are shown."""
    found = {edge.relation: edge.phrase if edge.arrow != "from" else edge.back for edge in edges}
    claimed = {slug: LINK_WORDS.get(slug, label) for slug, label in found.items() if slug not in SUPPORT_ORDER}
    sourced = {slug: SOURCE_HEADINGS[slug] for slug in SUPPORT_ORDER if slug in found}
    return {slug: label[:1].upper() + label[1:] for slug, label in {**claimed, **sourced}.items()}
