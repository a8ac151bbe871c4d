"""Signing in and out, and one's own account. What these pages show depends on the person and is kept by nobody."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import TooManyAttempts, WrongPassword
from webui import signed_in
from webui.contexts.fields import Fault
from webui.contexts.people.account import account_page
from webui.contexts.people.signing import sign_in_page
from webui.signed_in import needs, somebody, who
from webui.sparql.rate import client_of
from webui.stored import database, settings
from webui.way_back import came_from, local

blueprint = Blueprint("account", __name__)


@blueprint.after_request
def private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/sign-in")
def sign_in() -> str | BaseResponse:
    way_back = local(request.args["next"]) if "next" in request.args else came_from()
    if who():
        return redirect(way_back, 303)
    return render_template("sign_in.html", page=sign_in_page(way_back, settings().open_registration))


@blueprint.post("/sign-in")
def enter() -> BaseResponse | tuple[str, int]:
    from kg.accounts.signing import Door

    mail, way_back = request.form.get("mail", ""), local(request.form.get("next", ""))
    try:
        account = Door(database()).admit(mail, request.form.get("password", ""), client_of(request.remote_addr))
    except (WrongPassword, TooManyAttempts) as error:
        faults = (Fault("mail", str(error)),)
        page = sign_in_page(way_back, settings().open_registration, mail[:300], faults)
        return render_template("sign_in.html", page=page), 429 if isinstance(error, TooManyAttempts) else 422
    response = redirect(way_back, 303)
    signed_in.begin(response, account)
    return response


@blueprint.post("/sign-out")
def leave() -> BaseResponse:
    response = redirect("/", 303)
    signed_in.end(response)
    return response


@blueprint.get("/account")
@needs("contributor")
def account() -> str:
    return render_template("account.html", page=account_page(somebody()))
