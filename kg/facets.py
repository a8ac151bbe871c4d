"""Choosing among claims by what they are marked with, and counting what each choice would leave.

Source of the rules: faceted search as library catalogues have it. Within one facet any of the values chosen will do;
between facets all must hold. A claim has the kind of evidence and the year of the works cited for it, else of the
document it is read in, as on the evidence map (`kg.evidence_map`); what has no year is left out where a year is asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import BadInput
from kg.namespaces import slug_of, thing
from kg.numbers import whole_number
from kg.queries import Around, names
from kg.store import Reader

FACETS = {
    "about": "",
    "phase": "support-phase",
    "stance": "stance",
    "force": "force",
    "standing": "link-basis",
    "evidence": "evidence-type",
    "document": "source",
    "level": "policy-level",
}
"""The facets, each with the kind of thing whose slugs are its values; no kind where the values are `ABOUT`."""

ABOUT = ("cause", "tactic")
"""Whether a claim is about the cause itself, or about a tactic held to address it."""

NONE = "none"
"""The value of a facet in which a claim has none."""

_WARNING = {"cautions", "disputes", "gap"}
_FIRST_YEAR, _LAST_YEAR = 1000, 2999


@dataclass(frozen=True)
class Marked:
    """A claim with its values in each facet.

    Attributes:
        claim: its address.
        values: slugs by facet; `NONE` alone where it has none.
        years: the years of what it rests on; none where they are not known.
    """

    claim: str
    values: Mapping[str, frozenset[str]]
    years: frozenset[int]


@dataclass(frozen=True)
class Choice:
    """What is asked for.

    Attributes:
        values: slugs by facet; a facet that is missing leaves all.
        first, last: the earliest and latest year; 0 for any.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: int = 0
    last: int = 0


def marked(rows: Iterable[Around]) -> list[Marked]:
    """The claims of these rows, in the order in which they are best read.

    What is about the cause itself comes before what is about tactics; what warns before what speaks for; what a
    document states before what a curator inferred.
    """
    by_claim: dict[str, list[Around]] = defaultdict(list)
    for row in rows:
        by_claim[row.claim].append(row)
    return sorted((_marked(claim, found) for claim, found in by_claim.items()), key=_reading_order)


def _marked(claim: str, rows: Sequence[Around]) -> Marked:
    first = rows[0]
    values = {name: frozenset({slug_of(getattr(first, name))}) for name in ("stance", "force", "standing", "document")}
    values |= {name: _values(rows, name) for name in ("about", "phase", "evidence", "level")}
    return Marked(claim, values, frozenset(row.year for row in rows if row.year))


def _values(rows: Sequence[Around], name: str) -> frozenset[str]:
    found = {getattr(row, name) for row in rows} - {""}
    return frozenset(map(slug_of, found)) or frozenset({NONE})


def _reading_order(item: Marked) -> tuple[bool, bool, bool, str, str]:
    values = item.values
    return (
        "cause" not in values["about"],
        not values["stance"] & _WARNING,
        "curator-inference" in values["standing"],
        min(values["document"]),
        item.claim,
    )


def choose(claims: Iterable[Marked], choice: Choice) -> list[Marked]:
    """The claims that fit, in their order."""
    wanted = [(name, frozenset(values)) for name, values in choice.values.items() if values]
    return [item for item in claims if _in_years(item, choice) and all(item.values[n] & v for n, v in wanted)]


def _in_years(item: Marked, choice: Choice) -> bool:
    if not (choice.first or choice.last):
        return True
    return any(choice.first <= year <= (choice.last or _LAST_YEAR) for year in item.years)


def counts(claims: Sequence[Marked], choice: Choice, facet: str) -> Counter[str]:
    """How many claims each value of a facet would give, with what is chosen elsewhere staying as it is."""
    others = {name: values for name, values in choice.values.items() if name != facet}
    left = (
        choose(claims, Choice(others, choice.first, choice.last)) if others or choice.first or choice.last else claims
    )
    return Counter(value for item in left for value in item.values[facet])


def without_year(claims: Sequence[Marked], choice: Choice) -> int:
    """How many claims would fit but for the year asked for, because theirs is not known."""
    if not (choice.first or choice.last):
        return 0
    return sum(not item.years for item in choose(claims, Choice(choice.values)))


def known(reader: Reader, facet: str, slug: str) -> bool:
    """Whether a facet may have this value at all, here or elsewhere.

    Args:
        reader: the graph.
        facet: a key of `FACETS`.
        slug: the value.
    """
    if slug == NONE:
        return True
    if not FACETS[facet]:
        return slug in ABOUT
    try:
        return bool(names(reader, [thing(FACETS[facet], slug)]))
    except BadInput:  # not even an address
        return False


def year(text: str) -> int:
    """A year as somebody wrote it; 0 for nothing.

    Raises:
        BadInput: it is not a year of four digits.
    """
    text = text.strip()
    if not text:
        return 0
    found = whole_number(text, 4)
    if found is None or not _FIRST_YEAR <= found <= _LAST_YEAR:
        raise BadInput(f"“{text[:40]}” is not a year. Write four digits, such as 2017.")
    return found
