"""The pages on which somebody makes an account, or chooses a new password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.settings import Provider
from webui.base import opened
from webui.contexts.fields import Fault, Field, fault_of
from webui.contexts.page import Link as SiteLink
from webui.contexts.page import Page, crumbs, frame
from webui.contexts.people.signing import ways
from webui.words import INTEREST_HINT, NAME_HINT, PASSWORD_HINT

if TYPE_CHECKING:
    from kg.accounts.links import Link

_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class JoinPage(Page):
    """A form of a few fields.

    Attributes:
        action: where it is sent.
        button: what its button says.
        providers: where else somebody can show who they are.
    """

    faults: tuple[Fault, ...]
    fields: tuple[Field, ...]
    action: str
    button: str
    providers: tuple[SiteLink, ...] = ()


def register_page(
    providers: tuple[Provider, ...], typed: Mapping[str, str] = _NONE, faults: tuple[Fault, ...] = ()
) -> JoinPage:
    """Making an account where that is open to all."""
    lead = "To suggest sources and claims. To read, nobody needs one."
    mail = _mail(typed, faults)
    first, *others = _person(typed, faults)
    return JoinPage(
        **frame(opened(), "Make an account", crumbs=crumbs(), lead=lead),
        faults=faults,
        fields=(first, mail, *others),
        action="/register",
        button="Make the account",
        providers=ways(providers),
    )


def invitation_page(
    code: str,
    link: Link,
    providers: tuple[Provider, ...],
    typed: Mapping[str, str] = _NONE,
    faults: tuple[Fault, ...] = (),
) -> JoinPage:
    """Making the account to which somebody was invited."""
    article = "an" if link.role[0] in "aeiou" else "a"
    lead = f"You are invited as {article} {link.role}. You will sign in as {link.mail}."
    return JoinPage(
        **frame(opened(), "Make your account", crumbs=crumbs(), lead=lead),
        faults=faults,
        fields=_person(typed, faults),
        action=f"/invitation/{code}",
        button="Make the account",
        providers=ways(providers, invitation=code),
    )


def identity_page(typed: Mapping[str, str], mail: str, faults: tuple[Fault, ...] = ()) -> JoinPage:
    """Making an account for somebody who signs in elsewhere; the mail address is an invitation's, or asked for."""
    name, _, interest = _person(typed, faults)
    lead = f"You will be reached at {mail}." if mail else "You are known now. A few words more, and you can begin."
    return JoinPage(
        **frame(opened(), "Make your account", crumbs=crumbs(), lead=lead),
        faults=faults,
        fields=(name, interest) if mail else (name, _mail(typed, faults), interest),
        action="/join",
        button="Make the account",
    )


def password_page(code: str, link: Link, faults: tuple[Fault, ...] = ()) -> JoinPage:
    """Choosing a new password."""
    lead = f"For {link.mail}. All devices on which you are signed in will be signed out."
    return JoinPage(
        **frame(opened(), "Choose a new password", crumbs=crumbs(), lead=lead),
        faults=faults,
        fields=(_password(faults),),
        action=f"/new-password/{code}",
        button="Keep this password",
    )


def _person(typed: Mapping[str, str], faults: tuple[Fault, ...]) -> tuple[Field, ...]:
    name = Field(
        "name", "Your name", typed.get("name", "")[:200], "text", NAME_HINT, "name", fault_of(faults, "name"), True, 80
    )
    interest = Field(
        "interest", "Your interests (may stay empty)", typed.get("interest", "")[:5000], "words", INTEREST_HINT,
        fault=fault_of(faults, "interest"), most=1000,
    )  # fmt: skip
    return name, _password(faults), interest


def _mail(typed: Mapping[str, str], faults: tuple[Fault, ...]) -> Field:
    hint, fault = "Nobody sees it but administrators. You can sign in with it.", fault_of(faults, "mail")
    return Field("mail", "Mail address", typed.get("mail", "")[:254], "email", hint, "username", fault, True, 254)


def _password(faults: tuple[Fault, ...]) -> Field:
    fault = fault_of(faults, "password")
    return Field("password", "Password", "", "password", PASSWORD_HINT, "new-password", fault, True, 256)
