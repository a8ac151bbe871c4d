"""Every list and table as data, at an address that stays; and the page that lists them."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import GapbridgeError, NotFound, WrongForm
from kg.tables import FORMS, METADATA, QUERY, Definition, Form, Table, definition, form
from webui.addresses import web
from webui.base import opened
from webui.contexts.data import data_page
from webui.errors import STATUS
from webui.tables import TABLES

index = Blueprint("datasets", __name__)
blueprint = Blueprint("data", __name__, url_prefix="/data")

_MEDIA = {form.media.partition(";")[0]: form.suffix for form in FORMS}
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Last-Modified, Link",
}


@index.get("/data")
def listed() -> str:
    return render_template("data.html", page=data_page(opened()))


@blueprint.get("/<file>")
def table(file: str) -> BaseResponse:
    name, dot, suffix = file.partition(".")
    found = definition(name, TABLES)
    if not dot:
        return _negotiated(found)
    wanted, now = form(suffix), opened()
    made = found.ask(now.reader, now.search, request.args.to_dict(flat=False))
    if wanted == QUERY and not made.query:
        raise NotFound(file, [f"{name}.{form.suffix}" for form in FORMS])
    return _given(made, wanted)


@blueprint.after_request
def _open_to_all(response: Response) -> Response:
    response.headers.update(_CORS)  # once, also where the answer is a remembered one
    return response


@blueprint.errorhandler(GapbridgeError)
def _problem(error: GapbridgeError) -> Response:
    status = next(status for kind, status, _ in STATUS if isinstance(error, kind))
    return Response(f"{error}\n", status, mimetype="text/plain")


def _negotiated(found: Definition) -> BaseResponse:
    """To the form a client likes best; a person gets to the place where the table can be asked for."""
    accepted = request.accept_mimetypes
    best = accepted.best_match(["text/html", *_MEDIA]) if accepted else "text/html"
    if best is None:
        raise WrongForm(f"Tables are given as {', '.join(_MEDIA)}.")
    asked = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    there = f"/data#{found.name}" if best == "text/html" else f"/data/{found.name}.{_MEDIA[best]}{asked}"
    answer = redirect(there, 303)
    answer.vary.add("Accept")
    return answer


def _given(made: Table, wanted: Form) -> Response:
    response = make_response(wanted.write(made))
    response.content_type = wanted.media
    response.headers["Link"] = ", ".join(_links(made, wanted))
    response.headers["Content-Disposition"] = f'inline; filename="{_file_name(made, wanted)}"'
    if made.edition.changed:
        response.last_modified = datetime.fromisoformat(made.edition.changed)
    # a tag that a client sent counts for more than its date (RFC 9110, §13.2.2), and has been compared by now
    return response if request.if_none_match else response.make_conditional(request)


def _links(made: Table, wanted: Form) -> list[str]:
    def here(other: Form) -> str:
        return f"{request.script_root}/data/{made.name}.{other.suffix}{made.asked}"

    links = [f'<{address}>; rel="license"' for licence in made.edition.licences if (address := web(licence))]
    links.append(f'<{made.address(wanted.suffix)}>; rel="cite-as"')
    links.append(f'<{here(METADATA)}>; rel="describedby"; type="{METADATA.media}"')
    links += [f'<{here(f)}>; rel="alternate"; type="{f.media.partition(";")[0]}"' for f in FORMS if f != wanted]
    return links


def _file_name(made: Table, wanted: Form) -> str:
    """A name that tells what it is and of which revision."""
    values = "-".join(v.rpartition("/")[2] for v in request.args.values())[:80]
    stem = secure_filename(f"gapbridge-{made.name}{'-' + values if values else ''}-revision-{made.edition.revision}")
    return f"{stem}.{wanted.suffix}"
