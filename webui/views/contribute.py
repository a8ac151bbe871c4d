"""Making claims: one form, saved as one goes; nothing of it is public before a second person has taken it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.claiming import ENDS, Fault, Proposal, address_of, check_proposal, first, same_reading
from kg.claiming.form import THING
from kg.errors import EditedMeanwhile, NotAllowed, NotFound, OutOfTurn
from kg.namespaces import local_of
from webui.base import opened
from webui.claims.keeping import all_of, done_already, next_of, own, save, typed_of
from webui.claims.sent import Sent, advice_on, begun, curator, looked_up, proposal_of, read_sent, read_typed_form
from webui.claims.waiting import beside
from webui.contexts.claiming.fields import Filled, texts
from webui.contexts.claiming.finding import Found, find, kit, known
from webui.contexts.claiming.form import Sitting, claim_page
from webui.contexts.claiming.preview import preview_of
from webui.contexts.reviewing.common import EDITORS
from webui.desk import desk, me
from webui.forgery import takes
from webui.signed_in import needs

if TYPE_CHECKING:
    from kg.contributions import Contribution

blueprint = Blueprint("contribute", __name__, url_prefix="/contribute")
EDITORS |= dict.fromkeys(("claim", "edit"), "/contribute/claim?draft={id}")
EDITORS["thing"] = "/contribute/thing?draft={id}"
_LARGEST = 4 << 20
"""A form may carry the whole text of a document: it is measured and thrown away."""


@blueprint.after_request
def private(response: Response) -> Response:
    """What somebody types is theirs: no browser, proxy or search engine keeps it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/claim")
@needs("contributor")
def claim() -> str | BaseResponse:
    args = request.args
    if args.get("draft"):
        return _draft(args["draft"][:60])
    if args.get("after"):
        typed = next_of(own(args["after"][:60]).form)
        return _page(Filled(typed), Sitting(key=secrets.token_hex(8), state=_STATES.get(args.get("done", ""), "")))
    typed, corrects = begun()
    return _page(Filled(typed), Sitting(key=secrets.token_hex(8), corrects=corrects))


@blueprint.post("/claim")
@needs("contributor")
@takes(_LARGEST)
def made() -> str | BaseResponse | tuple[str, int]:
    go = request.form.get("go", "save")
    sent = read_sent()
    looked = looked_up(sent, go.removeprefix("look:") if go.startswith("look:") else "")
    if go.startswith("look:"):
        return _page(replace(sent.filled, found=looked), sent.sitting)
    try:
        return _submitted(sent, looked) if go == "submit" else _kept(sent, go)
    except (NotAllowed, OutOfTurn) as error:  # it was decided meanwhile: what was typed goes on as a draft of its own
        told = Fault("", str(error), "What you typed stands below; saving it makes a new draft.")
        sitting = Sitting(key=secrets.token_hex(8), corrects=sent.sitting.corrects)
        page = claim_page(opened(), sent.filled, sitting, faults=[told])
        return render_template("contribute_claim.html", page=page), 409


@blueprint.post("/claim/quiet")
@needs("contributor")
def quietly() -> Response | tuple[Response, int]:
    """Save as one goes, and give the advice for what stands there now."""
    sent = read_sent()
    advice = [{"field": key, "text": text} for key, found in sent.filled.advice.items() for text in found]
    if not sent.filled.typed:
        return jsonify(advice=advice)
    try:
        kept = save(sent)
    except EditedMeanwhile:
        return jsonify(stale=True, advice=advice), 409
    return jsonify(draft=kept.id, version=kept.version, at=f"{datetime.now(UTC):%H:%M} UTC", advice=advice)


@blueprint.post("/claim/advice")
@needs("contributor")
@takes(_LARGEST)
def advice() -> Response:
    """What to look at again; the passage is compared with the sentence and not kept."""
    return jsonify(advice=[{"field": "gist", "text": one.text} for one in advice_on(read_typed_form()[0])])


@blueprint.get("/things")
@needs("contributor")
def things() -> Response:
    """What is offered while somebody types in a field for a thing."""
    key = request.args.get("for", "")
    forms = [kit(opened()).claim, *(asked.form for asked in kit(opened()).things.values())]
    field = next((form[key] for form in forms if key in form and form[key].kind == THING), None)
    if field is None:
        raise NotFound(f"field {key[:40]}")
    return jsonify([vars(one) for one in find(opened(), field, request.args.get("q", "")[:200])])


_STATES = {
    "saved": "Saved as a draft. Nobody else sees it.",
    "preview": "Saved as a draft. Below is what would come of it.",
    "next": "Saved as a draft. Here is the form for the next claim of this source.",
}


def _submitted(sent: Sent, looked: dict[str, list[Found]]) -> BaseResponse | tuple[str, int]:
    """Hand a claim in, if nothing is wrong with it; what is wrong is told, and what was typed is kept."""
    twice = done_already(sent.sitting.key)
    if twice:
        return twice
    proposal = proposal_of(sent)
    refused, warned = check_proposal(kit(opened()), proposal, curator().described() | beside(proposal.added))
    faults = [*sent.faults, *_unchosen(looked, sent), *_unsure(sent), *refused, *_repeated(sent, proposal)]
    faults = list(dict.fromkeys(_one_each(faults, looked)))
    if faults:
        return _refused(sent, faults, warned, looked)
    try:
        kept = save(sent, proposal)
        desk().submit(kept.id, me(), kept.version)
    except EditedMeanwhile as error:
        return _stale(sent, error)
    if request.form.get("then") == "next":
        return redirect(f"/contribute/claim?after={kept.id}&done=next", 303)
    return redirect(f"/review/{kept.id}?done=submit", 303)


def _one_each(faults: list[Fault], looked: dict[str, list[Found]]) -> list[Fault]:
    """Where words wait to be chosen from, that is all that is said of the field."""
    return [fault for fault in faults if fault.field not in looked or fault.text == _CHOOSE]


_CHOOSE = "These words name nothing here exactly."


def _unchosen(looked: dict[str, list[Found]], sent: Sent) -> list[Fault]:
    mend = {True: "Choose one of those found, or look for others.", False: "Nothing was found: try other words."}
    return [Fault(key, _CHOOSE, mend[bool(found)]) for key, found in looked.items()]


def _unsure(sent: Sent) -> list[Fault]:
    """Something new, of which nobody said yet that it is none of what comes near."""
    typed = sent.filled.typed
    return [
        Fault(f"{end}.sure", "Look at what comes near before you add something new.", _SURE)
        for end in ENDS
        if first(typed, f"{end}.name") and not first(typed, end) and not first(typed, f"{end}.sure")
    ]


_SURE = "Choose one of these, or say that it is new."


def _repeated(sent: Sent, proposal: Proposal) -> list[Fault]:
    old = address_of(sent.sitting.corrects) if sent.sitting.corrects else ""
    same = same_reading(opened().reader, proposal, but=old)
    if not same:
        return []
    told = known(opened(), local_of(same))
    words = f"This reading is on record already: “{told.label if told else local_of(same)}”"
    return [Fault("gist", f"{words} ({local_of(same)}).", "Put that one right if it is wrong.")]


def _refused(sent: Sent, faults: list[Fault], warned: list[Fault], looked: dict[str, list[Found]]) -> tuple[str, int]:
    """The form again, filled as it was sent; it is saved too."""
    try:
        kept = save(sent)
    except EditedMeanwhile as error:
        return _stale(sent, error)
    sitting = replace(sent.sitting, draft=kept.id, version=kept.version)
    filled = replace(sent.filled, faults=texts(faults), found=looked)
    page = claim_page(opened(), filled, sitting, faults=faults, warnings=warned)
    return render_template("contribute_claim.html", page=page), 422


def _kept(sent: Sent, go: str) -> BaseResponse | tuple[str, int]:
    """Save it as a draft, whatever is wrong with it, and go on."""
    try:
        kept = save(sent)
    except EditedMeanwhile as error:
        return _stale(sent, error)
    if sent.faults:
        return _refused(
            replace(sent, sitting=replace(sent.sitting, draft=kept.id, version=kept.version)), list(sent.faults), [], {}
        )
    if go == "next":
        return redirect(f"/contribute/claim?after={kept.id}&done=next", 303)
    end = "&preview=1#preview" if go == "preview" else ""
    return redirect(f"/contribute/claim?draft={kept.id}&done={'preview' if end else 'saved'}{end}", 303)


def _stale(sent: Sent, error: EditedMeanwhile) -> tuple[str, int]:
    """The draft was saved elsewhere since: both versions are shown, and what was typed here stands in the form."""
    kept: Contribution = error.kept  # type: ignore[assignment]  # the desk hands back what it keeps
    told = Fault(
        "", "This draft was saved from somewhere else since you opened it.", "Compare both below; saving keeps yours."
    )
    sitting = replace(sent.sitting, version=kept.version)
    page = claim_page(opened(), sent.filled, sitting, faults=[told], theirs=typed_of(kept.form))
    return render_template("contribute_claim.html", page=page), 409


def _draft(id: str) -> str | BaseResponse:
    kept = own(id)
    if kept.kind not in ("claim", "edit") or kept.state not in ("draft", "submitted", "changes-asked"):
        return redirect(f"/review/{id}", 303)
    typed, args = typed_of(kept.form), request.args
    state = _STATES.get(args.get("done", ""), "")
    corrects = first(all_of(kept.form), "corrects")
    sitting = Sitting(id, kept.version, first(all_of(kept.form), "key"), corrects, state)
    sent = Sent(Filled(typed), sitting, ())
    if args.get("preview"):
        return _previewed(sent)
    return _page(Filled(typed, advice={"gist": tuple(one.text for one in advice_on(typed))}), sitting)


def _previewed(sent: Sent) -> str:
    proposal = proposal_of(sent)
    waits = beside(proposal.added)
    refused, warned = check_proposal(kit(opened()), proposal, curator().described() | waits)
    preview = preview_of(opened(), proposal, waits) if not refused else None
    filled = replace(sent.filled, advice={"gist": tuple(one.text for one in advice_on(sent.filled.typed))})
    page = claim_page(opened(), filled, sent.sitting, warnings=[*refused, *warned], preview=preview)
    return render_template("contribute_claim.html", page=page)


def _page(filled: Filled, sitting: Sitting) -> str:
    return render_template("contribute_claim.html", page=claim_page(opened(), filled, sitting))
