"""The data set as a whole: its description, its dumps, and claims in the forms that other communities use."""

from __future__ import annotations

import json
from dataclasses import replace

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from kg import nanopublishing, reifying
from kg.cataloguing import DATASET, PACKINGS, SUMS, Service, Shelf, dataset, dump_named, write_dataset
from kg.errors import NoLongerKept, NotFound
from kg.namespaces import thing
from kg.numbers import whole_number
from kg.queries import fate
from webui.base import opened
from webui.contexts.catalog import address, dataset_page, dumps_data, dumps_page
from webui.headers import tag
from webui.hosts import public_root
from webui.negotiation import GRAPHS, HTML, SUFFIXES, best, content_type, read_accept
from webui.representations import CORS, VOID, Resource, answer, choose

blueprint = Blueprint("catalog", __name__)
_JSON = "application/json"
_YEAR = 365 * 24 * 60 * 60
_AGAIN = "10"
_FORMS = f"any({', '.join(repr(form) for form in SUFFIXES)})"
_NANOPUB = f"any({', '.join(map(repr, nanopublishing.FORMS))})"
_RDF12 = f"any({', '.join(map(repr, reifying.FORMS))})"


@blueprint.get(VOID)
@blueprint.get("/dataset")
@blueprint.get(f"/dataset.<{_FORMS}:suffix>")
def description(suffix: str = "") -> Response:
    """Programs that look for VoID in its usual place and name no form get Turtle, not the page."""
    accept = read_accept(request.headers.get("Accept", ""))
    resource = Resource("/dataset", DATASET)
    choose(resource, SUFFIXES.get(suffix, "") or (best(accept, GRAPHS) if request.path == VOID else ""))
    now, root = opened(), public_root()
    found, files, services = shelf().statistics(now.revision), shelf().files(now.revision), _services()
    g.state = f"{root} {len(files)}"
    return answer(
        lambda: render_template(
            "dataset.html", page=replace(dataset_page(now, found, services), as_data=resource.links())
        ),
        lambda form: write_dataset(dataset(found, root, files, services), form),
    )


@blueprint.get("/dumps/")
def dumps() -> Response:
    g.media = best(read_accept(request.headers.get("Accept", "")), (HTML, _JSON)) or HTML
    return dumps_json() if g.media == _JSON else _dumps_page()


@blueprint.get("/dumps/index.json")
def dumps_json() -> Response:
    now, root = opened(), public_root()
    files, kept = shelf().files(now.revision), shelf().revisions()
    told = dumps_data(shelf().statistics(now.revision), files, kept, root)
    g.state = f"{root} {len(files)} {kept}"
    response = make_response(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    response.content_type = _JSON
    response.headers.update(CORS)
    return _tagged(response)


def _dumps_page() -> Response:
    now = opened()
    files, kept = shelf().files(now.revision), shelf().revisions()
    g.state = f"{len(files)} {kept}"
    return _tagged(make_response(render_template("dumps.html", page=dumps_page(now, now.revision, files, kept))))


@blueprint.get("/dumps/<name>")
def dump(name: str) -> BaseResponse:
    """A file of a revision; it never changes, so whoever has it need not ask again."""
    newest = opened().revision
    if name == SUMS:
        return redirect(address(f"gapbridge-{newest}-{SUMS}"))
    revision, stored = _named(name)
    if revision == "latest":
        return redirect(address(name.replace("latest", str(newest), 1)))
    path = shelf().file(int(revision), stored)
    packing = PACKINGS.get(path.suffix[1:], "text/plain")
    response = send_file(path, packing, conditional=True, etag=f"{path.parent.name}-{name}", max_age=_YEAR)
    response.cache_control.public, response.cache_control.immutable = True, True
    response.headers.update(CORS)
    return response


def _named(name: str) -> tuple[str, str]:
    """The revision that a file's name tells, and what the file is called where it is kept."""
    first, _, rest = name.partition(f"-{SUMS}")
    number = first.removeprefix("gapbridge-")
    if name.endswith(SUMS) and not rest and whole_number(number, 9) is not None:
        return number, SUMS
    found = dump_named(name)
    if found is None:
        raise NotFound(f"dumps/{name}")
    return found[0], name


@blueprint.get("/id/claim/<slug>.nanopub")
@blueprint.get(f"/id/claim/<slug>.nanopub.<{_NANOPUB}:suffix>")
def nanopublication(slug: str, suffix: str = "") -> Response:
    claim = _claim(slug)
    resource = Resource(f"/id/claim/{slug}.nanopub", nanopublishing.address_of(claim), nanopublishing.FORMS)
    offered = [SUFFIXES[form] for form in resource.forms]
    choose(
        resource, SUFFIXES.get(suffix) or best(read_accept(request.headers.get("Accept", "")), offered) or offered[0]
    )
    return answer(str, lambda form: nanopublishing.written(opened().reader, claim, form))


@blueprint.get(f"/id/claim/<slug>.rdf12.<{_RDF12}:suffix>")
def reifier(slug: str, suffix: str) -> Response:
    """The media type says that terms may be triples (RDF 1.2 Turtle, §6)."""
    claim = _claim(slug)
    choose(Resource(f"/id/claim/{slug}.rdf12", claim, reifying.FORMS), SUFFIXES[suffix])
    response = answer(str, lambda form: reifying.written(opened().reader, claim, form))
    if response.status_code == 200:
        kind, _, charset = content_type(g.media).partition(";")
        response.content_type = f"{kind}; version=1.2{f';{charset}' if charset else ''}"
    return response


@blueprint.after_request
def _later(response: Response) -> Response:
    if response.status_code == 503:
        response.headers["Retry-After"] = _AGAIN
    return response


def shelf() -> Shelf:
    """The dumps and numbers of the revisions."""
    found: Shelf = current_app.extensions["gapbridge.shelf"]
    return found


def _claim(slug: str) -> str:
    """The address of a claim that stands.

    Raises:
        NoLongerKept: it was withdrawn.
    """
    iri = thing("claim", slug)
    if fate(opened().reader, iri):
        raise NoLongerKept(f"This claim was withdrawn; /id/claim/{slug} tells why.")
    return iri


def _services() -> tuple[Service, ...]:
    sparql = Service("sparql", "SPARQL 1.1 endpoint", "/sparql", "/sparql", "https://www.w3.org/TR/sparql11-protocol/")
    api = Service("api", "JSON interface", "/api/v1", "/api/v1/openapi.json", "https://spec.openapis.org/oas/v3.1.0")
    return sparql, api


def _tagged(response: Response) -> Response:
    response.vary.add("Accept")
    response.set_etag(tag(), weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response
