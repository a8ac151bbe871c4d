"""Advice on a gist: what a second reader would ask, and silence where there is nothing to ask."""

from __future__ import annotations

import pytest

from kg.claiming import advise
from tests.claiming.claiming_support import kit
from tests.data_support import claims

PASSAGE = "We found that weak delivery units can simply lead to additional significant problems in each ministry."


def codes(gist: str, **more: str) -> list[str]:
    return [advice.code for advice in advise(gist, kit().claim["gist"], **more)]


@pytest.mark.parametrize(
    ("gist", "more", "code"),
    [
        ("x" * 290 + " and so it goes on.", {}, "long"),
        ("Units help. They also harm.", {}, "sentences"),
        ("units help the ministry", {}, "form"),
        ("The study proves that units help.", {}, "strong"),
        ("Delivery units are effective.", {}, "judging"),
        ("Units are held to help ministries.", {"stance": "gap"}, "stance"),
        ("Units help ministries.", {"stance": "conditional"}, "stance"),
        ("Units help ministries.", {"force": "hypothesises"}, "force"),
        ("Units help ministries.", {"force": "recommends"}, "force"),
        ("Weak delivery units can simply lead to additional problems.", {"passage": PASSAGE}, "copied"),
    ],
)
def test_advice(gist: str, more: dict[str, str], code: str) -> None:
    assert code in codes(gist, **more)


@pytest.mark.parametrize(
    ("gist", "more"),
    [
        ("", {}),
        ("Units may help ministries, e.g. in health.", {}),
        ("Gold et al. say that units may help St. Helens.", {}),
        ("Whether units help is unclear.", {"stance": "gap"}),
        ("Units may help where ministers ask.", {"stance": "conditional", "force": "hypothesises"}),
        ("Weak units may add to the trouble a ministry has.", {"passage": PASSAGE}),
    ],
)
def test_silence(gist: str, more: dict[str, str]) -> None:
    assert codes(gist, **more) == []


def test_a_copied_stretch_is_told_with_its_length() -> None:
    gist = "Weak delivery units can simply lead to additional significant problems."
    advice = [a for a in advise(gist, kit().claim["gist"], passage=PASSAGE) if a.code == "copied"]
    assert advice[0].text.startswith("10 words in a row")


def test_a_huge_passage_is_looked_at_in_part_only() -> None:
    assert "copied" not in codes("Units may help.", passage="word " * 400_000)


def test_most_curated_gists_pass_without_advice() -> None:
    found = claims()
    quiet = [c for c in found if not codes(c.gist, stance=c.stance.partition("/")[2], force=c.force.partition("/")[2])]
    assert len(quiet) > 0.75 * len(found)
