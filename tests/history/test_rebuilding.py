"""Old revisions are rebuilt from patches just as they were, and compared in words and as RDF."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotFound
from kg.history import Fate, Index, as_patch, base_at, between, thing_at, told_apart
from kg.history.index import FILE
from kg.namespaces import PREFIXES, thing
from kg.store import Change, Home, Journal, Literal, NamedNode, Patch, Quad, in_memory, place
from tests.store.store_support import commit, echo, go_on, grown, known, opened, quads, said, says

LABEL = PREFIXES["skos"] + "prefLabel"


@pytest.fixture
def base(tmp_path: Path) -> Home:
    return grown(replace(Home(tmp_path / "base"), keep=5), 5)


def test_a_rebuilt_revision_equals_its_snapshot(base: Home) -> None:
    newest = base.reader(0)
    for number in range(1, 6):
        rebuilt = base_at(newest, base.journal, number)
        assert rebuilt.revision == number
        assert set(rebuilt.quads()) == set(base.kept(number).quads())
        assert said(rebuilt) == known(number)


def test_a_thing_is_as_it_was(base: Home) -> None:
    newest, index = base.reader(0), Index(base.journal, base.folder)
    node = NamedNode(thing("source", "newest"))
    for number in range(1, 6):
        assert thing_at(newest, index, node.value, number) == set(base.kept(number).quads(subject=node))


def test_a_revision_that_never_was_is_not_found(base: Home) -> None:
    newest = base.reader(0)
    for number in (0, -1, 6, 10**9):
        with pytest.raises(NotFound, match=f"revision {number}"):
            base_at(newest, base.journal, number)


Steps = st.lists(st.tuples(st.sets(quads, max_size=4), st.sets(quads, max_size=4)), min_size=2, max_size=6)


@settings(max_examples=25, deadline=None)
@given(Steps)
def test_between_any_two_revisions_lies_just_what_differs(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[set[Quad], set[Quad]]]
) -> None:
    home = Home(tmp_path_factory.mktemp("any") / "base", keep=9)
    with opened(home, checked=lambda _: []) as writer:
        commit(writer, [says("first", "1")])
        for removed, added in steps:
            writer.commit(Change(writer.reader.revision, frozenset(added), frozenset(removed)))
    newest = home.reader(0).revision
    states = {number: set(home.kept(number).quads()) for number in range(1, newest + 1)}
    for one in states:
        for other in states:
            net = between(home.journal, one, other)
            assert (net.removed, net.added) == (states[one] - states[other], states[other] - states[one])


def test_the_index_is_made_once_and_followed(base: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    Index(base.journal, base.folder).touching([thing("source", "newest")], 5)
    read: list[int] = []
    text = Journal.text
    monkeypatch.setattr(Journal, "text", lambda self, number: (read.append(number), text(self, number))[1])
    again = Index(base.journal, base.folder)
    assert again.touching([thing("source", "newest")], 5) == [5, 4, 3, 2]
    assert read == []
    with opened(base) as writer:
        go_on(writer, 1)
    assert again.touching([thing("source", "newest")], 6) == [6, 5, 4, 3, 2]
    assert read == [6]


def test_an_index_of_another_journal_is_made_anew(tmp_path: Path) -> None:
    index = Index(Journal(tmp_path / "one"), tmp_path)
    for number, name in enumerate(("a", "b", "c"), 1):
        index.journal.append(Patch(number, (), (says(name, "x"),)))
    assert index.touching([thing("source", "b")], 3) == [2]
    other = Index(Journal(tmp_path / "other"), tmp_path)
    for number, name in enumerate(("a", "c", "b"), 1):
        other.journal.append(Patch(number, (), (says(name, "y"),)))
    assert other.touching([thing("source", "b")], 3) == [3]


def test_an_index_that_cannot_be_read_is_held_in_memory(base: Home) -> None:
    (base.folder / FILE).write_bytes(b"not an index" * 100)
    assert Index(base.journal, base.folder).touching([thing("source", "newest")], 5) == [5, 4, 3, 2]


def test_an_index_holds_nothing_of_a_revision_that_broke_off(base: Home) -> None:
    index = Index(base.journal, base.folder)
    base.journal.path(4).write_bytes(b"")
    index.touching([thing("source", "newest")], 3)
    with sqlite3.connect(base.folder / FILE) as connection:
        assert connection.execute("SELECT revision FROM followed").fetchall() == [(3,)]


def test_differences_are_told_thing_by_thing() -> None:
    def label(slug: str, text: str) -> Quad:
        return place((NamedNode(thing("notion", slug)), NamedNode(LABEL), Literal(text, language="en")))

    kind = place((NamedNode(thing("notion", "new")), NamedNode(PREFIXES["rdf"] + "type"), NamedNode("urn:x:notion")))
    found = told_apart([label("old", "Before")], [label("old", "After"), label("new", "New"), kind])
    assert [(d.iri, d.fate) for d in found] == [
        (thing("notion", "new"), Fate.ADDED),
        (thing("notion", "old"), Fate.CHANGED),
    ]
    (line,) = found[1].lines
    assert ([v.text for v in line.gone], [v.text for v in line.came]) == (["Before"], ["After"])


def test_what_the_rules_wrote_is_no_difference_people_made() -> None:
    reader = in_memory([says("a", "x")], 1)
    assert told_apart([], echo(reader)) == []


def test_a_patch_has_a_line_for_each_statement() -> None:
    assert as_patch([says("a", "x")], [says("a", "y")]).splitlines() == [
        f"D {says('a', 'x')} .",
        f"A {says('a', 'y')} .",
    ]
