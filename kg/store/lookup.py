"""Questions that can do no harm: one pattern, read from an index, with few rows.

Most of what programs ask is a look at one thing: “the label of this?”. Such a question walks along one index of the
engine and gives a row for each step, so it ends after a bounded number of steps whatever the data are; nothing has to
be able to kill it, and it may be answered by the process that took it. Everything else goes to `kg.store.pool`.

What is known here is far less than SPARQL: names, variables, and addresses without escapes, so there is nothing that
the guard could find in it. A text that is anything else is no lookup; neither is a pattern that has a variable twice,
or a table without repetitions, which may step over any number of statements before it finds a row.
"""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import IO, cast

from kg.store.engine import Engine, Reader
from kg.store.question import Answer, Question

MOST_ROWS = 1000
_LEAST_ROW = {"json": 30, "xml": 30}
"""Bytes that a row has at the least, by form; in other forms it cannot be told by size whether an answer is whole."""

_GAP = r"(?:[ \t\r\n]|\#[^\r\n]*+(?:[\r\n]|\Z))*+"
_ADDRESS = r"<[!\#-;=?-\[\]_a-z~]*+>"
_TERM = rf"(?:{_ADDRESS}|\?[A-Za-z]\w*+|[A-Za-z][\w-]*+:[A-Za-z][\w-]*+|a(?=[\s<?]))"
_LOOKUP = re.compile(
    rf"""{_GAP}(?:PREFIX{_GAP}(?:[A-Za-z][\w-]*+)?:{_GAP}{_ADDRESS}{_GAP})*+
    (?:(?P<ask>ASK)|SELECT(?:{_GAP}\*|(?P<shown>(?:\s{_GAP}\?[A-Za-z]\w*+)++))){_GAP}(?:WHERE{_GAP})?+
    \{{{_GAP}(?P<subject>{_TERM}){_GAP}(?P<property>{_TERM}){_GAP}(?P<object>{_TERM}){_GAP}(?:\.{_GAP})?+\}}{_GAP}
    (?:LIMIT\s{_GAP}(?P<limit>\d{{1,9}}){_GAP})?+""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)

_VARIABLE = re.compile(r"\?\w+")


def look_up(reader: Reader, question: Question) -> Answer | None:
    """The answer to a lookup.

    Args:
        reader: the base, in this process.
        question: what is asked.

    Returns:
        None where it is no lookup, or has more rows than are given here.

    Raises:
        QueryProblem: the query is wrong.
    """
    least = _LEAST_ROW.get(question.table)
    if least is None or question.has_dataset or not isinstance(reader, Engine):
        return None
    text = _bounded(question.text)
    if text is None:
        return None
    output = BytesIO()
    kind, form = reader.write(replace(question, text=text), cast(IO[bytes], output), trusted=True)
    body = output.getvalue()
    if text is not question.text and len(body) >= MOST_ROWS * least:
        return None  # perhaps not whole
    return Answer(reader.revision, kind, form, len(body), body)


def _bounded(text: str) -> str | None:
    """A lookup with an end to its rows; None where it is none."""
    found = _LOOKUP.fullmatch(text)
    if found is None or "SERVICE" in text.upper():  # the guard decides what that is
        return None
    variables = [term for term in found.group("subject", "property", "object") if term[0] == "?"]
    is_walk = len(variables) == len(set(variables))
    has_values = found["shown"] is None or not set(variables).isdisjoint(_VARIABLE.findall(found["shown"]))
    if not is_walk or not has_values:  # a row without values has hardly a size
        return None
    if found["ask"]:
        return None if found["limit"] else text
    if found["limit"]:
        return text if int(found["limit"]) <= MOST_ROWS else None
    return f"{text}\nLIMIT {MOST_ROWS}"
