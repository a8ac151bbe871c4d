"""Packs that an administrator sends: shown with what they would change, then taken in through the same checks."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from kg import packs
from kg.contributing import commit, forecast
from kg.errors import BadInput, Conflict, DoesNotConform, NotFound, PackConflict, SyntaxProblem
from kg.packs import MOST_PACKED, Plan
from kg.packs.uploads import Uploads
from webui.base import base, opened
from webui.contexts.fields import Fault
from webui.contexts.pack_upload import Choices, Found, sending_page, taking_page
from webui.forgery import takes
from webui.signed_in import needs, somebody
from webui.views.packs import WAIT_SECONDS, private

blueprint = Blueprint("pack_upload", __name__)
blueprint.after_request(private)
PATH = "/pack-upload"
_ROOM = 1 << 20


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_: RequestEntityTooLarge) -> tuple[str, int]:
    fault = Fault("file", f"An archive may have {MOST_PACKED >> 20} MB at most.")
    return _form(fault, 413, Choices(False, False))  # the form is not read: it is what is too large


@blueprint.get(PATH)
@needs("administrator")
def choose() -> tuple[str, int]:
    return _form()


@blueprint.post(PATH)
@needs("administrator")
@takes(MOST_PACKED + _ROOM)
def send() -> BaseResponse | tuple[str, int]:
    file = request.files.get("file")
    try:
        if not file or not file.filename:
            raise BadInput("Choose the archive of a pack.")
        with file.stream as stream:
            id = _uploads().keep(stream, file.filename)
    except (BadInput, SyntaxProblem) as error:
        return _form(Fault("file", str(error)), 422)
    return redirect(f"{PATH}/{id}{_choices().query}", 303)


@blueprint.get(f"{PATH}/<id>")
@needs("administrator")
def look(id: str) -> tuple[str, int]:
    return _look(id)


@blueprint.post(f"{PATH}/<id>")
@needs("administrator")
def take(id: str) -> BaseResponse | tuple[str, int]:
    if request.form.get("go") == "leave":
        _uploads().forget(id)
        return redirect("/packs", 303)
    if request.form.get("base") != str(opened().revision):
        return _look(id, "The base has changed since you looked. See what would change now.")
    try:
        plan = packs.answered_by(_plan(id), opened().reader, somebody().name)
        commit(base().settings, plan.change, WAIT_SECONDS)
    except (PackConflict, DoesNotConform, Conflict) as error:
        return _look(id, str(error))
    _uploads().forget(id)
    return redirect(f"/packs/{plan.pack.rpartition('/')[2]}", 303)


def _look(id: str, wrong: str = "") -> tuple[str, int]:
    pack, told, found = _uploads().open(id), [wrong] if wrong else [], None
    try:
        plan = packs.answered_by(_plan(id), opened().reader, somebody().name)
        found = _found(plan)
        told += [str(violation) for violation in found.violations]
    except (PackConflict, DoesNotConform) as error:
        told = [str(error)]
    page = taking_page(opened(), id, pack, found, _choices(), told)
    return render_template("pack_taking.html", page=page), 409 if told else 200


def _found(plan: Plan) -> Found:
    """What would come of it, tried out where the base is small enough for that; else the commit's own checks tell."""
    if len(opened().reader) > base().settings.memory_limit_quads:
        return Found(plan.change.message, plan.changes, ())
    told = forecast(base().settings, plan.change)
    return Found(plan.change.message, told.changes, told.violations)


def _plan(id: str) -> Plan:
    """What would be done: the pack added, or made to say what it says in this version."""
    reader, agent, pack, choices = opened().reader, somebody().agent, _uploads().open(id), _choices()
    try:
        packs.added(reader, pack.name)
    except (NotFound, PackConflict):
        return packs.add(reader, pack, agent, counts=choices.counts)
    return packs.update(reader, pack, agent, force=choices.force)


def _choices() -> Choices:
    return Choices(*(bool(request.values.get(name)) for name in ("counts", "force")))


def _form(fault: Fault | None = None, status: int = 200, choices: Choices | None = None) -> tuple[str, int]:
    page = sending_page(opened(), choices or _choices(), (fault,) if fault else ())
    return render_template("pack_upload.html", page=page), status


def _uploads() -> Uploads:
    return Uploads(base().settings.data / "uploads")
