"""Versions of packs and of the ontology, and which of two is the later one."""

from __future__ import annotations

import re

from kg.errors import BadInput

_FORM = re.compile(r"(\d{1,6}(?:\.\d{1,6}){0,3})(?:-([0-9A-Za-z][0-9A-Za-z.-]{0,30}))?")

VersionKey = tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]


def version_key(version: str) -> VersionKey:
    """What versions are ordered by: `1.0` is `1.0.0`, `1.10` comes after `1.9`, `2.0-beta` before `2.0`.

    Raises:
        BadInput: it has another form.
    """
    found = _FORM.fullmatch(version)
    if not found:
        raise BadInput(f"“{version}” is no version that can be compared. Write it like 1.2.0.")
    numbers = [int(part) for part in found[1].split(".")]
    early = (found[2] or "").split(".")
    told = tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in early)
    return (*numbers, *[0] * (4 - len(numbers))), not found[2], told
