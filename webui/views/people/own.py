"""One's own account: what others see of it, the password, the devices, the tokens."""

from __future__ import annotations

from flask import redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.accounts.token import RIGHTS
from kg.errors import BadInput, TooManyAttempts, WrongPassword
from webui import signed_in
from webui.contexts.fields import Fault
from webui.contexts.people.account import LASTING, Known, account_page
from webui.signed_in import current_session, demand_lately, needs, note, somebody
from webui.stored import database, settings
from webui.views.people.part import blueprint, client, typed

DONE = {
    "profile": "Saved.",
    "password": "The password is changed, and all other devices are signed out.",
    "session": "Signed out there.",
    "sessions": "All other devices are signed out.",
    "linked": "You can sign in with this identity from now on.",
    "unlinked": "Nobody can sign in with this identity any more.",
    "revoked": "The token is worthless from now on.",
}


@blueprint.get("/account")
@needs("contributor")
def account() -> str:
    return show(done=DONE.get(request.args.get("done", ""), ""))


@blueprint.post("/account/profile")
@needs("contributor")
def change_profile() -> BaseResponse | tuple[str, int]:
    from kg.accounts.people import People, faults

    told = typed("name", "interest")
    if wrong := faults(**told):
        return show(typed=told, faults=tuple(Fault(field, text) for field, text in wrong.items())), 422
    People(database()).change_profile(somebody().id, **told)
    return _done("profile")


@blueprint.post("/account/password")
@needs("contributor")
def change_password() -> BaseResponse | tuple[str, int]:
    from kg.accounts.people import People
    from kg.accounts.signing import Door

    account, told = somebody(), typed("current", "password")
    if not account.has_password:
        demand_lately()
    try:
        if account.has_password:
            Door(database()).admit(account.mail, told["current"], client())
        People(database()).set_password(account.id, told["password"])
    except WrongPassword:
        note("Password not changed", reason="WrongPassword")
        return show(faults=(Fault("current", "This is not your current password."),)), 422
    except TooManyAttempts as error:
        return show(faults=(Fault("current", str(error)),)), 429
    except BadInput as error:
        return show(faults=(Fault("password", str(error)),)), 422
    note("Password changed")
    response = _done("password")
    signed_in.begin(response, account, "password")
    return response


@blueprint.post("/account/sessions")
@needs("contributor", lately=True)
def end_session() -> BaseResponse:
    from kg.accounts.sessions import Sessions

    sessions, here = Sessions(database()), current_session()
    session = request.form.get("session", "")
    if session:
        sessions.end(somebody().id, session)
    elif here:
        sessions.end_all(somebody().id, but=here.session)
    note("Session ended" if session else "Other sessions ended")
    return _done("session" if session else "sessions")


@blueprint.post("/account/tokens")
@needs("contributor", lately=True)
def make_token() -> str | tuple[str, int]:
    from kg.accounts.tokens import Tokens

    told = typed("token", "days") | {right: request.form.get(right, "") for right in RIGHTS}
    rights = [right for right in RIGHTS if told[right]]
    days = int(told["days"]) if told["days"] in LASTING else None
    try:
        if days is None:
            raise BadInput("Choose how long the token lasts.")
        secret = Tokens(database(), settings().data).create_for(somebody(), told["token"], rights, days)
    except BadInput as error:
        return show(typed=told, faults=(Fault("token", str(error)),)), 422
    note("Token made", rights=" ".join(rights), days=days)
    return show(secret=secret)


@blueprint.post("/account/tokens/revoke")
@needs("contributor")
def revoke_token() -> BaseResponse:
    from kg.accounts.tokens import Tokens

    Tokens(database(), settings().data).revoke_own(somebody().id, request.form.get("id", ""))
    note("Token revoked")
    return _done("revoked")


def _done(what: str) -> BaseResponse:
    return redirect(f"/account?done={what}", 303)


def show(**more: object) -> str:
    """The page, with what was typed and what was wrong with it."""
    from kg.accounts.identities import Identities
    from kg.accounts.sessions import Sessions
    from kg.accounts.tokens import Tokens

    account, here = somebody(), current_session()
    known = Known(
        account,
        here.session if here else "",
        Sessions(database()).list(account.id),
        Tokens(database(), settings().data).list_of(account.id),
        Identities(database()).list_of(account.id) if settings().providers else (),
        settings().providers,
    )
    return render_template("account.html", page=account_page(known, **more))
