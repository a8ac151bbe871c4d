"""Errors of all kinds: nothing of that name, nothing that can be used or read."""

from __future__ import annotations

from collections.abc import Sequence


class GapbridgeError(Exception):
    """The base of all errors that are told to a person. Its text is a sentence for that person."""

    exit_code = 1


class BadInput(GapbridgeError):
    """An argument, setting or file that cannot be used as it is."""

    exit_code = 2


class NotFound(GapbridgeError):
    """Nothing has this name.

    Args:
        name: what was asked for.
        nearest: up to five names that come near, best first.
    """

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name, self.nearest = name, tuple(nearest)
        hint = f" Did you mean: {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is nothing called “{name}” here.{hint}")


class NoAccount(NotFound):
    """Nobody has an account with this mail address."""

    def __init__(self, mail: str) -> None:
        super().__init__(mail)
        self.args = (f"There is no account with the mail address “{mail}”.",)


class Ambiguous(GapbridgeError):
    """Several things have this name; the full ones are given."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        super().__init__(f"“{name}” may be any of: {', '.join(candidates)}. Give the longer name.")


class NoLongerKept(GapbridgeError):
    """There was such a thing, but it is given up by now."""


class SyntaxProblem(GapbridgeError):
    """A file is not what its format demands.

    Args:
        file: the file, as the person named it.
        line, column: one-based place, when known.
        reason: the parser's own words.
    """

    def __init__(self, file: str, reason: str, line: int | None = None, column: int | None = None) -> None:
        self.file, self.reason, self.line, self.column = file, reason, line, column
        place = f":{line}:{column}" if line else ""
        super().__init__(f"{file}{place}: {reason}")


class LookupFailed(GapbridgeError):
    """Nobody told what an identifier stands for."""


class AnchorProblem(GapbridgeError):
    """Anchors that do not hold against the documents at hand."""


class RowsRefused(GapbridgeError):
    """Rows of a table cannot be used; which and why was told row by row.

    Args:
        count: how many.
    """

    def __init__(self, count: int) -> None:
        what = "row cannot be used as it is" if count == 1 else "rows cannot be used as they are"
        super().__init__(f"{count} {what}.")


class NotSound(GapbridgeError):
    """A base, a backup or what they run on has problems; which was told one by one.

    Args:
        count: how many.
    """

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} problem{'s' if count > 1 else ''} found; each says above what to do.")
