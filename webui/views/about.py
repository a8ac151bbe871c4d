"""The pages about the base itself."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template
from werkzeug.wrappers import Response

from kg.settings import Settings
from webui.base import Base, opened
from webui.contexts.about import about_page
from webui.contexts.about_changes import changes_page
from webui.contexts.about_evidence import evidence_page
from webui.contexts.about_reading import reading_page
from webui.contexts.about_words import words_page

blueprint = Blueprint("about", __name__, url_prefix="/about")


@blueprint.get("")
def about() -> str:
    return render_template("about.html", page=about_page(opened(), _settings().contact))


@blueprint.get("/evidence")
def evidence() -> str:
    return render_template("about_evidence.html", page=evidence_page(opened()))


@blueprint.get("/reading")
def reading() -> str:
    return render_template("about_reading.html", page=reading_page(opened()))


@blueprint.get("/words")
def words() -> str:
    return render_template("about_words.html", page=words_page(opened()))


@blueprint.get("/changes")
def changes() -> str:
    return render_template("about_changes.html", page=changes_page(opened(), _settings()))


@blueprint.get("/changes/<int:number>")
def revision(number: int) -> Response:
    """Where revisions stood before they had a page of their own."""
    return redirect(f"/revision/{number}", 308)


def _settings() -> Settings:
    base: Base = current_app.extensions["gapbridge"]
    return base.settings
