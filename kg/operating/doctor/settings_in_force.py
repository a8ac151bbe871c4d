"""Settings that are no settings, or do not fit together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from urllib.parse import urlsplit

from kg.errors import BadInput
from kg.operating.finding import NOTE, PROBLEM, WELL, Finding
from kg.settings import SETTINGS, Settings, refuse_unsafe

_PREFIX = "GAPBRIDGE_"
_OTHERS = ("TEST_", "BENCH_", "LONG", "DEBUG")
"""How names begin that the tests and measurements read."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")
_TRUSTING = "Anybody on the way can read passwords and what is sent."


def names(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Names that nobody reads, most likely since they are misspelt."""
    known = [setting.name for setting in SETTINGS]
    for name in sorted(environ):
        own = name.removeprefix(_PREFIX)
        if not name.startswith(_PREFIX) or own in known or own.startswith(_OTHERS):
            continue
        near = get_close_matches(own, known, 1)
        hint = f"Did you mean {_PREFIX}{near[0]}?" if near else "gapbridge settings lists all."
        yield Finding("settings", NOTE, f"{name} is no setting.", "Nobody reads it.", hint)


def look(settings: Settings) -> Iterator[Finding]:
    """What does not fit together."""
    found = [*_address(settings), *_mail(settings), *_processes(settings)]
    yield from found or [Finding("settings", WELL, "they fit together")]


def _address(settings: Settings) -> Iterator[Finding]:
    try:
        refuse_unsafe(settings)
    except BadInput as error:
        yield Finding("settings", PROBLEM, str(error), _TRUSTING, "As it says.")
    if settings.plain_http:
        mend = "Put a proxy with TLS in front, and set GAPBRIDGE_PUBLIC_URL to its https address."
        yield Finding("settings", NOTE, "GAPBRIDGE_PLAIN_HTTP is on.", _TRUSTING, mend)
    public = urlsplit(settings.public_url)
    if public.scheme == "http" and public.hostname not in _LOOPBACK:
        mend = "Put a proxy with TLS in front, and set GAPBRIDGE_PUBLIC_URL to its https address."
        what = f"GAPBRIDGE_PUBLIC_URL is {settings.public_url}: not https."
        yield Finding("settings", PROBLEM, what, _TRUSTING, mend)


def _mail(settings: Settings) -> Iterator[Finding]:
    why = "Those who follow something get no mail."
    if settings.mail_host and not settings.mail_from:
        mend = "Set GAPBRIDGE_MAIL_FROM to the address mail shall come from."
        yield Finding("settings", PROBLEM, "GAPBRIDGE_MAIL_HOST is set, GAPBRIDGE_MAIL_FROM is not.", why, mend)
    if settings.mail_from and not settings.mail_host:
        what = "GAPBRIDGE_MAIL_FROM is set, GAPBRIDGE_MAIL_HOST is not."
        yield Finding("settings", NOTE, what, why, "Set GAPBRIDGE_MAIL_HOST, or leave both out.")
    if bool(settings.mail_user) != bool(settings.mail_password):
        what = "Of GAPBRIDGE_MAIL_USER and GAPBRIDGE_MAIL_PASSWORD only one is set."
        yield Finding("settings", PROBLEM, what, "The mail server will refuse us.", "Set both or none.")
    if settings.mail_host and settings.mail_security == "none" and settings.mail_host not in _LOOPBACK:
        what = f"Mail goes to {settings.mail_host} without encryption."
        yield Finding("settings", PROBLEM, what, _TRUSTING, "Set GAPBRIDGE_MAIL_SECURITY to starttls or tls.")


def _processes(settings: Settings) -> Iterator[Finding]:
    if settings.web_processes > settings.query_processes:
        what = "There are fewer GAPBRIDGE_QUERY_PROCESSES than GAPBRIDGE_WEB_PROCESSES."
        why = "Each serving process takes at least one, so there will be more than you said."
        yield Finding("settings", NOTE, what, why, "Raise the first or lower the second.")
