"""Making claims: one form, saved as one goes; nothing of it is public before a second person has taken it."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.claiming import (
    ANCHOR_KEYS,
    ENDS,
    PASSAGE,
    TEXT,
    Advice,
    Curator,
    Fault,
    Proposal,
    Typed,
    address_of,
    advise,
    check_proposal,
    correcting,
    first,
    place_passage,
    propose,
    read_typed,
    same_reading,
    typed_from,
)
from kg.claiming.form import THING
from kg.errors import EditedMeanwhile, NotFound
from kg.namespaces import ID, local_of, thing
from webui.base import opened
from webui.contexts.claiming.fields import Filled, texts
from webui.contexts.claiming.finding import Found, exact, find, kit, known
from webui.contexts.claiming.form import PROPOSED, Sitting, claim_page
from webui.contexts.claiming.preview import preview_of
from webui.desk import desk, me
from webui.forgery import takes
from webui.signed_in import needs

if TYPE_CHECKING:
    from kg.contributions import Contribution, Draft

blueprint = Blueprint("contribute", __name__, url_prefix="/contribute")
_LARGEST = 4 << 20
"""A form may carry the whole text of a document: it is measured and thrown away."""
LONGEST_TEXT = 3_000_000


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
        typed = _next_of(_own(args["after"][:60]).form)
        return _page(Filled(typed), Sitting(key=secrets.token_hex(8), state=_STATES.get(args.get("done", ""), "")))
    typed, corrects = _begun()
    return _page(Filled(typed), Sitting(key=secrets.token_hex(8), corrects=corrects))


@blueprint.post("/claim")
@needs("contributor")
@takes(_LARGEST)
def made() -> str | BaseResponse | tuple[str, int]:
    go = request.form.get("go", "save")
    sent = _sent()
    looked = _looked_up(sent, go.removeprefix("look:") if go.startswith("look:") else "")
    if go.startswith("look:"):
        return _page(replace(sent.filled, found=looked), sent.sitting)
    if go == "preview":
        return _kept(sent, "preview")
    return _submitted(sent, looked) if go == "submit" else _kept(sent, go)


@blueprint.post("/claim/quiet")
@needs("contributor")
def quietly() -> Response | tuple[Response, int]:
    """Save as one goes, and give the advice for what stands there now."""
    sent = _sent()
    advice = [{"field": key, "text": text} for key, found in sent.filled.advice.items() for text in found]
    if not sent.filled.typed:
        return jsonify(advice=advice)
    try:
        kept = _save(sent)
    except EditedMeanwhile:
        return jsonify(stale=True, advice=advice), 409
    return jsonify(draft=kept.id, version=kept.version, at=f"{datetime.now(UTC):%H:%M} UTC", advice=advice)


@blueprint.post("/claim/advice")
@needs("contributor")
@takes(_LARGEST)
def advice() -> Response:
    """What to look at again; the passage is compared with the sentence and not kept."""
    return jsonify(advice=[{"field": "gist", "text": one.text} for one in _advice(_typed()[0])])


@blueprint.get("/things")
@needs("contributor")
def things() -> Response:
    """What is offered while somebody types in a field for a thing."""
    key = request.args.get("for", "")
    form = kit(opened()).claim
    if key not in form or form[key].kind != THING:
        raise NotFound(f"field {key[:40]}")
    return jsonify([vars(one) for one in find(opened(), form[key], request.args.get("q", "")[:200])])


@dataclass(frozen=True)
class Sent:
    """A form that was sent."""

    filled: Filled
    sitting: Sitting
    faults: tuple[Fault, ...]


_STATES = {
    "saved": "Saved as a draft. Nobody else sees it.",
    "preview": "Saved as a draft. Below is what would come of it.",
    "next": "Saved as a draft. Here is the form for the next claim of this source.",
}


def _allowed() -> list[str]:
    keys = [field.key for field in kit(opened()).claim.fields]
    ends = [f"{end}.{part}" for end in ENDS for part in ("kind", "name", "definition", "sure", *_extras())]
    return [*keys, *(f"{key}.words" for key in keys), *ends, *ANCHOR_KEYS, "changeNote", "copied"]


def _extras() -> list[str]:
    forms = kit(opened()).things
    return sorted({field.key for kind in PROPOSED for field in forms[kind].few} - {"definition", "prefLabel", "label"})


def _typed() -> tuple[dict[str, tuple[str, ...]], tuple[Fault, ...]]:
    return read_typed({key: request.form.getlist(key) for key in _allowed()})


def _sent() -> Sent:
    """The form at hand: read, the passage measured and let go, names that are exact taken for what they name."""
    typed, faults = _typed()
    typed = _resolved(typed)
    placed = place_passage(request.form.get(PASSAGE, ""), request.form.get(TEXT, "")[:LONGEST_TEXT])
    if placed.anchor:
        typed |= placed.anchor.typed()
    elif request.form.get("forget"):
        typed = {key: values for key, values in typed.items() if key not in ANCHOR_KEYS}
    found = (*faults, placed.fault) if placed.fault else faults
    advice = {"gist": tuple(one.text for one in _advice(typed))}
    version = request.form.get("version", "")
    sitting = Sitting(
        draft=request.form.get("draft", "")[:60],
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
        key=request.form.get("key", "")[:32],
        corrects=request.form.get("corrects", "")[:200],
    )
    return Sent(Filled(typed, texts(found), advice), sitting, found)


def _advice(typed: Typed) -> tuple[Advice, ...]:
    stance, force = (first(typed, key).rpartition("/")[2] for key in ("stance", "force"))
    passage = request.form.get(PASSAGE, "")
    return advise(first(typed, "gist"), kit(opened()).claim["gist"], stance=stance, force=force, passage=passage)


def _resolved(typed: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Words that name one thing exactly, as that thing."""
    for field in kit(opened()).claim.fields:
        words = first(typed, f"{field.key}.words")
        if field.kind == THING and words and (value := exact(opened(), field, words)):
            values = (*typed.get(field.key, ()), value) if field.many else (value,)
            typed = {k: v for k, v in typed.items() if k != f"{field.key}.words"}
            typed[field.key] = tuple(dict.fromkeys(values))
    return typed


def _looked_up(sent: Sent, wanted: str) -> dict[str, list[Found]]:
    """What may be meant by words that name nothing exactly; of the field that was asked for, at any rate."""
    found = {}
    for field in kit(opened()).claim.fields:
        words = first(sent.filled.typed, f"{field.key}.words")
        if field.kind == THING and (words or field.key == wanted):
            found[field.key] = find(opened(), field, words) if words else []
    return found


def _curator() -> Curator:
    person = me()
    return Curator(person.address, person.name)


def _proposal(sent: Sent) -> Proposal:
    made = propose(kit(opened()), sent.filled.typed, _curator(), datetime.now(UTC).date())
    old = address_of(sent.sitting.corrects) if sent.sitting.corrects else ""
    if old:
        return correcting(kit(opened()), made, old, first(sent.filled.typed, "changeNote"))
    return made


def _submitted(sent: Sent, looked: dict[str, list[Found]]) -> BaseResponse | tuple[str, int]:
    """Hand a claim in, if nothing is wrong with it; what is wrong is told, and what was typed is kept."""
    twice = _done_already(sent)
    if twice:
        return twice
    proposal = _proposal(sent)
    refused, warned = check_proposal(kit(opened()), proposal, _curator().described())
    faults = [*sent.faults, *_unchosen(looked, sent), *_unsure(sent), *refused, *_repeated(sent, proposal)]
    faults = list(dict.fromkeys(_one_each(faults, looked)))
    if faults:
        return _refused(sent, faults, warned, looked)
    try:
        kept = _save(sent, proposal)
        desk().submit(kept.id, me(), kept.version)
    except EditedMeanwhile as error:
        return _stale(sent, error)
    if request.form.get("then") == "next":
        return redirect(f"/contribute/claim?after={kept.id}&done=next", 303)
    return redirect(f"/contributions?done={kept.id}", 303)


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
        kept = _save(sent)
    except EditedMeanwhile as error:
        return _stale(sent, error)
    sitting = replace(sent.sitting, draft=kept.id, version=kept.version)
    filled = replace(sent.filled, faults=texts(faults), found=looked)
    page = claim_page(opened(), filled, sitting, faults=faults, warnings=warned)
    return render_template("contribute_claim.html", page=page), 422


def _kept(sent: Sent, go: str) -> BaseResponse | tuple[str, int]:
    """Save it as a draft, whatever is wrong with it, and go on."""
    try:
        kept = _save(sent)
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
    page = claim_page(opened(), sent.filled, sitting, faults=[told], theirs=_of_form(kept.form))
    return render_template("contribute_claim.html", page=page), 409


def _save(sent: Sent, proposal: Proposal | None = None) -> Contribution:
    with _LOCK:
        draft, version = sent.sitting.draft, sent.sitting.version
        if not draft and (begun := _begun_already(sent.sitting.key)):
            draft, version = begun.id, begun.version
        return desk().save(_draft_of(sent, proposal or _proposal(sent), draft, version), me())


_LOCK = threading.Lock()
"""A form sent twice at once is one draft: the second waits until it can see the first."""
_RECENT = 5


def _begun_already(key: str) -> Contribution | None:
    """The draft that this very form has made a moment ago."""
    if not key:
        return None
    recent = desk().of_author(me().id, state="draft").rows[:_RECENT]
    found = (desk().get(row.id) for row in recent if row.kind in ("claim", "edit"))
    return next((one for one in found if one.form.get("key") == [key]), None)


def _done_already(sent: Sent) -> BaseResponse | None:
    """Where the same form was handed in already, as by pressing twice."""
    key = sent.sitting.key
    recent = desk().of_author(me().id, state="submitted").rows[:_RECENT] if key else ()
    for row in recent:
        if desk().get(row.id).form.get("key") == [key]:
            return redirect(f"/contributions?done={row.id}", 303)
    return None


def _draft_of(sent: Sent, proposal: Proposal, id: str, version: int) -> Draft:
    from kg.contributions import Draft, as_text

    typed = {key: list(values) for key, values in sent.filled.typed.items()}
    typed |= {
        name: [value] for name, value in (("key", sent.sitting.key), ("corrects", sent.sitting.corrects)) if value
    }
    source = first(sent.filled.typed, "assertedIn")
    return Draft(
        kind="edit" if sent.sitting.corrects else "claim",
        title=(first(sent.filled.typed, "gist") or "A claim without its sentence yet")[:300],
        form=typed,
        added=as_text(proposal.added),
        removed=as_text(proposal.removed),
        base=opened().revision,
        source=ID + source if source.startswith("source/") else "",
        id=id,
        version=version,
    )


def _own(id: str) -> Contribution:
    """A draft of one’s own.

    Raises:
        NotFound: there is none, or it is somebody else’s, which is none of anybody’s business.
    """
    found = desk().get(id)
    person = me()
    if found.author.id != person.id and not (person.reviews and found.submitted):
        raise NotFound(f"contribution {id}")
    return found


def _draft(id: str) -> str | BaseResponse:
    kept = _own(id)
    if kept.kind not in ("claim", "edit") or kept.state not in ("draft", "submitted", "changes-asked"):
        return redirect(f"/review/{id}", 303)
    typed, args = _of_form(kept.form), request.args
    state = _STATES.get(args.get("done", ""), "")
    corrects = first(_all_of(kept.form), "corrects")
    sitting = Sitting(id, kept.version, first(_all_of(kept.form), "key"), corrects, state)
    sent = Sent(Filled(typed), sitting, ())
    if args.get("preview"):
        return _previewed(sent)
    return _page(Filled(typed, advice={"gist": tuple(one.text for one in _advice(typed))}), sitting)


def _previewed(sent: Sent) -> str:
    proposal = _proposal(sent)
    refused, warned = check_proposal(kit(opened()), proposal, _curator().described())
    preview = preview_of(opened(), proposal) if not refused else None
    filled = replace(sent.filled, advice={"gist": tuple(one.text for one in _advice(sent.filled.typed))})
    page = claim_page(opened(), filled, sent.sitting, warnings=[*refused, *warned], preview=preview)
    return render_template("contribute_claim.html", page=page)


def _page(filled: Filled, sitting: Sitting) -> str:
    return render_template("contribute_claim.html", page=claim_page(opened(), filled, sitting))


def _of_form(form: object) -> dict[str, tuple[str, ...]]:
    found = _all_of(form)
    return {key: values for key, values in found.items() if key not in ("key", "corrects")}


def _all_of(form: object) -> dict[str, tuple[str, ...]]:
    items = form.items() if hasattr(form, "items") else ()
    return {str(key): tuple(map(str, values)) for key, values in items if isinstance(values, list | tuple)}


def _next_of(form: object) -> dict[str, tuple[str, ...]]:
    """What stays from one claim of a source to the next: the document, the section, who speaks, what it is about."""
    kept = _of_form(form)
    stays = ("assertedIn", "locator", "voicedBy", "originSource", "claimSubject", "claimSubject.words")
    return {key: values for key, values in kept.items() if key in stays or key.startswith("claimSubject.")}


def _begun() -> tuple[dict[str, tuple[str, ...]], str]:
    """A new form, with what the address names: `?source=`, `?about=`, `?copy=claim/…`, `?edit=claim/…`."""
    args, reader = request.args, opened().reader
    corrects = args.get("edit", "")[:200]
    copied = corrects or args.get("copy", "")[:200]
    typed: dict[str, tuple[str, ...]] = {}
    if copied:
        typed = typed_from(reader, kit(opened()).claim, address_of(copied))
        if not typed:
            raise NotFound(copied, opened().search.nearest(copied, ("claim",)))
        if not corrects:
            typed = {key: values for key, values in typed.items() if key not in ANCHOR_KEYS}
    if source := args.get("source", "")[:200]:
        typed["assertedIn"] = (_thing(source, "source"),)
    if about := args.get("about", "")[:200]:
        typed["claimSubject"] = (_thing(about, ""),)
    return typed, corrects


def _thing(name: str, kind: str) -> str:
    """A thing named in the address.

    Raises:
        NotFound: there is none; the nearest come with it.
    """
    value = name if "/" in name or not kind else local_of(thing(kind, name))
    if known(opened(), value) is None:
        raise NotFound(value, opened().search.nearest(value, (kind,) if kind else ()))
    return value
