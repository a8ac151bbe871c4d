"""The page of every thing, at the path of its address."""

from __future__ import annotations

from flask import Blueprint, render_template

from kg.namespaces import gap
from webui.base import Opened, opened
from webui.contexts.assessment import assessment_page
from webui.contexts.cause import cause_page
from webui.contexts.claim import claim_page
from webui.contexts.framework import framework_page
from webui.contexts.page import Page
from webui.contexts.source import source_page
from webui.contexts.tactic import tactic_page
from webui.contexts.things import Thing, find, thing_page
from webui.views.pages import whole

blueprint = Blueprint("things", __name__, url_prefix="/id")


@blueprint.get("/<kind>/<path:slug>")
def thing(kind: str, slug: str) -> str:
    template, page = _page(opened(), kind, find(opened(), kind, slug))
    return render_template(template, page=page)


def _page(now: Opened, kind: str, item: Thing) -> tuple[str, Page]:
    if kind == "source":
        return "source.html", source_page(now, item, whole("part", 1))
    also = "tactic" if gap("Tactic") in item.classes else kind  # a framework's member may be a tactic too
    template, make = _PAGES.get(also, ("thing.html", thing_page))
    return template, make(now, item)


_PAGES = {
    "failure-cause": ("cause.html", cause_page),
    "tactic": ("tactic.html", tactic_page),
    "claim": ("claim.html", claim_page),
    "scheme": ("framework.html", framework_page),
    "assessment": ("assessment.html", assessment_page),
}
