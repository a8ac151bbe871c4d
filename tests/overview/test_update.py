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
from kg.namespaces import gap, thing
from kg.overview import QUESTIONS, SOURCES, WORK, Kept, make, making, questions, touching, update
from kg.store import Engine, NamedNode, Patch, Quad, in_memory
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


@pytest.fixture
def changed_once(tmp_path: Path) -> tuple[Engine, Patch, Path]:
    """A base after a change, the change, and the answers before it."""
    engine = in_memory(quads(large=False))
    make(engine, tmp_path / "before")
    patch = next(patch for n in range(100) if (patch := changed(engine, Random(n), 2)))
    return engine, patch, tmp_path / "before"


def test_what_is_not_touched_is_not_asked_again(changed_once: tuple[Engine, Patch, Path], tmp_path: Path) -> None:
    _, patch, before = changed_once
    assert update(in_memory(), [patch], before, tmp_path / "after")  # a base that holds nothing
    kept, old = answers(tmp_path / "after"), answers(before)
    assert kept[SOURCES.name]
    assert set(kept[SOURCES.name]) <= set(old[SOURCES.name])


def test_a_large_change_is_left_to_be_answered_whole(
    changed_once: tuple[Engine, Patch, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, patch, before = changed_once
    monkeypatch.setattr(making, "MOST_STATEMENTS", 0)
    assert not update(engine, [patch], before, tmp_path / "after")
    assert not (tmp_path / "after").exists()


def test_where_too_much_is_touched_a_question_is_asked_whole(
    changed_once: tuple[Engine, Patch, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, patch, before = changed_once
    monkeypatch.setattr(touching, "MOST_KEYS", -1)
    assert update(engine, [patch], before, tmp_path / "after")
    make(engine, tmp_path / "whole")
    assert not differences(answers(tmp_path / "whole"), answers(tmp_path / "after"))


def test_a_work_list_of_which_a_part_is_kept_is_filled_up_before_it_runs_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "WANTED_AT_MOST", 2)
    for module in (making, questions):
        monkeypatch.setattr(module, "WANTED_KEPT", 2)
    engine = in_memory(quads(large=False))
    make(engine, tmp_path / "before")
    kind = "known-by-citation"
    first, _ = Kept(tmp_path / "before", 0).of(WORK, [kind])
    gone = [q for q in engine.quads(NamedNode(first.thing)) if q.predicate == NamedNode(gap("readingStatus"))]
    engine.replace(gone, ())
    assert update(engine, [Patch(2, tuple(gone), ())], tmp_path / "before", tmp_path / "after")
    found = Kept(tmp_path / "after", 0).of(WORK, [kind])
    make(engine, tmp_path / "whole")
    assert found == Kept(tmp_path / "whole", 0).of(WORK, [kind])
    assert len(found) == 2
    assert first not in found


def test_patches_after_one_another_come_to_what_they_change_in_all() -> None:
    one, two = sorted(quads(large=False), key=str)[:2]
    assert touching.changed([Patch(1, (), (one,)), Patch(2, (one,), (two,))]) == (set(), {two})
    assert touching.changed([Patch(1, (one,), ()), Patch(2, (), (one,))]) == (set(), set())


@pytest.mark.parametrize("predicate", ["inPhase", "respondsTo", "addresses", "leadsTo"])
def test_a_claim_that_is_founded_otherwise_moves_all_cells_that_hang_on_it(predicate: str, tmp_path: Path) -> None:
    """By a link of its own, or by a tactic's place in a phase: what it joins, it joins by another standing then."""
    engine = in_memory(quads(large=True))
    engine.replace(*founded(engine, None, "as-stated"))
    make(engine, tmp_path / "before")
    gone, new = founded(engine, predicate, "curator-inference")
    engine.replace(gone, new)
    assert update(engine, [Patch(2, tuple(gone), tuple(new))], tmp_path / "before", tmp_path / "after")
    make(engine, tmp_path / "whole")
    after = answers(tmp_path / "whole")
    assert differences(answers(tmp_path / "before"), after)
    assert not differences(after, answers(tmp_path / "after"))


def founded(engine: Engine, predicate: str | None, how: str) -> tuple[set[Quad], set[Quad]]:
    """What goes out and comes in for all claims of a kind to be founded in one way."""
    kind = NamedNode(gap(predicate)) if predicate else None
    claims = {q.subject for q in engine.quads(value=kind, predicate=NamedNode(gap("claimPredicate")))}
    basis, wanted = NamedNode(gap("linkBasis")), NamedNode(thing("link-basis", how))
    gone = {q for claim in claims for q in engine.quads(claim, predicate=basis) if q.object != wanted}
    return gone, {Quad(q.subject, basis, wanted, q.graph_name) for q in gone}
