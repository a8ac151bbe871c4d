"""Where programs hand in contributions for a person, who is known by a token."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.exceptions import Forbidden, UnsupportedMediaType

from kg.accounts.token import CONTRIBUTE
from webui.base import opened
from webui.bearer import admitted
from webui.desk import desk, person
from webui.stored import stored

blueprint = Blueprint("handing", __name__)
LARGEST = 8 << 20
"""Bytes of what is handed in at once."""


@blueprint.post("/contribute/rdf")
def hand_in() -> tuple[Response, int, dict[str, str]]:
    """Turtle in, a contribution that waits for review out."""
    from kg.accounts.people import People
    from kg.contributions.handing import handed_in

    request.max_content_length = LARGEST
    kept = stored(current_app)
    token = admitted(request, kept, CONTRIBUTE)
    if not token.account:
        raise Forbidden("This token is nobody's: make one at /account.")
    if request.mimetype != "text/turtle":
        raise UnsupportedMediaType("A contribution is handed in as text/turtle.")
    who = person(People(kept.open()).get(token.account))
    draft = handed_in(opened().reader, request.get_data(), request.args.get("title", ""))
    saved = desk().save(draft, who)
    found = desk().submit(saved.id, who, saved.version)
    page = f"/review/{found.id}"
    return jsonify(contribution=found.id, state=found.state, title=found.title, page=page), 201, {"Location": page}
