"""RDF Patch, the journal's language, in the form RDF Delta uses.

A patch is UTF-8 text: `H` header lines, `TX .`, `PA` prefix lines, `D` and `A` lines holding one N-Quads
statement each, `TC .`; a last comment line carries the SHA-256 of all before it.
Source: RDF Delta, “RDF Patch” (afs.github.io/rdf-delta/rdf-patch.html).
"""

from __future__ import annotations

import hashlib
import io
import re
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.errors import StoreDamaged
from kg.namespaces import BASE, GRAPH, ID, NS
from kg.store.terms import Quad

_PREFIXES = {"gap": NS, "id": ID, "graph": GRAPH}
_SEAL = b"# sha256 "
LONGEST_SEAL = len(_SEAL) + 65
_STATEMENT = re.compile(rb"^[AD] <([^>]*)> <([^>]*)> (?:<([^>]*)>)?", re.MULTILINE)


@dataclass(frozen=True)
class Patch:
    """What one revision took out and put in, all graphs together.

    Attributes:
        number: the revision it makes.
        removed, added: statements that really were, and really were not, there before.
    """

    number: int
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]


def patch_id(number: int) -> str:
    """The patch's address; made from the number so that a replayed journal is the same to the byte."""
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{BASE}revision/{number}')}"


def encode(patch: Patch) -> bytes:
    """The patch as sealed text."""
    out = io.BytesIO()
    out.write(f"H id <{patch_id(patch.number)}> .\n".encode())
    if patch.number > 1:
        out.write(f"H prev <{patch_id(patch.number - 1)}> .\n".encode())
    out.write(f'H revision "{patch.number}" .\nTX .\n'.encode())
    for name, address in _PREFIXES.items():
        out.write(f'PA "{name}" "{address}" .\n'.encode())
    out.write(_lines(b"D ", patch.removed))
    out.write(_lines(b"A ", patch.added))
    out.write(b"TC .\n")
    body = out.getvalue()
    return body + _SEAL + hashlib.sha256(body).hexdigest().encode() + b"\n"


def decode(data: bytes, name: str, only: Collection[str] | None = None) -> Patch:
    """The patch in a sealed text.

    Args:
        data: the text.
        name: what it is called in an error.
        only: the subjects that are wanted; all where None. What is not wanted costs next to nothing.

    Raises:
        StoreDamaged: the text is not what was sealed.
    """
    body, seal, digest = data.rpartition(_SEAL)
    if not seal or hashlib.sha256(body).hexdigest().encode() + b"\n" != digest:
        raise StoreDamaged(f"{name} is not as it was written: its checksum does not match.")
    lines: dict[bytes, list[bytes]] = {b"A": [], b"D": []}
    number = 0
    for line in body.split(b"\n"):
        letter, _, rest = line.partition(b" ")
        if letter in lines:
            if only is None or rest[1 : rest.find(b"> ")].decode() in only:
                lines[letter].append(rest)
        elif line.startswith(b'H revision "'):
            number = int(line.split(b'"')[1])
    return Patch(number, _quads(lines[b"D"]), _quads(lines[b"A"]))


def seal(tail: bytes) -> str:
    """The seal in the last bytes of a text; `LONGEST_SEAL` of them hold it."""
    return tail.rpartition(_SEAL)[2].decode("ascii", "replace").strip()


def statements_in(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Subject, predicate and object (empty for a text) of all statements of a patch, as addresses.

    Nothing is parsed beyond these, so that a journal is gone through in a tenth of the time.
    """
    for subject, predicate, value in _STATEMENT.findall(data):
        yield subject.decode(), predicate.decode(), value.decode()


def _lines(letter: bytes, quads: Iterable[Quad]) -> bytes:
    text = pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS)
    return letter + text[:-1].replace(b"\n", b"\n" + letter) + b"\n" if text else b""


def _quads(lines: list[bytes]) -> tuple[Quad, ...]:
    return tuple(pyoxigraph.parse(b"\n".join(lines) + b"\n", RdfFormat.N_QUADS))
