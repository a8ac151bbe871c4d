"""Errors of the library as messages between processes, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kg import errors
from kg.errors import (
    AcceptedUnseen,
    Conflict,
    DoesNotConform,
    GapbridgeError,
    NotWritten,
    OnlyReplica,
    SyntaxProblem,
    Violation,
)


def told(error: GapbridgeError) -> dict[str, Any]:
    """An error as what JSON can hold."""
    values: list[Any] = [str(error)]
    if isinstance(error, DoesNotConform):
        values = [[asdict(violation) for violation in error.violations]]
    elif isinstance(error, Conflict):
        values = [error.base, error.newest]
    elif isinstance(error, SyntaxProblem):
        values = [error.file, error.reason, error.line, error.column]
    elif isinstance(error, NotWritten):
        values = [error.reason]
    elif isinstance(error, AcceptedUnseen):
        values = [error.revision, error.reason]
    elif isinstance(error, OnlyReplica):
        values = [error.source]
    kind = next(kind for kind in type(error).__mro__ if hasattr(errors, kind.__name__))  # layers have finer ones
    return {"error": kind.__name__, "values": values}


def heard(message: dict[str, Any]) -> GapbridgeError:
    """The error in a message that `told` made."""
    kind, values = getattr(errors, message["error"]), message["values"]
    if kind is DoesNotConform:
        values = [[Violation(**violation) for violation in values[0]]]
    error: GapbridgeError = kind(*values)
    return error
