"""The graphs that a query names are told by the protocol, and taken out of its text."""

from __future__ import annotations

import pytest

from kg.store.remote.dataset import graphs_named, without_from

PREFIX = "PREFIX g: <https://w3id.org/gapbridge/graph/> "


@pytest.mark.parametrize(
    "clauses",
    ["", "FROM <urn:a>", "from g:meta FROM NAMED <urn:b>", "FROM NAMED g:meta # FROM <urn:c>\n FROM <urn:d>"],
)
def test_nothing_but_from_is_taken_out(clauses: str) -> None:
    rest = 'WHERE { ?from ?p "FROM <urn:x>" }'
    left = without_from(f"{PREFIX}SELECT ?from {clauses} {rest}")
    assert graphs_named(left) == ([], [])
    assert left.startswith(f"{PREFIX}SELECT ?from")
    assert left.endswith(rest)
