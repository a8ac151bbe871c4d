"""What is asked of a reader process and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True)
class Question:
    """A query that somebody wrote, with what they want of it.

    Attributes:
        text: the query.
        table: the form for tables and truth values (`json`, `xml`, `csv`, `tsv`); empty: none is wanted.
        graph: the form for graphs (`ttl`, `nt`, `rdf`, `jsonld`, `nq`, `trig`); empty: none is wanted.
        default_graphs, named_graphs: the graphs to be read, in place of those the query names; both empty: all.
        whole: we ask it ourselves for all of a graph, in an order that is part of the answer.
    """

    text: str
    table: str = "json"
    graph: str = "ttl"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    whole: bool = False

    @property
    def has_dataset(self) -> bool:
        """Whether it says which graphs are to be read."""
        return bool(self.default_graphs or self.named_graphs)


@dataclass(frozen=True)
class Answer:
    """A whole answer: it is given only when it was found to its end.

    Attributes:
        revision: the revision it was read from.
        kind: `select`, `ask` or `graph`.
        form: the form it is written in.
        size: how many bytes it has.
        body: a small answer.
        file: a large one, to be read from its beginning and then closed; None for a small one.
    """

    revision: int
    kind: str
    form: str
    size: int
    body: bytes = b""
    file: BinaryIO | None = None
