"""The JSON interface at `/api/v1`, and its guide for people at `/api`.

One table (`operations`) and the records (`records`) say what there is; requests are checked by them, and the packaged
`openapi.json` is made from them by `make docs` and served as it is.
"""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from kg.errors import GapbridgeError
from webui.api import serving
from webui.api.operations import OPERATIONS, ROOT
from webui.api.page import api_page
from webui.api.problems import ApiError
from webui.base import opened

__all__ = ["ROOT", "init_app"]


def init_app(app: Flask) -> None:
    """Put the interface into the site."""
    app.register_blueprint(_interface())
    app.register_blueprint(_guide())
    app.before_request(_unrouted)


def _interface() -> Blueprint:
    blueprint = Blueprint("api", __name__)
    for operation in OPERATIONS:
        rule = ROOT + operation.path.replace("{", "<").replace("}", ">")
        view = partial(serving.respond, operation)
        blueprint.add_url_rule(
            rule, operation.name, view, methods=[operation.method], strict_slashes=rule != ROOT + "/"
        )
    blueprint.add_url_rule(f"{ROOT}/openapi.json", "openapi", serving.openapi)
    for error in (ApiError, GapbridgeError, HTTPException, Exception):
        blueprint.register_error_handler(error, serving.problem)
    blueprint.after_request(serving.finish)
    return blueprint


def _guide() -> Blueprint:
    blueprint = Blueprint("api_guide", __name__, template_folder="templates")

    @blueprint.get("/api")
    def api() -> str:
        return render_template("api.html", page=api_page(opened()))

    return blueprint


def _unrouted() -> Response | None:
    """What is asked beneath /api/ of no operation: answered here, since no blueprint is in charge of it."""
    error = request.routing_exception
    if error is None or isinstance(error, RequestRedirect) or not request.path.startswith("/api/"):
        return None
    return serving.finish(serving.problem(error))
