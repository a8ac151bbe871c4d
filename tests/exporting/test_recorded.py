"""How to cite the base, a claim, a thing: with revision, day and address, and no stronger than it is."""

from __future__ import annotations

import re

import pytest

from kg.contributing import open_base
from kg.errors import NotFound
from kg.exporting import cite_claim, cite_data, cite_thing
from kg.namespaces import thing
from kg.settings import Settings
from kg.store import Reader

CLAIM = thing("claim", "gold-weak-units-d3e57c69")


@pytest.fixture(scope="module")
def reader(seeded: Settings) -> Reader:
    return open_base(seeded)


def test_the_data(reader: Reader) -> None:
    assert re.fullmatch(
        r"The Gapbridge authors \(\d{4}\)\. Gapbridge: an evidence graph for the gap between policy and its "
        r"implementation\. Data set, revision 1, \d{1,2} [A-Z][a-z]+ \d{4}\. https://w3id\.org/gapbridge/",
        cite_data(reader),
    )


def test_a_claim_tells_how_it_stands_and_where_it_was_read(reader: Reader) -> None:
    told = cite_claim(reader, CLAIM)
    assert told.startswith("“The Institute for Government review (Gold 2017) is said to find that weak delivery units")
    assert "Claim in a curator’s words (cautions; reports; cites empirical work; as stated), " in told
    assert "read in Hudson et al. 2019, §3.2. Recorded in Gapbridge, revision 1, " in told
    assert told.endswith(CLAIM)
    assert cite_thing(reader, CLAIM) == told


def test_a_thing_by_its_name(reader: Reader) -> None:
    told = cite_thing(reader, thing("source", "gold-2017"))
    assert re.fullmatch(r"“Gold 2017”\. Recorded in Gapbridge, revision 1, .* \d{4}\. https://.*/gold-2017", told)


def test_what_is_not_there_cannot_be_cited(reader: Reader) -> None:
    with pytest.raises(NotFound):
        cite_claim(reader, thing("claim", "none"))
    with pytest.raises(NotFound):
        cite_thing(reader, thing("tactic", "none"))
