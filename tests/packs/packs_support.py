"""The worked example, a base to add it to, and archives of all sorts."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kg.packs import Pack, Plan, pack_of_files, read_pack
from kg.store import DERIVED_GRAPH, Engine, in_memory
from tests.data_support import base

CROSSWALK = Path(__file__).parent / "crosswalk"
ME = "https://w3id.org/gapbridge/id/agent/gapbridge"


def example() -> Pack:
    """The worked example."""
    return read_pack(CROSSWALK)


def files() -> dict[str, bytes]:
    """Its Turtle files, to be changed by a test."""
    return {path.relative_to(CROSSWALK).as_posix(): path.read_bytes() for path in CROSSWALK.rglob("*.ttl")}


def changed(path: str, old: str, new: str) -> Pack:
    """The worked example with something else in one of its files."""
    found = files()
    text = found[path].decode()
    assert old in text
    return pack_of_files(found | {path: text.replace(old, new).encode()}, "example")


@cache
def plain() -> Engine:
    """The ontology and the core article's pack, without what follows from them; not to be written to."""
    return in_memory((quad for quad in base().quads() if quad.graph_name != DERIVED_GRAPH), revision=1)


def after(reader: Engine, plan: Plan) -> Engine:
    """The base as a plan leaves it, without what follows."""
    assert plan.change.base == reader.revision
    return in_memory((set(reader.quads()) - plan.change.removed) | plan.change.added, reader.revision + 1)


def zipped(members: Mapping[str, bytes]) -> io.BytesIO:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


def tarred(members: Mapping[str, bytes], packing: str = "gz") -> io.BytesIO:
    """A tar file."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=f"w:{packing}") as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file
