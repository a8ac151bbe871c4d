"""What came with the program: which thing stands in which file of which pack of the seed data."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.contributing import seed_files
from kg.packs.reading import DESCRIPTION
from kg.store import Statement, placed, read_files


@dataclass(frozen=True)
class File:
    """A file of data: its text, and what it says, in the engine's form."""

    text: bytes
    statements: frozenset[Statement]


@dataclass(frozen=True)
class Known:
    """What came with the program.

    Attributes:
        ontology: the addresses that the files of the ontology describe.
        packs: the files of each pack, by its name and by their paths within it.
        homes: the name of the pack that each thing came with.
    """

    ontology: frozenset[str]
    packs: dict[str, dict[str, File]]
    homes: dict[str, str]


@cache
def known() -> Known:
    """What came with the program, read once: it does not change while the program runs."""
    *ontology, seed = seed_files()
    described = frozenset(s.value for _, statements in read_files(ontology) for s, _, _ in statements)
    packs = {folder.name: files_in(folder) for folder in sorted(seed.iterdir()) if (folder / DESCRIPTION).is_file()}
    homes = {s.value: name for name, files in packs.items() for file in files.values() for s, _, _ in file.statements}
    return Known(described, packs, homes)


def files_in(folder: Path) -> dict[str, File]:
    """The data files below a folder, by their paths within it.

    Raises:
        SyntaxProblem: one does not parse.
    """
    found = {path: statements for path, statements in read_files([folder])}
    by_subject: dict[str, list[Statement]] = defaultdict(list)
    for quad in placed(s for statements in found.values() for s in statements):
        by_subject[quad.subject.value].append((quad.subject, quad.predicate, quad.object))  # type: ignore[union-attr,arg-type]
    return {
        path.relative_to(folder).as_posix(): File(
            path.read_bytes(),
            frozenset(told for subject in {s.value for s, _, _ in statements} for told in by_subject[subject]),
        )
        for path, statements in found.items()
    }
