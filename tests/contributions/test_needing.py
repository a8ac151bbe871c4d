"""A claim may speak of what its author has proposed and nobody has accepted: it goes in after that, or with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.contributing import home, open_base
from kg.contributions import Contribution, Desk, Draft, as_text
from kg.database import Database, open_database
from kg.errors import EditedMeanwhile, OutOfTurn
from kg.importing import Agents, Reference, names_of, source_statements
from kg.namespaces import thing
from kg.settings import Settings
from kg.store import NamedNode, Statement, placed
from tests.contributions.desk_support import ANNA, BEN, CLARA, SOURCE, claim

WORK = thing("source", "newcomer-2024")


@pytest.fixture
def database(fresh: Settings) -> Iterator[Database]:
    opened = open_database(fresh)
    yield opened
    opened.close()


@pytest.fixture
def desk(database: Database, fresh: Settings) -> Desk:
    return Desk(database, fresh)


def work(desk: Desk, *, submit: bool = True, who: object = ANNA) -> Contribution:
    """A new source that waits."""
    reference = Reference("JournalArticle", "Quite a new study", authors=names_of("Newcomer, A."), year="2024")
    said = source_statements(reference, "newcomer-2024", "Newcomer 2024", Agents())
    (id,) = desk.save_all([Draft("source", "Newcomer 2024", added=as_text(placed(said)), base=1)], who, submit=submit)  # type: ignore[arg-type]
    return desk.get(id)


def reading(desk: Desk, slug: str = "newcomer-claim") -> Contribution:
    """A claim read in it."""
    added = as_text(placed([_moved(statement) for statement in claim(slug)]))
    (id,) = desk.save_all([Draft("claim", f"Claim {slug}", {}, added, base=1, source=WORK)], ANNA, submit=True)
    return desk.get(id)


def _moved(statement: Statement) -> Statement:
    subject, relation, value = statement
    return subject, relation, NamedNode(WORK) if value == NamedNode(SOURCE) else value


def test_what_a_claim_needs_is_found_and_tried_together_with_it(desk: Desk, fresh: Settings) -> None:
    source, made, base = work(desk), reading(desk), open_base(fresh)
    assert [one.id for one in desk.needed(made, base)] == [source.id]
    assert desk.needed(source, base) == ()
    assert not desk.try_out(made, base).passes
    assert desk.try_out(made, base, [source]).passes


def test_alone_it_is_refused_and_stays_open(desk: Desk, fresh: Settings) -> None:
    work(desk)
    made = reading(desk)
    with pytest.raises(OutOfTurn, match=r"“Newcomer 2024”\. Accept that first, or both together"):
        desk.accept(made.id, BEN, made.version)
    assert (desk.get(made.id).state, desk.get(made.id).accepting) == ("submitted", "")
    assert home(fresh).journal.head == 1


def test_together_they_are_one_revision(desk: Desk, fresh: Settings) -> None:
    source, made = work(desk), reading(desk)
    done = desk.accept(made.id, BEN, made.version, beside={source.id: source.version})
    assert (done.revision, desk.get(source.id).revision, home(fresh).journal.head) == (2, 2, 2)
    base = open_base(fresh)
    assert all(any(base.quads(subject=NamedNode(iri))) for iri in (WORK, thing("claim", "newcomer-claim")))


def test_after_it_a_claim_goes_in_like_any_other(desk: Desk) -> None:
    source, made = work(desk), reading(desk)
    desk.accept(source.id, BEN, source.version)
    assert desk.accept(made.id, CLARA, made.version).revision == 3


def test_nothing_goes_in_with_it_that_was_written_anew_since_it_was_read(desk: Desk, fresh: Settings) -> None:
    source, made = work(desk), reading(desk)
    desk.save(Draft("source", "Another title", added=source.added, base=1, id=source.id, version=1), ANNA)
    with pytest.raises(EditedMeanwhile):
        desk.accept(made.id, BEN, made.version, beside={source.id: source.version})
    assert home(fresh).journal.head == 1


def test_a_draft_that_is_not_handed_in_does_not_go_in_with_it(desk: Desk) -> None:
    source, made = work(desk, submit=False), reading(desk)
    with pytest.raises(OutOfTurn):
        desk.accept(made.id, BEN, made.version, beside={source.id: source.version})


def test_what_others_propose_is_nothing_to_refer_to(desk: Desk, fresh: Settings) -> None:
    work(desk, who=CLARA)
    made = reading(desk)
    assert desk.needed(made, open_base(fresh)) == ()
    assert not desk.try_out(made, open_base(fresh)).passes
    assert [one.iri for one in desk.proposed(ANNA) if one.iri == WORK] == []
    assert [(one.iri, one.label) for one in desk.proposed(CLARA) if one.iri == WORK] == [(WORK, "Newcomer 2024")]


def test_two_members_of_one_list_that_go_in_together_are_both_counted(desk: Desk, fresh: Settings) -> None:
    from kg.claiming import Proposal, new_thing, thing_forms
    from kg.namespaces import gap

    base = open_base(fresh)
    ids, told = [], {}
    for name in ("Shared tables of duties", "Joint reading of returns"):
        typed = {"prefLabel": (name,), "definition": (f"{name}, as told in a document.",)}
        made = Proposal.of_thing(new_thing(base, thing_forms(base)["tactic"], typed, SOURCE))
        draft = Draft("thing", name, {}, as_text(made.added), as_text(made.removed), base=1)
        ids += desk.save_all([draft], ANNA, submit=True)
        told[ids[-1]] = made.iri
    desk.accept(ids[1], BEN, 1, beside={ids[0]: 1})
    after = open_base(fresh)
    schemes = {
        q.object
        for iri in told.values()
        for q in after.quads(subject=NamedNode(iri))
        if "inScheme" in q.predicate.value
    }
    (scheme,) = schemes
    (count,) = [q.object.value for q in after.quads(subject=scheme) if q.predicate.value == gap("listedCount")]  # type: ignore[union-attr]
    members = [q for q in after.quads(value=scheme) if "inScheme" in q.predicate.value]
    assert int(count) == len(members)
