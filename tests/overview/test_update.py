"""Answers kept up by what changes touch are those made whole, after any sequence of changes."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.derivation import Keeping
from kg.overview import QUESTIONS, Kept, make, update
from kg.store import Engine, Patch, in_memory
from tests.derivation.test_upkeep import EDITS, Draw, quads

LONG = bool(os.environ.get("GAPBRIDGE_LONG"))


def answers(path: Path) -> dict[str, list[Any]]:
    kept = Kept(path, 0)
    found = {question.name: kept.rows(question) for question in QUESTIONS}
    assert {question.name: kept.count(question) for question in QUESTIONS} == {n: len(r) for n, r in found.items()}
    return found


def changed(engine: Engine, chance: Random, number: int) -> Patch | None:
    """Make a change at random, with what follows from it."""
    drawn = [chance.choice(EDITS)(Draw(engine, chance)) for _ in range(chance.choice((1, 1, 2, 4)))]
    removed = {q for out, _ in drawn for q in out if q in engine.store}
    added = {q for _, into in drawn for q in into if q not in engine.store and q not in removed}
    if not Keeping().covers(removed, added):
        return None
    outcome = Keeping().update(engine, removed, added)
    gone, new = removed | outcome.removed, added | outcome.added
    if outcome.violations:
        engine.replace(new, gone)
        return None
    return Patch(number, tuple(gone), tuple(new))


def differences(made: dict[str, list[Any]], kept: dict[str, list[Any]]) -> str:
    """What the kept answers lack and have beyond those made whole, by question; empty where they are the same."""
    lines = []
    for name in (name for name in made if made[name] != kept[name]):
        lacking, beyond = (
            [row for row in one[name] if row not in other[name]] for one, other in ((made, kept), (kept, made))
        )
        lines.append(f"{name}\n  lacking {lacking[:4]}\n  beyond {beyond[:4]}")
    return "\n".join(lines)


def told(patches: list[Patch]) -> str:
    marked = ((sign, quad) for p in patches for sign, quads in (("-", p.removed), ("+", p.added)) for quad in quads)
    return "\n".join(f"{sign} {quad}" for sign, quad in marked)


@settings(max_examples=200 if LONG else 3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(use_true_random=False))
def test_answers_kept_up_are_those_made_whole(chance: Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("answers")
    engine = in_memory(quads(LONG))
    make(engine, folder / "0")
    for number in range(1, 4):
        patches = [patch for _ in range(chance.choice((1, 1, 3))) if (patch := changed(engine, chance, number))]
        assert update(engine, patches, folder / str(number - 1), folder / str(number))
        make(engine, folder / "whole")
        wrong = differences(answers(folder / "whole"), answers(folder / str(number)))
        assert not wrong, f"{wrong}\n{told(patches)}"
