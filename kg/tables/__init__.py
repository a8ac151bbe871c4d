"""Every list and table as data: the rows of a named query, with version, licence and how to cite them, in each form."""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

from kg.errors import NotFound
from kg.tables.composed import COMPOSED, row_of
from kg.tables.defining import Definition, Made, bound_text, of_queries
from kg.tables.forms import FORMS, METADATA, QUERY, Form, form
from kg.tables.parameters import MOST_VALUES, THING, WHOLE, WORDS, Bound, Param, query_string, resolve
from kg.tables.table import Table

__all__ = [
    "FORMS",
    "METADATA",
    "MOST_VALUES",
    "QUERY",
    "THING",
    "WHOLE",
    "WORDS",
    "Bound",
    "Definition",
    "Form",
    "Made",
    "Param",
    "Table",
    "bound_text",
    "definition",
    "definitions",
    "form",
    "query_string",
    "resolve",
    "row_of",
]


@cache
def definitions() -> tuple[Definition, ...]:
    """All tables that there are, by name."""
    return tuple(sorted((*of_queries(), *COMPOSED), key=lambda found: found.name))


def definition(name: str, among: Sequence[Definition] | None = None) -> Definition:
    """The table of a name.

    Args:
        name: the name.
        among: all that there are, where that is more than `definitions()`.

    Raises:
        NotFound: there is none; the nearest names come with it.
    """
    known = {found.name: found for found in among or definitions()}
    if name not in known:
        raise NotFound(name, get_close_matches(name, known, n=5, cutoff=0.4))
    return known[name]
