"""The past: revisions, what lies between two of them, what became of a thing and how it stood."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import NotFound, StoreDamaged
from kg.history import check_revision
from kg.numbers import whole_number
from webui.base import base, opened
from webui.contexts.history import history_page
from webui.contexts.past import past_page
from webui.contexts.revision import compared_page, revision_page, revisions_page
from webui.contexts.things import find_ever
from webui.signed_in import who
from webui.stored import database
from webui.views.pages import whole, word

blueprint = Blueprint("history", __name__)


@blueprint.get("/history/<kind>/<path:slug>")
def of_thing(kind: str, slug: str) -> str:
    now, index = opened(), base().index
    item, at = find_ever(now, index, kind, slug), number("at")
    if at or "at" in request.args:
        return render_template("past.html", page=past_page(now, index, item, at))
    return render_template(
        "history.html", page=history_page(now, index, item, whole("part", 1), _follows(item.iri), _undoes())
    )


def _undoes() -> bool:
    """Whether whoever is signed in may undo something."""
    account = who()
    return account is not None and account.may("reviewer")


def _follows(iri: str) -> bool | None:
    """Whether whoever is signed in follows a thing; None where nobody is."""
    account = who()
    if account is None:
        return None
    from kg.followers import Followers

    return any(row.what == iri for row in Followers(database()).of(account.id))


@blueprint.get("/revisions")
def revisions() -> str:
    return render_template("revisions.html", page=revisions_page(opened(), whole("part", 1)))


@blueprint.get("/revision/<int:at>")
def revision(at: int) -> str:
    return render_template("revision.html", page=revision_page(opened(), base().index, at, whole("part", 1), _undoes()))


@blueprint.get("/revision/<int:at>.rdfp")
def patch(at: int) -> Response:
    """The record of a revision as it was written, derived statements included."""
    check_revision(opened().reader, at)
    try:
        text = base().index.journal.text(at)
    except StoreDamaged as error:  # a copy of the base without its journal
        raise NotFound(f"record of revision {at}") from error
    response = Response(text, content_type="application/rdf-patch; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="gapbridge-revision-{at}.rdfp"'
    return response


@blueprint.get("/compare/revisions")
def compared() -> str:
    page = compared_page(opened(), base().index, number("from"), number("to"), word("thing"), whole("part", 1))
    return render_template("compared_revisions.html", page=page)


@blueprint.get("/revision")
def chosen() -> BaseResponse:
    """From the field for a number to the page of that revision."""
    return redirect(f"/revision/{number('number')}", 303)


def number(name: str) -> int:
    """The number of a revision in the address; 0 where there is none.

    Raises:
        NotFound: it cannot be the number of one.
    """
    text = word(name) or "0"
    found = whole_number(text, 9)
    if found is None:
        raise NotFound(f"revision {text[:40]}")
    return found
