"""What a revision did, told from its record."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.changelog import LinkChange, StatusChange, changes_of, compare, size_of
from kg.errors import StoreDamaged
from kg.namespaces import PREFIXES, gap, thing
from kg.store import DERIVED_GRAPH, Home, Literal, NamedNode, Quad, place

TYPE, LABEL = PREFIXES["rdf"] + "type", PREFIXES["skos"] + "prefLabel"
STATUS = gap("reviewStatus")
OLD, NEW, OTHER = (thing("notion", slug) for slug in ("old", "new", "other"))


def said(subject: str, relation: str, value: str | NamedNode) -> Quad:
    end = value if isinstance(value, NamedNode) else Literal(value, language="en")
    return place((NamedNode(subject), NamedNode(relation), end))


def ruled(subject: str, relation: str, value: str) -> Quad:
    return Quad(NamedNode(subject), NamedNode(relation), NamedNode(value), DERIVED_GRAPH)


def test_what_is_new_changed_and_taken_out_is_told_apart() -> None:
    notion = NamedNode(gap("Notion"))
    found = compare(
        removed=(said(OLD, TYPE, notion), said(OTHER, LABEL, "Before")),
        added=(said(NEW, TYPE, notion), said(NEW, LABEL, "New"), said(OTHER, LABEL, "After")),
    )
    assert (found.added, found.changed, found.removed, found.withdrawn) == ((NEW,), (OTHER,), (OLD,), ())


def test_a_withdrawn_claim_and_a_deprecated_thing_are_withdrawn() -> None:
    claim = thing("claim", "wrong")
    withdrawn = said(claim, STATUS, NamedNode(thing("review-status", "withdrawn")))
    ended = place((NamedNode(OLD), NamedNode(PREFIXES["owl"] + "deprecated"), Literal(True)))
    accepted = said(claim, STATUS, NamedNode(thing("review-status", "accepted")))
    found = compare((accepted,), (withdrawn, ended))
    assert (found.withdrawn, found.changed) == ((claim, OLD), ())


def test_changed_answers_are_told() -> None:
    summary, tactic, cause = thing("summary", "forums"), thing("tactic", "forums"), thing("failure-cause", "silos")
    status = gap("evidenceStatus")
    found = compare(
        removed=(
            ruled(summary, status, thing("evidence-status", "proposed")),
            ruled(tactic, gap("addresses"), cause),
        ),
        added=(
            ruled(summary, status, thing("evidence-status", "contested")),
            ruled(thing("summary", "fresh"), status, thing("evidence-status", "no-claims")),
        ),
    )
    assert found.statuses == (
        StatusChange(summary, "proposed", "contested"),
        StatusChange(thing("summary", "fresh"), "", "no-claims"),
    )
    assert found.links == (LinkChange(tactic, cause, gained=False),)
    assert found.changed == ()


def test_the_record_of_the_revision_itself_is_no_entry() -> None:
    me = thing("revision", "2")
    assert compare((), (said(me, TYPE, NamedNode(gap("Revision"))),)).added == ()


def test_a_record_that_is_not_there_is_told(tmp_path: Path) -> None:
    for ask in (changes_of, size_of):
        with pytest.raises(StoreDamaged, match="no entry 7"):
            ask(Home(tmp_path), 7)
