"""The form that chooses among claims, and what is chosen, each with the address that takes it away again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.errors import BadInput
from kg.facets import FACETS, NONE, Choice, Marked, choose, counts, known, without_year, year
from kg.namespaces import thing
from kg.numbers import whole_number
from kg.queries import names
from webui.base import Opened
from webui.contexts.page import Link
from webui.words import many

Given = Mapping[str, Sequence[str]]
"""What stands in an address, by name."""

_MOST_VALUES = 40
"""Of one facet; each is looked up, and no form of ours offers more."""

PER_PART = 12
"""How many cards a page shows: enough to read, and quick to make however many claims there are."""


@dataclass(frozen=True)
class Option:
    """A value that can be chosen, with how many claims it would give."""

    value: str
    label: str
    count: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """Values of which any may hold; open where some are chosen or where most readers begin."""

    name: str
    label: str
    hint: str
    options: tuple[Option, ...]
    open: bool


@dataclass(frozen=True)
class Year:
    """A field for a year."""

    name: str
    label: str
    value: str
    problem: str


@dataclass(frozen=True)
class Problem:
    """A value in the address that cannot be used, and what would do."""

    text: str
    href: str


@dataclass(frozen=True)
class Filters:
    """The form, and what it gives.

    Attributes:
        action: where the form leads.
        facets, years: its fields; none where there is nothing to choose among.
        open: whether it is shown unfolded on a phone too: something in it wants mending.
        chips: what is chosen; each leads to the same without it.
        clear: the address without any choice.
        count: how many claims fit, of how many.
        left_out: how many have no year, where a year is asked for.
        problems: what cannot be used; it is left aside.
        parts: the parts of a long answer.
        part: which claims of how many are shown; empty where it is all.
    """

    action: str
    facets: tuple[Facet, ...]
    years: tuple[Year, ...]
    open: bool
    chips: tuple[Link, ...]
    clear: str
    count: str
    left_out: str
    problems: tuple[Problem, ...]
    parts: tuple[Link, ...]
    part: str


@dataclass(frozen=True)
class Chosen:
    """The form, the claims to show now, and how many there are without any choice."""

    filters: Filters
    claims: tuple[str, ...]
    total: int


_LABELS = {
    "about": ("What the claim is about", ""),
    "phase": ("Phase", "The phase of policy support a claim belongs to"),
    "stance": ("Stance", "Which side the document takes"),
    "standing": ("Standing", "How the link came about"),
    "force": ("Force", "How firmly the document puts it"),
    "evidence": ("Kind of evidence", "What the claim rests on: the work cited for it, else the document itself"),
    "document": ("Document", "Where the claim was read"),
    "level": ("Level of the policy", "Where the claim is about a policy"),
}
_BEGIN = {"about", "phase", "stance"}
_NONE = {"phase": "In no phase", "level": "Not about a policy of known level"}
_ABOUT = {"cause": "The cause itself", "tactic": "A tactic held to address it"}
_YEARS = {"from": "From year", "to": "To year"}
_SHORT = {"from": "From", "to": "Up to"}


def filtered(opened: Opened, claims: Sequence[Marked], given: Given, action: str) -> Chosen:
    """What an address chooses among these claims.

    Args:
        opened: the base.
        claims: all there are, in their order.
        given: the names and values in the address; what is no field of the form is not looked at.
        action: the page's own address.
    """
    choice, problems = _understood(opened, given)
    fitting = choose(claims, choice)
    asked = _pairs(choice)
    labels = _labels(opened, claims, choice)
    parts = max(1, -(-len(fitting) // PER_PART))
    part = _part(given, parts, problems)
    start = (part - 1) * PER_PART
    shown = fitting[start : start + PER_PART]
    form = Filters(
        action=f"{action}#claims",
        facets=tuple(_facet(claims, choice, name, labels) for name in _LABELS) if claims else (),
        years=_year_fields(choice, given, problems),
        open=bool(problems),
        chips=tuple(_chip(action, asked, pair, labels) for pair in asked),
        clear=f"{action}#claims",
        count=_count(len(fitting), len(claims)),
        left_out=_left_out(without_year(claims, choice)),
        problems=tuple(problems.values()),
        parts=_parts(parts, part, action, asked),
        part=f"{start + 1} to {start + len(shown)}" if parts > 1 else "",
    )
    return Chosen(form, tuple(item.claim for item in shown), len(claims))


def _understood(opened: Opened, given: Given) -> tuple[Choice, dict[str, Problem]]:
    """The choice in an address, without what cannot be used, which is told by the field it belongs to."""
    values: dict[str, tuple[str, ...]] = {}
    problems: dict[str, Problem] = {}
    for name in FACETS:
        wanted = list(dict.fromkeys(value.strip()[:200] for value in given.get(name, ()) if value.strip()))
        bad = [value for value in wanted[:_MOST_VALUES] if not known(opened.reader, name, value)]
        if bad:
            problems[name] = Problem(_unknown(name, bad[0]), f"#facet-{name}")
        elif len(wanted) > _MOST_VALUES:
            problems[name] = Problem(f"“{_LABELS[name][0]}” takes {_MOST_VALUES} values at most.", f"#facet-{name}")
        if good := tuple(value for value in wanted[:_MOST_VALUES] if value not in bad):
            values[name] = good
    years = {name: _year(name, given, problems) for name in _YEARS}
    if years["to"] and years["from"] > years["to"]:
        told = f"The years are the wrong way round: from {years['from']} up to {years['to']}."
        problems["from"] = Problem(told, "#from")
        years = dict.fromkeys(_YEARS, 0)
    return Choice(values, years["from"], years["to"]), problems


def _unknown(name: str, value: str) -> str:
    return f"“{value[:40]}” is not known as a value of “{_LABELS[name][0]}”. Choose one of those in the form."


def _year(name: str, given: Given, problems: dict[str, Problem]) -> int:
    try:
        return year(next(iter(given.get(name, ())), ""))
    except BadInput as error:
        problems[name] = Problem(f"{_YEARS[name]}: {error}", f"#{name}")
        return 0


def _pairs(choice: Choice) -> list[tuple[str, str]]:
    """The choice as it stands in an address."""
    pairs = [(name, value) for name in _LABELS for value in choice.values.get(name, ())]
    years = (("from", choice.first), ("to", choice.last))
    return pairs + [(name, str(value)) for name, value in years if value]


def _labels(opened: Opened, claims: Sequence[Marked], choice: Choice) -> dict[tuple[str, str], str]:
    """What each value is called, those chosen though no claim has them too."""
    found = {(name, value) for item in claims for name, values in item.values.items() for value in values}
    found |= {(name, value) for name, values in choice.values.items() for value in values}
    iris = {pair: thing(FACETS[pair[0]], pair[1]) for pair in found if FACETS[pair[0]] and pair[1] != NONE}
    called = names(opened.reader, sorted(set(iris.values())))
    labels = {pair: called.get(iri, pair[1]) for pair, iri in iris.items()}
    labels |= {(name, NONE): _NONE.get(name, "Not recorded") for name in _LABELS}
    return labels | {("about", value): label for value, label in _ABOUT.items()}


def _facet(claims: Sequence[Marked], choice: Choice, name: str, labels: Mapping[tuple[str, str], str]) -> Facet:
    """The values with most claims first; of very many only those, and what is chosen."""
    found, chosen = counts(claims, choice, name), choice.values.get(name, ())
    values = {value for item in claims for value in item.values[name]} | set(chosen)
    ranked = sorted(values, key=lambda value: (value == NONE, -found[value], labels[name, value]))
    options = tuple(
        Option(value, labels[name, value], str(found[value]), value in chosen)
        for place, value in enumerate(ranked)
        if place < _MOST_VALUES or value in chosen
    )
    label, hint = _LABELS[name]
    cut = f"{hint}. Here are the {_MOST_VALUES} with most claims" if len(options) < len(ranked) else hint
    return Facet(name, label, cut, options, name in _BEGIN or bool(chosen))


def _year_fields(choice: Choice, given: Given, problems: Mapping[str, Problem]) -> tuple[Year, ...]:
    taken = {"from": choice.first, "to": choice.last}
    return tuple(
        Year(
            name,
            label,
            str(taken[name] or (next(iter(given.get(name, ())), "")[:40] if problems else "")),
            problems[name].text if name in problems else "",
        )
        for name, label in _YEARS.items()
    )


def _chip(
    action: str, asked: Sequence[tuple[str, str]], pair: tuple[str, str], labels: Mapping[tuple[str, str], str]
) -> Link:
    name, value = pair
    label = f"{_SHORT[name]} {value}" if name in _SHORT else f"{_LABELS[name][0]}: {labels[pair]}"
    return Link(label, _address(action, [other for other in asked if other != pair]))


def _address(action: str, asked: Sequence[tuple[str, str]]) -> str:
    return f"{action}?{urlencode(asked)}#claims" if asked else f"{action}#claims"


def _part(given: Given, last: int, problems: dict[str, Problem]) -> int:
    text = next(iter(given.get("part", ())), "") or "1"
    found = whole_number(text)
    if found is None:
        problems["part"] = Problem(f"“{text[:40]}” is no part of the list: parts go by numbers from 1.", "#claims")
        return 1
    return min(max(found, 1), last)


def _parts(last: int, now: int, action: str, asked: Sequence[tuple[str, str]]) -> tuple[Link, ...]:
    """The parts of a long answer, of very many the first, the last and those around; none where all fits into one."""
    if last == 1:
        return ()
    near = [n for n in range(1, last + 1) if last <= _ALL_PARTS or n in (1, last) or abs(n - now) <= _AROUND]
    return tuple(Link(str(n), _address(action, [*asked, ("part", str(n))]), n == now) for n in near)


_ALL_PARTS, _AROUND = 12, 2


def _count(fitting: int, total: int) -> str:
    return f"{fitting} of {many(total, 'claim')}" if fitting != total else many(total, "claim").capitalize()


def _left_out(number: int) -> str:
    return f"{many(number, 'claim')} left out because the year is not known." if number else ""
