"""Proposing a thing by itself, and many claims at once from a table."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.claiming import (
    KINDS,
    NewThing,
    Proposal,
    RowResult,
    address_of,
    as_turtle,
    check_sheet,
    check_thing,
    first,
    new_thing,
    read_sheet,
    read_typed,
    template,
)
from kg.claiming import Fault as Wrong
from kg.claiming.form import THING
from kg.claiming.sheet import LARGEST
from kg.errors import BadInput, EditedMeanwhile, NotAllowed, NotFound, OutOfTurn
from kg.namespaces import ID
from kg.numbers import whole_number
from kg.queries import those_of_class
from webui.base import opened
from webui.claims.keeping import begun_already, done_already, own, typed_of
from webui.claims.sent import curator
from webui.contexts.claiming.fields import Filled, texts
from webui.contexts.claiming.finding import Found, exact, find, kit
from webui.contexts.claiming.form import Sitting
from webui.contexts.claiming.table import table_page
from webui.contexts.claiming.thing import thing_page
from webui.contexts.fields import Fault
from webui.desk import desk, me
from webui.forgery import takes
from webui.signed_in import needs
from webui.views.contribute import private

if TYPE_CHECKING:
    from kg.contributions import Contribution, Draft

blueprint = Blueprint("contribute_more", __name__, url_prefix="/contribute")
blueprint.after_request(private)
_SAVED = "Saved as a draft. Nobody else sees it."


@blueprint.get("/claims/template.csv")
@needs("contributor")
def empty_table() -> Response:
    response = Response(template(kit(opened()).claim), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="claims.csv"'
    return response


@blueprint.get("/claims")
@needs("contributor")
def claims() -> str:
    return render_template("contribute_claims.html", page=table_page(opened()))


@blueprint.post("/claims")
@needs("contributor")
@takes(LARGEST + (1 << 20))
def take_table() -> str | tuple[str, int]:
    """Each row in order becomes a draft; the others are told, and nothing of them is kept: they stand in the table."""
    file, at_once = request.files.get("table"), bool(request.form.get("submit"))
    data = file.read(LARGEST + 1) if file else b""
    try:
        if not data:
            raise BadInput("Choose the table that you filled in.")
        sheet = read_sheet(data, kit(opened()).claim)
    except BadInput as error:
        page = table_page(opened(), faults=[Fault("table", str(error))])
        return render_template("contribute_claims.html", page=page), 422
    results = check_sheet(kit(opened()), opened().search, sheet, curator(), datetime.now(UTC).date())
    ids = _kept(results, data, at_once)
    page = table_page(opened(), sheet=sheet, results=results, ids=ids, submitted=at_once)
    return render_template("contribute_claims.html", page=page), 200 if ids else 422


def _kept(results: list[RowResult], data: bytes, at_once: bool) -> list[str]:
    """The drafts of the rows in order, in one batch; the same table sent twice makes them once."""
    good = [row for row in results if not row.refused]
    batch = hashlib.sha256(me().id.encode() + data).hexdigest()[:24]
    there = desk().ids(batch)
    if there or not good:
        return there
    return desk().save_all([_row_draft(row, batch) for row in good], me(), submit=at_once)


def _row_draft(row: RowResult, batch: str) -> Draft:
    from kg.contributions import Draft, as_text

    return Draft(
        kind="claim",
        title=first(row.row.typed, "gist")[:300],
        form={key: list(values) for key, values in row.row.typed.items()},
        added=as_text(row.proposal.added),
        base=opened().revision,
        source=ID + first(row.row.typed, "assertedIn"),
        batch=batch,
    )


@blueprint.get("/thing")
@needs("contributor")
def thing() -> str | BaseResponse:
    if request.args.get("draft"):
        kept = own(request.args["draft"][:60])
        typed = typed_of(kept.form)
        if kept.kind != "thing" or first(typed, "kind") not in KINDS:
            return redirect(f"/review/{kept.id}", 303)
        sitting = Sitting(kept.id, kept.version, state=_SAVED if request.args.get("done") else "")
        return _looked_at(first(typed, "kind"), Filled(typed), sitting)
    kind = request.args.get("kind", "")
    if kind and kind not in KINDS:
        raise NotFound(f"kind {kind[:40]}", list(KINDS))
    source = request.args.get("source", "")[:200]
    typed = {"assertedIn": (exact(opened(), kit(opened()).claim["assertedIn"], source),)} if source else {}
    sitting = Sitting(key=secrets.token_hex(8))
    return _thing_page(kind, Filled({key: values for key, values in typed.items() if values[0]}), sitting)


@blueprint.post("/thing")
@needs("contributor")
def proposed() -> str | BaseResponse | tuple[str, int]:
    kind, go = request.form.get("kind", ""), request.form.get("go", "save")
    if kind not in KINDS:
        raise BadInput("Choose what it is.")
    filled, faults = _sent(kind)
    sitting = Sitting(
        request.form.get("draft", "")[:60], whole_number(request.form.get("version", ""), 8) or 0,
        request.form.get("key", "")[:32],
    )  # fmt: skip
    if go.startswith("look:"):
        return _thing_page(kind, filled, sitting)
    try:
        return _handed_in(kind, filled, sitting, faults) if go == "submit" else _saved(kind, filled, sitting)
    except (NotAllowed, OutOfTurn) as error:
        told = Wrong("", str(error), "What you typed stands below; saving it makes a new draft.")
        return _thing_page(kind, filled, Sitting(key=secrets.token_hex(8)), [told]), 409
    except EditedMeanwhile as error:
        sitting = replace(sitting, version=error.kept.version)  # type: ignore[attr-defined]  # what the desk keeps
        told = Wrong("", "This draft was saved from somewhere else since you opened it.", "Saving again keeps yours.")
        return _thing_page(kind, filled, sitting, [told]), 409


def _sent(kind: str) -> tuple[Filled, list[Wrong]]:
    """The form at hand, with names that are exact taken for what they name, and what came of looking for others."""
    fields = [*kit(opened()).things[kind].asked, kit(opened()).claim["assertedIn"]]
    keys = [key for field in fields for key in (field.key, f"{field.key}.words")]
    typed, faults = read_typed({key: request.form.getlist(key) for key in [*keys, "sure"]})
    looked: dict[str, list[Found]] = {}
    wanted = request.form.get("go", "").removeprefix("look:")
    for field in fields:
        words = first(typed, f"{field.key}.words")
        if field.kind != THING or not (words or field.key == wanted):
            continue
        if value := exact(opened(), field, words):
            del typed[f"{field.key}.words"]
            typed[field.key] = (*typed.get(field.key, ()), value) if field.many else (value,)
        else:
            looked[field.key] = find(opened(), field, words) if words else []
    open_words = [Wrong(key, "These words name nothing here exactly.", "Choose one of those found.") for key in looked]
    return Filled(typed, texts(faults), found=looked), [*faults, *open_words]


def _made(kind: str, filled: Filled) -> NewThing:
    source = first(filled.typed, "assertedIn")
    known = source and those_of_class(opened().reader, [address_of(source)], kit(opened()).claim["assertedIn"].wanted)
    return new_thing(opened().reader, kit(opened()).things[kind], filled.typed, address_of(source) if known else "")


def _handed_in(kind: str, filled: Filled, sitting: Sitting, faults: list[Wrong]) -> BaseResponse | tuple[str, int]:
    if twice := done_already(sitting.key):
        return twice
    refused, warned = check_thing(kit(opened()), kind, _made(kind, filled))
    name = kit(opened()).things[kind].name.key
    if first(filled.typed, name) and not first(filled.typed, "sure"):
        faults = [*faults, Wrong("sure", "Look at what comes near before you add something new.")]
    kept = _save(kind, filled, sitting)
    told = [*faults, *refused]
    if told:
        now = replace(sitting, draft=kept.id, version=kept.version)
        return _thing_page(kind, replace(filled, faults=texts(told)), now, told, warned), 422
    desk().submit(kept.id, me(), kept.version)
    return redirect(f"/review/{kept.id}?done=submit", 303)


def _saved(kind: str, filled: Filled, sitting: Sitting) -> BaseResponse:
    return redirect(f"/contribute/thing?draft={_save(kind, filled, sitting).id}&done=saved", 303)


def _save(kind: str, filled: Filled, sitting: Sitting) -> Contribution:
    from kg.contributions import Draft, as_text

    made = _made(kind, filled)
    proposal = Proposal.of_thing(made)
    draft, version = sitting.draft, sitting.version
    if draft:
        own(draft)
    if not draft and (begun := begun_already(sitting.key)):
        draft, version = begun.id, begun.version
    typed = {**{key: list(values) for key, values in filled.typed.items()}, "kind": [kind], "key": [sitting.key]}
    source = first(filled.typed, "assertedIn")
    title = made.label or "Something new without a name yet"
    return desk().save(
        Draft(
            kind="thing", title=title[:300], form=typed, added=as_text(proposal.added),
            removed=as_text(proposal.removed), base=opened().revision,
            source=ID + source if source.startswith("source/") else "", id=draft, version=version,
        ),
        me(),
    )  # fmt: skip


def _looked_at(kind: str, filled: Filled, sitting: Sitting) -> str:
    made = _made(kind, filled)
    refused, warned = check_thing(kit(opened()), kind, made)
    turtle = as_turtle(Proposal.of_thing(made).added)
    page = thing_page(opened(), kind, filled, sitting, warnings=[*refused, *warned], turtle=turtle)
    return render_template("contribute_thing.html", page=page)


def _thing_page(
    kind: str, filled: Filled, sitting: Sitting, faults: list[Wrong] | None = None, warned: list[Wrong] | None = None
) -> str:
    page = thing_page(opened(), kind, filled, sitting, faults=faults or (), warnings=warned or ())
    return render_template("contribute_thing.html", page=page)
