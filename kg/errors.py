"""Everything that can go wrong, each raised where it is known.

One place turns these into exit codes (`kg.cli`) and one into status codes (`webui`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class GapbridgeError(Exception):
    """The base of all errors that are told to a person. Its text is a sentence for that person."""

    exit_code = 1


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


class LookupFailed(GapbridgeError):
    """Nobody told what an identifier stands for."""


class DatabaseUnavailable(GapbridgeError):
    """The database of accounts and drafts does not answer."""


class EngineProblem(GapbridgeError):
    """The SPARQL server that holds the base does not do its part; reading goes on from this machine's copy."""


class EngineUnreachable(EngineProblem):
    """It does not answer, or breaks off in the middle."""


class EngineRefused(EngineProblem):
    """It answers, but not as it should: it refuses us, or what it holds is not our base."""


class EngineTooSlow(EngineProblem):
    """It took longer than one request may."""


class SignInNeeded(GapbridgeError):
    """Only somebody who is signed in may do this."""


class SignInAgain(SignInNeeded):
    """Only somebody who has signed in a short while ago may do this."""


class NotAllowed(GapbridgeError):
    """Somebody wants to do what is for others to do, or what cannot be done as things stand."""


class WrongPassword(GapbridgeError):
    """Nobody has this mail address and password."""


class ProviderUnavailable(GapbridgeError):
    """A provider of identities does not answer, or not as it should."""


class IdentityRefused(GapbridgeError):
    """What a provider of identities sent back proves nothing; nobody was signed in."""


class TooManyAttempts(GapbridgeError):
    """There were too many wrong passwords.

    Args:
        seconds: after which the next one will be looked at.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = max(1, seconds)
        wait = f"{self.seconds} seconds" if self.seconds < 120 else f"{-(-self.seconds // 60)} minutes"
        super().__init__(f"There were too many attempts from where you are. Try again in {wait}.")


@dataclass(frozen=True)
class Violation:
    """One thing that does not conform.

    Attributes:
        thing: address of what is wrong.
        message: what is wrong, in words for the person who entered it.
        mend: how to put it right; may be empty when the message says so already.
        check: the name of the check or shape that found it.
        severity: `violation` (refused), `warning` (shown) or `info` (a to-do).
    """

    thing: str
    message: str
    check: str
    mend: str = ""
    severity: str = "violation"

    def __str__(self) -> str:
        return f"{self.thing}: {self.message} {self.mend}".rstrip() + f" [{self.check}]"


class DoesNotConform(GapbridgeError):
    """A change was refused because the data would not conform; nothing was changed."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        self.violations = tuple(violations)
        lines = "\n".join(f"  {v}" for v in self.violations[:20])
        more = f"\n  … and {len(self.violations) - 20} more" if len(self.violations) > 20 else ""
        n = len(self.violations)
        super().__init__(f"Nothing was changed: {n} thing{'s do' if n > 1 else ' does'} not conform.\n{lines}{more}")


class Conflict(GapbridgeError):
    """The change was made against a revision that is no longer the newest."""

    def __init__(self, base: int, newest: int) -> None:
        self.base, self.newest = base, newest
        super().__init__(
            f"The base has moved on: this change was made against revision {base}, the newest is {newest}. "
            "Nothing was changed; look at what is new and try again."
        )


@dataclass(frozen=True)
class Meanwhile:
    """A statement of a change that somebody else's change came before.

    Attributes:
        statement: what the change wanted taken out or brought in, as an N-Quad.
        now: what is said in its place now, as N-Quads.
        revision: the newest revision that touched it; 0 where that is not known.
    """

    statement: str
    now: tuple[str, ...]
    revision: int


class Overtaken(GapbridgeError):
    """What a contribution changes was changed by somebody else since it was written; nothing was overwritten."""

    def __init__(self, statements: Sequence[Meanwhile]) -> None:
        self.statements = tuple(statements)
        n = len(self.statements)
        super().__init__(
            f"Somebody else has changed what this changes: {n} statement{'s' if n > 1 else ''} no longer stand"
            f"{'' if n > 1 else 's'} as it did when this was written. Nothing was changed; it has to be made anew on "
            "what stands now."
        )


class EditedMeanwhile(GapbridgeError):
    """Two people had the same version of something before them, and the other one saved first. Nothing was changed.

    Args:
        kept: what stands now.
        sent: what the second one wanted kept.
    """

    def __init__(self, kept: object, sent: object) -> None:
        self.kept, self.sent = kept, sent
        super().__init__("Somebody else has changed this since you opened it. Nothing of yours was kept yet.")


class OutOfTurn(GapbridgeError):
    """This cannot be done as things stand: it is decided already, or not yet where it would have to be."""


class Entangled(GapbridgeError):
    """A revision cannot be undone, since later ones changed again what it had done; nothing was changed.

    Args:
        number: the revision.
        obstacles: what stands in the way, a line each.
    """

    def __init__(self, number: int, obstacles: Sequence[str]) -> None:
        self.number, self.obstacles = number, tuple(obstacles)
        lines = "\n".join(f"  {line}" for line in self.obstacles[:20])
        super().__init__(f"Nothing was changed: what revision {number} did was changed again since.\n{lines}")


class PackConflict(GapbridgeError):
    """A pack does not fit to what is in the base, to another pack, or to this program; nothing was changed."""


class StoreHeld(GapbridgeError):
    """Another process is writing."""


class BaseTooOld(GapbridgeError):
    """The base was filled by an older program, and does not know yet what a page or a form needs.

    Args:
        what: what it does not know, as a person would say it.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"This base was made by an older version of the program and does not know “{what}” yet; nothing is wrong "
            "with what you did. Whoever keeps this base brings the new terms in with “gapbridge load”, which first "
            "shows what would change."
        )


class StoreTooNew(GapbridgeError):
    """The store was written by a newer program than this one."""


class StoreDamaged(GapbridgeError):
    """Files of the store do not agree with what was recorded about them."""


class ReadersMissing(StoreDamaged):
    """The processes that answer queries cannot be started."""


class NotWritten(GapbridgeError):
    """The disk refused what was to be written; nothing was changed.

    Args:
        reason: what the system said, such as “no space left on device”.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The change could not be written: {reason}. Nothing was changed; reading goes on as before.")


class AcceptedUnseen(GapbridgeError):
    """A change is on record for good, but could not be published yet.

    Args:
        revision: the one that it made.
        reason: why readers do not see it.
    """

    def __init__(self, revision: int, reason: str) -> None:
        self.revision, self.reason = revision, reason
        super().__init__(
            f"The change was accepted as revision {revision}, but cannot be shown yet: {reason}. Do not make it again; "
            "it will be seen as soon as the server can write."
        )


class OnlyReplica(GapbridgeError):
    """Somebody wants to change a base that is only a copy of another one.

    Args:
        source: where that one lies.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(f"This is a read replica of {source}: it can only be read. Make changes there.")


class NotSound(GapbridgeError):
    """A base, a backup or what they run on has problems; which was told one by one.

    Args:
        count: how many.
    """

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} problem{'s' if count > 1 else ''} found; each says above what to do.")


class StoreMissing(GapbridgeError):
    """There is no store where one was expected."""


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


class BadInput(GapbridgeError):
    """An argument, setting or file that cannot be used as it is."""

    exit_code = 2
