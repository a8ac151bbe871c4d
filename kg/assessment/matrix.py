"""The matrix: low or high on each of two axes gives a type.

Source: ontology-model.md §6.1; the article's Table 1 for the places of the types. The levels are recorded as such,
on the assessment (`gap:assessedAmbiguity`, `gap:assessedConflict`). A rating names a member of its framework, so the
types are rated by what the levels leave of them: a type on the other side of an axis is not met, the one type left
when both levels are known is met, the rest are unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.namespaces import gap, thing
from kg.queries import matrix_places, members
from kg.store import Reader

AXES = {gap("ambiguity"): "Ambiguity", gap("conflict"): "Conflict"}
"""The axes, in the order in which they are asked, with their names."""

LEVEL_OF = {gap("ambiguity"): gap("assessedAmbiguity"), gap("conflict"): gap("assessedConflict")}
"""The property that records the level on each axis."""

_MET, _NOT_MET, _UNKNOWN = (thing("answer", slug) for slug in ("met", "not-met", "unknown"))
Given = tuple[str, str, str]
"""An axis, its level or `answer/unknown`, the reason."""


def scale(reader: Reader, *, matrix: bool) -> dict[str, str]:
    """The values an answer may take, with their names in lower case."""
    answers = {m.member: m.label.lower() for m in members(reader, thing("scheme", "answer"))}
    return {**_levels(reader), _UNKNOWN: answers[_UNKNOWN]} if matrix else answers


def _levels(reader: Reader) -> dict[str, str]:
    return {m.member: m.label.lower() for m in members(reader, thing("scheme", "level"))}


def places(reader: Reader, framework: str) -> dict[str, dict[str, str]]:
    """The level of each type on each axis."""
    level = {label: address for address, label in _levels(reader).items()}
    return {
        p.member: dict(zip(AXES, (level[p.ambiguity.lower()], level[p.conflict.lower()]), strict=True))
        for p in matrix_places(reader, framework)
    }


def rated(reader: Reader, framework: str, given: Sequence[Given]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Answers on the axes as ratings of the types; each carries the answers in words."""
    if not given:
        return []
    names = scale(reader, matrix=True)
    lines = tuple((_line(axis, names[value]) + reason).strip() for axis, value, reason in given)
    known = {axis: value for axis, value, _ in given if value != _UNKNOWN}
    return [(kind, _fits(place, known), lines) for kind, place in places(reader, framework).items()]


def _line(axis: str, value: str) -> str:
    return f"{AXES[axis]}: {value}. "


def _fits(place: Mapping[str, str], known: Mapping[str, str]) -> str:
    if any(place[axis] != level for axis, level in known.items()):
        return _NOT_MET
    return _MET if len(known) == len(AXES) else _UNKNOWN


def given_by(reader: Reader, levels: Mapping[str, str], lines: Sequence[str]) -> list[Given]:
    """The answers on the axes back from what is recorded.

    Args:
        reader: the graph that holds the scales.
        levels: the level recorded for an axis, by axis.
        lines: the reasons of the ratings; an axis that was answered “unknown” has a line and no level.
    """
    names, found = scale(reader, matrix=True), []
    for axis in AXES:
        told = [line for line in lines if _on(axis, line)]
        if told or axis in levels:
            value = levels.get(axis, _UNKNOWN)
            found.append(
                (axis, value, told[0].removeprefix(_line(axis, names[value]).rstrip()).strip() if told else "")
            )
    return found


def _on(axis: str, line: str) -> bool:
    return line.startswith(AXES[axis] + ": ")
