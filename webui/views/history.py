"""What became of a thing, apart from its own address, which belongs to linked data."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from webui.base import Base, opened
from webui.contexts.history import history_page
from webui.contexts.things import find

blueprint = Blueprint("history", __name__, url_prefix="/history")


@blueprint.get("/<kind>/<path:slug>")
def of_thing(kind: str, slug: str) -> str:
    now, base = opened(), current_app.extensions["gapbridge"]
    assert isinstance(base, Base)
    return render_template("history.html", page=history_page(now, base.journal, find(now, kind, slug)))
