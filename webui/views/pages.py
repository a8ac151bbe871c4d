"""Home, lists, search, about."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import BadInput, NotFound
from kg.numbers import whole_number
from webui.base import opened
from webui.contexts.home import home_page
from webui.contexts.listed import Chosen, list_page
from webui.contexts.lists import gaps_page, tactics_page, worklist_page
from webui.words import LISTS

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    return render_template("home.html", page=home_page(opened()))


@blueprint.get("/causes")
def causes() -> BaseResponse:
    return redirect("/")


@blueprint.get("/tactics")
def tactics() -> str:
    return render_template("tactics.html", page=tactics_page(opened(), whole("part", 1)))


@blueprint.get("/gaps")
def gaps() -> str:
    return render_template("gaps.html", page=gaps_page(opened(), whole("part", 1)))


@blueprint.get("/worklist")
def worklist() -> str:
    return render_template("worklist.html", page=worklist_page(opened()))


@blueprint.get("/<any(frameworks, policies, outcomes, notions, bodies, people):name>")
def listed(name: str) -> str:
    if name not in LISTS:
        raise NotFound(name)
    return render_template(
        "list.html",
        page=list_page(opened(), LISTS[name], Chosen(word("kind"), word("q"), word("sort")), whole("part", 1)),
    )


def word(name: str) -> str:
    """A word or line from the address."""
    return request.args.get(name, "").strip()[:200]


def whole(name: str, default: int) -> int:
    """A whole number from the address.

    Raises:
        BadInput: it is not one.
    """
    text = request.args.get(name, "")
    found = whole_number(text or str(default))
    if found is None:
        raise BadInput(f"“{name}” must be a whole number, not “{text[:40]}”.")
    return found
