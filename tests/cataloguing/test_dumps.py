"""Dumps: every statement, packed, the same bytes each time, and made without the pages waiting."""

from __future__ import annotations

import gzip
import hashlib
import random
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from kg.cataloguing import DUMPS, SUMS, Dump, Shelf, dump_named, export_file, is_exported
from kg.cataloguing.files import make
from kg.cataloguing.making import fill
from kg.contributing import home, writer
from kg.errors import BadInput, NoLongerKept, NotFound
from kg.namespaces import PREFIXES, thing
from kg.settings import Settings
from kg.store import Change, Engine, Literal, NamedNode, place

FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
}
WHOLE = [dump for dump in DUMPS if not dump.part]
OF_GRAPHS = [dump for dump in DUMPS if dump.graph]


def unpacked(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as reader:
        return reader.read()


def name(dump: Dump) -> str:
    return dump.name(1)


@pytest.mark.parametrize("dump", WHOLE, ids=name)
def test_a_whole_dump_holds_every_statement(snapshot: Engine, dump: Dump, tmp_path: Path) -> None:
    path = tmp_path / dump.name(1)
    made = make(snapshot, dump, path)
    assert (made.size, made.sha256) == (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
    found = list(ox.parse(unpacked(path), FORMATS[dump.form]))
    if dump.form == "ttl":
        assert {q.triple for q in found} == {q.triple for q in snapshot.quads()}
    else:
        assert set(found) == set(snapshot.quads())
    assert len(found) == len(snapshot)


def test_the_dumps_of_the_graphs_are_the_whole(snapshot: Engine, tmp_path: Path) -> None:
    found = set()
    for dump in OF_GRAPHS:
        make(snapshot, dump, tmp_path / dump.name(1))
        parsed = ox.parse(unpacked(tmp_path / dump.name(1)), ox.RdfFormat.TURTLE)
        found |= {ox.Quad(q.subject, q.predicate, q.object, NamedNode(dump.graph)) for q in parsed}
    assert found == set(snapshot.quads())


def test_the_same_statements_give_the_same_bytes_whatever_came_first(snapshot: Engine, tmp_path: Path) -> None:
    quads = list(snapshot.quads())
    random.Random(4).shuffle(quads)
    other = Engine(ox.Store(str(tmp_path / "other")), 1)
    other.store.extend(quads[:20_000])
    other.store.extend(quads[20_000:])
    for dump in (Dump("", "trig"), Dump("", "nq", "zst"), Dump("claims", "ttl")):
        first, second = (make(reader, dump, tmp_path / dump.name(1)) for reader in (snapshot, other))
        assert first == second
    assert (tmp_path / "gapbridge-1.trig.gz").read_bytes()[4:8] == b"\0\0\0\0"  # no time of making


def test_names_stand_for_dumps_and_nothing_else_does() -> None:
    for dump in DUMPS:
        assert dump_named(dump.name(12)) == ("12", dump)
        assert dump_named(dump.name("latest")) == ("latest", dump)
    for other in (
        "gapbridge-0.nq.gz",
        "gapbridge-1.nq",
        "gapbridge-01.nq.gz",
        "../gapbridge-1.nq.gz",
        "files.json",
        "",
    ):
        assert dump_named(other) is None


@pytest.mark.parametrize("suffix", ["nq.gz", "ttl.zst", "nt.gz"])
def test_a_packed_export_by_suffix(snapshot: Engine, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"base.{suffix}"
    assert is_exported(path)
    assert export_file(snapshot, path) == path.stat().st_size
    found = ox.parse(unpacked(path), FORMATS[suffix.partition(".")[0]])
    assert len({q.triple for q in found}) == len(snapshot)


def test_what_this_module_does_not_write(snapshot: Engine, tmp_path: Path) -> None:
    assert [n for n in ("a.nq", "a.csv.gz", "a.gz", "a.jsonld.gz") if is_exported(Path(n))] == []
    for wrong in ("a.nanopub.ttl", "a.nanopub.nt.gz"):
        with pytest.raises(BadInput, match=r"but as \.trig, \.nq"):
            export_file(snapshot, tmp_path / wrong)
    with pytest.raises(BadInput, match="cannot be written"):
        export_file(snapshot, tmp_path / "none" / "a.nq.gz")


def change(settings: Settings, label: str) -> int:
    with writer(settings) as open_writer:
        name = NamedNode(PREFIXES["foaf"] + "name")
        statement = place((NamedNode(thing("agent", "gapbridge")), name, Literal(label)))
        return open_writer.commit(
            Change(open_writer.reader.revision, frozenset([statement]), frozenset(), thing("agent", "gapbridge"), label)
        )


def test_what_there_is_of_revisions_as_long_as_these_are_kept(fresh: Settings) -> None:
    settings = replace(fresh, keep_snapshots=2)
    shelf = Shelf(home(settings))
    try:
        first = shelf.statistics(1)
        assert change(settings, "Second") == 2
        assert shelf.statistics(2).size.statements > first.size.statements  # the work on the first gives way
        assert shelf.statistics(1) == first
        assert change(settings, "Third") == 3
        with pytest.raises(NoLongerKept, match="Revision 1 is no longer kept"):
            shelf.file(1, SUMS)
        with pytest.raises(NotFound):
            shelf.file(9, SUMS)
        shelf.statistics(3)
        assert sorted(path.name[:8] for path in (settings.data / "dumps").iterdir()) == ["00000002", "00000003"]
    finally:
        shelf.close()


def test_who_was_ended_midway_is_followed_by_one_who_makes_the_rest(fresh: Settings, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    whole, part = home(fresh), tmp_path / "made" / "gapbridge-1-meta.ttl.gz"
    (tmp_path / "made" / ".gapbridge-1.nq.gz.part").write_bytes(b"torn")
    made = make(whole.kept(1), Dump("meta", "ttl"), part)
    changed = part.stat().st_mtime_ns
    fill(whole, 1, tmp_path / "made")
    assert part.stat().st_mtime_ns == changed
    lines = (tmp_path / "made" / SUMS).read_text(encoding="utf-8").splitlines()
    assert f"{made.sha256}  {made.name}" in lines
    for line in lines:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((tmp_path / "made" / name).read_bytes()).hexdigest() == digest
    assert [path for path in (tmp_path / "made").iterdir() if path.suffix == ".part"] == []


def test_where_nothing_can_be_written_beside_the_base(fresh: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(home(fresh))
    monkeypatch.setattr("kg.cataloguing.shelf.os.access", lambda *_: False)
    try:
        assert shelf.statistics(1).size.statements > 60_000
        assert not (fresh.data / "dumps").exists()
    finally:
        shelf.close()
