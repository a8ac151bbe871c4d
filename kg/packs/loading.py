"""Files and folders into the base, with what that would change, and with what is no longer in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.changelog import Changes, compare
from kg.errors import PackConflict
from kg.namespaces import kind_of, slug_of, thing
from kg.packs.added import record, things_of
from kg.packs.exporting import CONTRIBUTED, pack_contents
from kg.packs.known import files_in
from kg.packs.placing import as_written
from kg.packs.reading import DESCRIPTION
from kg.queries import added_packs
from kg.store import Change, Reader, Statement, describing, read_files
from kg.withdrawing import leaning, withdrawal, withdrawn

_FOLDERS_OWN = thing("pack", CONTRIBUTED)
_GO_ALONG = ("passage", "selector", "activity", "agent", "pack")
"""Kinds that are not withdrawn by themselves: they stay with the record of what they belonged to."""


@dataclass(frozen=True)
class Loading:
    """What loading files would do.

    Attributes:
        change: what goes in and out.
        changes: the same by thing.
        missing: things of the folders' packs that are in the base, but in no file any more.
    """

    change: Change
    changes: Changes
    missing: tuple[str, ...]


def loading(reader: Reader, paths: Sequence[Path], message: str, agent: str, *, prune: bool = False) -> Loading:
    """What it would do to load files and folders.

    Args:
        reader: the base.
        paths: the files and folders.
        message: what the revision is to say of itself.
        agent: address of who answers for it.
        prune: whether what the packs in these folders hold no more is withdrawn.

    Raises:
        SyntaxProblem, BadInput: a file cannot be read.
        PackConflict: a folder is that of a pack that was added.
    """
    settled = _settled(reader, paths)
    statements = [s for path, found in read_files(paths) if not settled & set(path.parents) for s in _own(path, found)]
    change = describing(reader, statements, agent, message)
    missing = _missing(reader, _packs_in(paths), {s.value for s, _, _ in statements})
    if prune:
        change = _withdrawing(reader, change, missing)
    return Loading(change, compare(change.removed, change.added), tuple(missing))


def _own(path: Path, statements: list[Statement]) -> list[Statement]:
    """What counts of a file: the description of “contributed” is the folder's own."""
    return [] if path.name == DESCRIPTION and {s.value for s, _, _ in statements} == {_FOLDERS_OWN} else statements


def _settled(reader: Reader, paths: Sequence[Path]) -> set[Path]:
    """The folders of packs that were added and say what stands in the base.

    Raises:
        PackConflict: one says something else; it goes another way.
    """
    added = {slug_of(row.pack): row.pack for row in added_packs(reader)}
    found = {name: folder for name, folder in _packs_in(paths).items() if name in added}
    for name, folder in found.items():
        says = {statement for file in files_in(folder).values() for statement in file.statements}
        if says != set(as_written(things_of(reader, added[name]) | record(reader, added[name]))):
            raise PackConflict(
                f"{folder} holds the pack “{name}”, which was added to this base and differs. To change it: "
                f"gapbridge pack update {folder}."
            )
    return set(found.values())


def _packs_in(paths: Sequence[Path]) -> dict[str, Path]:
    """The packs whose whole folders are among these paths or right below them."""
    found: dict[str, Path] = {}
    for path in paths:
        for description in (path / DESCRIPTION, *path.glob(f"*/{DESCRIPTION}")) if path.is_dir() else ():
            if description.is_file():
                names = {slug_of(s.value) for _, told in read_files([description]) for s, _, _ in told}
                found |= dict.fromkeys(names, description.parent)
    return found


def _missing(reader: Reader, packs: dict[str, Path], described: set[str]) -> list[str]:
    if not packs:
        return []
    contents = pack_contents(reader)
    things = {s.value for name in packs for s, _, _ in contents.get(name, ())}
    gone = (iri for iri in things - described if kind_of(iri) not in _GO_ALONG)
    return sorted(iri for iri in gone if not withdrawn(reader, iri))


def _withdrawing(reader: Reader, change: Change, missing: Sequence[str]) -> Change:
    now, added, removed = datetime.now(UTC), set(change.added), set(change.removed)
    waiting = list(missing)
    while waiting:
        iri = waiting.pop(0)
        along = [claim for claim in leaning(reader, iri) if claim in waiting]
        waiting = [other for other in waiting if other not in along]
        why = "It is no longer in the files of its pack."
        out, into = withdrawal(reader, iri, why, change.agent, along=along, at=now)
        removed |= out
        added |= into
    return replace(change, added=frozenset(added - removed), removed=frozenset(removed - added))
