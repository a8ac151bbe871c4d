"""The files in which the data are handed out whole, or a graph at a time, packed and with checksums.

The same revision, written by the same program, gives the same bytes: the order is that of the data, and no packed file
holds a time or a name (RFC 1952, MTIME 0).
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg import nanopublishing, reifying
from kg.errors import BadInput
from kg.namespaces import GRAPH
from kg.store import GRAPHS, Engine, pack_of, stream, stream_statements

SUMS = "SHA256SUMS"
"""The file that lists the checksums of all others, as `sha256sum` writes and reads it."""
FORMS = {
    "trig": "application/trig",
    "nq": "application/n-quads",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
}
PACKINGS = {"gz": "application/gzip", "zst": "application/zstd"}
NANOPUBS, RDF12 = "nanopubs", "rdf12"
_CLAIMS = {"nanopub": NANOPUBS, "rdf12": RDF12}
_GRAPHS = tuple(graph.value.removeprefix(GRAPH) for graph in GRAPHS)
_SUFFIXES = re.compile(rf"(?:\.({'|'.join(_CLAIMS)}))?\.({'|'.join(FORMS)})(?:\.({'|'.join(PACKINGS)}))?$")
_OF_PACK = re.compile(r"-(pack-[a-z0-9-]+)\.ttl\.gz")
_PART = 1 << 20


@dataclass(frozen=True)
class Dump:
    """A file that there is of each revision.

    Attributes:
        part: the name of a graph, `nanopubs` or `rdf12`; empty for all graphs together.
        form: the suffix of its form.
        packing: the suffix of its packing.
    """

    part: str
    form: str
    packing: str = "gz"

    def name(self, revision: int | str) -> str:
        """What the file of a revision is called."""
        return f"gapbridge-{revision}{f'-{self.part}' if self.part else ''}.{self.form}.{self.packing}"

    @property
    def graph(self) -> str:
        """The address of the graph that it holds; empty where it holds more than one."""
        return GRAPH + self.part if self.part in _GRAPHS or pack_of(GRAPH + self.part) else ""


DUMPS = (
    Dump("", "nq"),
    Dump("", "trig"),
    Dump("", "ttl"),
    *(Dump(name, "ttl") for name in _GRAPHS),
    Dump(NANOPUBS, "trig"),
    Dump(RDF12, "trig"),
    Dump(RDF12, "nq"),
    Dump("", "nq", "zst"),
)
"""The files that there are of every revision, in the order in which they are made."""


def dumps_of(graphs: Iterable[str]) -> tuple[Dump, ...]:
    """All files of a revision with these graphs: one more for each pack that was added."""
    return (*DUMPS, *(Dump(graph.removeprefix(GRAPH), "ttl") for graph in graphs if pack_of(graph)))


@dataclass(frozen=True)
class DumpFile:
    """A file that was made."""

    name: str
    size: int
    sha256: str


def dump_named(name: str) -> tuple[str, Dump] | None:
    """The revision, or `latest`, and the dump that a file's name stands for; None where it is no such name."""
    found = re.fullmatch(r"gapbridge-(latest|[1-9][0-9]{0,8})([-.][a-z0-9.-]+)", name)
    if found is None:
        return None
    revision = found[1]
    part = _OF_PACK.fullmatch(found[2])
    dumps = (*DUMPS, Dump(part[1], "ttl")) if part else DUMPS
    dump = next((dump for dump in dumps if dump.name(revision) == name), None)
    return (revision, dump) if dump else None


def make(reader: Engine, dump: Dump, path: Path) -> DumpFile:
    """Write a dump; its name appears only when it is whole.

    Args:
        reader: a snapshot on disk.
        dump: which one.
        path: where to.
    """
    draft = path.with_name(f".{path.name}.part")
    with draft.open("wb") as file, packed(file, dump.packing) as output:
        _write(reader, dump.part, dump.form, output)
    made = DumpFile(path.name, draft.stat().st_size, checksum(draft))
    draft.rename(path)
    return made


def is_exported(path: Path) -> bool:
    """Whether a file's name asks for one of the exports of this module: packed, nanopublications or RDF 1.2."""
    found = _SUFFIXES.search(path.name)
    return found is not None and bool(found[1] or found[3])


def export_file(reader: Engine, path: Path) -> int:
    """Write the base, or its claims, to a file whose suffixes say how: `.nq.gz`, `.nanopub.trig`, `.rdf12.nq.zst`.

    Args:
        reader: a snapshot on disk.
        path: where to.

    Returns:
        How many bytes were written.

    Raises:
        BadInput: the suffixes do not go together, or the file cannot be written.
    """
    found = _SUFFIXES.search(path.name)
    part, form, packing = found.groups() if found else (None, "", None)
    known = {"nanopub": nanopublishing.FORMS, "rdf12": reifying.FORMS, None: tuple(FORMS)}[part]
    if form not in known:
        raise BadInput(f"{path}: that is not written as .{form}, but as {', '.join(f'.{f}' for f in known)}.")
    try:
        with path.open("wb") as file, packed(file, packing or "") as output:
            _write(reader, _CLAIMS.get(part or "", ""), form, output)
        return path.stat().st_size
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from error


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_PART):
            found.update(part)
    return found.hexdigest()


@contextmanager
def packed(file: IO[bytes], packing: str) -> Iterator[IO[bytes]]:
    """A file to write to, packed on the way."""
    if packing == "gz":
        with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as output:
            yield output  # type: ignore[misc]  # it is one in all but name
    elif packing == "zst":
        import zstandard  # here, so that the pages need not hold it

        with zstandard.ZstdCompressor(level=9).stream_writer(file, closefd=False) as output:
            yield output
    else:
        yield file


def _write(reader: Engine, part: str, form: str, output: IO[bytes]) -> None:
    if part == NANOPUBS:
        quads = nanopublishing.all_nanopublications(reader)
        stream_statements(quads, form, output, nanopublishing.SHORT_NANOPUB)
    elif part == RDF12:
        reifying.write(reifying.all_reified(reader), form, output)
    else:
        stream(reader, form, output, GRAPH + part if part else "")
