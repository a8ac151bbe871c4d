"""Things that a search found as they are shown, with the marks that they must not be read without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.namespaces import thing
from kg.queries import Marks, Summary, marks, summaries
from kg.search import Hit, Looked, pieces
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.parts import STANCE_WORDS, Mark, standing_mark
from webui.words import kind_words


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `hit` where it fits the words asked for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Found:
    """A thing that was found.

    Attributes:
        also: another name or an author, where it is by this that the thing was found.
        within: the framework it is an entry of; a tactic's status by the rules; how an unsettled claim stands.
        stance, standing: of a claim.
    """

    href: str
    label: tuple[Piece, ...]
    text: tuple[Piece, ...]
    also: tuple[Piece, ...]
    within: str
    stance: Mark | None
    standing: Mark | None


class Showing:
    """Things as they are shown, with the marks that a gist or a tactic must not be read without."""

    def __init__(self, opened: Opened, looked: Looked, hits: Sequence[Hit]) -> None:
        self._opened, self._words, self._slipped = opened, looked.asked.words, looked.slipped
        self._marks: dict[str, Marks] = {
            row.claim: row for row in marks(opened.reader, [hit.thing for hit in hits if hit.kind == "claim"])
        }
        self._statuses: dict[str, Summary] = summaries(
            opened.reader, [hit.thing for hit in hits if hit.kind == "tactic"]
        )

    def take(self, hits: Sequence[Hit]) -> tuple[Found, ...]:
        """Some of the things, as they are shown."""
        return tuple(map(self._found, hits))

    def _found(self, hit: Hit) -> Found:
        mark = self._marks.get(hit.thing)
        slug = short(mark.stance) if mark else ""
        also = next((name for name in map(self._pieces, hit.also) if any(p.hit for p in name)), ())
        return Found(
            href=href(hit.thing),
            label=self._pieces(hit.label),
            text=self._pieces(hit.text),
            also=also,
            within=self._within(hit),
            stance=Mark(slug, STANCE_WORDS[slug]) if mark else None,
            standing=standing_mark(mark.standing) if mark else None,
        )

    def _pieces(self, text: str) -> tuple[Piece, ...]:
        known = [word for word in self._words if word not in self._slipped]
        return tuple(Piece(piece, fits) for piece, fits in pieces(text, known, self._slipped))

    def _within(self, hit: Hit) -> str:
        if hit.status:
            return _UNSETTLED[hit.status]
        if hit.thing in self._statuses:
            found = self._statuses[hit.thing]
            return f"{found.statusLabel}: {found.meaning}"
        return belongs(self._opened, hit) if kind_words(hit.kind) is None else ""


_UNSETTLED = {"draft": "Draft: entered, not checked yet", "contested": "Contested: the checkers do not agree"}


def belongs(opened: Opened, hit: Hit) -> str:
    """What a thing is in a reader's words: its kind, or the framework that it is an entry of."""
    words = kind_words(hit.kind)
    scheme = opened.search.get(thing("scheme", hit.kind))
    return words.one if words else f"Entry of: {scheme.label}" if scheme else "Record"
