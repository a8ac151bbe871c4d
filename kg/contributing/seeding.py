"""What a base begins with: the ontology and the packs that travel with the program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.namespaces import thing
from kg.settings import resource
from kg.store import (
    Reader,
    Statement,
    Writer,
    describing,
    read_files,
)

PROJECT = thing("agent", "gapbridge")
"""Who answers for what the program itself loads."""


def seed_files() -> list[Path]:
    """What a new base is filled with: the ontology and the packs that travel with the program."""
    ontology = resource("ontology")
    return [
        ontology / "gap.ttl",
        *(ontology / part for part in ("alignments", "schemes", "shapes")),
        resource("seed_data"),
    ]


def outdated(reader: Reader) -> bool:
    """Whether the data that came with the program differ from what the base says of the same things."""
    change = describing(reader, statements_of(seed_files()), PROJECT, "")
    return bool(change.added or change.removed)


def fill(open_writer: Writer) -> None:
    """Put what a new base begins with into one that is empty."""
    seed = describing(open_writer.reader, statements_of(seed_files()), PROJECT, "Seed data loaded")
    open_writer.commit(seed)


def statements_of(paths: Iterable[Path]) -> list[Statement]:
    """All that files of Turtle say.

    Raises:
        SyntaxProblem, BadInput: a file cannot be read.
    """
    return [statement for _, statements in read_files(paths) for statement in statements]
