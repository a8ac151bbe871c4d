"""What `verify` and `doctor` find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WELL, NOTE, PROBLEM = "well", "note", "problem"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        about: what was looked at, such as “journal”.
        level: `well`, `note` (one should know) or `problem`.
        what: what was found.
        why: why it matters; empty where all is well.
        mend: what to do about it.
    """

    about: str
    level: str
    what: str
    why: str = ""
    mend: str = ""


def problems(found: Sequence[Finding]) -> list[Finding]:
    """Those that something has to be done about."""
    return [one for one in found if one.level == PROBLEM]
