"""Sources as a list to choose from and as references for other programs."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from kg.errors import NotFound
from kg.exporting import FORMS, Reference, Selection, all_references, bibliography, read_references, select
from kg.namespaces import thing
from webui.base import opened
from webui.contexts.sources import sources_page
from webui.views.pages import whole, word

blueprint = Blueprint("references", __name__)
_SUFFIX = f"any({', '.join(map(repr, FORMS))})"


@blueprint.get("/sources")
def sources() -> str:
    return render_template("sources.html", page=sources_page(opened(), _selection(), word("sort"), whole("part", 1)))


@blueprint.get(f"/references.<{_SUFFIX}:suffix>")
def chosen(suffix: str) -> Response:
    return _file(select(all_references(opened().reader), _selection()), suffix, f"gapbridge-r{opened().revision}")


@blueprint.get(f"/references/<slug>.<{_SUFFIX}:suffix>")
def one(slug: str, suffix: str) -> Response:
    found = read_references(opened().reader, [thing("source", slug)])
    if not found:
        raise NotFound(f"source/{slug}", opened().search.nearest(slug, ("source",)))
    return _file(found, suffix, slug)


def _selection() -> Selection:
    """What the address asks for.

    Raises:
        BadInput: a year that is no number.
    """
    return Selection(
        evidence=word("evidence"),
        reading=word("reading"),
        first=whole("from", 0),
        last=whole("to", 0),
        cited_in=word("cited-in"),
        words=word("q"),
    )


def _file(references: list[Reference], suffix: str, name: str) -> Response:
    """References as a file that any page may fetch."""
    response = make_response(bibliography(references, suffix))
    response.content_type = f"{FORMS[suffix].media}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Content-Disposition"
    return response
