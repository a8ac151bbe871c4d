"""Adding sources: by DOI, out of files, by hand; imports of many.

What somebody typed or sent comes back whenever it cannot be taken as it is, and nothing goes into the base from here:
everything becomes a contribution, for somebody else to look at.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from kg.batches import OUTCOMES, Batch, draft_of
from kg.contributions import Contribution, Draft
from kg.errors import BadInput, EditedMeanwhile, LookupFailed, NotAllowed, NotFound
from kg.importing import KINDS, Match, Reference, Row, open_file, safe_name
from kg.importing.identifiers import doi_of
from kg.importing.naming import slug_of as stem_of
from kg.numbers import whole_number
from webui.base import opened
from webui.batching import alike, batches, registrar, sources
from webui.contexts.fields import Fault
from webui.contexts.importing.batch import PER_PAGE, batch_href, import_page
from webui.contexts.importing.form import Typed, is_there, source_form, source_shape, typed_of
from webui.contexts.importing.start import LARGEST_FILE, start_page
from webui.desk import desk, me
from webui.forgery import takes
from webui.signed_in import needs

blueprint = Blueprint("importing", __name__, url_prefix="/contribute")
_ROOM = 1 << 20
"""For what a form holds beside its file."""
Answer = str | BaseResponse | tuple[str, int]


@blueprint.after_request
def private(response: Response) -> Response:
    """What somebody types is theirs: no browser, proxy or search engine keeps it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_: RequestEntityTooLarge) -> tuple[str, int]:
    """The limit stands on the page beforehand; who goes beyond it is told again. What was sent is not read."""
    if request.endpoint == "importing.begun":
        fault = Fault("file", f"This is larger than {LARGEST_FILE >> 20} MB. Split the file, or send it in parts.")
    else:
        most = (request.max_content_length or 0) >> 20
        told = f"What you sent was larger than {most} MB, the most that form takes, and nothing of it was kept."
        fault = Fault("", f"{told} References in a file go in here, up to {LARGEST_FILE >> 20} MB.")
    return _start(faults=(fault,), status=413)


@blueprint.get("/source")
@needs("contributor")
def start() -> tuple[str, int]:
    return _start(request.args.get("doi", ""))


@blueprint.post("/source")
@needs("contributor")
@takes(LARGEST_FILE + _ROOM)
def begun() -> Answer:
    """By DOI, or out of what was pasted or sent: one reference fills in the form, several make an import."""
    if request.form.get("go") == "doi":
        return _by_doi(request.form.get("doi", "").strip())
    text, file = request.form.get("text", ""), request.files.get("file")
    data, name, field = text.encode(), "pasted references", "text"
    if file and file.filename:
        with file.stream as stream:
            data, name, field = stream.read(), file.filename, "file"
    try:
        if not data.strip():
            raise BadInput("Paste references, or choose a file.")
        found = open_file(data, name)
        rows = list(found.read()) if len(found) == 1 else []
        if rows and rows[0].reference is None:
            raise BadInput(rows[0].refused)
    except BadInput as error:
        return _start(text=text, faults=(Fault(field, str(error)),), status=422)
    return _of_row(rows[0], found.remark) if rows else _import(data, name)


@blueprint.get("/source/new")
@needs("contributor")
def blank() -> str:
    if request.args.get("draft"):
        return render_template("source_form.html", page=source_form(_drafted(request.args["draft"][:60])))
    kind = request.args.get("kind", "JournalArticle")
    values = {"kind": kind if kind in KINDS else "", "doi": request.args.get("doi", "")[:600]}
    return _form(Typed(values, key=secrets.token_hex(8)))


@blueprint.post("/source/new")
@needs("contributor")
def made() -> Answer:
    """Save a draft, hand it in, or show the fields of another kind."""
    typed, go = _typed(request.form), request.form.get("go", "")
    if go in ("save", "submit") and not typed.draft and typed.key and batches().done(typed.key):
        return redirect("/contributions", 303)  # sent twice; it would be found to be like itself
    reference = typed.reference()
    matches = alike(reference, typed.draft) if reference.title else []
    if go not in ("save", "submit"):
        return _form(typed, matches)
    faults = typed.faults(source_shape(opened())) if go == "submit" else _titled(reference)
    if go == "submit":
        faults += _same(typed, matches)
    if faults:
        return _form(typed, matches, faults), 422
    try:
        return _kept(typed, reference, go)
    except EditedMeanwhile as error:
        fault = Fault("", f"{error} What you typed stands below; your contributions hold the other version.")
        return _form(typed, matches, (fault,)), 409
    except (BadInput, NotAllowed) as error:
        return _form(typed, matches, (Fault("", str(error)),)), 422


@blueprint.get("/import/<id>")
@needs("contributor")
def batch(id: str) -> str:
    return _batch(_readable(id))


@blueprint.post("/import/<id>/<do>")
@needs("contributor")
def work(id: str, do: str) -> BaseResponse:
    """Stop an import, or go on with it."""
    found = _readable(id)
    if do == "stop":
        batches().stop(found.id)
    elif do == "go-on":
        batches().go_on(found.id)
    else:
        raise NotFound(request.path)
    return redirect(batch_href(found.id), 303)


@blueprint.post("/import/<id>/rows/<int:number>")
@needs("contributor")
def decide(id: str, number: int) -> Answer:
    found, do = _readable(id), request.form.get("do", "")
    try:
        if do not in ("add", "leave") or found.author.id != me().id:
            raise NotAllowed("Whoever handed the file in decides about its rows.")
        batches().decide(found.id, number, do == "add")
    except NotAllowed as error:
        return _batch(batches().get(id), (Fault("", str(error)),)), 409
    return redirect(f"{batch_href(id)}?show=needs+a+decision#rows", 303)


def _start(doi: str = "", text: str = "", faults: tuple[Fault, ...] = (), status: int = 200) -> tuple[str, int]:
    page = start_page(registrar().is_on, batches().of_author(me().id)[:10], doi, text, faults)
    return render_template("source_start.html", page=page), status


def _by_doi(text: str) -> Answer:
    try:
        found = registrar().look_up(text)
    except (BadInput, LookupFailed) as error:
        return _start(doi=doi_of(text) or text, faults=(Fault("doi", str(error)),), status=422)
    return _of_row(Row(1, 0, found), f"As the registrar tells it of {found.doi}. Compare it with the work itself.")


def _of_row(row: Row, told: str) -> str:
    reference = row.reference or Reference()
    typed = Typed(typed_of(reference), key=secrets.token_hex(8))
    return _form(typed, alike(reference), told=told)


def _import(data: bytes, name: str) -> BaseResponse:
    id = batches().add(data, safe_name(name), me())
    batches().go_on(id)
    return redirect(batch_href(id), 303)


def _form(
    typed: Typed, matches: list[Match] | tuple[Match, ...] = (), faults: tuple[Fault, ...] = (), told: str = ""
) -> str:
    return render_template("source_form.html", page=source_form(typed, matches, faults, told))


def _typed(form: Mapping[str, str]) -> Typed:
    values = {name: value[:13_000] for name, value in form.items() if name not in ("csrf_token", "go")}
    return Typed(
        values, form.get("different") == "yes", form.get("draft", "")[:60],
        whole_number(form.get("version", ""), 8) or 0, form.get("key", "")[:40],
    )  # fmt: skip


def _titled(reference: Reference) -> tuple[Fault, ...]:
    return () if reference.title else (Fault("title", "Give the title, as printed: a draft needs a name."),)


def _same(typed: Typed, matches: list[Match]) -> tuple[Fault, ...]:
    if any(is_there(match) for match in matches):
        return (Fault("alike", "The base has a work with this DOI. Open it below, or correct the DOI."),)
    if matches and not typed.different:
        return (
            Fault(
                "alike",
                "This may be in the base, or wait for its review, already. Look at the works below, then say "
                "whether it is another.",
            ),
        )
    return ()


def _kept(typed: Typed, reference: Reference, go: str) -> BaseResponse:
    """Save what was typed, and hand it in if that was asked for; each filling in of the form makes one contribution."""
    draft = _draft(typed, reference)
    if not typed.draft and typed.key and not batches().first_time(typed.key):
        return redirect("/contributions", 303)
    kept = desk().save(draft, me())
    if go == "submit" and kept.state in ("draft", "changes-asked"):
        desk().submit(kept.id, me(), kept.version)
    return redirect("/contributions" if go == "submit" else f"/contribute/source/new?draft={kept.id}", 303)


def _draft(typed: Typed, reference: Reference) -> Draft:
    known = sources()
    kept = _own(typed.draft).form if typed.draft else {}
    slug, label = str(kept.get("slug", "")), str(kept.get("label", ""))
    if not slug or stem_of(Reference.from_plain(kept["reference"])) != stem_of(reference):
        slug, label = batches().reserve(reference, known)
    more = {"typed": dict(typed.values)}
    return draft_of(
        reference, slug, label, known.agents(), known.revision, more=more, evidence=typed.evidence,
        reading=typed.reading, id=typed.draft, version=typed.version,
    )  # fmt: skip


def _drafted(id: str) -> Typed:
    found = _own(id)
    values = found.form.get("typed") or typed_of(
        Reference.from_plain(found.form["reference"]), evidence=found.form["evidence"], reading=found.form["reading"]
    )
    return Typed(values, draft=found.id, version=found.version)


def _own(id: str) -> Contribution:
    found = desk().get(id)
    if found.kind != "source" or "reference" not in found.form:
        raise NotFound(f"draft {id}")
    if found.author.id != me().id:
        raise NotAllowed("This is somebody else's draft.")
    return found


def _readable(id: str) -> Batch:
    found = batches().get(id)
    if found.author.id != me().id and not me().reviews:
        raise NotAllowed("This is somebody else's import.")
    return found


def _batch(found: Batch, faults: tuple[Fault, ...] = ()) -> str:
    show = request.args.get("show", "")
    outcome = show if show in OUTCOMES else ""
    page = whole_number(request.args.get("page", ""), 5) or 1
    rows = batches().rows(found.id, outcome or None, page)
    assert len(rows) <= PER_PAGE
    return render_template("source_import.html", page=import_page(found, rows, outcome, page, me().reviews, faults))
