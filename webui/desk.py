"""The desk of the application at hand, and who stands before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from webui.signed_in import somebody
from webui.stored import database, settings

if TYPE_CHECKING:
    from kg.accounts import Account
    from kg.contributions import Desk, Person

_DESK = "gapbridge.desk"


def desk() -> Desk:
    """The desk; made by the first request that needs it: readers never do."""
    from kg.contributions import Desk

    if _DESK not in current_app.extensions:
        current_app.extensions.setdefault(_DESK, Desk(database(), settings()))  # two at once get the same
    found: Desk = current_app.extensions[_DESK]
    return found


def me() -> Person:
    """Who is signed in, as the desk knows them.

    Raises:
        SignInNeeded: nobody is.
    """
    return person(somebody())


def person(account: Account) -> Person:
    """An account as the desk knows it."""
    from kg.contributions import Person

    return Person(account.id, account.name, account.agent, account.role, account.interest)
