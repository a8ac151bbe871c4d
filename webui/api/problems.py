"""Problem details (RFC 9457): every error beneath /api/ in one form, each kind with an address that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import (
    Ambiguous,
    BadInput,
    GapbridgeError,
    NotFound,
    StoreDamaged,
    StoreHeld,
    StoreMissing,
    StoreTooNew,
)


@dataclass(frozen=True)
class ProblemKind:
    """A kind of problem.

    Attributes:
        name: the last part of its address.
        status: its HTTP status.
        title: it in a few words.
        meaning: what it means and what to do.
    """

    name: str
    status: int
    title: str
    meaning: str


KINDS: tuple[ProblemKind, ...] = (
    ProblemKind(
        "bad-parameter", 400, "A parameter cannot be used",
        "A parameter is unknown, missing, given twice, or not in the form that the OpenAPI file tells.",
    ),
    ProblemKind("bad-request", 400, "The request cannot be read", "It is not in UTF-8, or its body is no proper JSON."),
    ProblemKind("bad-body", 400, "The body has not the right form", "A field is unknown, missing or of another type."),
    ProblemKind(
        "not-found", 404, "There is nothing of this name", "The problem’s `nearest` holds names that come near."
    ),
    ProblemKind(
        "ambiguous", 404, "Several things have this name",
        "Ask again with one of the names in the problem’s `nearest`.",
    ),
    ProblemKind("no-such-address", 404, "There is no such address", "/api/v1/ tells all that there are."),
    ProblemKind("method-not-allowed", 405, "This address takes other methods", "The header Allow names them."),
    ProblemKind("not-acceptable", 406, "There is no such form", "Answers are given as JSON."),
    ProblemKind("too-large", 413, "The request is too large", "Send fewer or shorter answers."),
    ProblemKind("unsupported-media-type", 415, "The body comes in another form", "Send JSON, not compressed."),
    ProblemKind(
        "cannot-be-answered", 422, "This cannot be answered as it is asked",
        "Each part of the request is in its form, but together they ask for something that there is not.",
    ),
    ProblemKind("bad-http", 400, "The request cannot be served", "It is no request that this server understands."),
    ProblemKind("unavailable", 503, "The evidence base cannot be read just now", "Try again a little later."),
    ProblemKind("internal", 500, "Something went wrong here", "It is not your fault; please report it."),
)  # fmt: skip
"""Every kind, with the meaning that its address shows."""

BY_NAME = {kind.name: kind for kind in KINDS}
_OURS: tuple[tuple[type[GapbridgeError], str], ...] = (
    (Ambiguous, "ambiguous"),
    (NotFound, "not-found"),
    (BadInput, "cannot-be-answered"),
    (StoreHeld, "unavailable"),
    (StoreMissing, "unavailable"),
    (StoreTooNew, "unavailable"),
    (StoreDamaged, "unavailable"),
    (GapbridgeError, "internal"),
)


class ApiError(Exception):
    """A request that cannot be answered.

    Args:
        kind: name of the kind of problem.
        detail: what is wrong here and what to do, in a sentence.
        parameter: the parameter or field that is wrong.
        known: what would be taken instead.
        nearest: names that come near.
    """

    def __init__(
        self, kind: str, detail: str, *, parameter: str = "", known: Sequence[str] = (), nearest: Sequence[str] = ()
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.parameter = BY_NAME[kind], detail, parameter
        self.known, self.nearest = tuple(known), tuple(nearest)


def from_library(error: GapbridgeError, parameter: str = "") -> ApiError:
    """An error of the library as a problem."""
    kind = next(name for cls, name in _OURS if isinstance(error, cls))
    near = error.nearest if isinstance(error, NotFound) else error.candidates if isinstance(error, Ambiguous) else ()
    return ApiError(kind, str(error), parameter=parameter, nearest=near)
