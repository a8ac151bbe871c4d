"""The page of all accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.accounts import CONTRIBUTOR, ROLES
from webui.base import opened
from webui.contexts.fields import Fault, Field, fault_of
from webui.contexts.forms import Choice
from webui.contexts.page import Page, crumbs, frame
from webui.contexts.people.account import told as moment

if TYPE_CHECKING:
    from kg.accounts import Account
    from kg.accounts.links import Link as OneTimeLink

_NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Told:
    """A link that was just made: what it is for, for whom."""

    kind: str
    mail: str
    href: str

    @property
    def heading(self) -> str:
        return "Invitation" if self.kind == "invitation" else "Link for a new password"


@dataclass(frozen=True)
class ShownAccount:
    """An account as administrators see it."""

    id: str
    name: str
    mail: str
    roles: tuple[Choice, ...]
    disabled: bool
    is_own: bool


@dataclass(frozen=True)
class Invitation:
    """An invitation that nobody has used."""

    id: str
    mail: str
    role: str
    ends: str


@dataclass(frozen=True, kw_only=True)
class AccountsPage(Page):
    """Everybody who has an account, and who is invited."""

    faults: tuple[Fault, ...]
    told: Told | None
    people: tuple[ShownAccount, ...]
    invitations: tuple[Invitation, ...]
    mail: Field
    roles: tuple[Choice, ...]


def accounts_page(
    own: Account,
    people: tuple[Account, ...],
    invitations: tuple[OneTimeLink, ...],
    typed: Mapping[str, str] = _NONE,
    faults: tuple[Fault, ...] = (),
    told: Told | None = None,
) -> AccountsPage:
    """The page, with what was typed and what was wrong with it, or a link that was just made."""
    return AccountsPage(
        **frame(opened(), "Accounts", crumbs=crumbs(), lead="Who may contribute, review and administer."),
        faults=faults,
        told=told,
        people=tuple(
            ShownAccount(a.id, a.name, a.mail, _roles(a.role), a.disabled, a.id == own.id) for a in people
        ),
        invitations=tuple(Invitation(i.id, i.mail, i.role, moment(i.ends)) for i in invitations),
        mail=Field("mail", "Mail address", typed.get("mail", "")[:300], "email", fault=fault_of(faults, "mail"),
                   hint="Of the person to invite. You pass the link on yourself; no mail is sent.", required=True,
                   most=254),
        roles=_roles(typed.get("role") or CONTRIBUTOR),
    )  # fmt: skip


def _roles(chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(role, role, role == chosen) for role in ROLES)
