"""What a pack says is shown apart and counts for nothing, unless that was chosen for the whole pack."""

from __future__ import annotations

import pytest

from kg.namespaces import gap, local_of, thing
from kg.packs import add
from kg.packs.changing import Plan
from kg.queries import summaries
from kg.store import Engine, NamedNode, in_memory, text_of
from kg.validation import check, check_files
from tests.data_support import base, derived
from tests.packs.packs_support import ME, after, example, plain

TWO_WAY, CAUSE = thing("tactic", "two-way-communication"), thing("failure-cause", "dispersed-governance")
OURS = thing("source", "crosswalk-example")
ALONE = {"reference-unknown-violation", "wrong-class-violation"}  # the article's pack refers to documents beyond it
TACTICS = [TWO_WAY, thing("tactic", "review-landmarks")]


def with_all_that_follows(plan: Plan) -> Engine:
    return derived(set(after(plain(), plan).quads()))


@pytest.fixture(scope="module")
def mapped() -> Engine:
    return with_all_that_follows(add(plain(), example(), ME))


@pytest.fixture(scope="module")
def counted() -> Engine:
    return with_all_that_follows(add(plain(), example(), ME, counts=True))


def links(reader: Engine, subject: str, value: str) -> set[str]:
    found = (q for q in reader.quads(subject=NamedNode(subject), value=NamedNode(value)))
    return {q.predicate.value.rpartition("#")[2] for q in found}


def test_its_links_stand_as_mapped(mapped: Engine) -> None:
    new = links(mapped, TWO_WAY, CAUSE) - links(base(), TWO_WAY, CAUSE)
    assert "addressesByMapping" in new
    assert "addressesAsStated" not in new


def test_its_source_supports_recommends_and_cautions_nothing(mapped: Engine) -> None:
    relations = {q.predicate.value.rpartition("#")[2] for q in mapped.quads(value=NamedNode(OURS))}
    assert relations.isdisjoint(
        {"supportedBy", "recommendedIn", "cautionedBy", "disputedBy", "gapReportedIn", "explainedBy", "discussedIn"}
    )


def test_no_status_and_no_number_behind_one_changes(mapped: Engine) -> None:
    assert summaries(mapped, TACTICS) == summaries(base(), TACTICS)


def test_a_tactic_that_only_packs_speak_of_has_no_claims_that_count(mapped: Engine) -> None:
    me = thing("crosswalk-strategy", "feedback-loops")
    found = summaries(mapped, [me])[me]
    assert (found.status, found.supports) == (thing("evidence-status", "no-claims"), 0)


def test_where_it_was_chosen_its_claims_count(counted: Engine) -> None:
    assert "supportedBy" in links(counted, TWO_WAY, OURS)
    now, before = summaries(counted, TACTICS)[TWO_WAY], summaries(base(), TACTICS)[TWO_WAY]
    assert now.supports == before.supports + 1


def test_the_base_is_in_order_either_way(mapped: Engine, counted: Engine) -> None:
    assert not {violation.check for violation in check(mapped)} - ALONE
    assert not wrong(counted)


def test_a_claim_that_counts_without_that_choice_is_refused(mapped: Engine) -> None:
    assert not wrong(mapped)
    plan = add(plain(), example(), ME, counts=True)
    chosen = {q for q in plan.change.added if q.predicate.value == gap("countsAsRead")}
    assert "claim/crosswalk-two-way-governance" in wrong(in_memory(set(after(plain(), plan).quads()) - chosen))


def wrong(reader: Engine) -> set[str]:
    """The claims that count although that was not chosen."""
    (query,) = (text for name, _, text in check_files() if name == "mapped-by-pack-violation")
    return {local_of(text_of(row["thing"])) for row in reader.select(query, trusted=True)}
