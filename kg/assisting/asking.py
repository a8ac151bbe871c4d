"""SPARQL queries that an assistant wrote: answered by processes that can be killed, within limits."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from kg.answering import Answer, Question, open_pool
from kg.assisting.answers import QueryAnswer
from kg.assisting.desk import Opened, at_most
from kg.assisting.finding import told_of
from kg.errors import BadInput, ResultTooLarge
from kg.namespaces import ID
from kg.settings import Settings

MOST_ROWS = 1_000
MOST_MEGABYTES = 4
"""How large an answer may be: an assistant can use no more, and it is held in memory here."""
_MOST_TURTLE = 60_000
_CLIENT = "assistant"
_ADDRESS = re.compile(rf"<({re.escape(ID)}[^<>]+)>")
_RAW = (
    "These rows are raw. A link such as gap:addresses carries no standing and may be inferred; a claim in any stance "
    "has the same form. Before you tell of a row, look up its claims with “describe”, and tell their standing."
)
_BARE = "This query does not ask for gap:stance and gap:linkBasis, so nothing in the rows says how far they carry."


class Asker:
    """Asks queries that an assistant wrote; safe to use from several threads.

    Args:
        settings: where the base lies, and the limits; answers are kept smaller here than for pages.
    """

    def __init__(self, settings: Settings) -> None:
        megabytes = min(settings.query_result_megabytes, MOST_MEGABYTES)
        self._pool = open_pool(replace(settings, query_result_megabytes=megabytes))

    def ask(self, opened: Opened, sparql: str, *, limit: int = 100) -> QueryAnswer:
        """The answer to a query.

        Args:
            opened: the base, for the names of things.
            sparql: the query.
            limit: how many rows to give back.

        Raises:
            QueryProblem, QueryTooLong, ResultTooLarge: the query is wrong, refused, or met a limit.
            ServerBusy: too many are waiting.
            BadInput: there is no query, or the limit is out of bounds.
        """
        limit = at_most(limit, "limit", MOST_ROWS)
        if not sparql.strip():
            raise BadInput("“sparql” takes a SPARQL 1.1 query.")
        answer = self._pool.answer(Question(sparql, "json", "ttl"), _CLIENT)
        body = _body(answer).decode()
        first = (_RAW, *(() if "linkBasis" in sparql and "stance" in sparql else (_BARE,)))
        if answer.kind == "ask":
            truth = bool(json.loads(body)["boolean"])
            return QueryAnswer(first, "ask", (), (), 0, truth, "", (), answer.revision)
        if answer.kind == "graph":
            return _graph(opened, first, body, answer.revision)
        return _table(opened, first, json.loads(body), limit, answer.revision)

    def close(self) -> None:
        """End all processes."""
        self._pool.close()


def _body(answer: Answer) -> bytes:
    if answer.file is None:
        return answer.body
    with answer.file as file:
        return file.read()


def _graph(opened: Opened, first: tuple[str, ...], turtle: str, revision: int) -> QueryAnswer:
    if len(turtle) > _MOST_TURTLE:
        raise ResultTooLarge(f"The graph has {len(turtle)} characters; at most {_MOST_TURTLE} are given. Ask for less.")
    named = sorted(set(_ADDRESS.findall(turtle)))
    return QueryAnswer(first, "graph", (), (), 0, None, turtle, told_of(opened, opened.hits(named)), revision)


def _table(opened: Opened, first: tuple[str, ...], found: dict[str, Any], limit: int, revision: int) -> QueryAnswer:
    columns, bindings = tuple(found["head"]["vars"]), found["results"]["bindings"]
    rows = tuple(tuple(row[name]["value"] if name in row else "" for name in columns) for row in bindings[:limit])
    named = sorted({opened.gists.get(cell, cell) for row in rows for cell in row})
    return QueryAnswer(
        read_this_first=first,
        kind="select",
        columns=columns,
        rows=rows,
        rows_left_out=max(0, len(bindings) - limit),
        truth=None,
        turtle="",
        things=told_of(opened, opened.hits(named)),
        revision=revision,
    )
