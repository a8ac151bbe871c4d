"""Free paths: all simple ways that there are and no other, best standing first, each hop told in a sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Standing
from kg.namespaces import gap, local_of, thing
from kg.paths import between, free
from kg.store import Engine, in_memory
from tests.data_support import base, turtle

RELATION = 'gap:leadsTo gap:verbPhrase "leads to"@en ; gap:inversePhrase "comes of"@en .\n'
WORDS = """
stance:supports skos:prefLabel "Supports"@en . force:reports skos:prefLabel "Reports"@en .
source:doc gap:shortLabel "Doc 2020" . passage:here gap:locator "§1" .
"""


@dataclass(frozen=True)
class Stated:
    """A claim between two things of a tiny graph."""

    subject: str
    object: str
    standing: str = "as-stated"
    relation: str = "gap:leadsTo"
    status: str = "accepted"
    works: tuple[str, ...] = field(default=())
    stance: str = "supports"


def graph_of(*claims: Stated) -> Engine:
    text = RELATION + WORDS
    for n, claim in enumerate(claims):
        backed = "".join(f"claim:c{n} gap:backedBy {work} .\n" for work in claim.works)
        text += (
            f"claim:c{n} a gap:Claim ; gap:claimSubject {claim.subject} ; gap:claimPredicate {claim.relation} ;\n"
            f"  gap:claimObject {claim.object} ; gap:linkBasis link-basis:{claim.standing} ;\n"
            f"  gap:stance stance:{claim.stance} ; gap:force force:reports ;\n"
            f"  gap:reviewStatus review-status:{claim.status} ; gap:assertedIn source:doc ;\n"
            f"  gap:locatedAt passage:here .\n{backed}"
        )
    return in_memory(turtle(text))


def address(name: str) -> str:
    return thing(*name.split(":"))  # type: ignore[call-arg]


def ways(engine: Engine, start: str, end: str, length: int = 4) -> list[tuple[str, ...]]:
    found = between(engine, address(start), address(end), length=length, most=10_000)
    return [tuple(local_of(t).partition("/")[2] for t in path.things) for path in found.paths]


A, B, C, D = "notion:a", "notion:b", "notion:c", "notion:d"


def test_every_way_and_both_directions() -> None:
    engine = graph_of(Stated(A, B), Stated(C, B), Stated(C, D), Stated(D, A))
    assert sorted(ways(engine, A, C)) == [("a", "b", "c"), ("a", "d", "c")]
    (first, _) = between(engine, address(A), address(C)).paths
    assert {(hop.start, hop.forward) for hop in first.hops} <= {
        (address(A), True),  # a leads to b
        (address(B), False),  # b comes of c
        (address(A), False),
        (address(D), False),
    }


def test_length_is_the_most_hops() -> None:
    engine = graph_of(Stated(A, B), Stated(B, C), Stated(C, D), Stated(A, D))
    assert ways(engine, A, D, 1) == [("a", "d")]
    assert ways(engine, A, D, 2) == [("a", "d")]
    assert ways(engine, A, D, 3) == [("a", "d"), ("a", "b", "c", "d")]


def test_start_is_end() -> None:
    engine = graph_of(Stated(A, B), Stated(B, A))
    assert between(engine, address(A), address(A)) == free.Found((), True)


def test_no_way() -> None:
    engine = graph_of(Stated(A, B), Stated(C, D))
    for end in (D, "notion:nowhere"):
        assert between(engine, address(A), address(end)) == free.Found((), True)


@pytest.mark.parametrize("status", ["draft", "contested", "withdrawn"])
def test_only_accepted_claims_make_a_way(status: str) -> None:
    assert ways(graph_of(Stated(A, B, status=status)), A, B) == []


def test_the_weakest_hop_ranks_a_way_and_then_its_length() -> None:
    engine = graph_of(
        Stated(A, D, standing="curator-inference"),
        Stated(A, B),
        Stated(B, C),
        Stated(C, D),
        Stated(A, "notion:e", standing="by-table"),
        Stated("notion:e", D),
    )
    found = between(engine, address(A), address(D)).paths
    assert [path.standing for path in found] == [Standing.STATED, Standing.BY_TABLE, Standing.INFERRED]
    assert [len(path.hops) for path in found] == [3, 2, 1]


def test_a_hop_has_its_best_standing_with_all_claims_best_first() -> None:
    engine = graph_of(Stated(A, B, standing="curator-inference"), Stated(A, B), Stated(A, B, standing="by-table"))
    ((hop,),) = (path.hops for path in between(engine, address(A), address(B)).paths)
    assert hop.standing is Standing.STATED
    assert [local_of(claim) for claim in hop.claims] == ["claim/c1", "claim/c2", "claim/c0"]


def test_a_strong_relation_goes_before_bears_on_and_a_dispute_last() -> None:
    engine = graph_of(Stated(A, B, relation="gap:bearsOn"), Stated(B, A))
    ((hop,),) = (path.hops for path in between(engine, address(A), address(B)).paths)
    assert (hop.relation, hop.forward) == (gap("leadsTo"), False)
    engine = graph_of(Stated(A, B, relation="gap:aimsAt", stance="disputes"), Stated(A, B))
    ((hop,),) = (path.hops for path in between(engine, address(A), address(B)).paths)
    assert hop.relation == gap("leadsTo")


def test_a_work_joins_what_it_is_cited_for() -> None:
    engine = graph_of(Stated(A, B, works=("source:w",)), Stated(C, D, works=("source:w",)))
    assert ways(engine, A, C) == [("a", "w", "c")]


def test_a_document_joins_what_it_speaks_of_only_where_it_is_an_end() -> None:
    engine = graph_of(Stated(A, B), Stated(C, D))
    assert ways(engine, A, C) == []
    assert ways(engine, "source:doc", A, 1) == [("doc", "a")]
    assert ways(engine, A, "source:doc", 2) == [("a", "doc")]


def test_a_dimension_is_an_end_but_no_road() -> None:
    x = "dimension:x"
    engine = graph_of(Stated(A, x), Stated(B, x), Stated(B, C), Stated(C, D))
    assert ways(engine, A, B) == []
    assert ways(engine, x, D, 3) == [("x", "b", "c", "d")]
    assert ways(engine, D, x, 3) == [("d", "c", "b", "x")]


def test_the_limit_on_paths_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    middles = [f"notion:m{n}" for n in range(5)]
    engine = graph_of(*(Stated(A, m) for m in middles), *(Stated(m, B) for m in middles))
    whole = between(engine, address(A), address(B), most=3)
    assert (len(whole.paths), whole.complete) == (3, True)
    monkeypatch.setattr(free, "MOST_PATHS", 5)
    assert between(engine, address(A), address(B)).complete
    monkeypatch.setattr(free, "MOST_PATHS", 4)
    cut = between(engine, address(A), address(B))
    assert (len(cut.paths), cut.complete) == (4, False)


def test_the_limit_on_things_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(free, "MOST_THINGS", 3)
    engine = graph_of(*(Stated(A, f"notion:m{n}") for n in range(9)), Stated("notion:m1", B), Stated(B, C))
    assert not between(engine, address(A), address(C)).complete


def test_a_sentence_tells_place_force_and_standing() -> None:
    named = 'notion:a skos:prefLabel "Alpha"@en . notion:b skos:prefLabel "Beta"@en .\n'
    engine = graph_of(Stated(A, B), Stated(A, B, standing="by-table"))
    engine.store.extend(turtle(named))
    (there,) = between(engine, address(A), address(B)).paths
    (back,) = between(engine, address(B), address(A)).paths
    assert there.hops[0].sentence == (
        "“Alpha” leads to “Beta” (Doc 2020, §1 and 1 more: supports, reports); this step is stated in the source."
    )
    assert back.hops[0].sentence.startswith("“Beta” comes of “Alpha” (Doc 2020, §1")
    assert (there.hops[0].start_label, there.hops[0].end_label) == ("Alpha", "Beta")


KINDS = ("notion", "outcome", "dimension")
THINGS = [f"{kind}:{name}" for kind, names in zip(KINDS, ("abcd", "ef", "x"), strict=True) for name in names]
BASES = ("as-stated", "by-table", "by-phase", "pack-mapping", "curator-inference")
CLAIMS = st.builds(
    Stated,
    st.sampled_from(THINGS),
    st.sampled_from(THINGS),
    standing=st.sampled_from(BASES),
    status=st.sampled_from(["accepted", "accepted", "accepted", "draft"]),
    works=st.sampled_from([(), (), ("source:v",), ("source:w",), ("source:v", "source:w")]),
)


def all_ways(claims: list[Stated], start: str, end: str, length: int) -> set[tuple[str, ...]]:
    """Every simple way by brute force: go on from every way as long as it may be."""
    joined: dict[str, set[str]] = defaultdict(set)
    for claim in (c for c in claims if c.status == "accepted"):
        pairs = [(claim.subject, claim.object), *((claim.subject, work) for work in claim.works)]
        if "source:doc" in (start, end):
            pairs.append((claim.subject, "source:doc"))
        for one, other in pairs:
            joined[one].add(other)
            joined[other].add(one)
    found, ways_on = set(), [(start,)]
    for _ in range(length):
        ways_on = [(*way, on) for way in ways_on for on in sorted(joined[way[-1]]) if on not in way]
        found |= {way for way in ways_on if way[-1] == end}
        ways_on = [way for way in ways_on if way[-1] != end and not way[-1].startswith("dimension:")]
    return found


@given(
    claims=st.lists(CLAIMS, max_size=12),
    start=st.sampled_from([*THINGS, "source:v", "source:doc"]),
    end=st.sampled_from([*THINGS, "source:w", "source:doc"]),
    length=st.integers(1, 5),
)
def test_all_simple_ways_and_no_other(claims: list[Stated], start: str, end: str, length: int) -> None:
    found = between(graph_of(*claims), address(start), address(end), length=length, most=10_000)
    mine = [tuple(local_of(t).replace("/", ":") for t in path.things) for path in found.paths]
    wanted = all_ways(claims, start, end, length) if start != end else set()
    assert len(mine) == len(set(mine))
    if found.complete:
        assert set(mine) == wanted
    else:
        assert set(mine) < wanted
    assert [path.standing for path in found.paths] == sorted(path.standing for path in found.paths)
    for path in found.paths:
        assert all(hop.claims for hop in path.hops)


def test_on_the_seed_data_each_hop_stands_on_claims_and_is_told() -> None:
    start, end = thing("failure-cause", "dispersed-governance"), thing("source", "henkel-1991")
    found = between(base(), start, end)
    assert found.paths
    for path in found.paths:
        assert path.things[0] == start
        assert path.things[-1] == end
        for hop in path.hops:
            assert "Hudson et al. 2019, §" in hop.sentence or "Table" in hop.sentence
            assert hop.sentence.endswith(f"this step is {hop.standing.words}.")
            assert hop.start_label
            assert hop.end_label
