"""The reference of the ontology's terms, at the ontology's own address."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.base import opened
from webui.contexts.reference import reference_page

blueprint = Blueprint("reference", __name__)


@blueprint.get("/ns")
def ns() -> str:
    return render_template("reference.html", page=reference_page(opened()))
