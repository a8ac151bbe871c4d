"""Forms are taken from our own pages alone (Flask-WTF's CSRFProtect), and none that is larger than its view expects.

The cookie that holds the mark of the forms is made when a page with a form is shown: readers never get one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import Signer

from kg.settings import Settings
from webui.signed_in import cookie_name, cookie_path, is_secure
from webui.stored import settings

View = TypeVar("View", bound=Callable[..., Any])
LARGEST = 1 << 20
"""Bytes of a form, where its view says nothing else."""
EXEMPT = ("sparql", "graph_store", "api", "diagnose", "handing")
"""Tools come with tokens and without cookies; a diagnosis is kept nowhere, so there is nothing to forge."""


Signer.default_digest_method = staticmethod(hashlib.sha256)  # of the marks; as it comes it signs with SHA-1


class _Cookie(SecureCookieSessionInterface):
    """Flask's own signed cookie; without it no key is read and nothing is made."""

    digest_method = staticmethod(hashlib.sha256)

    def __init__(self, given: Settings) -> None:
        self._settings = given

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if "Cookie" not in request.headers or self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        _find_key(app, self._settings)
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified:
            _find_key(app, self._settings)
        super().save_session(app, session, response)

    def get_cookie_name(self, app: Flask) -> str:
        return cookie_name("gapbridge_forms")

    def get_cookie_path(self, app: Flask) -> str:
        return cookie_path()

    def get_cookie_secure(self, app: Flask) -> bool:
        return is_secure()


def init_app(app: Flask, given: Settings) -> None:
    app.config.update(
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the mark is enough; browsers that are set to send no Referer are not shut out
    )
    app.session_interface = _Cookie(given)
    app.before_request(_bound)
    app.extensions["gapbridge.forgery"] = CSRFProtect(app)
    app.context_processor(lambda: {"csrf_token": token})


def exempt(app: Flask) -> None:
    """Leave the tools' parts out; they must be registered by now."""
    protect: CSRFProtect = app.extensions["gapbridge.forgery"]
    for name in EXEMPT:
        protect.exempt(app.blueprints[name])


def token() -> str:
    """The mark that every form of ours carries in the field `csrf_token`."""
    _find_key(current_app, settings())
    return generate_csrf()


def takes(size: int) -> Callable[[View], View]:
    """Let a view take a form, files included, of so many bytes."""

    def marked(view: View) -> View:
        view.takes_bytes = size  # type: ignore[attr-defined]
        return view

    return marked


def _bound() -> None:
    if request.blueprint not in EXEMPT:
        view = current_app.view_functions.get(request.endpoint or "")
        request.max_content_length = getattr(view, "takes_bytes", LARGEST)
        if request.method not in ("GET", "HEAD"):
            _find_key(current_app, settings())


def _find_key(app: Flask, given: Settings) -> None:
    if app.secret_key is None:
        from kg.accounts.signing_key import signing_key

        app.secret_key = signing_key(given)
