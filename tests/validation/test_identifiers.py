"""Two sources with one identifier: found by the value that comes in, whichever of the two does."""

from __future__ import annotations

import pytest

from kg.namespaces import PREFIXES, gap, thing
from kg.store import Literal, NamedNode, Quad, in_memory, place
from kg.validation import Touched, check, problems

DOI = "https://doi.org/10.1017/"
SHARED, ALIKE = "identifier-shared-violation", "identifier-alike-warning"


def source(name: str, identifier: str, *, is_iri: bool = False) -> list[Quad]:
    me = NamedNode(thing("source", name))
    text = Literal(identifier, datatype=NamedNode(PREFIXES["xsd"] + "anyURI"))
    value = NamedNode(identifier) if is_iri else text
    said = ((PREFIXES["rdf"] + "type", NamedNode(gap("Source"))), (PREFIXES["dcterms"] + "identifier", value))
    return [place((me, NamedNode(prop), about)) for prop, about in said]


def found_by_change(there: list[Quad], added: list[Quad]) -> set[str]:
    """What the checks find that are asked about a change alone."""
    base, touched = in_memory([*there, *added]), Touched()
    touched.tell(base, added, [])
    return {violation.thing for violation in touched.found(base) if violation.check == SHARED}


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (f"{DOI}s0047", f"{DOI}s0047", True),
        (f"{DOI}S0047", f"{DOI}s0047", True),
        (f"{DOI}s0047", f"{DOI}S0047", True),
        ("https://example.org/Report", "https://example.org/Report", True),
        ("https://example.org/Report", "https://example.org/report", False),
        (f"{DOI}s0047", f"{DOI}s0048", False),
    ],
)
def test_the_same_identifier_is_found_by_what_comes_in_as_in_the_whole_base(
    first: str, second: str, shared: bool
) -> None:
    one, other = source("one", first), source("other", second)
    assert ("source/other" in found_by_change(one, other)) == shared
    assert {v.thing for v in check(in_memory([*one, *other])) if v.check == SHARED} == (
        {"source/one", "source/other"} if shared else set()
    )


@pytest.mark.parametrize(("other", "shared"), [("S0047", True), ("s0047", True), ("s0048", False)])
def test_identifiers_written_as_addresses_are_compared_alike(other: str, shared: bool) -> None:
    base = in_memory([*source("one", f"{DOI}s0047", is_iri=True), *source("other", DOI + other, is_iri=True)])
    assert bool([v for v in check(base) if v.check == SHARED]) == shared


def test_identifiers_alike_but_for_capitals_are_told_when_all_is_looked_through() -> None:
    base = in_memory([*source("one", f"{DOI}s0047-X"), *source("other", f"{DOI}s0047-x"), *source("third", DOI)])
    assert {v.thing for v in problems(base, ("warning",)) if v.check == ALIKE} == {"source/one", "source/other"}
    assert not [v for v in check(base) if v.check == SHARED]
