"""The server's own thread for mail, against a real mail server: it sends, waits for one that is gone, and stops."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from benchmarks.ports import free_port
from kg.contributing import commit, home
from kg.database import open_database
from kg.followers import ALL, Followers
from kg.namespaces import PREFIXES, thing
from kg.settings import Settings
from kg.store import Change, Literal, NamedNode, place
from tests.followers.smtp_server import MailServer
from tests.people_support import add_person
from webui.mailing import Mailing, begin

PATIENCE = 60


@pytest.fixture
def settings(seeded: Settings, migrated: Path, tmp_path: Path) -> Settings:
    """A base whose second revision somebody has not been mailed yet, and a mail server that is to come."""
    folder = tmp_path / "base"
    shutil.copytree(seeded.data, folder, ignore=shutil.ignore_patterns("dumps", "*.sqlite*"))
    shutil.copy(migrated, folder / "people.sqlite")
    made = replace(
        seeded, data=folder, mail_host="127.0.0.1", mail_port=free_port(), mail_security="none",
        mail_from="base@example.org",
    )  # fmt: skip
    database = open_database(made)
    Followers(database).follow(add_person(database).id, ALL, "", 1)
    database.close()
    change(made, "first")
    return made


def change(settings: Settings, words: str) -> None:
    about = NamedNode(thing("source", "gold-2017"))
    note = place((about, NamedNode(PREFIXES["skos"] + "editorialNote"), Literal(words, language="en")))
    commit(settings, Change(home(settings).snapshots.newest(), frozenset({note}), message=f"A note: {words}"))


@pytest.fixture
def mailing(settings: Settings) -> Iterator[Mailing]:
    made = Mailing(settings, seconds=0.05)
    made.start()
    yield made
    assert made.stop(PATIENCE)


def awaited(there: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not there() and time.monotonic() < until:
        time.sleep(0.02)
    return there()


def test_news_go_out_once_the_server_is_there_and_again_when_it_is_back(
    settings: Settings, mailing: Mailing, caplog: pytest.LogCaptureFixture
) -> None:
    assert awaited(lambda: "News could not be mailed" in caplog.text)
    with MailServer(settings.mail_port) as server:
        assert awaited(lambda: len(server.mails) == 1)
        assert "A note: first" in server.mails[0]
    caplog.clear()
    change(settings, "second")
    assert awaited(lambda: "News could not be mailed" in caplog.text)
    with MailServer(settings.mail_port) as server:
        assert awaited(lambda: len(server.mails) == 1)
        assert "A note: second" in server.mails[0]
        assert "A note: first" not in server.mails[0]


def test_after_it_was_stopped_nothing_is_sent(settings: Settings) -> None:
    with MailServer(settings.mail_port) as server:
        mailing = Mailing(settings, seconds=0.05)
        mailing.start()
        assert awaited(lambda: len(server.mails) == 1)
        assert mailing.stop(PATIENCE)
        change(settings, "second")
        assert len(server.mails) == 1


def test_the_end_of_serving_waits_for_the_mail_at_hand_and_leaves_the_others_for_later(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_end: list[partial[bool]] = []
    monkeypatch.setattr("webui.mailing.atexit.register", lambda *call: at_end.append(partial(*call)))
    database = open_database(settings)
    Followers(database).follow(add_person(database).id, ALL, "", 1)
    with MailServer(settings.mail_port) as server:
        server.hold(True)
        mailing = begin(settings)
        assert mailing is not None
        assert awaited(lambda: len(server.mails) == 1)
        assert not mailing.stop(0)
        server.hold(False)
        at_end[0]()
        assert mailing.stop(0)
        assert len(server.mails) == 1
    assert [len(follows) for _, follows in Followers(database).waiting(2)] == [1]
    database.close()


def test_without_a_mail_server_there_is_no_thread(seeded: Settings) -> None:
    assert begin(seeded) is None
