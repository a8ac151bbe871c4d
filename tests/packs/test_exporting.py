"""The base back to files: byte for byte what was loaded, each thing where curators keep it; and in again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import NotFound, PackConflict
from kg.namespaces import PREFIXES, gap, thing
from kg.packs import CONTRIBUTED, About, add, canonical_turtle, export_packs, laid_out, loading
from kg.packs.known import known
from kg.settings import resource
from kg.store import Engine, Literal, NamedNode, Statement, in_memory, place, placed, read_files
from kg.withdrawing import withdrawn
from tests.data_support import whole
from tests.packs.packs_support import CROSSWALK, ME, after, example, plain

SEED = resource("seed_data")
PACKS = sorted(folder.name for folder in SEED.iterdir() if folder.is_dir())
EVERY = 1 if os.environ.get("GAPBRIDGE_LONG") == "1" else 40
"""Of so many files one is written anew; all of them takes a while."""
SKOS = PREFIXES["skos"]


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.ttl")}


def notion(slug: str, definition: str) -> list[Statement]:
    """A notion that somebody made on the web."""
    me = NamedNode(thing("notion", slug))
    facts = {
        PREFIXES["rdf"] + "type": NamedNode(gap("Notion")),
        SKOS + "inScheme": NamedNode(thing("scheme", "notion")),
        SKOS + "prefLabel": Literal(slug, language="en"),
        SKOS + "definition": Literal(definition, language="en"),
    }
    return [(me, NamedNode(predicate), value) for predicate, value in facts.items()]


@pytest.fixture(scope="module")
def common() -> Engine:
    """The pack that all others need, alone."""
    return in_memory(placed(s for _, found in read_files([SEED / "common"]) for s in found), revision=1)


@pytest.mark.parametrize("pack", PACKS)
def test_the_layout_is_that_of_the_seed_data(pack: str) -> None:
    files = {path: set(file.statements) for path, file in known().packs[pack].items()}
    told = laid_out(statement for statements in files.values() for statement in statements)
    assert {path: set(statements) for path, statements in told.items()} == files


def test_every_seed_pack_is_written_byte_for_byte(tmp_path: Path) -> None:
    found = export_packs(whole(), tmp_path)
    assert found.packs == PACKS
    assert content(tmp_path) == content(SEED)


def test_what_is_written_anew_is_the_same_to_the_byte() -> None:
    files = [file for pack in PACKS for file in known().packs[pack].values()]
    for file in files[::EVERY]:
        assert canonical_turtle(file.statements).encode() == file.text


def test_a_pack_that_was_added_is_written_as_it_came(tmp_path: Path) -> None:
    with_pack = after(plain(), add(plain(), example(), ME))
    export_packs(with_pack, tmp_path, ["crosswalk"])
    assert content(tmp_path / "crosswalk") == content(CROSSWALK)


def test_what_was_made_on_the_web_goes_to_a_pack_of_its_own(common: Engine, tmp_path: Path) -> None:
    base = with_more(common, notion("made-here", "Made up."))
    found = export_packs(base, tmp_path, about=About("https://example.org/licence", "2.0.0"))
    assert found.packs == ["common", CONTRIBUTED]
    assert (tmp_path / "common" / "pack.ttl").read_bytes() == (SEED / "common" / "pack.ttl").read_bytes()
    assert set(content(tmp_path / CONTRIBUTED)) == {"pack.ttl", "notions/made-here.ttl"}
    told = (tmp_path / CONTRIBUTED / "pack.ttl").read_text()
    assert "https://example.org/licence" in told
    assert '"2.0.0"' in told
    assert "pack:common" in told


def with_more(base: Engine, statements: list[Statement]) -> Engine:
    return in_memory({*base.quads(), *map(place, statements)}, base.revision)


def test_an_edited_thing_alone_is_written_anew(common: Engine, tmp_path: Path) -> None:
    export_packs(common, tmp_path)
    edited = with_more(common, [(NamedNode(thing("agent", "gapbridge")), NamedNode(SKOS + "note"), Literal("More"))])
    found = export_packs(edited, tmp_path)
    assert found.written == [tmp_path / "common" / "agents" / "gapbridge.ttl"]


def test_files_of_what_is_gone_are_told_and_deleted_when_asked(common: Engine, tmp_path: Path) -> None:
    export_packs(with_more(common, notion("made-here", "Made up.")), tmp_path)
    (tmp_path / "common" / "agents" / "stale.ttl").write_text(canonical_turtle(notion("stale", "Gone.")))
    assert [path.name for path in export_packs(common, tmp_path).stale] == ["stale.ttl"]
    export_packs(common, tmp_path, prune=True)
    assert content(tmp_path / "common") == content(SEED / "common")


def test_an_unknown_pack_is_told(common: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        export_packs(common, tmp_path, ["nowhere"])


SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.dictionaries(SLUGS, WORDS, max_size=5))
def test_written_and_loaded_again_nothing_changes(common: Engine, tmp_path: Path, made: dict[str, str]) -> None:
    base = with_more(common, [s for slug, words in made.items() for s in notion(slug, words)])
    shutil.rmtree(tmp_path)
    export_packs(base, tmp_path)
    found = loading(base, [tmp_path], "", ME)
    assert not found.change.added | found.change.removed
    assert found.missing == ()


def test_an_edited_file_changes_its_thing_alone(common: Engine, tmp_path: Path) -> None:
    base = with_more(common, notion("made-here", "Made up."))
    export_packs(base, tmp_path)
    file = tmp_path / CONTRIBUTED / "notions" / "made-here.ttl"
    file.write_text(file.read_text().replace("Made up.", "Made up here."))
    found = loading(base, [tmp_path], "", ME)
    assert found.changes.changed == (thing("notion", "made-here"),)
    assert not found.changes.added + found.changes.removed


def test_a_file_that_was_deleted_is_told_and_withdrawn_when_asked(common: Engine, tmp_path: Path) -> None:
    base, made = with_more(common, notion("made-here", "Made up.")), thing("notion", "made-here")
    export_packs(base, tmp_path)
    (tmp_path / CONTRIBUTED / "notions" / "made-here.ttl").unlink()
    told = loading(base, [tmp_path], "", ME)
    assert told.missing == (made,)
    assert not told.change.removed
    pruned = loading(base, [tmp_path / CONTRIBUTED], "", ME, prune=True).change
    assert withdrawn(in_memory((set(base.quads()) - pruned.removed) | pruned.added), made)


def test_the_folder_of_an_added_pack_is_loaded_with_no_change_or_by_another_way(tmp_path: Path) -> None:
    with_pack = after(plain(), add(plain(), example(), ME))
    export_packs(with_pack, tmp_path, ["crosswalk"])
    assert not loading(with_pack, [tmp_path], "", ME).changes.changed
    (tmp_path / "crosswalk" / "agents" / "crosswalk-maker.ttl").unlink()
    with pytest.raises(PackConflict, match="gapbridge pack update"):
        loading(with_pack, [tmp_path], "", ME)
