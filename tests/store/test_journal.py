"""The journal: sealed RDF patches, one a revision, without a gap."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreDamaged
from kg.store import Home
from kg.store.journal import Journal
from kg.store.patch import Patch, decode, encode
from tests.store.store_support import grown, known, literals, quads, said, says

some_quads = st.lists(quads, max_size=8, unique=True).map(tuple)
patches = st.builds(Patch, st.integers(1, 10**9), some_quads, some_quads)
SEALED = encode(Patch(7, (says("a", "x\ny"),), (says("a", "# sha256 é"),)))


@given(patches)
def test_a_patch_reads_back_as_it_was_written(patch: Patch) -> None:
    assert decode(encode(patch), "here") == patch


@given(patches)
def test_a_patch_is_lines_of_its_language(patch: Patch) -> None:
    *body, seal, end = encode(patch).decode().split("\n")
    assert {line.split(" ")[0] for line in body} <= {"H", "TX", "PA", "D", "A", "TC"}
    assert seal.startswith("# sha256 ")
    assert end == ""
    assert [line[0] for line in body if line[0] in "DA"] == ["D"] * len(patch.removed) + ["A"] * len(patch.added)


def test_the_same_patch_is_the_same_bytes() -> None:
    assert encode(decode(SEALED, "here")) == SEALED


@pytest.mark.parametrize("bit", range(8))
def test_a_patch_with_any_byte_changed_is_damaged(bit: int) -> None:
    for place in range(len(SEALED)):
        data = bytearray(SEALED)
        data[place] ^= 1 << bit
        with pytest.raises(StoreDamaged, match=r"here is not as it was written"):
            decode(bytes(data), "here")


@pytest.mark.parametrize("end", range(0, len(SEALED), 7))
def test_a_patch_cut_off_is_damaged(end: int) -> None:
    with pytest.raises(StoreDamaged, match="not as it was written"):
        decode(SEALED[:end], "here")


def test_a_patch_with_anything_added_is_damaged() -> None:
    for more in (b"\n", b" ", b"\x00", SEALED):
        with pytest.raises(StoreDamaged, match="not as it was written"):
            decode(SEALED + more, "here")


def test_the_journal_holds_every_revision_and_no_more(tmp_path: Path) -> None:
    journal = grown(Home(tmp_path / "base", 1), 6).journal
    assert (journal.head, [p.number for p in journal.since(0)]) == (6, [1, 2, 3, 4, 5, 6])
    assert [p.number for p in journal.since(4)] == [5, 6]


@pytest.mark.parametrize("gone", [1, 3, 5])
def test_a_gap_in_the_journal_is_told(tmp_path: Path, gone: int) -> None:
    journal = grown(Home(tmp_path / "base"), 6).journal
    journal.path(gone).unlink()
    with pytest.raises(StoreDamaged, match=f"has no entry {gone}, but 0000000{gone + 1}.rdfp"):
        _ = journal.head


@pytest.mark.parametrize("name", ["00000007 (copy).rdfp", "7.rdfp", "x.rdfp", "00000000.rdfp", ".rdfp"])
def test_a_foreign_file_among_the_entries_is_told(tmp_path: Path, name: str) -> None:
    journal = grown(Home(tmp_path / "base"), 6).journal
    (journal.folder / name).write_bytes(journal.path(6).read_bytes())
    with pytest.raises(StoreDamaged, match=r"has no entry \d, but "):
        _ = journal.head


def test_entries_that_changed_places_are_told(tmp_path: Path) -> None:
    journal = grown(Home(tmp_path / "base"), 3).journal
    journal.path(2).write_bytes(journal.path(1).read_bytes())
    with pytest.raises(StoreDamaged, match=r"00000002.rdfp holds revision 1"):
        journal.read(2)


def test_an_entry_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match="no entry 1"):
        Journal(tmp_path).read(1)


def test_an_empty_journal_has_head_0(tmp_path: Path) -> None:
    assert Journal(tmp_path / "nowhere").head == 0


@settings(max_examples=30)
@given(st.lists(literals, min_size=1, max_size=4))
def test_literals_of_all_sorts_survive_a_patch(values: list) -> None:  # type: ignore[type-arg]
    patch = Patch(1, (), tuple(says("a", value) for value in values))
    assert decode(encode(patch), "here").added == patch.added


def test_what_the_journal_adds_up_to_is_the_base(tmp_path: Path) -> None:
    home = grown(Home(tmp_path / "base", 1), 9)
    here = set()
    for patch in home.journal.since(0):
        here = (here - set(patch.removed)) | set(patch.added)
    assert known(9) <= here
    assert here == set(home.reader(0).quads())
    assert said(home.reader(0)) == known(9)
