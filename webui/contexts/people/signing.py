"""The page for signing in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.settings import Provider, Settings
from webui.base import opened
from webui.contexts.fields import Fault, Field
from webui.contexts.page import Link, Page, crumbs, frame


@dataclass(frozen=True, kw_only=True)
class SignInPage(Page):
    """A mail address and a password; other ways where there are some.

    Attributes:
        way_back: where somebody goes on.
        open: whether whoever wants may register.
        providers: where else somebody can sign in.
        again: whether they are signed in, and are asked to prove it anew.
    """

    faults: tuple[Fault, ...]
    mail: Field
    password: Field
    way_back: str
    open: bool
    providers: tuple[Link, ...]
    again: bool


def sign_in_page(
    way_back: str, settings: Settings, mail: str = "", faults: tuple[Fault, ...] = (), *, again: bool = False
) -> SignInPage:
    """The page, with what was typed and what was wrong with it."""
    return SignInPage(
        **frame(opened(), "Sign in again" if again else "Sign in", crumbs=crumbs()),
        faults=faults,
        mail=Field("mail", "Mail address", mail, "email", fills="username", required=True),
        password=Field("password", "Password", "", "password", fills="current-password", required=True),
        way_back=way_back,
        open=settings.open_registration,
        providers=ways(settings.providers, next=way_back, **({"again": "1"} if again else {})),
        again=again,
    )


def ways(providers: Iterable[Provider], **told: str) -> tuple[Link, ...]:
    """The ways to sign in elsewhere."""
    return tuple(Link(f"Go on with {p.name}", f"/sign-in/with/{p.key}?{urlencode(told)}") for p in providers)
