"""What is accepted goes into the base as one revision that says who wrote it and who checked it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.contributing import commit, home, open_base
from kg.contributions import Contribution, Desk, Draft, accepting, as_text
from kg.database import Database, open_database
from kg.errors import BadInput, DoesNotConform, OutOfTurn, Overtaken, ServerBusy
from kg.namespaces import thing
from kg.settings import Settings
from kg.store import Change, NamedNode, Reader, placed, text_of
from kg.store.lock import WriterLock
from tests.contributions.desk_support import ANNA, BEN, draft, note
from tests.database_support import Server


@pytest.fixture
def database(fresh: Settings) -> Iterator[Database]:
    opened = open_database(fresh)
    yield opened
    opened.close()


@pytest.fixture
def desk(database: Database, fresh: Settings) -> Desk:
    return Desk(database, fresh)


def handed_in(desk: Desk, wanted: Draft | None = None) -> Contribution:
    kept = desk.save(wanted or draft(), ANNA)
    return desk.submit(kept.id, ANNA, kept.version)


def said(reader: Reader, iri: str) -> dict[str, set[str]]:
    """What the record says of a thing, by the end of the property's address."""
    found: dict[str, set[str]] = {}
    for quad in reader.quads(subject=NamedNode(iri)):
        name = quad.predicate.value.replace("#", "/").rpartition("/")[2]
        found.setdefault(name, set()).add(text_of(quad.object))
    return found


def test_it_makes_one_revision_with_author_and_checker(desk: Desk, fresh: Settings) -> None:
    kept = handed_in(desk)
    done = desk.accept(kept.id, BEN, kept.version, "Read against page 4.")
    base = open_base(fresh)
    record = said(base, thing("revision", "2"))
    assert (done.state, done.revision, base.revision) == ("accepted", 2, 2)
    assert record["wasAssociatedWith"] == {ANNA.agent}
    assert record["acceptedBy"] == {BEN.agent}
    assert record["contribution"] == {kept.id}
    assert desk.events(kept.id)[-1].text == "Read against page 4."


def test_its_claim_is_accepted_and_says_by_whom_it_was_entered_and_checked(desk: Desk, fresh: Settings) -> None:
    kept = handed_in(desk)
    desk.accept(kept.id, BEN, kept.version)
    base = open_base(fresh)
    entered = said(base, thing("claim", "desk-test-claim"))
    assert entered["reviewStatus"] == {thing("review-status", "accepted")}
    assert (entered["creator"], entered["reviewedBy"]) == ({ANNA.agent}, {BEN.agent})
    assert said(base, next(iter(entered["checkedIn"])))["wasAssociatedWith"] == {BEN.agent}
    assert said(base, next(iter(entered["wasGeneratedBy"])))["wasAssociatedWith"] == {ANNA.agent}
    assert said(base, ANNA.agent)["name"] == {"Anna Author"}


def test_what_follows_from_it_is_there_at_once(desk: Desk, fresh: Settings) -> None:
    tactic, cause = thing("tactic", "action-research"), thing("failure-cause", "dispersed-governance")
    kept = handed_in(desk)
    assert cause not in said(open_base(fresh), tactic).get("addressesAsStated", set())
    desk.accept(kept.id, BEN, kept.version)
    assert cause in said(open_base(fresh), tactic)["addressesAsStated"]


def test_who_is_known_already_is_not_described_anew(desk: Desk, fresh: Settings) -> None:
    for slug in ("one", "two"):
        kept = handed_in(desk, draft(slug))
        desk.accept(kept.id, BEN, kept.version)
    patch = home(fresh).journal.read(3)
    assert not [quad for quad in patch.added if text_of(quad.subject) in (ANNA.agent, BEN.agent)]


def test_what_does_not_conform_stays_open_with_the_reasons(desk: Desk, fresh: Settings) -> None:
    kept = handed_in(desk, draft(gist="Too short."))
    with pytest.raises(DoesNotConform, match="15 to 300"):
        desk.accept(kept.id, BEN, kept.version)
    assert (desk.get(kept.id).state, open_base(fresh).revision) == ("submitted", 1)
    assert desk.events(kept.id)[-1].what == "could not be accepted"


def test_what_somebody_else_changed_meanwhile_is_told_not_overwritten(desk: Desk, fresh: Settings) -> None:
    base = open_base(fresh)
    old, ours, theirs = (placed([note(text)]) for text in ("As it was.", "As Anna puts it.", "As another puts it."))
    commit(fresh, Change(base.revision, old))
    edit = Draft("edit", "A better note", added=as_text(ours), removed=as_text(old), base=2)
    kept = handed_in(desk, edit)
    commit(fresh, Change(2, theirs, old))
    with pytest.raises(Overtaken) as told:
        desk.accept(kept.id, BEN, kept.version)
    (one,) = told.value.statements
    assert "As it was." in one.statement
    assert any("As another puts it." in line for line in one.now)
    assert one.revision == 3
    assert open_base(fresh).revision == 3


def test_two_new_things_of_one_address_do_not_run_together(desk: Desk) -> None:
    first, second = handed_in(desk), handed_in(desk, draft(gist="Another claim under the same address."))
    desk.accept(first.id, BEN, first.version)
    with pytest.raises(Overtaken):
        desk.accept(second.id, BEN, second.version)


def test_what_changes_nothing_is_not_accepted(desk: Desk, fresh: Settings) -> None:
    there = placed([note("A note that is there.")])
    commit(fresh, Change(1, there))
    kept = handed_in(desk, Draft("edit", "The same note", added=as_text(there), base=2))
    with pytest.raises(BadInput, match="already"):
        desk.accept(kept.id, BEN, kept.version)


def test_it_goes_in_from_a_server_of_databases_too(postgresql_server: Server, fresh: Settings) -> None:
    other = Database(postgresql_server.new_database())
    other.upgrade()
    there = Desk(other, fresh)
    kept = handed_in(there)
    assert there.accept(kept.id, BEN, kept.version).revision == open_base(fresh).revision == 2
    other.close()


def test_nothing_is_accepted_twice(desk: Desk, fresh: Settings) -> None:
    kept = handed_in(desk)
    done = desk.accept(kept.id, BEN, kept.version)
    with pytest.raises(OutOfTurn):
        desk.accept(kept.id, BEN, done.version)
    assert open_base(fresh).revision == 2


def test_who_writes_for_too_long_makes_others_come_again(
    desk: Desk, fresh: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "WAIT_SECONDS", 0.05)
    kept = handed_in(desk)
    lock = WriterLock(fresh.data / "lock")
    lock.acquire()
    with pytest.raises(ServerBusy, match="Nothing was changed"):
        desk.accept(kept.id, BEN, kept.version)
    lock.release()
    assert desk.get(kept.id).state == "submitted"


def test_what_broke_off_after_the_revision_is_found_in_the_base(
    desk: Desk, database: Database, fresh: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = handed_in(desk)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(accepting.Acceptance, "_end", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.accept(kept.id, BEN, kept.version)
    found = Desk(database, fresh).get(kept.id)
    assert (found.state, found.revision) == ("accepted", 2)


def test_what_broke_off_before_the_revision_is_open_as_before(
    desk: Desk, database: Database, fresh: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = handed_in(desk)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(accepting.Acceptance, "_commit", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.accept(kept.id, BEN, kept.version)
    found = Desk(database, fresh).get(kept.id)
    assert (found.state, found.revision, found.version) == ("submitted", 0, kept.version)
    assert found.accepting == ""
