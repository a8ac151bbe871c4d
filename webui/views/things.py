"""Every thing at the path of its address: a page for people, a description for programs."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.describing import described
from kg.errors import NoLongerKept
from kg.namespaces import ID, gap, local_of, thing
from kg.queries import fate
from kg.queries import thing as thing_rows
from webui import feeds
from webui.addresses import href
from webui.base import Opened, base, opened
from webui.contexts.assessment import assessment_page
from webui.contexts.catalog import claim_exports
from webui.contexts.cause import CausePage, cause_page
from webui.contexts.claim import claim_page
from webui.contexts.entity import entity_page
from webui.contexts.framework import framework_page
from webui.contexts.gone import gone_page
from webui.contexts.page import FormLink, Page
from webui.contexts.source import Wanted, source_page
from webui.contexts.tactic import tactic_page
from webui.contexts.things import Thing, find_ever
from webui.negotiation import cut
from webui.representations import Resource, answer, choose
from webui.views.pages import whole, word

blueprint = Blueprint("things", __name__, url_prefix="/id")


@blueprint.get("/<kind>/<path:slug>")
def thing_view(kind: str, slug: str) -> BaseResponse:
    now = opened()
    slug, suffix = cut_slug(now, kind, slug)
    resource = Resource(f"/id/{quote(kind)}/{quote(slug)}", thing(kind, slug))
    choose(resource, suffix)
    item = find_ever(now, base().index, kind, slug)
    if not item.rows:
        return answer(
            lambda: render_template("gone.html", page=gone_page(now, base().index, item, ())),
            lambda form: _taken_out(item),
            status=410,
        )
    rows = fate(now.reader, item.iri)
    if rows and rows[0].merged.startswith(ID):
        return _moved(rows[0].merged)
    if rows:
        return answer(
            lambda: render_template("gone.html", page=_with_data(gone_page(now, base().index, item, rows), resource)),
            lambda form: described(now.reader, item.iri, form),
            status=410,
        )
    return answer(lambda: _rendered(now, kind, item, resource), lambda form: described(now.reader, item.iri, form))


def _taken_out(item: Thing) -> bytes:
    raise NoLongerKept(
        f"{local_of(item.iri)} was taken out of the base; /history/{local_of(item.iri)} tells its story."
    )


def cut_slug(now: Opened, kind: str, slug: str) -> tuple[str, str]:
    """A slug and the form that its suffix asks for; where a thing is called so, suffix and all, that is meant."""
    stem, media = cut(slug)
    return (slug, "") if media and thing_rows(now.reader, thing(kind, slug)) else (stem, media)


def _moved(iri: str) -> BaseResponse:
    """To the thing that another lives on in, in the form that was asked for."""
    suffix = cut(request.path)[1] and f".{request.path.rpartition('.')[2]}"
    return redirect(href(iri) + suffix, 308)


def _rendered(now: Opened, kind: str, item: Thing, resource: Resource) -> tuple[str, int]:
    template, page = _page(now, kind, item)
    unusable = isinstance(page, CausePage) and page.problems
    return render_template(template, page=_with_data(page, resource)), 422 if unusable else 200


def _with_data(page: Page, resource: Resource) -> Page:
    feed = FormLink("News (Atom)", resource.path.replace("/id/", "/feeds/of/", 1) + ".atom", feeds.MEDIA)
    return replace(page, as_data=(*resource.links(), *claim_exports(resource.path), feed))


def _page(now: Opened, kind: str, item: Thing) -> tuple[str, Page]:
    if kind == "source":
        return "source.html", source_page(now, item, _wanted())
    if kind == "failure-cause":
        return "cause.html", cause_page(now, item, request.args.to_dict(flat=False))
    also = "tactic" if gap("Tactic") in item.classes else kind  # a framework's member may be a tactic too
    template, make = _PAGES.get(also, ("thing.html", entity_page))
    return template, make(now, item)


def _wanted() -> Wanted:
    return Wanted(whole("part", 1), whole("cited", 1), word("style"), word("about"))


_PAGES = {
    "tactic": ("tactic.html", tactic_page),
    "claim": ("claim.html", claim_page),
    "scheme": ("framework.html", framework_page),
    "assessment": ("assessment.html", assessment_page),
}
