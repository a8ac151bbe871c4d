"""Signing in and out, and making an account."""

from __future__ import annotations

import logging

from flask import redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import BadInput, NotAllowed, TooManyAttempts, WrongPassword
from webui import signed_in
from webui.contexts.fields import Fault
from webui.contexts.people.joining import JoinPage, invitation_page, password_page, register_page
from webui.contexts.people.signing import sign_in_page
from webui.signed_in import who
from webui.stored import database, settings
from webui.views.people.part import blueprint, client, typed
from webui.way_back import came_from, local

_log = logging.getLogger("gapbridge.people")
_PERSON = ("name", "mail", "password", "interest")


@blueprint.get("/sign-in")
def sign_in() -> str | BaseResponse:
    way_back = local(request.args["next"]) if "next" in request.args else came_from()
    account, again = who(), "again" in request.args
    if account and not again:
        return redirect(way_back, 303)
    page = sign_in_page(way_back, settings(), account.mail if account else "", again=again and account is not None)
    return render_template("sign_in.html", page=page)


@blueprint.post("/sign-in")
def enter() -> BaseResponse | tuple[str, int]:
    from kg.accounts.signing import Door

    told, way_back = typed("mail", "password"), local(request.form.get("next", ""))
    try:
        account = Door(database()).admit(told["mail"], told["password"], client())
    except (WrongPassword, TooManyAttempts) as error:
        _log.warning("Sign-in refused", extra={"reason": type(error).__name__})
        faults = (Fault("mail", str(error)),)
        page = sign_in_page(way_back, settings(), told["mail"][:300], faults)
        return render_template("sign_in.html", page=page), _status(error)
    response = redirect(way_back, 303)
    signed_in.begin(response, account, "password")
    return response


@blueprint.post("/sign-out")
def leave() -> BaseResponse:
    response = redirect("/", 303)
    signed_in.end(response)
    return response


@blueprint.get("/register")
def registering() -> str | BaseResponse:
    _check_open()
    return redirect("/account", 303) if who() else _shown(register_page(settings().providers))


@blueprint.post("/register")
def register() -> BaseResponse | tuple[str, int]:
    from kg.accounts.people import faults
    from kg.accounts.signing import Door

    _check_open()
    told = typed(*_PERSON)
    if wrong := faults(**told, listed=settings().password_list):
        return _shown(register_page(settings().providers, told, _faults(wrong))), 422
    try:
        account = Door(database()).register(**told, client=client())
    except (BadInput, TooManyAttempts) as error:
        page = register_page(settings().providers, told, (Fault("mail", str(error)),))
        return _shown(page), _status(error)
    response = redirect("/account", 303)
    signed_in.begin(response, account, "registering")
    return response


@blueprint.get("/invitation/<code>")
def invited(code: str) -> str:
    from kg.accounts.links import Links

    return _shown(invitation_page(code, Links(database()).invitation(code), settings().providers))


@blueprint.post("/invitation/<code>")
def join(code: str) -> BaseResponse | tuple[str, int]:
    from kg.accounts.links import Links
    from kg.accounts.people import faults

    links, told = Links(database()), typed("name", "password", "interest")
    link = links.invitation(code)
    wrong = faults(**told, mail=link.mail, listed=settings().password_list)
    if not wrong:
        try:
            account = links.accept(code, **told)
        except BadInput as error:
            wrong = {"": str(error)}
    if wrong:
        return _shown(invitation_page(code, link, settings().providers, told, _faults(wrong))), 422
    response = redirect("/account", 303)
    signed_in.begin(response, account, "invitation")
    return response


@blueprint.get("/new-password/<code>")
def forgotten(code: str) -> str:
    from kg.accounts.links import Links

    return _shown(password_page(code, Links(database()).new_password(code)))


@blueprint.post("/new-password/<code>")
def choose(code: str) -> BaseResponse | tuple[str, int]:
    from kg.accounts.links import Links

    links = Links(database())
    link = links.new_password(code)
    try:
        account = links.choose_password(code, request.form.get("password", ""))
    except BadInput as error:
        return _shown(password_page(code, link, (Fault("password", str(error)),))), 422
    response = redirect("/account", 303)
    signed_in.begin(response, account, "link for a new password")
    return response


def _shown(page: JoinPage) -> str:
    return render_template("joining.html", page=page)


def _check_open() -> None:
    if not settings().open_registration:
        raise NotAllowed("Who wants to contribute here is invited by an administrator.")


def _faults(wrong: dict[str, str]) -> tuple[Fault, ...]:
    return tuple(Fault(field, text) for field, text in wrong.items())


def _status(error: Exception) -> int:
    return 429 if isinstance(error, TooManyAttempts) else 422
