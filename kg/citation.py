"""How the data set, or a part of it, is cited at its version: one place for its title, authors and address.

Source: the Data Citation Synthesis Group's principles (who, when, what, which version, where); `CITATION.cff`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.namespaces import BASE
from kg.queries import packs, revisions
from kg.queries.releases import releases
from kg.store import Reader

TITLE = "Gapbridge: an evidence graph for the gap between policy and its implementation"
AUTHORS = "The Gapbridge authors"


@dataclass(frozen=True)
class Edition:
    """The data set at one revision.

    Attributes:
        revision: its number; 0 for data that is in no store.
        changed: when that revision was made, as the record has it; empty where there is no record.
        licences: addresses of the licences of the packs in it.
        release: the name that this revision was given; empty where it has none.
    """

    revision: int
    changed: str
    licences: tuple[str, ...]
    release: str = ""

    @property
    def version(self) -> str:
        """The version in words: `revision 3, 22 November 2026`."""
        day = date.fromisoformat(self.changed[:10]) if self.changed else None
        named = f"release {self.release}, " if self.release else ""
        return f"{named}revision {self.revision}{f', {day.day} {day:%B %Y}' if day else ''}"


def edition(reader: Reader) -> Edition:
    """The data set as a reader has it."""
    newest = next(iter(revisions(reader)), None)
    licences = tuple(sorted({pack.licence for pack in packs(reader)}))
    name = next((row.name for row in releases(reader) if row.revision == reader.revision), "")
    return Edition(reader.revision, newest.at if newest else "", licences, name)


def cite(of: Edition, part: str = "", address: str = BASE) -> str:
    """The citation of the data set, or of a part of it, in one line.

    Args:
        of: the data set at its version.
        part: the title of the part; empty for the whole.
        address: where it stands.
    """
    year = f" ({of.changed[:4]})" if of.changed else ""
    what = f"“{part}”, in {TITLE}" if part else TITLE
    return f"{AUTHORS}{year}. {what}. Data set, {of.version}. {address}"
