"""What a table can be asked for, and how the values that somebody gives are understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from kg.errors import BadInput, NotFound
from kg.namespaces import BASE, ID, NS, gap, local_of
from kg.numbers import whole_number
from kg.queries import terms, thing
from kg.search import Search
from kg.store import Reader

THING, WORDS, WHOLE = "thing", "words", "whole"
"""The kinds of parameters: things and terms by name, words to look for, whole numbers."""
MOST_VALUES = 200
"""How many values a parameter takes; an address with more would not pass most servers."""
_LONGEST_WORDS = 200

Bound = dict[str, tuple[str, ...]]
"""The values of each parameter: addresses, or texts."""


@dataclass(frozen=True)
class Param:
    """A parameter.

    Attributes:
        name: what it is called.
        what: what it stands for.
        kind: `THING`, `WORDS` or `WHOLE`.
        many: whether several values may be given.
        default: what it is where none is given; empty for nothing.
        example: a value that gives rows; empty where none is known.
        highest: the highest whole number it may be.
        needed: whether it must be given, unless it has a default.
    """

    name: str
    what: str
    kind: str = THING
    many: bool = False
    default: str = ""
    example: str = ""
    highest: int = 0
    needed: bool = True


def understand(reader: Reader, search: Search, params: Sequence[Param], given: Mapping[str, Sequence[str]]) -> Bound:
    """The values that are meant, in the order of the parameters.

    Args:
        reader: the base at one revision.
        search: what finds things by name.
        params: what can be asked for.
        given: what somebody gave: for things a slug, `kind/slug`, an address, a name, or `gap:` and a term.

    Raises:
        BadInput: a parameter is unknown, missing or not what it must be; the choices are told.
        NotFound: nothing is called so; the nearest names come with it.
        Ambiguous: several things are.
    """
    names = {param.name for param in params}
    if unknown := sorted(set(given) - names):
        raise BadInput(f"There is no parameter “{unknown[0][:40]}” here. {_choices(params)}")
    return {param.name: _values(reader, search, param, given.get(param.name, ())) for param in params}


def query_string(bound: Mapping[str, Sequence[str]]) -> str:
    """The values as they stand in an address, each in its shortest form; with the `?` where there are any."""
    pairs = [(name, shortest(value)) for name, values in bound.items() for value in values]
    return "?" + urlencode(pairs, safe="/:") if pairs else ""


def shortest(value: str) -> str:
    """`kind/slug` of a thing, `gap:name` of a term, else the value itself."""
    return f"gap:{local_of(value)}" if value.startswith(NS) else local_of(value)


def resolve(reader: Reader, search: Search, name: str) -> str:
    """The address of what is meant by a name: a thing as `Search.resolve` finds it, or a term with or without `gap:`.

    Raises:
        NotFound: nothing is called so.
        Ambiguous: several things are.
    """
    name = name.strip()
    iri = gap(name[4:]) if name.startswith("gap:") else name
    if iri.startswith(("http://", "https://")) and not iri.startswith(BASE):
        return iri  # of another vocabulary: the base does not know all of its names
    if iri.startswith(NS):
        return _known(reader, iri, [f"gap:{local_of(row.term)}" for row in terms(reader)])
    try:
        return search.resolve(name)
    except NotFound:
        local = iri.removeprefix(ID)
        if "/" in local and _is_known(reader, ID + local):  # passages and the like have no name to be found by
            return ID + local
        if local.isidentifier() and _is_known(reader, gap(local)):
            return gap(local)
        raise


def _values(reader: Reader, search: Search, param: Param, given: Sequence[str]) -> tuple[str, ...]:
    values = [value for value in given if value.strip()] or ([param.default] if param.default else [])
    if not values and not param.needed:
        return ()
    if not values:
        raise BadInput(f"The parameter “{param.name}” is missing: {param.what}.")
    if len(values) > (MOST_VALUES if param.many else 1):
        raise BadInput(
            f"“{param.name}” takes {MOST_VALUES if param.many else 1} at the most, not {len(values)} values."
        )
    if param.kind == THING:
        return tuple(dict.fromkeys(resolve(reader, search, value) for value in values))
    return (_whole(param, values[0]) if param.kind == WHOLE else values[0].strip()[:_LONGEST_WORDS],)


def _whole(param: Param, text: str) -> str:
    found = whole_number(text)
    if not found or found > param.highest:
        raise BadInput(f"“{param.name}” must be a whole number from 1 to {param.highest}, not “{text[:40]}”.")
    return str(found)


def _choices(params: Sequence[Param]) -> str:
    told = ", ".join(f"“{param.name}” ({param.what})" for param in params)
    return f"There is: {told}." if told else "This table takes none."


def _is_known(reader: Reader, iri: str) -> bool:
    try:
        return bool(thing(reader, iri))
    except BadInput:  # not even an address
        return False


def _known(reader: Reader, iri: str, others: Sequence[str]) -> str:
    if not _is_known(reader, iri):
        name = f"gap:{local_of(iri)}"
        raise NotFound(name, get_close_matches(name, others, n=5, cutoff=0.5))
    return iri
