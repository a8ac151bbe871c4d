"""What the base stands on: its files, the database beside it, the SPARQL server that may hold it."""

from __future__ import annotations

from kg.errors.general import GapbridgeError


class StoreMissing(GapbridgeError):
    """There is no store where one was expected."""


class StoreHeld(GapbridgeError):
    """Another process is writing."""


class StoreTooNew(GapbridgeError):
    """The store was written by a newer program than this one."""


class StoreDamaged(GapbridgeError):
    """Files of the store do not agree with what was recorded about them."""


class ReadersMissing(StoreDamaged):
    """The processes that answer queries cannot be started."""


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
