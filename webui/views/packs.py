"""The packs: which there are, what each brings; switched and removed by administrators."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg import packs
from kg.contributing import commit, home
from kg.errors import Conflict, DoesNotConform, NotFound, PackConflict
from kg.packs import Plan
from webui.base import base, opened
from webui.contexts.packs import DOING, change_page, pack_page, packs_page
from webui.signed_in import needs, somebody, who

blueprint = Blueprint("packs", __name__)
WAIT_SECONDS = 30
"""So long it is waited for others who change the base."""


@blueprint.after_request
def private(response: Response) -> Response:
    """What an administrator sees is for nobody else."""
    if who() is not None:
        response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/packs")
def all_packs() -> str:
    return render_template("packs.html", page=packs_page(opened()))


@blueprint.get("/packs/<name>")
def one(name: str) -> BaseResponse | str:
    try:
        return render_template("pack.html", page=pack_page(opened(), name))
    except PackConflict:  # a pack of the base itself is a thing like others
        return redirect(f"/id/pack/{name}", 303)


@blueprint.get("/packs/<name>/<doing>")
@needs("administrator")
def ask(name: str, doing: str) -> Response | tuple[str, int]:
    return _asked(name, doing)


@blueprint.post("/packs/<name>/<doing>")
@needs("administrator")
def do(name: str, doing: str) -> BaseResponse | tuple[str, int]:
    if request.form.get("base") != str(opened().revision):
        return _asked(name, doing, "The base has changed since you looked. See what would change now.")
    try:
        plan = packs.answered_by(_plan(name, doing), opened().reader, somebody().name)
        commit(base().settings, plan.change, WAIT_SECONDS)
    except (PackConflict, DoesNotConform, Conflict) as error:
        return _asked(name, doing, str(error))
    return redirect("/packs" if doing == "remove" else f"/packs/{name}", 303)


def _asked(name: str, doing: str, wrong: str = "") -> Response | tuple[str, int]:
    """The page that asks once more; with what stands in the way, where something does."""
    told, plan = [wrong] if wrong else [], None
    try:
        plan = _plan(name, doing)
    except PackConflict as error:
        told = [str(error)]
    page = change_page(opened(), name, doing, plan, told)
    return render_template("pack_change.html", page=page), 409 if told else 200


def _plan(name: str, doing: str) -> Plan:
    """What would be done.

    Raises:
        NotFound, PackConflict: there is no such pack, or it cannot be done as things stand.
    """
    agent, reader = somebody().agent, opened().reader
    plans: dict[str, Callable[[], Plan]] = {
        "off": lambda: packs.switch_off(reader, name, agent),
        "on": lambda: packs.switch_on(reader, home(base().settings).journal, name, agent),
        "count": lambda: packs.count(reader, name, agent, counts=True),
        "uncount": lambda: packs.count(reader, name, agent, counts=False),
        "remove": lambda: packs.remove(reader, name, agent),
    }
    if doing not in DOING:
        raise NotFound(request.path)
    return plans[doing]()
