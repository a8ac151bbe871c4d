"""Diagnoses kept under an account; what another person keeps is nowhere to be found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.diagnosis import from_code
from kg.errors import BadInput
from webui.base import opened
from webui.contexts.diagnosing.common import RESULT, at, known
from webui.contexts.diagnosing.saved import ROOT, Typed, as_data, saved_page
from webui.forgery import takes
from webui.hosts import public_root
from webui.signed_in import needs, somebody
from webui.stored import database

if TYPE_CHECKING:
    from kg.diagnosis.saved import SavedDiagnoses

blueprint = Blueprint("saved", __name__, url_prefix="/account")
_LARGEST = 1 << 16
Answer = BaseResponse | tuple[str, int]


@blueprint.after_request
def private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/diagnoses")
@needs("contributor")
def listed() -> str:
    return render_template("saved.html", page=saved_page(opened(), _mine().list()))


@blueprint.get("/diagnoses.json")
@needs("contributor")
def exported() -> Response:
    response = make_response(json.dumps(as_data(_mine().list(), public_root()), ensure_ascii=False, indent=1) + "\n")
    response.content_type = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="gapbridge-diagnoses.json"'
    return response


@blueprint.post("/diagnoses")
@needs("contributor")
@takes(_LARGEST)
def save() -> Answer:
    name, code = request.form.get("name", ""), request.form.get("d", "").strip()
    from_code(known(opened()), code)
    try:
        if not code:
            raise BadInput("There is nothing to save yet: begin a diagnosis first.")
        _mine().save(name, code)
    except BadInput as error:
        return _told(Typed("", name[:2000], str(error), code))
    return redirect(ROOT, 303)


@blueprint.get("/diagnoses/<id>")
@needs("contributor")
def one(id: str) -> BaseResponse:
    return redirect(at(RESULT, _mine().get(id).code), 303)


@blueprint.post("/diagnoses/<id>/rename")
@needs("contributor")
@takes(_LARGEST)
def rename(id: str) -> Answer:
    name = request.form.get("name", "")
    _mine().get(id)  # whose it is comes before what is typed
    try:
        _mine().rename(id, name)
    except BadInput as error:
        return _told(Typed(id, name[:2000], str(error)))
    return redirect(ROOT, 303)


@blueprint.post("/diagnoses/<id>/delete")
@needs("contributor")
def delete(id: str) -> BaseResponse:
    _mine().delete(id)
    return redirect(ROOT, 303)


def _told(typed: Typed) -> tuple[str, int]:
    return render_template("saved.html", page=saved_page(opened(), _mine().list(), typed)), 422


def _mine() -> SavedDiagnoses:
    from kg.diagnosis.saved import SavedDiagnoses

    return SavedDiagnoses(database(), somebody().id)
