"""Every data file: in canonical form, named after what it describes, whole, and each statement in one graph."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.contributing import seed_files
from kg.namespaces import ID, NS, SHAPES, kind_of, local_of, slug_of
from kg.settings import resource
from kg.store import GRAPHS, NamedNode, read_file
from kg.turtle import is_canonical
from tests.data_support import ROOT, base, whole

FOLDERS = (resource("ontology"), resource("seed_data"))
FILES = sorted(path for folder in FOLDERS for path in folder.rglob("*.ttl"))
SEED = [path for path in FILES if FOLDERS[1] in path.parents]

KIND_OF_FOLDER = {
    "activities": "activity",
    "agents": "agent",
    "bodies": "body",
    "claims": "claim",
    "frameworks": "scheme",
    "notions": "notion",
    "outcomes": "outcome",
    "passages": "passage",
    "persons": "person",
    "policies": "policy",
    "schemes": "scheme",
    "sources": "source",
}
BESIDE = {"claim": {"passage", "selector"}, "passage": {"selector"}}
"""What may stand in a file beside the thing it is named after."""
ALONE = {"source", "policy", "outcome", "notion", "body", "person", "agent", "activity"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT)) if ROOT in path.parents else path.name


def subjects(path: Path) -> set[str]:
    return {subject.value for subject, _, _ in read_file(path)}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_canonical(folder: Path) -> None:
    """So that a difference in a file is a difference in the data."""
    wrong = [path for path in FILES if folder in path.parents and not is_canonical(path)]
    told = "\n".join(f"  gapbridge format {name(path)}" for path in wrong)
    assert not wrong, f"{len(wrong)} files are not in canonical form; to mend them:\n{told}"


def test_no_blank_nodes() -> None:
    """Read by the parser itself, since the loader refuses them."""
    for path in FILES:
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
            nodes = (quad.subject, quad.object)
            assert not any(isinstance(node, ox.BlankNode) for node in nodes), f"{name(path)}: {quad}"


@pytest.mark.parametrize("folder", sorted(KIND_OF_FOLDER))
def test_named_after_what_it_describes(folder: str) -> None:
    kind = KIND_OF_FOLDER[folder]
    files = [path for path in SEED if path.parent.name == folder]
    assert files
    for path in files:
        me, told = f"{ID}{kind}/{path.stem}", subjects(path)
        assert me in told, f"{name(path)} does not describe {kind}/{path.stem}"
        others = told - {me}
        if kind in ALONE:
            assert not others, f"{name(path)} describes {others} too"
        if kind in BESIDE:
            assert {kind_of(other) for other in others} <= BESIDE[kind]
            assert {slug_of(other) for other in others} <= {path.stem}


def test_packs_are_named_after_their_folder() -> None:
    for path in (p for p in SEED if p.name == "pack.ttl"):
        assert subjects(path) == {f"{ID}pack/{path.parent.name}"}


def test_every_seed_file_is_of_a_known_folder() -> None:
    assert {path.parent.name for path in SEED if path.name != "pack.ttl"} == set(KIND_OF_FOLDER)


def test_a_framework_stands_with_its_members() -> None:
    for path in (p for p in SEED if p.parent.name in ("frameworks", "schemes")):
        me = NamedNode(f"{ID}scheme/{path.stem}")
        members = {s.value for s, p, o in read_file(path) if o == me and p.value.endswith("#inScheme")}
        rest = subjects(path) - members - {me.value}
        assert {kind_of(other) for other in rest} <= {"passage", "selector"}, name(path)


def test_ontology_files_are_named_after_their_scheme_or_class() -> None:
    for path in (FOLDERS[0] / "schemes").glob("*.ttl"):
        assert f"{ID}scheme/{path.stem}" in subjects(path), name(path)
    for path in (FOLDERS[0] / "shapes").glob("*.ttl"):
        told = {s.removeprefix(SHAPES) for s in subjects(path)}
        assert all(path.stem.lower().startswith(t.partition("-")[0].lower()) for t in told), name(path)


def test_each_thing_is_described_in_one_file() -> None:
    """Alignments say more of terms; they alone may."""
    told = Counter(chain.from_iterable(subjects(p) for p in FILES if p.parent.name != "alignments"))
    assert [thing for thing, files in told.items() if files > 1] == []


def test_everything_referred_to_is_described() -> None:
    quads = list(whole().quads())
    described = {q.subject.value for q in quads}
    named = {q.predicate.value for q in quads} | {q.object.value for q in quads if isinstance(q.object, NamedNode)}
    missing = {iri for iri in named - described if iri.startswith((ID, NS, SHAPES))}
    assert {local_of(iri) for iri in missing} == set()


def test_no_statement_stands_in_two_graphs() -> None:
    quads = list(whole().quads())
    sizes = {graph: sum(q.graph_name == graph for q in quads) for graph in GRAPHS}
    assert sum(sizes.values()) == len(quads) == len({q.triple for q in quads})


_BUILD = """
import hashlib
from tests.data_support import base, whole
lines = sorted(str(quad) for quad in base().quads())
print(hashlib.sha256("\\n".join(lines).encode()).hexdigest())
"""


def test_building_twice_gives_the_same_bytes() -> None:
    """Once here and once in a process of its own, with another order of every set."""
    lines = sorted(str(quad) for quad in base().quads())
    env = os.environ | {"PYTHONHASHSEED": "4711"}
    done = subprocess.run([sys.executable, "-c", _BUILD], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_what_a_new_base_is_filled_with_is_all_there_is() -> None:
    loaded = {p for given in seed_files() for p in (given.rglob("*.ttl") if given.is_dir() else [given])}
    assert loaded == set(FILES)
