"""Following things, searches, releases and all changes; what is new of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import BadInput
from kg.namespaces import ID, local_of
from kg.numbers import whole_number
from webui.base import base, opened
from webui.contexts.fields import Fault
from webui.contexts.things import find_ever
from webui.signed_in import needs, somebody
from webui.stored import database, settings

if TYPE_CHECKING:
    from kg.followers import Followers

blueprint = Blueprint("following", __name__)


@blueprint.after_request
def private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/account/notices")
@needs("contributor")
def notices() -> str:
    return _page()


@blueprint.post("/account/notices")
@needs("contributor")
def see() -> BaseResponse:
    upto = whole_number(request.form.get("upto", ""), 9)
    if upto is not None:
        _followers().see(somebody().id, min(upto, opened().revision))
    return redirect("/account/notices", 303)


@blueprint.post("/follow")
@needs("contributor")
def follow() -> BaseResponse | tuple[str, int]:
    kind, what = request.form.get("kind", ""), request.form.get("what", "").strip()
    if kind == "thing":
        of, _, slug = what.removeprefix(ID).partition("/")
        what = find_ever(opened(), base().index, of, slug).iri
    try:
        _followers().follow(somebody().id, kind, what, opened().revision)
    except BadInput as error:
        return _page(what, (Fault("what", str(error)),)), 422
    return redirect(f"/history/{local_of(what)}" if kind == "thing" else "/account/notices", 303)


@blueprint.post("/unfollow/<id>")
@needs("contributor")
def end(id: str) -> BaseResponse:
    _followers().end(somebody().id, id)
    return redirect("/account/notices", 303)


def _page(typed: str = "", faults: tuple[Fault, ...] = ()) -> str:
    from kg.followers import mail_is_set_up, news_of
    from webui.contexts.notices import notices_page

    now, account = opened(), somebody()
    news = [news_of(now.reader, now.search, base().index, row, row.seen) for row in _followers().of(account.id)]
    mailed = account.mail if mail_is_set_up(settings()) else ""
    return render_template("notices.html", page=notices_page(now, news, mailed, typed, faults))


def _followers() -> Followers:
    from kg.followers import Followers

    return Followers(database())
