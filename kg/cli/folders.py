"""Folders of data out of the base and into it, with what that changes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.markup import escape

from kg import packs
from kg.changelog import Changes
from kg.cli.output import console, working
from kg.contributing import PROJECT, commit, forecast, open_base
from kg.errors import DoesNotConform
from kg.namespaces import local_of
from kg.settings import Settings
from kg.store import Reader

_MOST_TOLD = 12


def load_folders(
    settings: Settings, paths: Sequence[Path], message: str, *, dry_run: bool, yes: bool, prune: bool
) -> None:
    """Load files, telling what that changes; nothing where it is only tried, or the person says no."""
    with working("Comparing"):
        found = packs.loading(open_base(settings), paths, message, PROJECT, prune=prune)
    asking = not (dry_run or yes) and sys.stdin.isatty() and bool(found.change.added or found.change.removed)
    if dry_run or asking:
        with working("Trying"):
            told = forecast(settings, found.change)
        print_changes(told.changes)
        _print_missing(found.missing, prune)
        if told.violations:
            raise DoesNotConform(told.violations)
    else:
        print_changes(found.changes)
        _print_missing(found.missing, prune)
    if dry_run or (asking and not click.confirm("Do this?")):
        console.print(f"Nothing was kept: the base stays at revision {found.change.base}.")
        return
    with working("Loading"):
        after = commit(settings, found.change)
    if after == found.change.base:
        console.print(f"Nothing differs: the base stays at revision {after}.")
    else:
        console.print(f"Revision {after}.")


def export_as_packs(
    reader: Reader, folder: Path, only: Sequence[str], prune: bool, licence: str | None, version: str | None
) -> None:
    """Write the packs of the base below a folder, telling which files are new or differ."""
    about = packs.About(licence or packs.LICENCE, version or "0.1.0") if licence or version else None
    with working(f"Writing {folder}"):
        found = packs.export_packs(reader, folder, only, about, prune=prune)
    console.print(f"{escape(str(folder))}: revision {reader.revision}; {', '.join(found.packs)}.")
    console.print(f"{len(found.written)} files written, {found.same} said the same already.")
    if found.stale:
        what = "deleted" if prune else "left; --prune deletes them"
        console.print(f"{len(found.stale)} files describe nothing of the base any more ({what}):")
        for path in found.stale[:_MOST_TOLD]:
            console.print(f"  {escape(str(path))}")


def print_changes(changes: Changes) -> None:
    """What a change does, in words: how many things of what kind, and the first of them."""
    for word, things in (
        ("added", changes.added), ("changed", changes.changed), ("withdrawn", changes.withdrawn),
        ("removed", changes.removed),
    ):  # fmt: skip
        if things:
            console.print(f"  {word}: {len(things)}  {_listed(things)}")
    for status in changes.statuses:
        if status.before:
            console.print(f"  status of {escape(local_of(status.summary))}: {status.before} → {status.after}")
    gained = sum(link.gained for link in changes.links)
    if changes.links:
        console.print(f"  links from tactics to what they address: {gained} more, {len(changes.links) - gained} fewer")


def _print_missing(missing: Sequence[str], prune: bool) -> None:
    if missing and not prune:
        console.print(f"  in the base, but in none of these files: {len(missing)}  {_listed(missing)}")
        console.print("  They stay as they are; --prune withdraws them.")


def _listed(things: Sequence[str]) -> str:
    more = f" and {len(things) - _MOST_TOLD} more" if len(things) > _MOST_TOLD else ""
    return escape(", ".join(local_of(iri) for iri in things[:_MOST_TOLD])) + more
