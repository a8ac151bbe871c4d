"""A change of the base: all of it or nothing, checked, derived and recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Conflict, DoesNotConform, StoreDamaged
from kg.namespaces import PREFIXES, gap, thing
from kg.store import (
    CLAIMS_GRAPH,
    DERIVED_GRAPH,
    META_GRAPH,
    Change,
    Home,
    Literal,
    NamedNode,
    Quad,
    Reader,
    Triple,
    Writer,
    describing,
    graph_of,
    in_memory,
    place,
    placed,
)
from kg.store.terms import BlankNode
from tests.store.store_support import (
    ECHO,
    REFUSED,
    TEXT,
    XSD,
    commit,
    echo,
    echoed,
    nquads,
    opened,
    quads,
    said,
    says,
    statements,
    tree,
)

A, B = NamedNode(thing("source", "a")), NamedNode(thing("source", "b"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "base")


@pytest.fixture(params=[0, 10**6], ids=["on disk", "in memory"])
def writer(request: pytest.FixtureRequest, home: Home):  # type: ignore[no-untyped-def]
    with opened(home, limit=request.param) as open_writer:
        yield open_writer


def test_a_change_takes_out_and_puts_in(writer: Writer) -> None:
    commit(writer, [says("a", "1"), says("a", "2")])
    assert commit(writer, [says("a", "3")], [says("a", "1")]) == 2
    assert said(writer.reader) == {says("a", "2"), says("a", "3")}


def test_readers_see_a_change_after_it_was_made(writer: Writer, home: Home) -> None:
    commit(writer, [says("a", "1")])
    reader = home.reader(10**6)
    assert (reader.revision, nquads(reader)) == (1, nquads(writer.reader))


def test_of_what_is_put_in_and_taken_out_at_once_it_is_put_in(writer: Writer) -> None:
    commit(writer, [says("a", "1")], [says("a", "1")])
    assert said(writer.reader) == {says("a", "1")}


@pytest.mark.parametrize("base", [0, 1, 3])
def test_a_change_against_another_revision_is_a_conflict(writer: Writer, home: Home, base: int) -> None:
    commit(writer, [says("a", "1")])
    commit(writer, [says("a", "2")])
    before = tree(home.folder)
    with pytest.raises(Conflict, match=rf"made against revision {base}, the newest is 2") as told:
        writer.commit(Change(base, frozenset([says("a", "3")])))
    assert (told.value.base, told.value.newest) == (base, 2)
    assert tree(home.folder) == before
    assert commit(writer, [says("a", "3")]) == 3


@pytest.mark.parametrize(
    ("added", "removed"),
    [
        ([], []),
        ([says("a", "1")], []),
        ([], [says("a", "not there")]),
        ([says("a", "1")], [says("a", "1")]),
        ([says("n", Literal("01", datatype=NamedNode(XSD + "integer")))], []),
        ([says("n", Literal("1", datatype=NamedNode(XSD + "int")))], []),
        ([], [says("n", Literal("2", datatype=NamedNode(XSD + "integer")))]),
    ],
)
def test_a_change_that_makes_no_difference_makes_no_revision(
    writer: Writer, home: Home, added: list[Quad], removed: list[Quad]
) -> None:
    commit(writer, [says("a", "1"), says("n", Literal("1", datatype=NamedNode(XSD + "integer")))])
    before = tree(home.folder)
    assert commit(writer, added, removed) == 1
    assert tree(home.folder) == before


def test_a_refused_change_leaves_everything_as_it_was(writer: Writer, home: Home) -> None:
    commit(writer, [says("a", "1"), says("b", "1")])
    before, text = tree(home.folder), nquads(writer.reader)
    with pytest.raises(DoesNotConform, match="No"):
        commit(writer, [says("a", REFUSED), says("c", "2")], [says("a", "1")])
    assert nquads(writer.reader) == text
    assert tree(home.folder) == before


def test_after_a_refused_change_the_writer_goes_on_from_the_revision_before_it(writer: Writer, home: Home) -> None:
    commit(writer, [says("a", "1")])
    with pytest.raises(DoesNotConform):
        commit(writer, [says("a", REFUSED)], [says("a", "1")])
    assert commit(writer, [says("b", "2")]) == 2
    assert said(home.reader(0)) == {says("a", "1"), says("b", "2")}
    assert echoed(home.reader(0)) == {"1", "2"}


def test_a_refused_change_takes_out_nothing_that_was_there_in_another_spelling(writer: Writer) -> None:
    one = says("n", Literal("1", datatype=NamedNode(XSD + "integer")))
    commit(writer, [one])
    with pytest.raises(DoesNotConform):
        commit(writer, [says("n", Literal("01", datatype=NamedNode(XSD + "integer"))), says("a", REFUSED)])
    assert said(writer.reader) == {one}


revision = NamedNode(thing("revision", "1"))
misplaced = {
    "another graph": Quad(A, TEXT, Literal("x"), CLAIMS_GRAPH),
    "no graph": Quad(A, TEXT, Literal("x")),
    "blank subject": Quad(BlankNode("x"), TEXT, Literal("x"), graph_of(A.value)),
    "blank object": Quad(A, TEXT, BlankNode("x"), graph_of(A.value)),
    "a statement about a statement": Quad(A, TEXT, Triple(BlankNode("x"), TEXT, A), graph_of(A.value)),
    "the derived graph": Quad(A, ECHO, Literal("x"), DERIVED_GRAPH),
    "a summary, which is derived": place((NamedNode(thing("summary", "a")), TEXT, Literal("x"))),
    "what is recorded of a revision": place((revision, TEXT, Literal("x"))),
}


@pytest.mark.parametrize("quad", misplaced.values(), ids=misplaced)
def test_what_may_not_stand_in_a_change_is_refused(writer: Writer, home: Home, quad: Quad) -> None:
    commit(writer, [says("a", "1")])
    before = tree(home.folder)
    with pytest.raises(DoesNotConform, match="may not stand"):
        commit(writer, [quad, says("b", "2")])
    assert tree(home.folder) == before
    assert commit(writer, [says("b", "2")]) == 2


@pytest.mark.parametrize("graph", [DERIVED_GRAPH, META_GRAPH])
def test_nobody_takes_out_what_only_the_program_writes(writer: Writer, graph: NamedNode) -> None:
    commit(writer, [says("a", "1")])
    with pytest.raises(DoesNotConform, match="may not stand"):
        commit(writer, removed=writer.reader.quads(graph=graph))


@given(st.lists(statements, max_size=30))
def test_no_triple_stands_in_two_graphs(found: list[tuple[NamedNode, NamedNode, Literal]]) -> None:
    engine = in_memory(placed(found))
    assert len({(q.subject, q.predicate, q.object) for q in engine.quads()}) == len(engine)


# --- What files say ---------------------------------------------------------------------------------


def test_describing_replaces_what_was_said_of_a_thing_and_leaves_the_rest(writer: Writer) -> None:
    commit(writer, [says("a", "old"), says("a", "kept"), says("b", "other")])
    file = [(A, TEXT, Literal("kept")), (A, TEXT, Literal("new"))]
    writer.commit(describing(writer.reader, file, thing("agent", "x"), "loaded"))
    assert said(writer.reader) == {says("a", "kept"), says("a", "new"), says("b", "other")}


def test_describing_holds_only_what_differs(writer: Writer) -> None:
    commit(writer, [says("a", "old"), says("a", "kept")])
    change = describing(writer.reader, [(A, TEXT, Literal("kept"))], thing("agent", "x"), "")
    assert (change.added, change.removed) == (frozenset(), {says("a", "old")})


def test_describing_touches_nothing_derived(writer: Writer) -> None:
    commit(writer, [says("a", "1")])
    change = describing(writer.reader, [(A, TEXT, Literal("2"))], thing("agent", "x"), "")
    assert DERIVED_GRAPH not in {q.graph_name for q in change.removed}


def test_loading_the_same_once_more_makes_no_revision(writer: Writer) -> None:
    file = [(A, TEXT, Literal("01", datatype=NamedNode(XSD + "integer"))), (A, TEXT, Literal("x", language="EN"))]
    for _ in range(2):
        assert writer.commit(describing(writer.reader, file, thing("agent", "x"), "")) == 1


# --- What follows -----------------------------------------------------------------------------------


def test_derived_statements_follow_the_record(writer: Writer) -> None:
    commit(writer, [says("a", "1"), says("b", "2")])
    assert echoed(writer.reader) == {"1", "2"}


def test_derived_statements_vanish_with_what_they_followed_from(writer: Writer, home: Home) -> None:
    commit(writer, [says("a", "1"), says("b", "2")])
    commit(writer, removed=[says("a", "1")])
    assert echoed(writer.reader) == echoed(home.reader(0)) == {"2"}


def test_a_step_sees_what_the_steps_before_it_wrote(home: Home) -> None:
    def again(reader: Reader) -> list[Quad]:
        return [Quad(B, ECHO, Literal(t + "!"), DERIVED_GRAPH) for t in echoed(reader)]

    with opened(home, [echo, again]) as writer:
        commit(writer, [says("a", "1")])
        assert echoed(writer.reader) == {"1", "1!"}
        commit(writer, [says("a", "2")])
        assert echoed(writer.reader) == {"1", "1!", "2", "2!"}


def test_a_step_never_sees_what_was_derived_before(home: Home) -> None:
    def count(reader: Reader) -> list[Quad]:
        return [Quad(A, ECHO, Literal(str(len(list(reader.quads(graph=DERIVED_GRAPH))))), DERIVED_GRAPH)]

    with opened(home, [count]) as writer:
        commit(writer, [says("a", "1")])
        commit(writer, [says("a", "2")])
        assert echoed(writer.reader) == {"0"}


def test_the_check_sees_what_was_derived(home: Home) -> None:
    seen: list[set[str]] = []
    with opened(home, checked=lambda reader: seen.append(echoed(reader)) or []) as writer:
        commit(writer, [says("a", "1")])
    assert seen == [{"1"}]


@pytest.mark.parametrize("broken", ["step", "check"])
def test_a_fault_in_a_rule_or_check_changes_nothing(home: Home, broken: str) -> None:
    def fault(_: Reader) -> list:  # type: ignore[type-arg]
        raise ZeroDivisionError

    with opened(home) as writer:
        commit(writer, [says("a", "1")])
    with (
        pytest.raises(ZeroDivisionError),
        opened(home, [fault] if broken == "step" else [echo], checked=fault) as writer,
    ):
        commit(writer, [says("a", "2")])
    with opened(home) as writer:
        assert (writer.reader.revision, said(writer.reader)) == (1, {says("a", "1")})


def test_a_writer_in_which_a_change_broke_off_takes_no_more(home: Home) -> None:
    def fault(_: Reader) -> list[Quad]:
        raise ZeroDivisionError

    with opened(home, [fault]) as writer:
        with pytest.raises(ZeroDivisionError):
            commit(writer, [says("a", "1")])
        with pytest.raises(StoreDamaged, match="open it anew"):
            commit(writer, [says("a", "1")])


# --- What is recorded -------------------------------------------------------------------------------


def recorded(reader: Reader, number: int) -> dict[str, str]:
    me = NamedNode(thing("revision", str(number)))
    return {q.predicate.value: str(q.object) for q in reader.quads(subject=me, graph=META_GRAPH)}


def test_a_revision_records_who_when_why_and_after_which(writer: Writer) -> None:
    start = datetime.now(UTC)
    commit(writer, [says("a", "1")])
    writer.commit(Change(1, frozenset([says("a", "2")]), agent=thing("agent", "me"), message="Because “so”"))
    facts, prov = recorded(writer.reader, 2), PREFIXES["prov"]
    at = datetime.fromisoformat(facts.pop(prov + "endedAtTime").split('"')[1])
    assert start - timedelta(seconds=1) <= at <= datetime.now(UTC)
    assert facts == {
        PREFIXES["rdf"] + "type": f"<{gap('Revision')}>",
        gap("revisionNumber"): f'"2"^^<{XSD}integer>',
        prov + "wasAssociatedWith": f"<{thing('agent', 'me')}>",
        prov + "wasInformedBy": f"<{thing('revision', '1')}>",
        PREFIXES["dcterms"] + "description": '"Because “so”"@en',
    }


def test_the_first_revision_comes_after_none(writer: Writer) -> None:
    commit(writer, [says("a", "1")])
    assert PREFIXES["prov"] + "wasInformedBy" not in recorded(writer.reader, 1)


def test_what_is_recorded_of_a_revision_stays(writer: Writer) -> None:
    commit(writer, [says("a", "1")], message="first")
    before = recorded(writer.reader, 1)
    commit(writer, [says("a", "2")])
    assert recorded(writer.reader, 1) == before


def test_a_refused_change_records_nothing(writer: Writer) -> None:
    with pytest.raises(DoesNotConform):
        commit(writer, [says("a", REFUSED)])
    assert len(writer.reader) == 0


# --- What must always hold --------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.lists(quads, max_size=6), st.lists(quads, max_size=6)), min_size=1, max_size=5),
    st.sampled_from([0, 10**6]),
)
def test_replaying_the_journal_from_nothing_gives_the_same_base(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[list[Quad], list[Quad]]], limit: int
) -> None:
    home = Home(tmp_path_factory.mktemp("replay") / "base", 1)
    with opened(home, [echo, lambda r: [Quad(q.subject, ECHO, q.object, DERIVED_GRAPH) for q in r.quads()]]) as writer:
        for added, removed in changes:
            commit(writer, added, removed)
        here = nquads(writer.reader)
    replayed: set[Quad] = set()
    for patch in home.journal.since(0):
        assert set(patch.removed) <= replayed  # a patch holds what really was there, and what really was not
        assert not set(patch.added) & replayed
        replayed = (replayed - set(patch.removed)) | set(patch.added)
    assert "\n".join(sorted(map(str, replayed))).encode() == here
    if home.journal.head:
        assert nquads(home.reader(limit)) == here
