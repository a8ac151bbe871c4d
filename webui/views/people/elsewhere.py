"""Signing in with an identity elsewhere: there and back, and the account that is made of it."""

from __future__ import annotations

import hmac
import time
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, session
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import BadInput, IdentityRefused, NotAllowed, NotFound
from kg.settings import Provider
from webui import signed_in
from webui.contexts.fields import Fault
from webui.contexts.people.joining import identity_page
from webui.hosts import public_root
from webui.signed_in import cookie_name, cookie_path, demand_lately, is_secure, needs, note, somebody, who
from webui.stored import database, settings
from webui.views.people.part import blueprint, client, typed
from webui.way_back import local

if TYPE_CHECKING:
    from kg.accounts.identities import Errand
    from kg.accounts.identity import Identity

_COOKIE = "gapbridge_errand"
_SECONDS = 15 * 60
_PENDING = "identity"


@blueprint.get("/sign-in/with/<key>")
def send(key: str) -> BaseResponse:
    """A link and no form: browsers hold what a form may lead to against the content policy, all the way.

    Who is sent here by a page of another site has not asked for it, and chooses on the page to sign in.
    """
    from kg.accounts.guessing import OF_ERRANDS, Guessing
    from kg.accounts.identities import Errands
    from kg.accounts.identity import address

    provider, again = _provider(key), "again" in request.args
    way_back, invitation = local(request.args.get("next", "")), request.args.get("invitation", "")[:200]
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return redirect("/sign-in", 303)
    account = None if again else who()
    if account:
        demand_lately()
    Guessing(database()).count((OF_ERRANDS, client()))
    errand = Errands(database()).begin(key, way_back, account.id if account else "", invitation)
    response = redirect(address(provider, errand.asked, _way_back(key), anew=again), 303)
    response.set_cookie(
        cookie_name(_COOKIE), errand.asked.state, max_age=_SECONDS, path=cookie_path(), httponly=True,
        secure=is_secure(), samesite="Lax",
    )  # fmt: skip
    return response


@blueprint.get("/sign-in/return/<key>")
def come_back(key: str) -> BaseResponse:
    from kg.accounts.identities import Errands
    from kg.accounts.identity import identity

    provider, told = _provider(key), request.args
    state, kept = told.get("state", ""), request.cookies.get(cookie_name(_COOKIE), "")
    if not kept or not hmac.compare_digest(state.encode(), kept.encode()):
        raise IdentityRefused("This way back was not begun in this browser. Start again from the page to sign in.")
    errand = Errands(database()).end(key, state)
    if "code" not in told:
        raise IdentityRefused(f"{provider.name} did not let you through. Start again, or sign in with a password.")
    found = identity(provider, errand.asked, _way_back(key), told["code"], told.get("iss", ""))
    response = _let_in(errand, found)
    response.delete_cookie(cookie_name(_COOKIE), path=cookie_path(), httponly=True, secure=is_secure(), samesite="Lax")
    return response


def _let_in(errand: Errand, identity: Identity) -> BaseResponse:
    from kg.accounts.identities import Identities

    identities, account = Identities(database()), who()
    if errand.account:
        if account is None or account.id != errand.account:
            raise IdentityRefused("You are not signed in any more as who wanted to add this identity. Start again.")
        identities.link(account.id, identity)
        note("Identity added", issuer=identity.issuer)
        return redirect("/account?done=linked", 303)
    owner = identities.find(identity)
    if owner is None:
        return _offer(errand, identity)
    if owner.disabled:
        raise NotAllowed("This account is kept out by an administrator.")
    response = redirect(errand.way_back or "/", 303)
    signed_in.begin(response, owner, identity.issuer)
    return response


def _offer(errand: Errand, identity: Identity) -> BaseResponse:
    """An account for somebody new, where there may be one."""
    if not errand.invitation and not settings().open_registration:
        words = (
            "No account here knows this identity. If you have one, sign in with your password and add the identity on "
            "the page of your account. Otherwise ask an administrator for an invitation."
        )
        raise NotAllowed(words)
    session[_PENDING] = {**vars(identity), "invitation": errand.invitation, "at": int(time.time())}
    return redirect("/join", 303)


@blueprint.get("/join")
def joining() -> str:
    identity, invitation = _pending()
    told = {"name": identity.name, "mail": identity.mail}
    return render_template("joining.html", page=identity_page(told, _mail_of(invitation)))


@blueprint.post("/join")
def join_with() -> BaseResponse | tuple[str, int]:
    from kg.accounts import CONTRIBUTOR
    from kg.accounts.identities import Identities
    from kg.accounts.people import faults

    identity, invitation = _pending()
    told, mail = typed("name", "mail", "interest"), _mail_of(invitation)
    told["mail"] = mail or told["mail"]
    wrong = faults(**told)
    if not wrong:
        try:
            account = Identities(database()).make_account(
                identity, told["name"], told["mail"], CONTRIBUTOR, told["interest"], invitation
            )
        except BadInput as error:
            wrong = {"" if mail else "mail": str(error)}
    if wrong:
        found = tuple(Fault(field, text) for field, text in wrong.items())
        return render_template("joining.html", page=identity_page(told, mail, found)), 422
    session.pop(_PENDING, None)
    response = redirect("/account", 303)
    signed_in.begin(response, account, identity.issuer)
    return response


@blueprint.post("/account/identities")
@needs("contributor", lately=True)
def unlink() -> BaseResponse | tuple[str, int]:
    from kg.accounts.identities import Identities
    from webui.views.people.own import show

    try:
        Identities(database()).unlink(somebody().id, request.form.get("issuer", ""))
    except BadInput as error:
        return show(faults=(Fault("password", str(error)),)), 422
    note("Identity taken away", issuer=request.form.get("issuer", "")[:300])
    return redirect("/account?done=unlinked", 303)


def _pending() -> tuple[Identity, str]:
    """The identity that somebody has just proved, and the invitation they came with."""
    from kg.accounts.identity import Identity

    kept = session.get(_PENDING)
    if not kept or time.time() - kept["at"] > _SECONDS:
        raise IdentityRefused("It took too long. Start again from the page to sign in.")
    identity = Identity(*(kept[name] for name in ("issuer", "subject", "name", "mail")))
    if not kept["invitation"] and not settings().open_registration:
        raise NotAllowed("Who wants to contribute here is invited by an administrator.")
    return identity, kept["invitation"]


def _mail_of(invitation: str) -> str:
    from kg.accounts.links import Links

    return Links(database()).invitation(invitation).mail if invitation else ""


def _provider(key: str) -> Provider:
    found = next((provider for provider in settings().providers if provider.key == key), None)
    if found is None:
        raise NotFound(key)
    return found


def _way_back(key: str) -> str:
    return f"{public_root()}/sign-in/return/{key}"
