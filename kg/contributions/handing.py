"""What a program hands in for a person: Turtle, reviewed like anything typed into a form."""

from __future__ import annotations

from kg.contributions.changing import as_text
from kg.contributions.model import Draft
from kg.errors import BadInput
from kg.store import Reader, describing, refuse_misplaced
from kg.store.files import read_turtle

LONGEST_TITLE = 200


def handed_in(reader: Reader, data: bytes, title: str) -> Draft:
    """The draft that would make the base say of each thing just what a Turtle text says of it.

    Args:
        reader: the base as it stands.
        data: the text, in UTF-8.
        title: what it is, in a line.

    Raises:
        SyntaxProblem: it does not parse, or is not written as data here are.
        DoesNotConform: it holds what only the writer itself writes.
        BadInput: it has no title, or the base says all of it already.
    """
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise BadInput(f"Say in a line of up to {LONGEST_TITLE} letters what this is, in the parameter “title”.")
    change = describing(reader, read_turtle(data, "the text"), "", title)
    refuse_misplaced(change)
    if not change.added and not change.removed:
        raise BadInput("The base says all of this already: there is nothing to review.")
    return Draft("edit", title, added=as_text(change.added), removed=as_text(change.removed), base=change.base)
