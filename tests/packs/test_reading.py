"""What makes a pack, and what no pack may say."""

from __future__ import annotations

import pytest

from kg.errors import BadInput, GapbridgeError, SyntaxProblem
from kg.packs import pack_of_files
from kg.packs.versions import version_key
from tests.packs.packs_support import changed, example, files

HEAD = """PREFIX gap: <https://w3id.org/gapbridge/ns#>
PREFIX id: <https://w3id.org/gapbridge/id/>
"""
NOTION = "<https://w3id.org/gapbridge/id/notion/crosswalk-x>"


def refusal(**more: str) -> str:
    with pytest.raises(GapbridgeError) as refused:
        pack_of_files(files() | {f"{name}.ttl": text.encode() for name, text in more.items()}, "example")
    return str(refused.value)


def test_the_description_says_what_the_pack_is() -> None:
    pack = example()
    assert (pack.name, pack.version, pack.ontology) == ("crosswalk", "1.0.0", "0.1.0")
    assert [iri.rpartition("/")[2] for iri in pack.requires] == ["common", "hudson-2019"]


def test_without_a_description_it_is_no_pack() -> None:
    with pytest.raises(BadInput, match=r"there is no pack\.ttl in it"):
        pack_of_files({"claims/one.ttl": b""}, "example")


@pytest.mark.parametrize("gone", ["dcterms:title", "dcterms:license", "dcat:version"])
def test_the_description_is_refused_without(gone: str) -> None:
    with pytest.raises(SyntaxProblem, match="give it a"):
        changed("pack.ttl", gone, "gap:gist")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("BASE <https://w3id.org/gapbridge/id/> <notion/x> a <notion/y> .", "it sets a BASE"),
        ("<relative> a <https://w3id.org/gapbridge/ns#Notion> .", "No scheme found"),
        ("[] a <https://w3id.org/gapbridge/ns#Notion> .", "Blank nodes"),
        ("<https://example.org/elsewhere> a <https://w3id.org/gapbridge/ns#Notion> .", "addresses of the form"),
        (f"{HEAD}gap:addresses a gap:Notion .", "addresses of the form"),
        ("<https://w3id.org/gapbridge/id/notion/Wrong_Form> a <https://w3id.org/gapbridge/ns#Notion> .", "lower-case"),
        ("<https://w3id.org/gapbridge/id/pack/hudson-2019> a <https://w3id.org/gapbridge/ns#Pack> .", "not for a pack"),
        ("<https://w3id.org/gapbridge/id/summary/x> a <https://w3id.org/gapbridge/ns#Pack> .", "not for a pack"),
        (f"{NOTION} <https://w3id.org/gapbridge/ns#evidenceStatus> 1 .", "leave out gap:evidenceStatus"),
        (f"{NOTION} <https://w3id.org/gapbridge/ns#countsAsRead> true .", "leave out gap:countsAsRead"),
        (f"{NOTION} <http://purl.org/dc/terms/source> <javascript:alert(1)> .", "is no web address"),
        (f'{NOTION} <http://purl.org/dc/terms/title> "{"x" * 20_001}" .', "20,000 is the most"),
        ("this is no Turtle", "wrong.ttl:1"),
    ],
)
def test_what_no_pack_may_say_is_refused_in_words(text: str, told: str) -> None:
    assert told in refusal(wrong=text)


def test_versions_are_compared_by_their_numbers() -> None:
    ordered = ["0.9", "1.0.0-alpha", "1.0.0-alpha.2", "1.0.0-alpha.10", "1.0.0-beta", "1.0", "1.9", "1.10", "2"]
    assert sorted(ordered, key=version_key) == ordered
    assert version_key("1.0") == version_key("1.0.0")


@pytest.mark.parametrize("version", ["", "new", "1.0.0 ", "v1", "1..2", "1.0.0.0.0"])
def test_what_is_no_version_is_told(version: str) -> None:
    with pytest.raises(BadInput, match="Write it like"):
        version_key(version)
