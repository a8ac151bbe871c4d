"""Questions that are not answered: wrong, too long, or at a moment when nobody can."""

from __future__ import annotations

from kg.errors.general import GapbridgeError


class QueryProblem(GapbridgeError):
    """A query does not parse, or asks for what may not be asked here."""


class QueryTooLong(QueryProblem):
    """A query ran into its time or memory limit and was stopped."""


class ResultTooLarge(QueryProblem):
    """The answer to a query is larger than may be given in one go."""


class WrongForm(QueryProblem):
    """The answer to a query is a table where only forms of graphs were asked for, or the other way round."""


class ServerBusy(GapbridgeError):
    """What is asked for has to wait for others or is being made; a later attempt may succeed."""


class SearchBeingMade(ServerBusy):
    """The text index of a large base is being made; without it no page is."""

    def __init__(self) -> None:
        super().__init__(
            "The search of this evidence base is being prepared. That happens once, after it was set up or restored, "
            "and takes some minutes where the base is very large. Nothing is lost; please try again in a little while."
        )


class ReadersStarting(ServerBusy):
    """The processes that answer queries are being started; soon they will answer."""
