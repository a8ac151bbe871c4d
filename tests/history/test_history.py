"""The history of a thing tells each revision that touched it, from the journal, and claims to know no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.history import FIRST, Episode, Fate, Index, history
from kg.namespaces import PREFIXES, gap, thing
from kg.store import DERIVED_GRAPH, Journal, Literal, NamedNode, Quad, in_memory, place
from kg.store.patch import Patch

SKOS = PREFIXES["skos"]
POLICY, OTHER = thing("policy", "example"), thing("policy", "untouched")
CLAIM, LATER = thing("claim", "first"), thing("claim", "later")
NOTION, SCHEME = thing("notion", "odd-idea"), thing("scheme", "notion")


def text(subject: str, property: str, words: str) -> Quad:
    return place((NamedNode(subject), NamedNode(property), Literal(words, language="en")))


def link(subject: str, property: str, value: str) -> Quad:
    return place((NamedNode(subject), NamedNode(property), NamedNode(value)))


def status(claim: str, slug: str) -> Quad:
    return link(claim, gap("reviewStatus"), thing("review-status", slug))


DERIVED = Quad(NamedNode(POLICY), NamedNode(gap("hadOutcome")), NamedNode(OTHER), DERIVED_GRAPH)
IDEA = (text(NOTION, SKOS + "prefLabel", "Odd idea"), link(NOTION, SKOS + "inScheme", SCHEME))
ABOUT_LATER = (link(LATER, gap("claimObject"), POLICY), status(LATER, "accepted"))
PATCHES: tuple[tuple[tuple[Quad, ...], tuple[Quad, ...]], ...] = (
    (
        (),
        (
            text(POLICY, SKOS + "definition", "An example."),
            text(OTHER, SKOS + "definition", "Another."),
            text(SCHEME, SKOS + "prefLabel", "Notions"),
            link(CLAIM, gap("claimSubject"), POLICY),
            status(CLAIM, "accepted"),
        ),
    ),
    ((), (text(POLICY, SKOS + "altLabel", "Another name"),)),
    ((status(CLAIM, "accepted"),), (status(CLAIM, "withdrawn"), DERIVED)),
    ((), (*IDEA, *ABOUT_LATER)),
    ((*IDEA, *ABOUT_LATER), ()),
)
"""What five revisions took out and put in."""


@pytest.fixture
def told(tmp_path: Path) -> dict[str, dict[int, Episode]]:
    """By thing and revision, what the history tells once all revisions are made."""
    journal, standing = Journal(tmp_path / "journal"), set[Quad]()
    for number, (removed, added) in enumerate(PATCHES, 1):
        journal.append(Patch(number, removed, added))
        standing = (standing - set(removed)) | set(added)
    reader = in_memory(standing, len(PATCHES))
    things = (POLICY, OTHER, CLAIM, LATER, NOTION, SCHEME, thing("notion", "never-was"))
    index = Index(journal, tmp_path)
    return {iri: {e.revision: e for e in history(reader, index, iri, 100).episodes} for iri in things}


Told = dict[str, dict[int, Episode]]


def test_what_nothing_touched_came_with_the_first_revision(told: Told) -> None:
    assert {number: e.fate for number, e in told[OTHER].items()} == {FIRST: Fate.ADDED}


def test_the_first_patch_is_never_opened(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(Patch(1, (), PATCHES[0][1]))
    journal.path(1).write_bytes(b"not a patch")
    found = history(in_memory(PATCHES[0][1], 1), Index(journal, tmp_path), POLICY, 100).episodes
    assert [(e.revision, e.fate, e.claims) for e in found] == [(FIRST, Fate.ADDED, {CLAIM: Fate.ADDED})]


def test_a_change_names_what_was_said_anew(told: Told) -> None:
    found = told[POLICY][2]
    assert (found.fate, found.properties, found.claims) == (Fate.CHANGED, (SKOS + "altLabel",), {})


def test_a_claim_withdrawn_is_told_apart_from_one_changed(told: Told) -> None:
    assert told[POLICY][3].claims == {CLAIM: Fate.WITHDRAWN}
    assert told[CLAIM][3].fate is Fate.WITHDRAWN


def test_what_the_rules_wrote_is_no_change_of_the_thing(told: Told) -> None:
    assert (told[POLICY][3].fate, told[POLICY][3].properties, told[POLICY][3].links) == (None, (), 1)


def test_a_claim_that_is_gone_for_good_is_still_told_of(told: Told) -> None:
    assert [told[POLICY][number].claims for number in (4, 5)] == [{LATER: Fate.ADDED}, {LATER: Fate.REMOVED}]


def test_a_claim_withdrawn_since_came_with_the_first_revision_all_the_same(told: Told) -> None:
    assert told[POLICY][FIRST].claims == {CLAIM: Fate.ADDED}


def test_the_newest_comes_first(told: Told) -> None:
    assert [(number, e.fate) for number, e in told[NOTION].items()] == [(5, Fate.REMOVED), (4, Fate.ADDED)]


def test_a_framework_tells_of_its_members(told: Told) -> None:
    assert [told[SCHEME][number].members for number in (4, 5)] == [{NOTION: Fate.ADDED}, {NOTION: Fate.REMOVED}]


def test_what_never_was_has_no_history(told: Told) -> None:
    assert told[thing("notion", "never-was")] == {}
