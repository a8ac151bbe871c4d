"""What is in the base as the files of its packs: canonical Turtle, one thing a file, as curators keep it in git.

What came with a pack goes back to that pack. What was made on the web, or loaded from elsewhere, goes to a pack of its
own, “contributed”. A file that still says the same stays as it is, to the byte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import BadInput, NotFound
from kg.namespaces import ID, ONTOLOGY, PREFIXES, gap, kind_of, slug_of, thing
from kg.packs.known import File, Known, files_in, known
from kg.packs.layout import laid_out
from kg.packs.placing import as_written
from kg.packs.reading import DESCRIPTION
from kg.queries import added_packs, revisions
from kg.store import DERIVED_GRAPH, Literal, NamedNode, Quad, Reader, Statement, pack_of, text_of

CONTRIBUTED = "contributed"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_NEVER = ("revision", "summary", "release")
_DC = PREFIXES["dcterms"]


@dataclass(frozen=True)
class About:
    """What the description of the pack “contributed” says, where that is not written yet."""

    licence: str = LICENCE
    version: str = "0.1.0"


@dataclass
class Exported:
    """What was written.

    Attributes:
        packs: the names of the packs.
        written: the files that are new or say something else than before.
        same: how many files said the same already.
        stale: files below these packs that describe nothing of the base any more.
    """

    packs: list[str] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    same: int = 0
    stale: list[Path] = field(default_factory=list)


def export_packs(
    reader: Reader, folder: Path, only: Sequence[str] = (), about: About | None = None, *, prune: bool = False
) -> Exported:
    """Write packs below a folder, each in one of its name; what lies there already is brought up to date.

    Args:
        reader: the base.
        folder: where to.
        only: the names of the packs to write; all that are part of the base where none is given.
        about: what the description of the pack “contributed” says; where not given, one that is there stays.
        prune: whether stale files are deleted.

    Raises:
        NotFound: there is no such pack.
        BadInput: the folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file; name a folder.")
    contents = pack_contents(reader)
    if unknown := sorted(set(only) - contents.keys()):
        raise NotFound(f"pack {unknown[0]}", sorted(contents)[:5])
    found = Exported()
    for name in sorted(set(only) or contents.keys()):
        statements = contents[name]
        _write_pack(folder / name, name, [*statements, *_description(reader, name, statements, about)], found)
        if name == CONTRIBUTED and about is None:
            found.stale = [path for path in found.stale if path != folder / name / DESCRIPTION]
    if prune:
        for path in found.stale:
            path.unlink()
    return found


def pack_contents(reader: Reader) -> dict[str, list[Statement]]:
    """The statements of each pack in the base by its name, and what came with none under “contributed”."""
    came, added = known(), {row.pack: row for row in added_packs(reader)}
    quads: dict[str, list[Quad]] = defaultdict(list)
    for quad in reader.quads():
        if quad.graph_name != DERIVED_GRAPH and (name := _home(quad, came, added.keys())):
            quads[name].append(quad)
    return {name: as_written(found) for name, found in quads.items()}


def _home(quad: Quad, came: Known, added: Iterable[str]) -> str:
    """The name of the pack that a statement belongs to; empty where it belongs to none."""
    subject, graph = text_of(quad.subject), quad.graph_name
    own = pack_of(graph.value) if isinstance(graph, NamedNode) else ""
    if own or subject in added:
        return slug_of(own or subject)
    if subject in came.homes:
        return came.homes[subject]
    if not subject.startswith(ID) or subject in came.ontology or kind_of(subject) in _NEVER:
        return ""
    return CONTRIBUTED


def _write_pack(folder: Path, name: str, statements: list[Statement], found: Exported) -> None:
    there = files_in(folder) if folder.is_dir() else {}
    seed = known().packs.get(name, {})
    wanted = laid_out(statements)
    found.packs.append(name)
    for path, told in sorted(wanted.items()):
        says = frozenset(told)
        if path in there and there[path].statements == says:
            found.same += 1
            continue
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_text(says, seed.get(path)))
        found.written.append(place)
    found.stale += [folder / path for path in there if path not in wanted]


def _text(says: frozenset[Statement], before: File | None) -> bytes:
    return before.text if before and before.statements == says else canonical_turtle(says).encode()


def canonical_turtle(statements: Iterable[Statement]) -> str:
    """Statements in the canonical form of a data file."""
    from rdflib import Literal as Text
    from rdflib import URIRef

    from kg.turtle import write_turtle  # slow to import, and needed for what differs only

    def term(value: object) -> object:
        if isinstance(value, Literal):
            datatype = None if value.language else URIRef(value.datatype.value)
            plain = datatype is not None and str(datatype) == PREFIXES["xsd"] + "string"
            return Text(value.value, lang=value.language, datatype=None if plain else datatype)
        return URIRef(str(value)[1:-1])

    return write_turtle((term(s), term(p), term(o)) for s, p, o in statements)


def _description(reader: Reader, name: str, statements: Sequence[Statement], about: About | None) -> list[Statement]:
    """What describes the pack “contributed”, which is a folder only and no part of the base."""
    if name != CONTRIBUTED:
        return []
    wanted, me = about or About(), NamedNode(thing("pack", CONTRIBUTED))
    latest = max((row.at for row in revisions(reader)), default="")[:10]
    homes = known().homes
    needed = sorted({homes[v] for _, _, o in statements if (v := text_of(o)) in homes})
    facts: list[tuple[str, NamedNode | Literal]] = [
        (PREFIXES["rdf"] + "type", NamedNode(gap("Pack"))),
        (_DC + "title", Literal("What was contributed", language="en")),
        (
            _DC + "description",
            Literal("What people added to the base themselves, on the web or with files.", language="en"),
        ),
        (_DC + "license", NamedNode(wanted.licence)),
        (_DC + "source", NamedNode(ONTOLOGY)),
        (PREFIXES["dcat"] + "version", Literal(wanted.version)),
        *((_DC + "requires", NamedNode(thing("pack", pack))) for pack in needed),
    ]
    if latest:
        facts.append((_DC + "created", Literal(latest, datatype=NamedNode(PREFIXES["xsd"] + "date"))))
    return [(me, NamedNode(predicate), value) for predicate, value in facts]
