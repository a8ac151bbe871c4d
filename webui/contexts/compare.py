"""The page that holds two to four tactics, causes or sources side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kg.errors import Ambiguous, NotFound
from kg.namespaces import ID, gap, kind_of, local_of
from kg.overview import CAUSES, SOURCES, TACTICS, Question
from kg.queries import thing as thing_rows
from webui.addresses import href
from webui.base import Opened
from webui.contexts.compared import Things, asked, cause_rows, source_rows, tactic_rows
from webui.contexts.comparing import Row
from webui.contexts.fallen import label
from webui.contexts.page import Link, Page, crumbs, frame
from webui.contexts.parts import near_links

FEWEST, MOST = 2, 4
_MOST_OFFERED = 400
"""So many names of each kind are offered; any other can be typed."""
_ROWS: dict[str, Callable[[Things], list[Row]]] = {"tactic": tactic_rows, "cause": cause_rows, "source": source_rows}
_MANY = {"tactic": "tactics", "cause": "causes", "source": "sources"}
_CLASSES = {gap("Tactic"): "tactic", gap("FailureCause"): "cause", gap("Source"): "source"}


@dataclass(frozen=True)
class Column:
    """One of the things, how it is taken out, and what it is."""

    link: Link
    value: str
    out: str
    lead: str


@dataclass(frozen=True)
class Trouble:
    """Why things cannot be compared as they were asked for, with what comes near."""

    text: str
    nearest: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ComparePage(Page):
    """Things side by side.

    Attributes:
        columns: the things that are understood.
        problems: what cannot be used; nothing is compared then.
        prompt: what to do next, where there is too little yet.
        typed: what was typed and not understood, for the field.
        ask: the field's label; empty where no more can be added.
        offered: names to choose from.
        shared, different: in which respects they are the same, and in which they share nothing.
        rows: what they have.
    """

    columns: tuple[Column, ...]
    problems: tuple[Trouble, ...]
    prompt: str
    typed: str
    ask: str
    offered: tuple[str, ...]
    shared: str
    different: str
    rows: tuple[Row, ...]
    starts: tuple[Link, ...]


def compare_page(opened: Opened, wanted: Sequence[str]) -> ComparePage:
    """The page.

    Args:
        opened: the base.
        wanted: what to compare, as name, slug or `kind/slug`; empty ones count for nothing.
    """
    given = [name for name in dict.fromkeys(name.strip() for name in wanted) if name]
    iris, problems, typed = _understood(opened, given)
    kinds = [_kind(opened, iri) for iri in iris]
    problems += _clashes(opened, iris, kinds)
    kind = kinds[0] if kinds and not problems else ""
    ready = bool(kind) and len(iris) >= FEWEST
    rows = tuple(_ROWS[kind](Things(opened, iris))) if ready else ()
    return ComparePage(
        **_frame(opened, iris, kind if ready else ""),
        columns=tuple(_column(opened, iri, iris) for iri in iris),
        problems=tuple(problems),
        prompt=_prompt(opened, iris, kind) if not problems else "",
        typed=typed,
        ask=_ask(kinds) if len(iris) < MOST else "",
        offered=_offered(opened, set(kinds)) if len(iris) < MOST else (),
        shared=_respects(rows, "same"),
        different=_respects(rows, "differs"),
        rows=rows,
        starts=() if iris else _starts(opened),
    )


def _frame(opened: Opened, iris: Sequence[str], kind: str) -> dict[str, object]:
    return frame(
        opened,
        f"Compare {_MANY[kind]}" if kind else "Compare",
        at="/map",
        lead="Two to four tactics, causes or sources side by side: what they share, where they differ, and what is "
        "missing for each.",
        crumbs=crumbs(Link("Compare", "", True)),
        queries=asked(kind, iris) if kind else (),
        canonical=compare_href(iris),
    )


def compare_href(iris: Iterable[str]) -> str:
    """Where these things stand side by side."""
    given = urlencode([("thing", local_of(iri)) for iri in iris], safe="/")
    return f"/compare?{given}" if given else "/compare"


def _understood(opened: Opened, given: Sequence[str]) -> tuple[list[str], list[Trouble], str]:
    """The things that are meant, what cannot be understood, and the last of it for the field."""
    iris: list[str] = []
    problems: list[Trouble] = []
    typed = ""
    for name in given:
        try:
            iris.append(_resolved(opened, name))
        except NotFound as error:
            typed, near = name, near_links(opened, error.nearest)
            problems.append(Trouble(f"Nothing here is called “{name}”.", near))
        except Ambiguous as error:
            typed, near = name, near_links(opened, error.candidates)
            problems.append(Trouble(f"“{name}” may be any of these; give the longer name.", near))
    return list(dict.fromkeys(iris)), problems, typed


def _resolved(opened: Opened, name: str) -> str:
    """What is meant by a name; where several things are called so, the one that can be compared."""
    try:
        return opened.search.resolve(name)
    except Ambiguous as error:
        fits = [ID + local for local in error.candidates if _kind(opened, ID + local)]
        if len(fits) != 1:
            raise
        return fits[0]


def _kind(opened: Opened, iri: str) -> str:
    found = {_CLASSES[row.cls] for row in thing_rows(opened.reader, iri) if row.cls in _CLASSES}
    return next((kind for kind in _ROWS if kind in found), "")


def _clashes(opened: Opened, iris: Sequence[str], kinds: Sequence[str]) -> list[Trouble]:
    others = [iri for iri, kind in zip(iris, kinds, strict=True) if not kind]
    found = [
        Trouble(f"“{label(opened, iri)}” is neither a tactic nor a cause nor a source, so it cannot be compared here.")
        for iri in others
    ]
    told = list(dict.fromkeys(kind for kind in kinds if kind))
    if len(told) > 1:
        named = " and ".join(_MANY[kind] for kind in told)
        found.append(Trouble(f"These are {named}. Only things of one kind can be compared: take some out."))
    if len(iris) > MOST:
        found.append(Trouble(f"These are {len(iris)}; up to {MOST} fit side by side. Take some out."))
    return found


def _prompt(opened: Opened, iris: Sequence[str], kind: str) -> str:
    if not iris:
        return "Choose what to compare. The first one decides whether tactics, causes or sources are compared."
    if len(iris) < FEWEST:
        return f"Choose another {kind} to hold beside “{label(opened, iris[0])}”."
    return ""


def _ask(kinds: Sequence[str]) -> str:
    kind = kinds[0] if len(set(kinds)) == 1 and kinds[0] else ""
    return f"Add a {kind}" if kind else "Add a tactic, cause or source"


def _offered(opened: Opened, kinds: set[str]) -> tuple[str, ...]:
    """Names to choose from: of the kind that is there already, else of all."""
    asked: dict[str, Question[Any]] = {"cause": CAUSES, "tactic": TACTICS, "source": SOURCES}
    whole, chosen = opened.overview, [kind for kind in asked if kind in kinds] or list(asked)
    rows = (row for kind in chosen for row in whole.rows(asked[kind], (0, _MOST_OFFERED)))
    return tuple(dict.fromkeys(row.label for row in rows))


def _column(opened: Opened, iri: str, iris: Sequence[str]) -> Column:
    rows = thing_rows(opened.reader, iri)
    lead = rows[0].definition if rows and kind_of(iri) != "source" else ""
    out = compare_href(other for other in iris if other != iri)
    return Column(Link(label(opened, iri), href(iri)), local_of(iri), out, lead)


def _respects(rows: Iterable[Row], verdict: str) -> str:
    return ", ".join(row.heading for row in rows if row.verdict == verdict)


def _starts(opened: Opened) -> tuple[Link, ...]:
    """Comparisons to begin with."""
    whole = opened.overview
    first = [row.cause for row in whole.rows(CAUSES, (0, MOST))]
    two = [row.tactic for row in whole.rows(TACTICS, (0, 2))]
    return (
        Link("The four causes", compare_href(first)),
        Link(" and ".join(f"“{label(opened, iri)}”" for iri in two), compare_href(two)),
    )
