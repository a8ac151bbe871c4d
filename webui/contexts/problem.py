"""The page for what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webui.base import Opened
from webui.contexts.page import Link, Page, frame
from webui.contexts.parts import near_links


@dataclass(frozen=True, kw_only=True)
class ProblemPage(Page):
    """What went wrong, and where to go on.

    Attributes:
        text: what went wrong.
        nearest: what may have been meant.
        quote: the id of the request, by which whoever runs the server finds it in the log.
    """

    text: str
    nearest: tuple[Link, ...] = ()
    quote: str = ""


def missing(opened: Opened, heading: str, name: str, nearest: Sequence[str]) -> ProblemPage:
    """Nothing, or more than one thing, has this name."""
    near = nearest or opened.search.nearest(name)
    text = f"Nothing here is called “{name}”." if heading.startswith("There is no") else ""
    return ProblemPage(**frame(opened, heading), text=text, nearest=near_links(opened, near))


def plain(heading: str, text: str, quote: str = "") -> ProblemPage:
    """Something else went wrong; the base itself may be what cannot be read."""
    return ProblemPage(**frame(None, heading), text=text, quote=quote)
