"""Undoing makes a new revision, takes nothing of anybody's later work, and can itself be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.contributing import commit, open_base, undo
from kg.errors import BadInput, Entangled, NotFound
from kg.history import Index, Undoing, by_people, undoing
from kg.namespaces import PREFIXES, gap, thing
from kg.settings import Settings
from kg.store import Change, Home, Literal, NamedNode, Quad, Writer, place
from tests.store.store_support import opened, quads, says

A, LABEL = PREFIXES["rdf"] + "type", PREFIXES["skos"] + "prefLabel"


def change(writer: Writer, added: set[Quad], removed: set[Quad]) -> int:
    return writer.commit(Change(writer.reader.revision, frozenset(added), frozenset(removed)))


def applied(writer: Writer, found: Undoing) -> int:
    return change(writer, set(found.added), set(found.removed))


def held(writer: Writer) -> frozenset[Quad]:
    return by_people(writer.reader.quads())


Sets = st.sets(quads, max_size=5)


@settings(max_examples=20, deadline=None)
@given(before=Sets, added=Sets, removed=Sets)
def test_undoing_an_undo_gives_the_same_base(
    tmp_path_factory: pytest.TempPathFactory, before: set[Quad], added: set[Quad], removed: set[Quad]
) -> None:
    home = Home(tmp_path_factory.mktemp("undo") / "base")
    with opened(home, checked=lambda _: [], limit=10**6) as writer:
        change(writer, {says("first", "1"), *before}, set())
        old = held(writer)
        assume(change(writer, added, removed) == 2)
        new, index = held(writer), Index(home.journal, home.folder)
        assume(old != new)
        once = undoing(writer.reader, index, 2)
        assume(not once.obstacles)
        assert applied(writer, once) == 3
        assert held(writer) == old
        assert applied(writer, undoing(writer.reader, index, 3)) == 4
        assert held(writer) == new


def label(slug: str, text: str) -> Quad:
    return place((NamedNode(thing("notion", slug)), NamedNode(LABEL), Literal(text, language="en")))


def is_notion(slug: str) -> Quad:
    return place((NamedNode(thing("notion", slug)), NamedNode(A), NamedNode(gap("Notion"))))


@pytest.fixture
def past(tmp_path: Path) -> Iterator[tuple[Writer, Index]]:
    """A name that was changed twice, a thing that came in between and was added to, and one left alone."""
    home = Home(tmp_path / "base")
    note = place((NamedNode(thing("notion", "new")), NamedNode("urn:x:note"), Literal("later")))
    with opened(home, checked=lambda _: [], limit=10**6) as writer:
        change(writer, {label("a", "one"), says("x", "first")}, set())
        came = {label("a", "two"), label("new", "New"), is_notion("new"), label("calm", "Calm")}
        change(writer, came, {label("a", "one")})
        change(writer, {label("a", "three")}, {label("a", "two")})
        change(writer, {note}, set())
        yield writer, Index(home.journal, home.folder)


def test_what_was_changed_again_stands_in_the_way(past: tuple[Writer, Index]) -> None:
    writer, index = past
    found = undoing(writer.reader, index, 2)
    assert {(o.thing, o.property, o.now, o.revisions) for o in found.obstacles} == {
        (thing("notion", "a"), LABEL, ("three",), (3,)),
        (thing("notion", "new"), "urn:x:note", ("later",), (4,)),
    }


def test_one_thing_can_be_undone_alone(past: tuple[Writer, Index]) -> None:
    writer, index = past
    found = undoing(writer.reader, index, 2, thing("notion", "calm"))
    assert (found.removed, found.added, found.obstacles) == ({label("calm", "Calm")}, frozenset(), ())


def test_what_was_undone_already_is_left_alone(past: tuple[Writer, Index]) -> None:
    writer, index = past
    applied(writer, undoing(writer.reader, index, 3))
    found = undoing(writer.reader, index, 3)
    assert (found.removed, found.added, found.obstacles) == (frozenset(), frozenset(), ())


def test_derived_statements_and_the_record_of_revisions_are_no_part_of_it(past: tuple[Writer, Index]) -> None:
    writer, index = past
    change(writer, {says("y", "echoed")}, set())
    found = undoing(writer.reader, index, 5)
    assert found.removed == {says("y", "echoed")}


def test_who_did_what_stays_true(past: tuple[Writer, Index]) -> None:
    writer, index = past
    change(writer, {says("somebody", "x", "agent"), says("reading", "x", "activity"), says("z", "x")}, set())
    assert undoing(writer.reader, index, 5).removed == {says("z", "x")}


def test_the_first_revision_and_those_that_are_not_there_are_refused(past: tuple[Writer, Index]) -> None:
    writer, index = past
    with pytest.raises(BadInput, match="cannot be undone"):
        undoing(writer.reader, index, 1)
    with pytest.raises(NotFound):
        undoing(writer.reader, index, 99)
    with pytest.raises(BadInput, match="did nothing to this thing"):
        undoing(writer.reader, index, 3, thing("notion", "calm"))


def note(settings: Settings, text: str, gone: str = "") -> int:
    def quad(words: str) -> Quad:
        claim = NamedNode(thing("claim", "gold-weak-units-d3e57c69"))
        return place((claim, NamedNode(PREFIXES["skos"] + "editorialNote"), Literal(words, language="en")))

    base = open_base(settings)
    return commit(settings, Change(base.revision, frozenset({quad(text)}), frozenset({quad(gone)} if gone else ())))


def test_a_revision_of_the_base_is_undone_by_a_new_one(fresh: Settings) -> None:
    before = by_people(open_base(fresh).quads())
    assert (note(fresh, "One"), note(fresh, "Two", gone="One")) == (2, 3)
    with pytest.raises(Entangled, match=r"claim/gold-weak-units-d3e57c69, skos:editorialNote: changed by 3; now “Two”"):
        undo(fresh, 2)
    assert (undo(fresh, 3), undo(fresh, 2)) == (4, 5)
    assert by_people(open_base(fresh).quads()) == before
