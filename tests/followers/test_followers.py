"""Who follows something is told what touched it, once; mail that cannot be sent waits and holds nothing up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_string
from email.policy import default

import pytest

from kg.accounts import Account
from kg.contributing import commit, index, open_base
from kg.database import Database
from kg.errors import BadInput, NotFound
from kg.followers import ALL, RELEASES, SEARCH, THING, Followers, deliver, news_of
from kg.namespaces import PREFIXES, gap, thing
from kg.search import Search
from kg.settings import Settings
from kg.store import Change, Literal, NamedNode, place
from tests.followers.smtp_server import MailServer
from tests.people_support import add_person

CLAIM, WORK = thing("claim", "gold-weak-units-d3e57c69"), thing("source", "gold-2017")


@pytest.fixture(scope="module")
def changed(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A base in whose second revision one claim read in a work got a note."""
    folder = tmp_path_factory.mktemp("followed") / "base"
    shutil.copytree(seeded.data, folder, ignore=shutil.ignore_patterns("dumps"))
    settings = replace(seeded, data=folder, mail_security="none", mail_host="127.0.0.1", mail_from="base@example.org")
    note = place((NamedNode(CLAIM), NamedNode(PREFIXES["skos"] + "editorialNote"), Literal("Seen.", language="en")))
    commit(settings, Change(1, frozenset({note}), message="A note\r\nBcc: all@example.org"))
    return settings


@pytest.fixture
def robin(database: Database) -> Account:
    return add_person(database)


def numbers(settings: Settings, database: Database, account: Account) -> dict[tuple[str, str], list[int]]:
    base = open_base(settings)
    found = [news_of(base, Search(base), index(settings), row, row.seen) for row in Followers(database).of(account.id)]
    return {(n.follow.kind, n.follow.what): [told.number for told in n.revisions] for n in found}


def test_news_of_a_thing_a_search_and_all_are_told_until_seen(
    changed: Settings, database: Database, robin: Account
) -> None:
    followers, about = Followers(database), _subject(changed)
    followed = ((THING, about), (THING, thing("tactic", "action-research")), (ALL, ""), (RELEASES, ""))
    for kind, what in followed:
        followers.follow(robin.id, kind, what, 1)
        followers.follow(robin.id, kind, what, 1)  # once more does nothing
    found = numbers(changed, database, robin)
    assert found == {followed[0]: [2], followed[1]: [], followed[2]: [2], followed[3]: []}
    followers.see(robin.id, 2)
    assert not any(numbers(changed, database, robin).values())


def test_a_search_tells_what_touched_its_hits(changed: Settings, database: Database, robin: Account) -> None:
    base = open_base(changed)
    gist = next(q.object.value for q in base.quads(subject=NamedNode(CLAIM)) if q.predicate.value == gap("gist"))
    Followers(database).follow(robin.id, SEARCH, gist[:80], 1)
    assert list(numbers(changed, database, robin).values()) == [[2]]


def test_what_somebody_follows_is_theirs_alone(database: Database, robin: Account) -> None:
    followers, other = Followers(database), add_person(database)
    followers.follow(robin.id, ALL, "", 1)
    (mine,) = followers.of(robin.id)
    with pytest.raises(NotFound):
        followers.end(other.id, mine.id)
    followers.end(robin.id, mine.id)
    assert followers.of(robin.id) == []
    for kind, what in (("else", ""), (THING, ""), (ALL, "x"), (SEARCH, "x" * 301)):
        with pytest.raises(BadInput):
            followers.follow(robin.id, kind, what, 1)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


def test_mail_goes_out_once_and_carries_no_header_of_a_strangers(
    changed: Settings, database: Database, robin: Account, server: MailServer
) -> None:
    settings = replace(changed, mail_port=server.port, public_url="https://data.example.org")
    Followers(database).follow(robin.id, ALL, "", 1)
    assert deliver(settings, database).sent == 1
    assert deliver(settings, database).sent == 0
    (text,) = server.mails
    mail = message_from_string(text, policy=default)
    assert (mail["To"], mail["From"], mail["Bcc"]) == (robin.mail, "base@example.org", None)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "https://data.example.org/revision/2" in mail.get_content()


def test_mail_that_is_refused_is_sent_later(
    changed: Settings, database: Database, robin: Account, server: MailServer
) -> None:
    settings = replace(changed, mail_port=server.port)
    Followers(database).follow(robin.id, ALL, "", 1)
    server.refuse(True)
    found = deliver(settings, database)
    assert (found.sent, len(found.failed)) == (0, 1)
    assert "nobody here" in found.failed[0]
    server.refuse(False)
    assert deliver(settings, database).sent == 1


def test_without_a_server_mail_is_refused_in_words(changed: Settings, database: Database) -> None:
    with pytest.raises(BadInput, match="GAPBRIDGE_MAIL_HOST"):
        deliver(replace(changed, mail_host=""), database)


def test_nobody_who_is_kept_out_is_written_to(changed: Settings, database: Database, server: MailServer) -> None:
    from kg.accounts.people import People

    gone = add_person(database)
    Followers(database).follow(gone.id, ALL, "", 1)
    People(database).set_disabled(gone.id, True)
    assert deliver(replace(changed, mail_port=server.port), database).sent == 0


def _subject(settings: Settings) -> str:
    base = open_base(settings)
    return next(
        q.object.value
        for q in base.quads(subject=NamedNode(CLAIM))
        if q.predicate.value == gap("claimSubject") and isinstance(q.object, NamedNode)
    )
