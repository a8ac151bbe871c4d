"""A policy diagnosed step by step. All of it stands in the address: nothing is kept, written to a log or remembered.

Who has an account may keep that address under it (`webui.views.saved`).
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.diagnosis import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    LONGEST_SENTENCE,
    Diagnosis,
    Policy,
    Read,
    Step,
    clean,
    from_code,
    key_of,
    step_of,
    to_code,
)
from kg.diagnosis.brief import file_name
from kg.diagnosis.steps import BY_NAME, POLICY
from kg.errors import BadInput, NotFound
from kg.exporting import DEFAULT_STYLE, STYLES
from kg.namespaces import slug_of, thing
from webui.base import opened
from webui.contexts.diagnosing.asking import asking_page, following
from webui.contexts.diagnosing.brief import brief, brief_page
from webui.contexts.diagnosing.common import RESULT, at, known
from webui.contexts.diagnosing.result import result_page
from webui.contexts.diagnosing.start import start_page
from webui.contexts.fields import Fault
from webui.errors import respond
from webui.hosts import public_root

blueprint = Blueprint("diagnose", __name__, url_prefix="/diagnose")
_LARGEST = 1 << 16
_KEEP = "keep"


@blueprint.before_request
def bound() -> None:
    """No form of ours is larger, whatever is sent."""
    request.max_content_length = _LARGEST


@blueprint.after_request
def private(response: Response) -> Response:
    """What somebody typed stays between them and this answer: no proxy keeps it, no search engine lists it."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.errorhandler(BadInput)
def unusable(error: BadInput) -> tuple[str, int] | BaseResponse:
    """An address that holds no diagnosis, or a form that was tampered with: say so, and offer a new start."""
    try:
        diagnosis, code = _read().diagnosis, _code()
    except BadInput:
        diagnosis, code = Diagnosis(), ""
    try:
        page = start_page(opened(), diagnosis, code, faults=(Fault("", str(error)),))
    except BadInput as lacking:  # the base has no instruments: there is nothing to start
        return respond(lacking)
    return render_template("diagnose.html", page=page), 422


@blueprint.get("")
def start() -> str:
    read, code = _asked()
    return render_template("diagnose.html", page=start_page(opened(), read.diagnosis, code))


@blueprint.post("")
def begin() -> BaseResponse | tuple[str, int]:
    diagnosis, typed = _read().diagnosis, {n: request.form.get(n, "") for n in ("name", "level", "sentence")}
    faults, policy = _policy()
    try:
        code = to_code(Diagnosis(policy, diagnosis.given)) if not faults else ""
    except BadInput as error:
        faults = (Fault("sentence", str(error)),)
    if faults:
        cut = {name: text[:2000] for name, text in typed.items()}
        page = start_page(opened(), diagnosis, _code(), typed=cut, faults=faults)
        return render_template("diagnose.html", page=page), 422
    return redirect(at("type", code), 303)


@blueprint.get("/result")
def result() -> str:
    read, code = _asked()
    page = result_page(opened(), read.diagnosis, code, public_root(), lost=read.lost)
    return render_template("diagnose_result.html", page=page)


@blueprint.get("/brief")
def printed() -> str:
    (read, code), style = _asked(), _style()
    made = brief(opened(), read.diagnosis, code, public_root(), style)
    return render_template("diagnose_brief.html", page=brief_page(opened(), made, code, style))


@blueprint.get("/brief.<any('docx', 'md'):suffix>")
def taken(suffix: str) -> Response:
    read, code = _asked()
    made = brief(opened(), read.diagnosis, code, public_root(), _style())
    if suffix == "docx":
        from kg.diagnosis.word import MEDIA, to_word

        response = make_response(to_word(made))
        response.content_type = MEDIA
    else:
        from kg.diagnosis.markdown import to_markdown

        response = make_response(to_markdown(made))
        response.content_type = "text/markdown; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(made.policy)}.{suffix}"'
    return response


@blueprint.get("/<step>")
def ask(step: str) -> str:
    read, code = _asked()
    page = asking_page(opened(), step_of(step), read.diagnosis, code, lost=read.lost)
    return render_template("diagnose_step.html", page=page)


@blueprint.post("/<step>")
def answer(step: str) -> BaseResponse | tuple[str, int]:
    asked, diagnosis = step_of(step), _read().diagnosis
    typed = {key_of(iri): request.form.get(key_of(iri), "") for iri in known(opened()).asked[step]}
    faults: tuple[Fault, ...] = ()
    try:
        answers, faults = _answers(asked, typed)
        code = to_code(diagnosis.answered(step, answers))
    except BadInput as error:  # every answer fits, all together do not
        if asked.values:
            raise
        faults = faults or (Fault(next(iter(typed)), str(error)),)
    if faults:
        cut = {key: text[:2000] for key, text in typed.items()}
        page = asking_page(opened(), asked, diagnosis, _code(), typed=cut, faults=faults)
        return render_template("diagnose_step.html", page=page), 422
    return redirect(at(_next(asked), code) + _place(), 303)


def _next(step: Step) -> str:
    """Where the button that was pressed leads."""
    go = request.form.get("go", "next")
    if go in BY_NAME or go == RESULT:
        return go
    if go == _KEEP:
        return RESULT
    if go == POLICY:
        return ""
    return following(step, -1 if go == "back" else 1)


def _place() -> str:
    """Where on the page that is: to save it, what follows is shown at the form for that."""
    return f"#{_KEEP}" if request.form.get("go") == _KEEP else ""


def _code() -> str:
    return request.values.get("d", "").strip()


def _read() -> Read:
    """What the address, or the form, holds so far.

    Raises:
        BadInput: it is no code of ours.
    """
    return from_code(known(opened()), _code())


def _asked() -> tuple[Read, str]:
    """What the address holds, with its code; a policy of the base may be named beside it (`?policy=care-act-2014`)."""
    read, slug = _read(), request.args.get("policy", "").strip()[:80]
    if not slug:
        return read, _code()
    made = Diagnosis(_of_base(slug), read.diagnosis.given)
    return Read(made, read.lost), to_code(made)


def _style() -> str:
    """The citation style asked for.

    Raises:
        BadInput: there is none of this name.
    """
    name = request.args.get("style", "") or DEFAULT_STYLE
    if name not in STYLES:
        raise BadInput(f"“{name[:40]}” is no citation style here. Known: {', '.join(STYLES)}.")
    return name


def _of_base(slug: str) -> Policy:
    """A policy of the base.

    Raises:
        NotFound: there is none of this name; the nearest come with it.
    """
    if thing("policy", slug) not in {row.thing for row in known(opened()).policies}:
        raise NotFound(f"policy/{slug}", opened().search.nearest(slug, ("policy",)))
    return Policy(slug=slug)


def _policy() -> tuple[tuple[Fault, ...], Policy]:
    """The policy that the form holds, and what is wrong with it."""
    if slug := request.form.get("policy", "").strip()[:80]:
        return (), _of_base(slug)
    faults, told = [], {"name": "", "sentence": ""}
    for field, most, what in (("name", LONGEST_NAME, "The name"), ("sentence", LONGEST_SENTENCE, "The sentence")):
        try:
            told[field] = clean(request.form.get(field, ""), most, what)
        except BadInput as error:
            faults.append(Fault(field, str(error)))
    level = request.form.get("level", "")
    levels = {slug_of(m.member) for m in known(opened()).levels}
    if level and level not in levels:
        faults.append(Fault("level", "Choose one of the levels."))
    return tuple(faults), Policy("", told["name"], level if level in levels else "", told["sentence"])


def _answers(step: Step, typed: dict[str, str]) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """The answers of a form by address, and what is wrong with them.

    Raises:
        BadInput: a value is none of those the step offers.
    """
    found, faults = dict[str, str](), []
    for iri in known(opened()).asked[step.name]:
        text = typed[key_of(iri)]
        if step.values and text and text not in step.values:
            raise BadInput("One of the answers is none of those offered. Nothing was taken from this form.")
        try:
            value = text if step.values else clean(text, LONGEST_ANSWER, "An answer")
        except BadInput as error:
            faults.append(Fault(key_of(iri), str(error)))
            continue
        if value:
            found[iri] = value
    return found, tuple(faults)
