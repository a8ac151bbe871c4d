"""Changes that are not made, or not as somebody meant them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors.general import GapbridgeError


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
