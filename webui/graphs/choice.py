"""What somebody chose to see of a graph: it stands in the address, so every view of a graph can be shared and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kg.errors import BadInput
from kg.namespaces import local_of, thing
from kg.numbers import whole_number
from webui.addresses import href

MOST_THINGS = 60
"""How many things a drawing holds before the rest is left out, and counted."""
MOST_EVER = 120
"""How many a person may ask for."""
MOST_UNFOLDED = 6
"""How many things can be unfolded at a time; the first ones fold up again."""


@dataclass(frozen=True)
class Choice:
    """What is shown of a graph.

    Attributes:
        unfolded: addresses of things whose neighbours are added.
        kinds, relations, bases: the kinds of things and of links, and how links came about; None where nothing was
            chosen, so that all are shown but what is hidden at first.
        most: how many things are drawn at the most, before any is unfolded.
    """

    unfolded: tuple[str, ...] = ()
    kinds: frozenset[str] | None = None
    relations: frozenset[str] | None = None
    bases: frozenset[str] | None = None
    most: int = MOST_THINGS

    @property
    def is_filter(self) -> bool:
        """Whether kinds of things or links were chosen."""
        return self.kinds is not None

    def toggled(self, iri: str) -> Choice:
        """With a thing unfolded, or folded up again."""
        if iri in self.unfolded:
            return replace(self, unfolded=tuple(other for other in self.unfolded if other != iri))
        return replace(self, unfolded=(*self.unfolded, iri)[-MOST_UNFOLDED:])

    def pairs(self) -> list[tuple[str, str]]:
        """As it stands in an address."""
        found = [("unfold", local_of(iri)) for iri in self.unfolded]
        if self.is_filter:
            found.append(("shown", "chosen"))
        for name, chosen in (("kind", self.kinds), ("relation", self.relations), ("standing", self.bases)):
            found += [(name, slug) for slug in sorted(chosen or ())]
        return [*found, *([("most", str(self.most))] if self.most != MOST_THINGS else [])]


@dataclass(frozen=True)
class Place:
    """Where a graph stands.

    Attributes:
        page: path of its page.
        files: path of its data, without suffix.
        fixed: what the address holds beside the choice.
        on_page: what only the page's address holds.
    """

    page: str
    files: str
    fixed: tuple[tuple[str, str], ...] = ()
    on_page: tuple[tuple[str, str], ...] = ()

    def at(self, choice: Choice) -> str:
        """The page with a choice."""
        return self.page + _query((*self.fixed, *self.on_page, *choice.pairs()))

    def file(self, suffix: str, choice: Choice) -> str:
        """The data with a choice."""
        return f"{self.files}.{suffix}" + _query((*self.fixed, *choice.pairs()))


def graph_place(iri: str) -> Place:
    """Where the graph of a thing stands."""
    path = "/graph" + href(iri).removeprefix("/id")
    return Place(path, path)


def read_choice(given: Mapping[str, list[str]]) -> Choice:
    """The choice in an address.

    Args:
        given: all values by name.

    Raises:
        BadInput: a number is none.
    """
    chosen = {name: frozenset(given.get(name, ())) if "shown" in given else None for name in _FILTERS}
    unfolded = [thing(*name.split("/", 1)) for name in given.get("unfold", ()) if "/" in name.strip("/")]
    return Choice(
        unfolded=tuple(dict.fromkeys(unfolded))[-MOST_UNFOLDED:],
        kinds=chosen["kind"],
        relations=chosen["relation"],
        bases=chosen["standing"],
        most=_most(next(iter(given.get("most", ())), "")),
    )


_FILTERS = ("kind", "relation", "standing")


def _most(text: str) -> int:
    if not text:
        return MOST_THINGS
    found = whole_number(text)
    if not found:
        raise BadInput(f"“most” must be a whole number from 1 to {MOST_EVER}, not “{text[:40]}”.")
    return min(found, MOST_EVER)


def _query(pairs: tuple[tuple[str, str], ...]) -> str:
    return "?" + urlencode(pairs, safe="/:") if pairs else ""
