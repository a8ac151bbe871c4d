"""Who is signed in: known from a cookie, asked of the database only where there is one.

Each cookie holds 256 random bits and nothing else; the session itself stands in the database, where it can be ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, Response, current_app, g, has_request_context, request

from kg.errors import DatabaseUnavailable, NotAllowed, SignInAgain, SignInNeeded
from webui.stored import database, settings

if TYPE_CHECKING:
    from kg.accounts import Account
    from kg.accounts.sessions import Found

_log = logging.getLogger("gapbridge.people")
View = TypeVar("View", bound=Callable[..., Any])
_DAYS = 30
"""A browser keeps the cookie so long; the session may end before."""


def init_app(app: Flask) -> None:
    """Must come before all parts that remember answers: what depends on a person is never given to another one."""
    app.before_request(_forget_tags)
    app.before_request(_admit)
    app.after_request(_keep_private)


def who() -> Account | None:
    """Who is signed in; None where nobody is.

    Raises:
        DatabaseUnavailable: a browser says that somebody is, and nobody can tell whether that is so.
    """
    found = current_session()
    return found.account if found else None


def current_session() -> Found | None:
    """The session at hand, with its account."""
    if not has_request_context() or not _cookie():
        return None
    if "signed_in" not in g:
        g.signed_in = _session()
    found: Found | None = g.signed_in
    return found


def _session() -> Found | None:
    """The session of the cookie; where the database does not answer, nobody waits for it twice."""
    from kg.accounts.sessions import Sessions

    if "people_away" in g:
        raise g.people_away
    try:
        return Sessions(database()).find(_cookie())
    except DatabaseUnavailable as error:
        g.people_away = error
        raise


def needs(role: str, *, lately: bool = False) -> Callable[[View], View]:
    """Only who has this role, or one that may more, gets to a view; checked before a form is read.

    Args:
        role: the role.
        lately: whether they must have signed in a short while ago: a stolen session is not to become a way in for good.
    """

    def marked(view: View) -> View:
        view.needs_role, view.needs_lately = role, lately  # type: ignore[attr-defined]
        return view

    return marked


def somebody() -> Account:
    """Who is signed in.

    Raises:
        SignInNeeded: nobody is.
    """
    account = who()
    if account is None:
        raise SignInNeeded("Sign in first.")
    return account


def demand_lately() -> None:
    """Make sure that whoever is signed in has signed in a short while ago.

    Raises:
        SignInAgain: they have not.
    """
    found = current_session()
    if found is None or not found.lately:
        raise SignInAgain("Sign in again first: this can open an account to somebody else.")


def note(what: str, **more: object) -> None:
    """Log what somebody did about an account, by ids alone."""
    found = current_session()
    _log.info(what, extra={"account": found.account.id if found else "", **more})


def begin(response: Response, account: Account, by: str) -> None:
    """Sign somebody in on this browser, under a new secret; the session it had before ends. `by`: by what means."""
    from kg.accounts.sessions import Sessions

    _end_here()
    secret = Sessions(database()).begin(account.id, device())
    _log.info("Signed in", extra={"account": account.id, "by": by})
    response.set_cookie(
        cookie_name("gapbridge_session"), secret, max_age=_DAYS * 86_400, path=cookie_path(), httponly=True,
        secure=is_secure(), samesite="Lax",
    )  # fmt: skip


def end(response: Response) -> None:
    """Sign out whoever is signed in on this browser."""
    note("Signed out")
    _end_here()
    response.delete_cookie(
        cookie_name("gapbridge_session"), path=cookie_path(), httponly=True, secure=is_secure(), samesite="Lax"
    )


def _end_here() -> None:
    found = current_session()
    if found:
        from kg.accounts.sessions import Sessions

        Sessions(database()).end(found.account.id, found.session)
    g.pop("signed_in", None)


def is_secure() -> bool:
    """Whether the site is reached by https alone."""
    return settings().public_url.startswith("https:")


def cookie_name(name: str) -> str:
    """With https, a prefix by which browsers refuse the cookie from anywhere but this very host.

    Below a path of a host that others share, the cookie goes to that path alone, which the stricter prefix forbids.
    """
    if not is_secure():
        return name
    return f"__Secure-{name}" if settings().prefix else f"__Host-{name}"


def cookie_path() -> str:
    """Where browsers send the cookie: to this site."""
    return f"{settings().prefix}/"


def device() -> str:
    """The browser and the system, as far as it says, in a few words."""
    told = request.headers.get("User-Agent", "")
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )  # fmt: skip
    browser = next((name for mark, name in browsers if mark in told), "Another browser")
    system = next((name for mark, name in systems if mark in told), "")
    return f"{browser} on {system}" if system else browser


def _cookie() -> str:
    return request.cookies.get(cookie_name("gapbridge_session"), "") if "Cookie" in request.headers else ""


def has_cookie() -> bool:
    """Whether the request comes from a browser on which somebody signed in, and perhaps still is."""
    return bool(_cookie())


def _forget_tags() -> None:
    """A page for one person is never “still the same” as what the browser got before signing in."""
    if has_cookie() and request.blueprint not in _TOOLS:
        for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
            request.environ.pop(name, None)


_TOOLS = ("sparql", "graph_store", "api")
"""Parts for programs: they know no cookies."""


def _admit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    role = getattr(view, "needs_role", "")
    if not role:
        return
    account = who()
    if account is None:
        raise SignInNeeded("Sign in first.")
    if not account.may(role):
        raise NotAllowed(f"This needs the role “{role}”. Your role is “{account.role}”.")
    if getattr(view, "needs_lately", False):
        demand_lately()


def _keep_private(response: Response) -> Response:
    if has_cookie() and response.mimetype == "text/html":
        response.headers["Cache-Control"] = "private, no-store"
        response.headers.pop("ETag", None)
    return response
