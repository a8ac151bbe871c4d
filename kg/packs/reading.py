"""A pack as somebody wrote it: what its files say, and whether it is a pack at all, before the base is asked.

The description (`pack.ttl`) gives title, licence, version and source (Shape Pack), and may name what it needs: other
packs (`dcterms:requires`) and a version of the ontology (`dcterms:conformsTo`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadInput, SyntaxProblem
from kg.namespaces import ID, NS, ONTOLOGY, PREFIXES, compact, gap, kind_of, local_of, slug_of
from kg.packs.archives import read_archive, shown
from kg.packs.versions import version_key
from kg.store import Literal, NamedNode, Statement, read_turtle, text_of

DESCRIPTION = "pack.ttl"
MOST_STATEMENTS = 2_000_000
MOST_OF_A_VALUE = 20_000
OURS = frozenset(
    gap(name)
    for name in (
        *("partOfPack", "basisInPack", "heldIn", "switchedOffIn", "countsAsRead"),
        *("summarises", "evidenceStatus", "supportCount", "cautionCount", "gapCount", "independentSourceCount"),
        "ruleVersion",
    )
)
"""Properties that the program alone writes: no pack may say them of its things."""
_NEVER = ("pack", "revision", "summary")
_TYPE = PREFIXES["rdf"] + "type"
_DC, _DCAT = PREFIXES["dcterms"], PREFIXES["dcat"]
_ADDRESS = re.compile(re.escape(ID) + r"[a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
_SCHEMES = re.compile(r"(https?|urn|mailto|tel|info|tag|doi):", re.IGNORECASE)
_VERSION_OF_ONTOLOGY = re.compile(re.escape(ONTOLOGY) + r"/([0-9A-Za-z.-]+)")


@dataclass(frozen=True)
class Pack:
    """A pack.

    Attributes:
        iri: its address.
        title, version, licence: as its description says.
        requires: the packs it needs.
        ontology: the version of the ontology it was made for; empty where it does not say.
        description: the statements of its description.
        statements: those about its things.
    """

    iri: str
    title: str
    version: str
    licence: str
    requires: tuple[str, ...]
    ontology: str
    description: tuple[Statement, ...]
    statements: tuple[Statement, ...]

    @property
    def name(self) -> str:
        """Its name, by which commands and pages call it."""
        return slug_of(self.iri)

    @property
    def things(self) -> frozenset[str]:
        """The addresses of what it brings."""
        return frozenset(s.value for s, _, _ in self.statements)


def read_pack(path: Path) -> Pack:
    """The pack in a folder or an archive.

    Raises:
        BadInput: it is no pack, or holds what a pack may not hold.
        SyntaxProblem: a file is no Turtle, or not of the form the data have.
    """
    return pack_of_files(read_archive(path), str(path))


def pack_of_files(files: Mapping[str, bytes], name: str) -> Pack:
    """The pack that these files make, by their paths within it; `name` is what to call it in an error.

    Raises:
        BadInput, SyntaxProblem: as in `read_pack`.
    """
    if DESCRIPTION not in files:
        raise BadInput(
            f"{shown(name)}: there is no {DESCRIPTION} in it, which says title, licence, version and source of the "
            "pack. `gapbridge pack new FOLDER` makes one."
        )
    description = _statements(DESCRIPTION, files[DESCRIPTION])
    statements: list[Statement] = []
    for path in sorted(files.keys() - {DESCRIPTION}):
        statements += _statements(path, files[path])
        if len(statements) > MOST_STATEMENTS:
            raise BadInput(f"{shown(name)}: it has more than {MOST_STATEMENTS:,} statements, the most a pack may have.")
    return described(description, statements)


def _statements(path: str, data: bytes) -> list[Statement]:
    found = read_turtle(data, path)
    for statement in found:
        _refuse(path, statement)
    return found


def _refuse(path: str, statement: Statement) -> None:
    subject, predicate, value = statement
    if not _ADDRESS.fullmatch(subject.value):
        raise SyntaxProblem(
            path,
            f"it says something of <{shown(subject.value)}>. A pack speaks of things with addresses of the form "
            f"{ID}kind/name, in lower-case letters, digits and hyphens",
        )
    if path != DESCRIPTION and kind_of(subject.value) in _NEVER:
        raise SyntaxProblem(path, f"it says something of {local_of(subject.value)}, which is not for a pack to say")
    if predicate.value in OURS:
        raise SyntaxProblem(path, f"leave out {compact(predicate.value)}: the program writes it when it adds the pack")
    if isinstance(value, Literal) and len(value.value) > MOST_OF_A_VALUE:
        raise SyntaxProblem(
            path,
            f"a value of {local_of(subject.value)} ({compact(predicate.value)}) has {len(value.value):,} characters; "
            f"{MOST_OF_A_VALUE:,} is the most it may have",
        )
    for node in (predicate, value):
        if isinstance(node, NamedNode) and not _SCHEMES.match(node.value):
            raise SyntaxProblem(path, f"<{shown(node.value)}> is no web address")


def described(description: list[Statement], statements: list[Statement]) -> Pack:
    """The pack of which this is the description, and these are the statements about its things.

    Raises:
        SyntaxProblem: the description is not that of one pack, or says too little.
    """
    packs = {s.value for s, p, o in description if p.value == _TYPE and text_of(o) == gap("Pack")}
    if len(packs) != 1 or {s.value for s, _, _ in description} != packs:
        raise SyntaxProblem(DESCRIPTION, "it describes one pack (a gap:Pack), and nothing else")
    (iri,) = packs
    if kind_of(iri) != "pack":
        raise SyntaxProblem(DESCRIPTION, f"the pack's address is of the form {ID}pack/name")
    version = _one(description, _DCAT + "version", "a version, such as 1.0.0 (dcat:version)")
    version_key(version)
    return Pack(
        iri=iri,
        title=_one(description, _DC + "title", "a title in English (dcterms:title)"),
        version=version,
        licence=_one(description, _DC + "license", "a licence as a web address (dcterms:license)"),
        requires=tuple(sorted(_values(description, _DC + "requires"))),
        ontology=_ontology(_values(description, _DC + "conformsTo")),
        description=tuple(description),
        statements=tuple(statements),
    )


def _values(statements: Iterable[Statement], predicate: str) -> list[str]:
    return [text_of(value) for _, relation, value in statements if relation.value == predicate]


def _one(statements: Iterable[Statement], predicate: str, what: str) -> str:
    found = _values(statements, predicate)
    if not found:
        raise SyntaxProblem(DESCRIPTION, f"the pack has no {what.removeprefix('a ')}; give it {what}")
    return found[0]


def _ontology(conforms: Iterable[str]) -> str:
    found = (_VERSION_OF_ONTOLOGY.fullmatch(iri) for iri in conforms if iri != NS)
    return next((match[1] for match in found if match), "")
