"""The page of one's own account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kg.accounts.token import CONTRIBUTE, ROLE_FOR, UPDATE
from webui.base import opened
from webui.contexts.fields import Fault, Field, fault_of
from webui.contexts.forms import Choice
from webui.contexts.page import Page, crumbs, frame
from webui.words import INTEREST_HINT, NAME_HINT, PASSWORD_HINT

if TYPE_CHECKING:
    from kg.accounts import Account
    from kg.accounts.identities import Linked
    from kg.accounts.sessions import OpenSession
    from kg.accounts.token import Token
    from kg.settings import Provider

LASTING = {"30": "30 days", "90": "90 days", "365": "a year"}
_RIGHTS = {
    CONTRIBUTE: "hand in contributions, to be reviewed",
    UPDATE: "change the base with SPARQL Update and the Graph Store, unreviewed",
}
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Known:
    """What is known of an account.

    Attributes:
        here: the session at hand.
    """

    account: Account
    here: str
    sessions: tuple[OpenSession, ...]
    tokens: tuple[Token, ...]
    identities: tuple[Linked, ...] = ()
    providers: tuple[Provider, ...] = ()


@dataclass(frozen=True)
class Way:
    """A provider: how somebody is known there, or where to make it known."""

    name: str
    issuer: str
    subject: str
    href: str


@dataclass(frozen=True)
class Device:
    """A device on which somebody is signed in."""

    id: str
    name: str
    since: str
    used: str
    is_here: bool


@dataclass(frozen=True)
class ShownToken:
    """A token, without its secret."""

    id: str
    name: str
    rights: str
    ends: str
    used: str


@dataclass(frozen=True, kw_only=True)
class AccountPage(Page):
    """All that somebody can see and change of their account.

    Attributes:
        done: what was just done.
        secret: of a token that was just made.
        password: fields by which another password is chosen.
        several: whether there are other devices.
    """

    faults: tuple[Fault, ...]
    done: str
    secret: str
    mail: str
    role: str
    agent: str
    profile: tuple[Field, ...]
    password: tuple[Field, ...]
    devices: tuple[Device, ...]
    several: bool
    tokens: tuple[ShownToken, ...]
    ways: tuple[Way, ...]
    token: Field
    rights: tuple[Choice, ...]
    lasting: tuple[Choice, ...]


def account_page(
    known: Known, typed: Mapping[str, str] = _NONE, faults: tuple[Fault, ...] = (), done: str = "", secret: str = ""
) -> AccountPage:
    """The page of an account, with what was typed and what was wrong with it."""
    account = known.account
    return AccountPage(
        **frame(opened(), "Your account", crumbs=crumbs()),
        faults=faults,
        done=done,
        secret=secret,
        mail=account.mail,
        role=account.role,
        agent=account.agent,
        profile=_profile(account, typed, faults),
        password=_password(account, faults),
        devices=tuple(_device(session, known.here) for session in known.sessions),
        several=len(known.sessions) > 1,
        tokens=tuple(_token(token) for token in known.tokens),
        ways=tuple(_way(provider, known.identities) for provider in known.providers),
        token=Field("token", "What to call it", typed.get("token", "")[:200], fault=fault_of(faults, "token"),
                    hint="After the program that will use it.", required=True, most=60),
        rights=tuple(
            Choice(right, words, bool(typed.get(right)) or (right == CONTRIBUTE and not typed))
            for right, words in _RIGHTS.items() if account.may(ROLE_FOR[right])
        ),
        lasting=tuple(Choice(days, words, days == (typed.get("days") or "90")) for days, words in LASTING.items()),
    )  # fmt: skip


def told(moment: datetime) -> str:
    """A moment as it is read, in UTC."""
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def _way(provider: Provider, identities: tuple[Linked, ...]) -> Way:
    subject = next((found.subject for found in identities if found.issuer == provider.issuer), "")
    return Way(provider.name, provider.issuer, subject, f"/sign-in/with/{provider.key}?next=/account")


def _profile(account: Account, typed: Mapping[str, str], faults: tuple[Fault, ...]) -> tuple[Field, ...]:
    name, interest = typed.get("name", account.name)[:200], typed.get("interest", account.interest)[:5000]
    return (
        Field("name", "Your name", name, "text", NAME_HINT, "name", fault_of(faults, "name"), True, 80),
        Field("interest", "Your interests", interest, "words", INTEREST_HINT,
              fault=fault_of(faults, "interest"), most=1000),
    )  # fmt: skip


def _password(account: Account, faults: tuple[Fault, ...]) -> tuple[Field, ...]:
    new = Field(
        "password", "New password", "", "password", PASSWORD_HINT, "new-password", fault_of(faults, "password"), True,
        256,
    )  # fmt: skip
    if not account.has_password:
        return (new,)
    fault = fault_of(faults, "current")
    current = Field("current", "Current password", "", "password", "", "current-password", fault, True, 256)
    return current, new


def _device(session: OpenSession, here: str) -> Device:
    return Device(session.id, session.device, told(session.created), told(session.used), session.id == here)


def _token(token: Token) -> ShownToken:
    ends = told(datetime.fromisoformat(token.expires)) if token.expires else "never"
    used = told(datetime.fromisoformat(token.used)) if token.used else "never"
    return ShownToken(token.id, token.name, ", ".join(token.rights), f"{ends} (over)" if token.expired else ends, used)
