"""Frameworks: as many members as recorded, in order, and the count that the text states."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kg.namespaces import thing
from kg.queries import facts, members
from tests.data_support import base, rows

_FRAMEWORKS = """
PREFIX gap: <https://w3id.org/gapbridge/ns#>
SELECT ?framework ?listed ?stated
WHERE { ?framework a gap:Framework ; gap:listedCount ?listed . OPTIONAL { ?framework gap:statedCount ?stated } }
ORDER BY ?framework
"""
FRAMEWORKS = {row[0].partition("/")[2]: row[1:] for row in rows(base(), _FRAMEWORKS)}

# Numbers that the article itself gives, by hand: “four broad contributors”, “five interacting factors”, “four such
# policy areas”, “three common features”, “three phases”, “four sequential points”, “three questionable
# assumptions”, “seven domains”, “six key recommendations”, “three purposes”, “all three cases”, “eight measures”,
# “three interlinked activities”, “three ways”.
STATED = {
    "failure-cause": 4,
    "overoptimism-factor": 5,
    "ifg-policy-area": 4,
    "long-term-policy-feature": 3,
    "political-phase": 3,
    "support-phase": 4,
    "topdown-assumptions": 3,
    "australian-plan-domain": 7,
    "ifg-recommendation": 6,
    "support-purpose": 3,
    "straddling-agency": 3,
    "improvement-capability-measure": 8,
    "mcconnell-activity": 3,
    "article-contribution": 3,
}


def test_there_are_44() -> None:
    assert len(FRAMEWORKS) == 44


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_listed_are_the_members_in_one_order(framework: str) -> None:
    found = members(base(), thing("scheme", framework))
    assert len(found) == int(FRAMEWORKS[framework][0])
    places = [m.position for m in found]
    assert places == list(range(1, len(found) + 1))
    assert len({m.label for m in found}) == len(found)
    assert all(m.definition for m in found)


def test_the_counts_stated_are_those_of_the_text() -> None:
    assert {name: int(stated) for name, (_, stated) in FRAMEWORKS.items() if stated} == STATED


def test_a_count_that_differs_is_noted() -> None:
    differ = [name for name, (listed, stated) in FRAMEWORKS.items() if stated and stated != listed]
    assert differ == ["improvement-capability-measure"]
    for name in differ:
        notes = [f.value for f in facts(base(), thing("scheme", name)) if f.property.endswith("editorialNote")]
        assert notes


def test_every_element_belongs_to_a_framework() -> None:
    asked = """
    PREFIX gap: <https://w3id.org/gapbridge/ns#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?element ?scheme WHERE { ?element a gap:FrameworkElement . OPTIONAL { ?element skos:inScheme ?scheme } }
    ORDER BY ?element ?scheme
    """
    schemes = defaultdict(set)
    for element, scheme in rows(base(), asked):
        schemes[element].add(scheme.partition("/")[2])
    assert [e for e, of in schemes.items() if not of & set(FRAMEWORKS)] == []
