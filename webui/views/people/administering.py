"""The accounts of all, for administrators: invite, give a role, keep out, help with a forgotten password."""

from __future__ import annotations

from flask import redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import BadInput
from webui.contexts.fields import Fault
from webui.contexts.people.accounts import Told, accounts_page
from webui.hosts import public_root
from webui.signed_in import needs, note, somebody
from webui.stored import database
from webui.views.people.part import blueprint, typed


@blueprint.get("/people/accounts")
@needs("administrator")
def accounts() -> str:
    return _page()


@blueprint.post("/people/accounts/invite")
@needs("administrator", lately=True)
def invite() -> str | tuple[str, int]:
    from kg.accounts.links import Links

    told = typed("mail", "role")
    try:
        secret = Links(database()).invite(told["mail"], told["role"], somebody().id)
    except BadInput as error:
        return _page(typed=told, faults=(Fault("mail", str(error)),)), 422
    note("Invited", role=told["role"])
    return _page(told=Told("invitation", told["mail"].strip(), f"{public_root()}/invitation/{secret}"))


@blueprint.post("/people/accounts/withdraw")
@needs("administrator")
def withdraw() -> BaseResponse:
    from kg.accounts.links import Links

    Links(database()).withdraw(request.form.get("id", ""))
    note("Invitation withdrawn")
    return redirect("/people/accounts", 303)


@blueprint.post("/people/accounts/<id>")
@needs("administrator", lately=True)
def change(id: str) -> str | BaseResponse | tuple[str, int]:
    """What the button that was pressed says."""
    from kg.accounts.links import Links
    from kg.accounts.people import People

    people, do = People(database()), request.form.get("do", "")
    account = people.get(id)
    try:
        if do == "reset":
            secret = Links(database()).reset(account, somebody().id)
            note("Link for a new password made", of=id)
            return _page(told=Told("password", account.mail, f"{public_root()}/new-password/{secret}"))
        if do == "role":
            note("Role given", of=id, role=people.set_role(id, request.form.get("role", "")).role)
        elif do in ("disable", "enable"):
            people.set_disabled(id, do == "disable")
            note("Kept out" if do == "disable" else "Let in again", of=id)
    except BadInput as error:
        return _page(faults=(Fault(f"person-{id}", f"{account.name}: {error}"),)), 422
    return redirect(f"/people/accounts#person-{id}", 303)


def _page(**more: object) -> str:
    from kg.accounts.links import Links
    from kg.accounts.people import People

    page = accounts_page(somebody(), People(database()).list(), Links(database()).invitations(), **more)
    return render_template("accounts.html", page=page)
