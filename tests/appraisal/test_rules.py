"""The evidence status: each value reached, each guard against claiming too much (ontology model, §2.3)."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.appraisal import appraise, sentence
from kg.namespaces import thing
from kg.queries import Footing

MAPPED = thing("link-basis", "pack-mapping")

_numbers = count(1)


def row(
    stance: str = "supports",
    *,
    standing: str = "as-stated",
    basis: str = "cites-empirical",
    force: str = "reports",
    work: str = "",
    data: bool = True,
    read: str = "known-by-citation",
    group: str = "",
    claim: str = "",
) -> Footing:
    """A claim about a tactic; with a work where one is named."""
    return Footing(
        thing=thing("tactic", "forums"),
        claim=thing("claim", claim or f"c{next(_numbers)}"),
        stance=thing("stance", stance),
        force=thing("force", force),
        basis=thing("claim-basis", basis),
        standing=thing("link-basis", standing),
        document=thing("source", "hudson-2019"),
        work=work and thing("source", work),
        evidenceType=work and thing("evidence-type", "case-study" if data else "conceptual"),
        carriesData=("true" if data else "false") if work else "",
        readingStatus=work and thing("reading-status", read),
        group=work and thing("independence-group", group or work),
    )


def read(stance: str, work: str, **more: str) -> Footing:
    """A claim that rests on a work with data which the project read in full."""
    return row(stance, work=work, read="read-in-full", **more)  # type: ignore[arg-type]


PUT_FORWARD = row(force="recommends", basis="uncited-argument")
SECOND_HAND = row(work="gold-2017")
READ_A, READ_B = read("supports", "a"), read("supports", "b")
AGAINST = read("disputes", "x")


def test_no_claims() -> None:
    assert appraise([]).status == "no-claims"


def test_proposed() -> None:
    assert appraise([PUT_FORWARD]).status == "proposed"


@pytest.mark.parametrize(
    "basis", ["cites-empirical", "cites-non-empirical", "cites-official", "experience-report", "expert-opinion"]
)
@pytest.mark.parametrize("standing", ["as-stated", "by-table"])
@pytest.mark.parametrize("stance", ["supports", "conditional"])
def test_informed_by_any_footing(basis: str, standing: str, stance: str) -> None:
    assert appraise([row(stance, basis=basis, standing=standing)]).status == "informed"


def test_emerging_takes_two_groups_read_by_the_project() -> None:
    assert appraise([READ_A, READ_B]).status == "emerging"
    assert appraise([READ_A, row(work="b", read="read-in-part")]).status == "emerging"


@pytest.mark.parametrize(
    "rows",
    [
        [READ_A],
        [READ_A, SECOND_HAND],
        [READ_A, read("supports", "b", standing="curator-inference")],
        [READ_A, read("supports", "b", standing="by-phase")],
        [READ_A, read("supports", "b", standing="pack-mapping")],
        [READ_A, row(work="b", read="read-in-full", data=False)],
        [READ_A, read("supports", "a-again", group="a")],
        [READ_A, read("describes", "b")],
        [READ_A, read("cautions", "b")],
    ],
    ids=["one", "one unread", "inferred", "by phase", "mapped", "no data", "same group", "describes", "cautions"],
)
def test_near_misses_of_emerging_are_informed(rows: list[Footing]) -> None:
    assert appraise(rows).status == "informed"


def test_contested_needs_a_dispute_and_support_with_a_footing() -> None:
    dispute = row("disputes", basis="uncited-argument")
    assert appraise([SECOND_HAND, dispute]).status == "contested"
    assert appraise([READ_A, READ_B, dispute]).status == "contested"
    assert appraise([READ_A, AGAINST]).status == "contested"
    assert appraise([PUT_FORWARD, dispute]).status == "proposed"


def test_counter_evidence_needs_data_read_by_the_project_and_none_for_it() -> None:
    assert appraise([PUT_FORWARD, AGAINST]).status == "counter-evidence"
    assert appraise([SECOND_HAND, AGAINST]).status == "counter-evidence"
    assert appraise([READ_A, AGAINST]).status != "counter-evidence"


@pytest.mark.parametrize(
    "against",
    [
        row("disputes", work="x"),
        row("disputes", work="x", read="read-in-full", data=False),
        read("disputes", "x", standing="curator-inference"),
        read("cautions", "x"),
    ],
    ids=["unread", "no data", "inferred", "only a caution"],
)
def test_near_misses_of_counter_evidence(against: Footing) -> None:
    assert appraise([PUT_FORWARD, against]).status == "proposed"


def test_second_hand_works_never_lift_above_informed() -> None:
    many = [row(work=f"w{n}") for n in range(20)]
    assert appraise(many).status == "informed"
    assert appraise(many).independent == 20


@pytest.mark.parametrize("standing", ["by-phase", "curator-inference", "pack-mapping"])
def test_what_no_document_says_never_counts_as_support(standing: str) -> None:
    found = appraise([PUT_FORWARD, *(read("supports", f"w{n}", standing=standing) for n in range(5))])
    assert (found.status, found.supports, found.independent) == ("proposed", 1, 0)


def test_recommendations_count_as_proposed_however_many() -> None:
    assert appraise([row(force="recommends", basis="uncited-argument") for _ in range(9)]).status == "proposed"


@pytest.mark.parametrize(
    "rows", [[PUT_FORWARD], [SECOND_HAND], [READ_A, READ_B]], ids=["proposed", "informed", "emerging"]
)
def test_cautions_and_gaps_stand_beside_and_lower_nothing(rows: list[Footing]) -> None:
    beside = [
        row("cautions", basis="uncited-argument"),
        row("cautions", work="y"),
        row("gap", basis="uncited-argument"),
    ]
    before, after = appraise(rows), appraise(rows + beside)
    assert after.status == before.status
    assert (after.cautions, after.gaps) == (2, 1)
    assert (after.supports, after.independent) == (before.supports, before.independent)


def test_only_cautions_or_gaps_are_proposed_at_most() -> None:
    assert appraise([row("cautions", work="y")]).status == "proposed"
    assert appraise([row("gap", basis="uncited-argument")]).status == "proposed"


def test_established_only_by_appraisal_on_file() -> None:
    many = [read("supports", f"w{n}") for n in range(50)]
    assert appraise(many).status == "emerging"
    assert appraise(many, established=True).status == "established"
    assert appraise([*many, row("disputes", basis="uncited-argument")], established=True).status == "contested"


def test_groups_are_counted_once() -> None:
    rows = [row(work="gold-2014", group="gold"), row(work="gold-2017", group="gold"), row(work="weaver-2009")]
    assert appraise(rows).independent == 2


def test_a_claim_with_several_works_is_one_claim() -> None:
    one = row(work="who-2016", claim="one")
    found = appraise([one, replace(one, work=thing("source", "who-2018"))])
    assert (found.supports, found.independent, found.claims) == (1, 1, (one.claim,))


ORDER = ("no-claims", "proposed", "informed", "emerging", "established", "contested", "counter-evidence")


@pytest.mark.parametrize("status", ORDER)
def test_every_status_has_a_sentence_that_promises_nothing(status: str) -> None:
    said = sentence(status)
    assert said.endswith(".")
    assert not {"effective", "works with this", "proven", "works."} & set(said.lower().split())


ROWS = st.builds(
    row,
    st.sampled_from(["supports", "conditional", "describes", "cautions", "disputes", "gap"]),
    standing=st.sampled_from(["as-stated", "by-table", "by-phase", "pack-mapping", "curator-inference"]),
    basis=st.sampled_from(["cites-empirical", "uncited-argument", "expert-opinion"]),
    force=st.sampled_from(["asserts", "recommends"]),
    work=st.sampled_from(["", "a", "b", "c"]),
    data=st.booleans(),
    read=st.sampled_from(["known-by-citation", "read-in-full"]),
)


@given(rows=st.lists(ROWS, max_size=8))
def test_no_order_of_rows_matters_and_nothing_is_established_by_counting(rows: list[Footing]) -> None:
    found = appraise(rows)
    assert found == appraise(rows[::-1])
    assert found.status != "established"
    assert set(found.claims) == {r.claim for r in rows if r.standing != MAPPED}
    if all(r.readingStatus == thing("reading-status", "known-by-citation") for r in rows):
        assert found.status not in ("emerging", "counter-evidence")


@given(rows=st.lists(ROWS, max_size=8), more=st.lists(ROWS, max_size=4))
def test_what_a_pack_maps_changes_nothing(rows: list[Footing], more: list[Footing]) -> None:
    assert appraise([*rows, *(replace(row, standing=MAPPED) for row in more)]) == appraise(rows)
