"""Undoing and withdrawing: each handed in at the desk, to be looked at by another."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import BadInput, NotFound
from kg.history import undoing
from kg.namespaces import ID, local_of
from kg.numbers import whole_number
from kg.withdrawing import leaning, referring, withdrawal
from webui.base import base, opened
from webui.contexts.amending import undo_page, withdraw_page
from webui.contexts.fields import Fault
from webui.contexts.things import find, find_ever
from webui.desk import desk, me
from webui.signed_in import needs

blueprint = Blueprint("amending", __name__)
Answer = str | BaseResponse | tuple[str, int]
_LONGEST = 2000


@blueprint.after_request
def private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.route("/undo", methods=["GET", "POST"])
@needs("reviewer")
def undo() -> Answer:
    now, number, iri = opened(), _number(), _thing()
    found, why = undoing(now.reader, base().index, number, iri), _typed("why")
    if request.method == "GET" or found.obstacles:
        page = undo_page(now, number, iri, found, why)
        return render_template("amend.html", page=page), 409 if found.obstacles else 200
    if not why:
        faults = (Fault("why", "Say why it should be undone."),)
        return render_template("amend.html", page=undo_page(now, number, iri, found, why, faults)), 422
    title = f"Undo revision {number}" + (f" for {local_of(iri)}" if iri else "")
    form = {"revision": number, "thing": iri, "why": why}
    return _handed_in("undo", f"{title}: {why}", form, found.removed, found.added)


@blueprint.route("/withdraw/<kind>/<path:slug>", methods=["GET", "POST"])
@needs("contributor")
def withdraw(kind: str, slug: str) -> Answer:
    now = opened()
    item = find(now, kind, slug)
    typed = {name: _typed(name) for name in ("why", "instead", "along")}
    with_it = leaning(now.reader, item.iri)
    if request.method == "GET":
        page = withdraw_page(now, item, with_it, referring(now.reader, item.iri), typed)
        return render_template("amend.html", page=page)
    try:
        if with_it and not typed["along"]:
            raise BadInput("Claims cannot stand without it: withdraw them as well, or have them changed first.")
        instead = typed["instead"] and ID + typed["instead"].removeprefix(ID)
        when = datetime.now(UTC)
        removed, added = withdrawal(
            now.reader, item.iri, typed["why"], me().address, instead=instead, along=with_it, at=when
        )
    except (BadInput, NotFound) as error:
        page = withdraw_page(now, item, with_it, referring(now.reader, item.iri), typed, (_fault(error),))
        return render_template("amend.html", page=page), 422
    return _handed_in("withdrawal", f"Withdraw {local_of(item.iri)}", {**typed, "thing": item.iri}, removed, added)


def _handed_in(kind: str, title: str, form: dict[str, object], removed: object, added: object) -> BaseResponse:
    from kg.contributions import Draft, as_text

    draft = Draft(kind, title[:200], form, as_text(added), as_text(removed), opened().revision)  # type: ignore[arg-type]
    kept = desk().save(draft, me())
    desk().submit(kept.id, me(), kept.version)
    return redirect(f"/review/{kept.id}?done=submit", 303)


def _fault(error: BadInput | NotFound) -> Fault:
    return Fault("instead" if isinstance(error, NotFound) else "why", str(error))


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:_LONGEST]


def _number() -> int:
    text = request.args.get("revision", "")
    found = whole_number(text, 9)
    if found is None:
        raise NotFound(f"revision {text[:40]}")
    return found


def _thing() -> str:
    name = request.args.get("thing", "").strip()[:300]
    if not name:
        return ""
    kind, _, slug = name.removeprefix(ID).partition("/")
    return find_ever(opened(), base().index, kind, slug).iri
