"""An index that moves on by what patches touch finds what one finds that is made anew; so does one kept on disk."""

from __future__ import annotations

import fcntl
import logging
import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kg.errors import SearchBeingMade
from kg.namespaces import PREFIXES, gap, kind_of, thing
from kg.search import Search, Searches, making
from kg.search.kept import FOLDER
from kg.store import Engine, Home, Literal, NamedNode, Quad, place
from kg.store.apart import start_apart
from kg.store.snapshots import Snapshots
from tests.conftest import LONG
from tests.store.store_support import commit, grown, opened

IN_MEMORY, ON_DISK = 10**6, 0
both = pytest.mark.parametrize("limit", [IN_MEMORY, ON_DISK], ids=["in memory", "on disk"])
WORDS = ("audit", "audits", "board", "boards of trustees", "delivery unit", "éval", "unit")
ASKED = (*WORDS, "audi", "bord", "trustee board", "eval unit", "nothing here", "a")
SKOS = PREFIXES["skos"]
THINGS = [thing(kind, f"{name}-{kind}") for kind in ("tactic", "claim", "notion") for name in ("audit", "b", "unit")]

_texts = st.builds(
    lambda iri, prop, text: place((NamedNode(iri), NamedNode(prop), Literal(text))),
    st.sampled_from(THINGS),
    st.sampled_from([SKOS + "prefLabel", SKOS + "altLabel", SKOS + "definition", gap("gist"), gap("shortLabel")]),
    st.sampled_from(WORDS),
)
_states = st.builds(
    lambda iri, how: place((NamedNode(iri), NamedNode(gap("reviewStatus")), NamedNode(thing("review-status", how)))),
    st.sampled_from(THINGS),
    st.sampled_from(["accepted", "contested", "draft", "withdrawn"]),
)
_ends = st.builds(
    lambda iri, more: place((NamedNode(iri), *more)),
    st.sampled_from(THINGS),
    st.sampled_from(
        [
            (NamedNode(PREFIXES["owl"] + "deprecated"), Literal(True)),
            (NamedNode(gap("mergedInto")), NamedNode(THINGS[0])),
            (NamedNode(gap("note")), Literal("audit")),
        ]
    ),
)
said = st.frozensets(_texts | _states | _ends, max_size=8)


def told(search: Search) -> dict[str, object]:
    """All that can be asked of an index; the order of what fits equally well may differ."""
    looked = {words: search.look_up(words) for words in ASKED}
    return {
        "found": {
            words: (found.kinds, found.slipped, found.unknown, found.some, {str(hit) for hit in found.hits(limit=50)})
            for words, found in looked.items()
        },
        "suggested": {words: {hit.thing for hit in search.suggest(words, limit=50)} for words in ASKED},
        "got": {iri: search.get(iri) for iri in THINGS},
        "kinds": (search.kinds(), [search.of_kind(kind_of(iri) or "") for iri in THINGS]),
        "near": [(search.near_words(word), sorted(search.nearest(word))) for word in ("audti", "unti", "bo", "x")],
        "revision": search.revision,
    }


@both
@settings(max_examples=100 if LONG else 6, phases=(Phase.explicit, Phase.generate))
@given(changes=st.lists(st.tuples(said, st.integers(0, 3)), min_size=2, max_size=4))
def test_what_moved_on_finds_what_is_made_anew(
    tmp_path_factory: pytest.TempPathFactory, limit: int, changes: list[tuple[frozenset[Quad], int]]
) -> None:
    home = grown(Home(tmp_path_factory.mktemp("searched") / "base"), 1)
    searches = Searches(home)
    searches.of(home.reader(limit))
    with opened(home) as writer:
        for added, part in changes:
            there = sorted((q for q in writer.reader.quads() if q.subject.value in THINGS), key=str)
            commit(writer, added, there[part::4])
            reader = home.reader(limit)
            assert told(searches.of(reader)) == told(Search(reader))


def labelled(home: Home, number: int, limit: int = ON_DISK) -> Engine:
    """The base with one more notion."""
    with opened(home) as writer:
        iri = NamedNode(thing("notion", f"n{number}"))
        commit(writer, [place((iri, NamedNode(SKOS + "prefLabel"), Literal(f"Notion w{number}")))])
    return home.reader(limit)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = grown(Home(tmp_path / "base"), 1)
    labelled(made, 1)
    return made


@both
def test_what_is_there_already_is_not_made_anew(home: Home, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    searches = Searches(home)
    searches.of(home.reader(limit))
    monkeypatch.setattr("kg.search.kept.all_entries", None)
    second = labelled(home, 2, limit)
    assert [hit.label for hit in searches.of(second).find("w2")] == ["Notion w2"]
    if limit == ON_DISK:  # another process finds it too
        assert [hit.label for hit in Searches(home).of(second).find("w1")] == ["Notion w1"]


@both
def test_who_searches_goes_on_in_their_revision(home: Home, limit: int) -> None:
    searches = Searches(home)
    first = searches.of(home.reader(limit))
    second = searches.of(labelled(home, 2, limit))
    assert (first.find("w2"), len(second.find("w2"))) == ([], 1)
    assert second.revision == first.revision + 1


@pytest.mark.parametrize("harm", ["removed", "emptied", "garbage"])
def test_a_damaged_index_is_made_anew(home: Home, harm: str) -> None:
    reader = home.reader(ON_DISK)
    Searches(home).of(reader)
    if harm == "removed":
        shutil.rmtree(home.folder / FOLDER)
    else:
        for file in (home.folder / FOLDER).rglob("*"):
            if file.is_file():
                file.unlink()  # a file that is mapped into memory and gets shorter would end the process
                file.write_bytes(b"" if harm == "emptied" else b"{ garbage")
    assert len(Searches(home).of(reader).find("w1")) == 1


@pytest.fixture
def large(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A base that takes long to be read."""
    monkeypatch.setattr(Snapshots, "is_large", lambda *_: True)
    return home


def found_in_the_end(searches: Searches, reader: Engine) -> Search:
    """Asked again and again, as visitors do."""
    for _ in range(3000):
        try:
            return searches.of(reader)
        except SearchBeingMade:
            threading.Event().wait(0.02)
    raise AssertionError("it never was made")


def test_the_index_of_a_large_base_is_made_apart_and_the_log_says_when(
    large: Home, caplog: pytest.LogCaptureFixture
) -> None:
    searches, reader = Searches(large, apart=True), large.reader(ON_DISK)
    with caplog.at_level(logging.INFO, "gapbridge.search"):
        with pytest.raises(SearchBeingMade):
            searches.of(reader)
        assert len(found_in_the_end(searches, reader).find("w1")) == 1
        for thread in threading.enumerate():
            if thread.name == "search index":
                thread.join()
    assert [record.message for record in caplog.records] == [
        "Making the search index; pages wait for it",
        "The search index is made",
    ]


def test_nobody_waits_for_another_process_that_makes_the_index(large: Home) -> None:
    (large.folder / FOLDER).mkdir()
    with (large.folder / FOLDER / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(SearchBeingMade):
            Searches(large, apart=True).of(large.reader(ON_DISK))


def test_where_it_cannot_be_made_apart_it_is_made_here(large: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "start_apart", lambda _, *told: start_apart("kg.search.nothing", *told))
    assert len(found_in_the_end(Searches(large, apart=True), large.reader(ON_DISK)).find("w1")) == 1


def test_the_index_of_another_base_is_not_used(home: Home, tmp_path: Path) -> None:
    Searches(home).of(home.reader(ON_DISK))
    other = grown(Home(tmp_path / "other"), 1)
    (home.folder / FOLDER).rename(other.folder / FOLDER)
    reader = labelled(other, 7)
    found = Searches(other).of(reader)
    assert (found.find("w1"), len(found.find("w7"))) == ([], 1)


def test_where_another_process_was_quicker_its_later_index_is_given(home: Home) -> None:
    before = home.reader(ON_DISK)
    Searches(home).of(labelled(home, 2))
    assert Searches(home).of(before).revision == before.revision + 1


def test_where_nothing_can_be_written_it_is_held_in_memory(home: Home) -> None:
    (home.folder / FOLDER).write_text("in the way", encoding="utf-8")
    assert len(Searches(home).of(home.reader(ON_DISK)).find("w1")) == 1
