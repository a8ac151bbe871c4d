"""Somebody who is signed in, for tests of pages that need that."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from kg.accounts import Account
from kg.accounts.people import People
from kg.accounts.sessions import Sessions
from kg.database import Database
from kg.settings import Settings
from webui import create_app
from webui.signed_in import cookie_name
from webui.stored import database

KEY = "a key of the tests, used for nothing else"
PASSWORD = "three words on a wall"


@contextmanager
def site(settings: Settings, database: str, **more: Any) -> Iterator[Flask]:
    """The site with its people in a database of its own; writes nothing into the data folder.

    Args:
        settings: where the base lies.
        database: an address, or a folder for a SQLite file.
        more: other settings.
    """
    address = database if "://" in database else f"sqlite:///{database}/people.sqlite"
    app = create_app(replace(settings, **{"database": address, "secret_key": KEY, **more}))
    yield app
    app.extensions["gapbridge.database"].close()


def signed_in(app: Flask, role: str = "contributor", name: str = "Robin Example") -> FlaskClient:
    """A client that somebody new with this role is signed in on; what it sends is taken as from our own forms."""
    with app.test_request_context():
        account = add_person(database(), role, name)
        secret, cookie = Sessions(database()).begin(account.id, "Tests"), cookie_name("gapbridge_session")
    client = app.test_client()
    client.set_cookie(cookie, secret)
    client.environ_base["HTTP_X_CSRFTOKEN"] = form_mark(client, "/account")
    return client


def add_person(database: Database, role: str = "contributor", name: str = "Robin Example") -> Account:
    """A new account; its password is `PASSWORD`."""
    return People(database).add(name, f"{secrets.token_hex(6)}@example.org", role, PASSWORD)


def form_mark(client: FlaskClient, path: str) -> str:
    """The mark that a form on a page carries against forgery."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found, f"{path} has no form"
    return found[1]
