"""The desk: the queue, one contribution, a batch, one's own. What these pages show is for the person alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.contributions import STATES, Contribution, Filters, Person
from kg.errors import BadInput, DoesNotConform, EditedMeanwhile, NotAllowed, OutOfTurn, Overtaken, ServerBusy
from kg.numbers import whole_number
from webui.base import opened
from webui.contexts.fields import Fault
from webui.contexts.reviewing.batch import batch_page
from webui.contexts.reviewing.common import batch_href, href
from webui.contexts.reviewing.deciding import WITH
from webui.contexts.reviewing.one import one_page
from webui.contexts.reviewing.queue import own_page, queue_page
from webui.desk import desk, me
from webui.signed_in import needs

blueprint = Blueprint("review", __name__)
DONE = {
    "submit": "Handed in. Somebody else reads it now.",
    "comment": "Your remark was added.",
    "ask": "Given back to its author, with what you asked for.",
    "accept": "Accepted. It is live now.",
    WITH: "Accepted, with what it needs. It is live now.",
    "reject": "Rejected. Its author can read why, and it can be taken up again.",
    "dispute": "Noted. It stays open until this is settled.",
    "settle": "The dispute is settled.",
    "take-up": "Taken up again.",
    "give-up": "Given up. You can take it up again.",
    "look": "Noted that this one is right.",
    "draw": "A sample was drawn. Look at each of these.",
    "return": "Given back to its author.",
}
_TOLD = (BadInput, OutOfTurn, EditedMeanwhile, Overtaken, DoesNotConform, ServerBusy)
"""What goes wrong with a decision and is told beside it, with what was typed."""
_MOST, _MOST_BESIDE = 5, 50
_STATUS = {BadInput: 422, ServerBusy: 503}


@blueprint.after_request
def private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/review")
@needs("reviewer")
def queue() -> str:
    filters = _filters()
    found = desk().queue(filters, _page())
    return render_template("review.html", page=queue_page(opened(), found, filters))


@blueprint.get("/contributions")
@needs("contributor")
def own() -> str:
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    return render_template(
        "contributions.html", page=own_page(opened(), desk().of_author(me().id, state, _page()), state)
    )


@blueprint.get("/review/<id>")
@needs("contributor")
def one(id: str) -> str:
    done = request.args.get("done", "")
    return _one(_readable(id), done=DONE.get(done, ""))


@blueprint.post("/review/<id>")
@needs("contributor")
def decide(id: str) -> BaseResponse | tuple[str, int]:
    row, text, do = _readable(id), request.form.get("text", "")[:20_000], request.form.get("do", "")
    try:
        _do(do)(id, me(), _version(), text.strip())
    except _TOLD as error:
        fault = Fault("text" if isinstance(error, BadInput) else "", _words(error))
        return _one(desk().get(id), text=text, faults=(fault,)), _STATUS.get(type(error), 409)
    if do == "look":
        return redirect(f"{batch_href(row.batch)}?done=look", 303)
    return redirect(f"{href(id)}?done={do}", 303)


@blueprint.get("/review/batch/<id>")
@needs("reviewer")
def batch(id: str) -> str:
    page = batch_page(opened(), desk().batch(id, me()), me(), done=DONE.get(request.args.get("done", ""), ""))
    return render_template("review_batch.html", page=page)


@blueprint.post("/review/batch/<id>")
@needs("reviewer")
def decide_batch(id: str) -> BaseResponse | tuple[str, int]:
    text, do = request.form.get("text", "")[:20_000], request.form.get("do", "")
    try:
        if do == "draw":
            desk().draw(id, me())
        elif do == "accept":
            desk().accept_batch(id, me(), text.strip())
        elif do == "return":
            desk().return_batch(id, me(), text.strip())
        else:
            raise BadInput("Choose what to do with it.")
    except _TOLD as error:
        faults = (Fault("text" if isinstance(error, BadInput) else "", _words(error)),)
        page = batch_page(opened(), desk().batch(id, me()), me(), text=text, faults=faults)
        return render_template("review_batch.html", page=page), _STATUS.get(type(error), 409)
    return redirect(f"{batch_href(id)}?done={do}", 303)


Deed = Callable[[str, Person, int, str], object]


def _do(name: str) -> Deed:
    """What a button does.

    Raises:
        BadInput: there is no such button.
    """
    deeds: dict[str, Deed] = {
        "submit": lambda id, who, version, text: desk().submit(id, who, version),
        "comment": lambda id, who, version, text: desk().comment(id, who, text),
        "ask": lambda id, who, version, text: desk().ask_changes(id, who, version, text),
        "accept": lambda id, who, version, text: desk().accept(id, who, version, text),
        WITH: lambda id, who, version, text: desk().accept(id, who, version, text, _beside()),
        "reject": lambda id, who, version, text: desk().reject(id, who, version, text),
        "dispute": lambda id, who, version, text: desk().dispute(id, who, version, text),
        "settle": lambda id, who, version, text: desk().settle(id, who, version, text),
        "take-up": lambda id, who, version, text: desk().take_up_again(id, who, version, text),
        "give-up": lambda id, who, version, text: desk().give_up(id, who, version),
        "look": lambda id, who, version, text: desk().look(id, who, version),
    }
    if name not in deeds:
        raise BadInput("Choose what to do with it.")
    return deeds[name]


def _readable(id: str) -> Contribution:
    """A contribution that is this person's to see.

    Raises:
        NotFound: there is none of this id.
        NotAllowed: it is somebody else's, and not handed in or not for this person to review.
    """
    row, who = desk().get(id), me()
    if row.author.id != who.id and (not who.reviews or row.submitted is None):
        raise NotAllowed("Only its author and reviewers see this contribution.")
    return row


def _one(row: Contribution, *, done: str = "", text: str = "", faults: tuple[Fault, ...] = ()) -> str:
    base, who = opened(), me()
    open_still = row.state in ("draft", "submitted", "changes-asked") and (row.added or row.removed)
    needs = desk().needed(row, base.reader) if open_still and not row.accepting else ()
    trial = desk().try_out(row, base.reader, needs) if open_still and not row.accepting else None
    batch = desk().batch(row.batch, who) if row.batch and who.reviews and row.submitted else None
    events = desk().events(row.id)
    page = one_page(base, row, events, who, trial, needs=needs, batch=batch, done=done, text=text, faults=faults)
    return render_template("review_one.html", page=page)


def _words(error: Exception) -> str:
    if isinstance(error, EditedMeanwhile):
        return "Somebody changed this while you were reading it. Below is what stands now; read it, then decide."
    if isinstance(error, DoesNotConform):
        found = " ".join(dict.fromkeys(row.message for row in error.violations[:_MOST]))
        return f"It was not accepted; the checks find: {found}"
    return str(error)


def _filters() -> Filters:
    given = {name: request.args.get(name, "").strip()[:300] for name in ("kind", "author", "source", "batch")}
    state = request.args.get("state", "submitted")
    days = whole_number(request.args.get("older", ""), 4) or 0
    contested = request.args.get("contested", "") in ("1", "True")
    wanted = Filters(state=state if state in STATES else "", contested=contested, older=days, **given)
    return replace(wanted, state="") if contested else wanted


def _version() -> int:
    """The version that was at hand.

    Raises:
        BadInput: the form does not say.
    """
    return _number(request.form.get("version", ""))


def _beside() -> dict[str, int]:
    """What goes in with a contribution, each as it was read.

    Raises:
        BadInput: the form does not say.
    """
    told = (text[:100].partition(":") for text in request.form.getlist("beside")[:_MOST_BESIDE])
    return {id: _number(version) for id, _, version in told}


def _number(text: str) -> int:
    found = whole_number(text, 9)
    if found is None:
        raise BadInput("This form is not complete: it does not say which version was read. Load the page anew.")
    return found


def _page() -> int:
    return whole_number(request.args.get("page", "")) or 1
