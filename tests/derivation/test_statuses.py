"""The status of a tactic that much is said of is kept by difference: never from all its claims, and never another."""

from __future__ import annotations

import pytest

from kg.derivation import Keeping, statuses, steps
from kg.namespaces import gap, slug_of, thing
from kg.queries import summary
from kg.store import Engine, NamedNode, Quad, in_memory, place, rederive
from tests.data_support import base

TACTIC = thing("tactic", "action-research")


@pytest.fixture
def engine() -> Engine:
    return in_memory(base().quads())


def claim(name: str, stance: str, works: tuple[str, ...] = (), basis: str = "uncited-argument") -> set[Quad]:
    """What a status needs of a claim about the tactic."""
    me, linked = (
        NamedNode(thing("claim", name)),
        {
            "claimSubject": TACTIC,
            "claimPredicate": gap("addresses"),
            "claimObject": thing("failure-cause", "dispersed-governance"),
            "stance": thing("stance", stance),
            "force": thing("force", "asserts"),
            "claimBasis": thing("claim-basis", basis),
            "linkBasis": thing("link-basis", "as-stated"),
            "assertedIn": thing("source", "hudson-2019"),
            "reviewStatus": thing("review-status", "accepted"),
        },
    )
    said = {place((me, NamedNode(gap(part)), NamedNode(value))) for part, value in linked.items()}
    return said | {place((me, NamedNode(gap("backedBy")), NamedNode(thing("source", work)))) for work in works}


def work(name: str) -> set[Quad]:
    """A work with data that the project has read, a group of its own."""
    about = {
        "evidenceType": thing("evidence-type", "case-study"),
        "readingStatus": thing("reading-status", "read-in-full"),
        "independenceGroup": thing("independence-group", name),
    }
    me = NamedNode(thing("source", name))
    return {place((me, NamedNode(gap(part)), NamedNode(value))) for part, value in about.items()}


STEPS = (
    (claim("argued", "supports"), "proposed"),
    (claim("told", "supports", basis="cites-opinion"), "informed"),
    (work("one") | claim("first", "supports", ("one",), "cites-empirical"), "informed"),
    (work("two") | claim("second", "conditional", ("two",), "cites-empirical"), "emerging"),
    (claim("against", "disputes"), "contested"),
    (work("three") | claim("shown", "disputes", ("three",), "cites-empirical"), "contested"),
)


def test_each_claim_that_comes_or_goes_moves_the_status_as_all_of_them_together_do(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_claims(*_: object) -> list[Quad]:
        raise AssertionError("all claims about the tactic were read")

    before = status(engine)
    for coming, wanted in STEPS:
        with monkeypatch.context() as patched:
            patched.setattr(statuses, "summaries", all_claims)
            Keeping().update(engine, (), coming)
        assert status(engine) == wanted
        assert rederive(engine, steps()) == (frozenset(), frozenset())
    for going, _ in reversed(STEPS):
        Keeping().update(engine, [quad for quad in going if "/claim/" in str(quad.subject)], ())
        assert rederive(engine, steps()) == (frozenset(), frozenset())
    assert status(engine) == before


def test_what_speaks_against_a_tactic_alone_is_counter_evidence(engine: Engine) -> None:
    Keeping().update(engine, (), work("three") | claim("shown", "disputes", ("three",), "cites-empirical"))
    assert status(engine) == "counter-evidence"
    assert rederive(engine, steps()) == (frozenset(), frozenset())


def status(engine: Engine) -> str:
    found = summary(engine, TACTIC)
    assert found
    return slug_of(found.status)
