"""The update operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/, §2.2)."""

from __future__ import annotations

import tempfile

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest, Forbidden

from kg.accounts.token import Token
from kg.updating import Proposal
from webui.changes import HOW, Changes
from webui.sparql.protocol import UPDATE_TYPE, Asked


class Updating:
    """The part of the endpoint that changes something.

    Args:
        changes: what makes them.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def check(self, request: Request) -> None:
        """Turn away who plainly sends an update and may not, before a word of it is read.

        Raises:
            Forbidden, Unauthorized: as the words say.
        """
        if request.method == "POST" and request.mimetype == UPDATE_TYPE:
            self._admit(request)

    def respond(self, request: Request, asked: Asked) -> Response:
        """The response to an update."""
        token = self._admit(request)
        if request.method != "POST":
            raise BadRequest("An update is sent with POST.")
        if asked.query is not None:
            raise BadRequest("This request holds a query and an update; there may be one of them.")
        proposal = Proposal("update", default_graphs=asked.using_graphs, named_graphs=asked.using_named_graphs)
        with tempfile.TemporaryFile() as data:
            data.write((asked.update or "").encode())
            data.flush()
            message = asked.message or f"SPARQL update with the token “{token.name}”"
            return self._changes.make(request, token, proposal, data, message)

    def _admit(self, request: Request) -> Token:
        if not self._changes.on:
            raise Forbidden(f"This endpoint answers queries; it takes no updates. {HOW}")
        return self._changes.admit(request)
