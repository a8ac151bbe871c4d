"""Two records of one work made one, and works marked as retracted, in doubt or corrected; each a contribution."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from kg.contributions import Draft, as_text
from kg.errors import BadInput, NotFound
from kg.importing.marking import Announced, announced, mark
from kg.importing.merging import Merger, merge
from kg.namespaces import thing
from webui.base import opened
from webui.batching import sources
from webui.contexts.fields import Fault
from webui.contexts.importing.batch import Alike
from webui.contexts.importing.form import source_shape
from webui.contexts.importing.merge import mark_page, merge_page
from webui.contexts.page import Link
from webui.contexts.things import Thing, find
from webui.desk import desk, me
from webui.signed_in import needs
from webui.views.importing import Answer, private, too_large

blueprint = Blueprint("correcting", __name__, url_prefix="/contribute")
blueprint.after_request(private)
blueprint.register_error_handler(RequestEntityTooLarge, too_large)


@blueprint.route("/source/<slug>/merge", methods=["GET", "POST"])
@needs("contributor")
def merging(slug: str) -> Answer:
    """Propose that a source is the same work as another one."""
    item, asked = find(opened(), "source", slug), request.values
    into, why = asked.get("into", "").strip().rpartition("/")[2][:120], asked.get("why", "").strip()[:2_000]
    if not into:
        return render_template("source_merge.html", page=merge_page(item, "", _alike(item), None))
    faults, merger = _merger(item.iri, into, why)
    if request.method == "POST" and merger and not faults:
        title = f"Merge: {slug} is the same work as {into}"
        form = {"gone": slug, "kept": into, "why": why}
        return _handed_in("merge", title, form, merger.added, merger.removed, merger.revision, merger.kept)
    shown = faults if request.method == "POST" or merger is None else ()
    page = merge_page(item, into, _alike(item), merger, why, shown)
    return render_template("source_merge.html", page=page), 422 if shown else 200


@blueprint.route("/source/<slug>/mark", methods=["GET", "POST"])
@needs("contributor")
def marking(slug: str) -> Answer:
    """Say that a work was retracted, is in doubt or was corrected."""
    now = opened()
    item = find(now, "source", slug)
    if request.method == "GET":
        return render_template("source_mark.html", page=mark_page(item, announced(now.reader, item.iri)))
    told = Announced(*(request.form.get(name, "").strip()[:1_000] for name in ("status", "notice", "day")))
    faults = [Fault(name, words) for name, words in told.problems()]
    known = {choice.value.rpartition("/")[2] for choice in source_shape(now)["publicationStatus"].choices}
    if told.status and told.status not in known:
        faults.append(Fault("status", source_shape(now)["publicationStatus"].messages[0]))
    if not faults:
        added, removed = mark(now.reader, item.iri, told)
        if added or removed:
            title = f"{slug}: {told.status.replace('-', ' ') or 'no longer marked'}"
            form = {"source": slug, "status": told.status, "notice": told.notice, "day": told.day}
            return _handed_in("edit", title, form, added, removed, now.revision, item.iri)
        faults = [Fault("", "This is what the base says already.")]
    return render_template("source_mark.html", page=mark_page(item, told, tuple(faults))), 422


def _alike(item: Thing) -> list[Alike]:
    known = sources().index.known(item.iri)
    found = sources().matches(known.reference) if known else []
    asked = f"/contribute/source/{item.iri.rpartition('/')[2]}/merge?into="
    return [
        Alike(Link(m.known.label, asked + m.known.address.rpartition("/")[2]), ", ".join(m.reasons))
        for m in found if m.known.address != item.iri
    ]  # fmt: skip


def _merger(gone: str, into: str, why: str) -> tuple[tuple[Fault, ...], Merger | None]:
    reader, kept = opened().reader, thing("source", into)
    try:
        merger = merge(reader, gone, kept, why or "—")
    except NotFound:
        return (
            Fault("into", f"There is no source “{into}”. Give the last part of its address, such as gold-2017."),
        ), None
    except (BadInput, ValueError) as error:
        return (Fault("into", str(error)),), None
    return (() if why else (Fault("why", "Say why they are the same work."),)), merger


def _handed_in(
    kind: str, title: str, form: Mapping[str, str], added: object, removed: object, base: int, source: str
) -> BaseResponse:
    texts = {"added": as_text(added), "removed": as_text(removed)}  # type: ignore[arg-type]
    kept = desk().save(Draft(kind, title, form, base=base, source=source, **texts), me())
    desk().submit(kept.id, me(), kept.version)
    return redirect("/contributions", 303)
