"""The coverage board: what it says is missing is what the queries and the work list give."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kg.namespaces import thing
from kg.queries import (
    gaps_alone,
    list_of,
    names,
    phase_coverage,
    policies_of_causes,
    sources_of,
    summaries,
    unbacked_tactics,
    worklist,
)
from webui.addresses import href
from webui.base import Opened
from webui.contexts.coverage import CoveragePage, coverage_page


@pytest.fixture(scope="module")
def page(opened: Opened) -> CoveragePage:
    return coverage_page(opened)


def test_empty_pairs_are_those_of_the_work_list(opened: Opened, page: CoveragePage) -> None:
    wanted = {(href(row.thing), row.why) for row in worklist(opened.reader) if row.kind == "cause-without-tactic"}
    empty = {
        (cause.link.href, f"No tactic of the phase “{cell.phase}” is held to address it.")
        for cause in page.causes
        for cell in cause.cells
        if cell.kind == "gap"
    }
    assert empty == wanted


def test_missing_phases_are_said_in_words(page: CoveragePage) -> None:
    for cause in page.causes:
        missing = [cell.phase for cell in cause.cells if cell.kind == "gap"]
        assert all(phase in cause.missing for phase in missing)
        assert bool(missing) == bool(cause.missing)


def test_rows_are_those_of_the_query(opened: Opened, page: CoveragePage) -> None:
    wanted = {(href(r.cause), r.phaseLabel, href(r.tactic)) for r in phase_coverage(opened.reader) if r.tactic}
    shown = {
        (cause.link.href, cell.phase, tactic.link.href)
        for cause in page.causes
        for cell in cause.cells
        for tactic in cell.tactics
    }
    assert shown == wanted
    assert [cell.phase for cell in page.causes[0].cells] == list(page.phases)


def test_a_tactic_counts_once_by_its_best_link(page: CoveragePage) -> None:
    for cell in (cell for cause in page.causes for cell in cause.cells if cell.tactics):
        assert sum(int(way.split()[0]) for way in cell.how) == len({tactic.link for tactic in cell.tactics})


def test_unbacked_tactics_have_no_supporting_source(opened: Opened) -> None:
    rows = unbacked_tactics(opened.reader)
    supported = {
        row.thing for row in sources_of(opened.reader, *{row.tactic for row in rows}) if "supportedBy" in row.relation
    }
    assert not supported
    statuses = summaries(opened.reader, [row.thing for row in list_of(opened.reader, "Tactic")])
    bare = {iri for iri, found in statuses.items() if found.status.endswith(("/no-claims", "/proposed"))}
    assert {row.tactic for row in rows} == bare


def test_every_unbacked_tactic_is_listed_once(opened: Opened, page: CoveragePage) -> None:
    shown = [link.href for group in page.unbacked for link in group.tactics]
    assert sorted(shown) == sorted(href(row.tactic) for row in unbacked_tactics(opened.reader))


def test_gaps_name_their_documents(opened: Opened, page: CoveragePage) -> None:
    shown = {(item.link.href, document.href) for item in page.gaps for document in item.documents}
    assert shown == {(href(row.thing), href(row.document)) for row in gaps_alone(opened.reader)}


def test_page_says_what_nothing_means(opened: Opened, client: FlaskClient) -> None:
    text = client.get("/coverage").text
    assert "It does not say that nothing exists" in text
    assert "No tactic of the phases Preparation and Review is held to address it." in text
    labels = names(opened.reader, [thing("failure-cause", "dispersed-governance")])
    assert all(label in text for label in labels.values())


def test_policies_are_those_of_the_query(opened: Opened, page: CoveragePage) -> None:
    rows = policies_of_causes(opened.reader)
    shown = {(cause.link.href, policy.link.href) for cause in page.shown for policy in cause.policies}
    assert shown == {(href(row.cause), href(row.policy)) for row in rows if row.policy}
    bare = {row.causeLabel for row in rows if not row.policy}
    assert bare
    assert all(label in page.unshown_words for label in bare)
