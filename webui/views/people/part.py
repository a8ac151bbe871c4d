"""What the pages of people share."""

from __future__ import annotations

from flask import Blueprint, Response, request

from webui.sparql.rate import client_of

blueprint = Blueprint("account", __name__)
_LARGEST = 1 << 16


@blueprint.before_request
def bound() -> None:
    request.max_content_length = _LARGEST


@blueprint.after_request
def private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def typed(*names: str) -> dict[str, str]:
    """What somebody typed into these fields."""
    return {name: request.form.get(name, "") for name in names}


def client() -> str:
    """From where somebody asks."""
    return client_of(request.remote_addr)
