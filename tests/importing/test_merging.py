"""Two records made one, and works marked as retracted: what changes, and that the base is in order after it."""

from __future__ import annotations

import pytest

from kg.errors import BadInput, NotFound
from kg.importing.marking import Announced, announced, mark
from kg.importing.merging import merge
from kg.namespaces import PREFIXES, gap, thing
from kg.queries import fate
from kg.store import DERIVED_GRAPH, META_GRAPH, Engine, Literal, NamedNode, Quad, in_memory, placed, text_of
from kg.validation import check
from tests.data_support import derived, whole

GONE, KEPT = thing("source", "weaver-2009"), thing("source", "weaver-2010")
SAME = "The same text under two titles."


def changed(added: frozenset[Quad], removed: frozenset[Quad], base: Engine | None = None) -> Engine:
    return in_memory(({*(base or whole()).quads()} - removed) | added)


@pytest.fixture(scope="module")
def merged() -> Engine:
    made = merge(whole(), GONE, KEPT, SAME)
    return changed(made.added, made.removed)


def test_nothing_points_to_the_record_that_is_given_up(merged: Engine) -> None:
    left = [q for q in merged.quads(value=NamedNode(GONE)) if q.graph_name not in (DERIVED_GRAPH, META_GRAPH)]
    assert left == []
    pointing = {text_of(q.subject) for q in whole().quads(value=NamedNode(GONE)) if q.graph_name != DERIVED_GRAPH}
    now = {text_of(q.subject) for q in merged.quads(value=NamedNode(KEPT))}
    assert pointing <= now


def test_its_address_leads_to_the_other_with_the_reason(merged: Engine) -> None:
    (row,) = fate(merged, GONE)
    assert (row.merged, row.why) == (KEPT, SAME)
    assert {q.object for q in merged.quads(subject=NamedNode(GONE)) if q.predicate.value == gap("shortLabel")}


def test_the_base_is_in_order_after_it(merged: Engine) -> None:
    assert check(derived({quad for quad in merged.quads() if quad.graph_name != DERIVED_GRAPH})) == []


def test_an_identifier_goes_over_where_the_other_has_none() -> None:
    doi = Literal("https://doi.org/10.5555/x", datatype=NamedNode(PREFIXES["xsd"] + "anyURI"))
    identifier = NamedNode(PREFIXES["dcterms"] + "identifier")
    base = changed(placed([(NamedNode(GONE), identifier, doi)]), frozenset())
    made = merge(base, GONE, KEPT, SAME)
    moved = {text_of(q.subject) for q in changed(made.added, made.removed, base).quads(value=doi)}
    assert moved == {KEPT}


@pytest.mark.parametrize(
    ("gone", "kept", "why", "error"),
    [
        (GONE, GONE, SAME, BadInput),
        (GONE, KEPT, " ", BadInput),
        (GONE, thing("source", "none"), SAME, NotFound),
        (thing("tactic", "piloting"), KEPT, SAME, NotFound),
    ],
)
def test_what_cannot_be_merged_is_told(gone: str, kept: str, why: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        merge(whole(), gone, kept, why)


def test_what_is_given_up_is_not_merged_again(merged: Engine) -> None:
    with pytest.raises(BadInput, match="given up already"):
        merge(merged, GONE, KEPT, SAME)


def test_a_mark_is_set_changed_and_taken_back() -> None:
    told = Announced("retracted", "https://example.org/notice", "2024-05-01")
    marked = changed(*mark(whole(), KEPT, told))
    assert (announced(whole(), KEPT), announced(marked, KEPT)) == (Announced(), told)
    assert check(marked) == []
    added, removed = mark(marked, KEPT, Announced())
    assert (len(added), len(removed)) == (0, 3)
    assert mark(marked, KEPT, told) == (frozenset(), frozenset())


def test_a_mark_that_cannot_be_taken_is_told_by_field() -> None:
    assert [name for name, _ in Announced("", "x", "2024-13-01").problems()] == ["notice", "day", "status"]
    assert [name for name, _ in Announced("corrected").problems()] == ["notice"]
    with pytest.raises(NotFound):
        mark(whole(), thing("source", "none"), Announced("corrected"))
