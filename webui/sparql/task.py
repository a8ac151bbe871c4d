"""A request that holds a query, with all that its answer depends on."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kg.answering import Answer, Question
from webui import packing
from webui.sparql import forms, protocol

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_PLAIN_REQUEST = 1 << 13
"""A longer address is read anew each time."""
_CHANGING_WORDS = ("NOW", "RAND", "UUID", "\\U")
_CHANGES_BY_ITSELF = re.compile(r"(?:NOW|RAND|UUID)\s*(?:\(|#)|\\U")
"""In capitals, as `Task.lasting` looks for them."""


@dataclass(frozen=True)
class Task:
    """A request that holds a query, with what its answer depends on."""

    question: Question
    wanted: forms.Wanted
    encoding: str

    @cached_property
    def lasting(self) -> bool:
        """Whether the answer is the same as long as the data are."""
        text = self.question.text.upper()  # looking for whole words is twenty times quicker, and nearly all have none
        return not any(word in text for word in _CHANGING_WORDS) or not _CHANGES_BY_ITSELF.search(text)

    @property
    def size(self) -> int:
        """How much is kept of it beside its answer."""
        asked = self.question
        return len(asked.text) + sum(map(len, (*asked.default_graphs, *asked.named_graphs)))

    def tag(self, revision: int) -> str:
        """What an answer is known by."""
        return f"{self._hash}-{revision}"

    @cached_property
    def _hash(self) -> str:
        return hashlib.sha256(repr(self).encode("utf-8", "replace")).hexdigest()[:24]

    def media(self, answer: Answer) -> str:
        """The media type of its answer."""
        return self.wanted.graph if answer.kind == "graph" else self.wanted.table


def plain_task(environ: WSGIEnvironment) -> Task | None:
    """What the request asks that most programs send; None where it is another one.

    Raises:
        HTTPException: it cannot be answered.
    """
    asked = environ.get("QUERY_STRING", "")
    told = environ.get("HTTP_ACCEPT", ""), environ.get("HTTP_ACCEPT_ENCODING", "")
    return (_read_task if len(asked) <= _PLAIN_REQUEST else _read_task.__wrapped__)(asked, *told)


@lru_cache(maxsize=256)
def _read_task(query_string: str, accept: str, accept_encoding: str) -> Task | None:
    """What a GET request asks; None where it holds no query, or an update.

    Raises:
        HTTPException: it cannot be answered.
    """
    asked = protocol.read_address(query_string.encode("latin-1"))
    if asked.query is None or asked.update is not None:
        return None
    wanted = forms.wanted(accept, asked.form)
    question = Question(asked.query, wanted.table_form, wanted.graph_form, asked.default_graphs, asked.named_graphs)
    return None if wanted.is_page else Task(question, wanted, packing.best(accept_encoding))
