"""Why there is no path: the kinds of nothing told apart, and what comes nearest."""

from __future__ import annotations

import pytest

from kg.errors import BadInput
from kg.model import Standing
from kg.namespaces import local_of, thing
from kg.paths import Question, explain, find
from kg.store import Engine
from tests.data_support import base, turtle
from tests.paths.test_free import A, B, C, D, Stated, address, graph_of


def asked(start: str, end: str, **more: object) -> Question:
    return Question(address(start), address(end), **more)  # type: ignore[arg-type]


def whys(engine: Engine, question: Question) -> list[str]:
    assert not find(engine, question).paths
    return [reason.why for reason in explain(engine, question).reasons]


def test_nothing_is_recorded_about_an_end() -> None:
    engine = graph_of(Stated(A, B))
    assert whys(engine, asked(A, D)) == ["unrecorded"]
    assert whys(engine, asked(C, D)) == ["unrecorded", "unrecorded"]


def test_both_are_recorded_but_not_joined() -> None:
    engine = graph_of(Stated(A, B), Stated(C, D))
    assert whys(engine, asked(A, C)) == ["unjoined"]
    assert explain(engine, asked(A, C)).easier == ()


def test_recorded_but_without_citation() -> None:
    engine = graph_of(Stated(A, B), Stated(C, D, works=("source:w",)))
    nothing = explain(engine, asked(A, "source:w"))
    assert [reason.why for reason in nothing.reasons] == ["uncited", "unjoined"]
    assert [local_of(claim) for claim in nothing.reasons[0].claims] == ["claim/c0"]
    assert whys(engine, asked("source:w", A)) == ["uncited", "unjoined"]


def test_evidence_that_a_source_says_is_missing() -> None:
    engine = graph_of(Stated(A, B, stance="gap"), Stated(C, D))
    nothing = explain(engine, asked(A, C))
    assert [reason.why for reason in nothing.reasons] == ["missing", "unjoined"]
    assert [local_of(claim) for claim in nothing.reasons[0].claims] == ["claim/c0"]


def test_both_ends_are_the_same() -> None:
    assert whys(graph_of(Stated(A, B)), asked(A, A)) == ["same"]


@pytest.mark.parametrize(
    "limit",
    [{"weakest": Standing.STATED}, {"kinds": ("tactic",)}, {"through": thing("notion", "d")}],
)
def test_what_was_asked_for_keeps_paths_out(limit: dict[str, object]) -> None:
    engine = graph_of(Stated(A, B, standing="curator-inference"), Stated(B, C), Stated(D, "notion:e"))
    question = asked(A, C, **limit)
    nothing = explain(engine, question)
    assert [reason.why for reason in nothing.reasons] == ["kept-out"]
    assert nothing.easier == (asked(A, C),)
    assert find(engine, nothing.easier[0]).paths


def test_a_longer_path_is_told_with_its_length() -> None:
    engine = graph_of(Stated(A, B), Stated(B, C), Stated(C, D))
    nothing = explain(engine, asked(A, D, length=1))
    assert nothing.easier == (asked(A, D, length=3),)


def test_the_nearest_are_like_the_ends_and_joined_with_the_other() -> None:
    engine = graph_of(Stated(A, "outcome:near"), Stated(A, B), Stated(B, "outcome:far"), Stated(D, "outcome:wanted"))
    nothing = explain(engine, asked(A, "outcome:wanted"))
    assert [local_of(iri) for iri in nothing.ends] == ["outcome/near", "outcome/far"]
    assert [local_of(iri) for iri in nothing.starts] == ["notion/d"]


def test_a_search_that_stopped_does_not_say_that_there_is_none() -> None:
    engine = graph_of(Stated(A, B), Stated(C, D))
    assert [r.why for r in explain(engine, asked(A, C), complete=False).reasons] == ["stopped"]


def test_each_kind_that_is_asked_for_is_passed() -> None:
    engine = graph_of(
        Stated(A, "outcome:x"), Stated("outcome:x", B), Stated(A, "policy:y"), Stated("policy:y", B),
        Stated("outcome:x", "policy:y"),
    )  # fmt: skip

    def passed(*kinds: str) -> set[tuple[str, ...]]:
        found = find(engine, asked(A, B, kinds=kinds)).paths
        return {tuple(local_of(t).partition("/")[2] for t in path.things[1:-1]) for path in found}

    assert passed("outcome") == {("x",), ("x", "y"), ("y", "x")}
    assert passed("outcome", "policy") == {("x", "y"), ("y", "x")}
    assert passed("notion") == set(), "the ends are not on the way"


def test_from_a_cause_alone_the_kinds_are_those_of_its_typed_paths() -> None:
    cause = thing("failure-cause", "dispersed-governance")
    every = find(base(), Question(cause))
    assert every.count == len(every.paths) > 10
    assert find(base(), Question(cause, kinds=("support-phase", "tactic"))).count == every.count
    assert find(base(), Question(cause, kinds=("policy",))).count == 0
    assert find(base(), Question(cause), most=3).paths == every.paths[:3]


def test_only_a_cause_needs_no_end() -> None:
    with pytest.raises(BadInput, match="is no cause"):
        find(base(), Question(thing("policy", "care-act-2014")))


def test_a_path_is_told_in_one_sentence_that_hides_no_dispute() -> None:
    engine = graph_of(Stated(A, B), Stated(B, C, stance="disputes", standing="by-table"))
    engine.store.extend(turtle('stance:disputes skos:prefLabel "Disputes"@en .'))
    (path,) = find(engine, asked(A, C)).paths
    assert path.sentence == (
        "As recorded, “a” leads to “b”, which leads to “c” (which is disputed); "
        "the weakest step is taken from a table of the source."
    )


def test_the_shortest_are_kept_when_the_search_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.paths.free.MOST_PATHS", 1)
    engine = graph_of(Stated(A, B), Stated(B, C), Stated(C, D), Stated(A, D))
    found = find(engine, asked(A, D))
    assert ([len(path.hops) for path in found.paths], found.complete) == ([1], False)
