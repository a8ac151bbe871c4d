"""The page of one's own account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from webui.base import opened
from webui.contexts.page import Page, crumbs, frame

if TYPE_CHECKING:
    from kg.accounts import Account


@dataclass(frozen=True, kw_only=True)
class AccountPage(Page):
    """All that somebody can see and change of their account."""

    mail: str
    role: str
    agent: str


def account_page(account: Account) -> AccountPage:
    """The page of an account."""
    return AccountPage(
        **frame(opened(), "Your account", crumbs=crumbs()), mail=account.mail, role=account.role, agent=account.agent
    )
