"""A base that an older program has filled: what it does not know is told in words, and breaks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from kg.contributing import commit, open_base
from kg.namespaces import PREFIXES, gap, thing
from kg.settings import Settings
from kg.store import Change, NamedNode, Quad, Reader
from tests import people_support
from tests.conftest import copied
from tests.people_support import signed_in


def of_retractions(base: Reader) -> frozenset[Quad]:
    """What the ontology says of works that are retracted, which an older one does not know."""
    terms = {gap("publicationStatus"), gap("notice"), gap("noticeDate")}
    path = NamedNode(PREFIXES["sh"] + "path")
    shapes = {q.subject for q in base.quads() if q.predicate == path and q.object in map(NamedNode, terms)}
    known = {*map(NamedNode, terms), *shapes, NamedNode(thing("scheme", "publication-status"))}
    scheme = NamedNode(PREFIXES["skos"] + "inScheme")
    members = {q.subject for q in base.quads() if q.predicate == scheme and q.object in known}
    return frozenset(q for q in base.quads() if {q.subject, q.object} & (known | members))


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("older")
    settings = replace(seeded, data=copied(seeded.data, folder / "base"))
    base = open_base(settings)
    commit(settings, Change(base.revision, removed=of_retractions(base), added=frozenset(), message="Older terms"))
    with people_support.site(settings, str(folder)) as made:
        yield made


@pytest.mark.parametrize("send", [False, True])
def test_a_form_that_the_base_does_not_know_yet_says_so(site: Flask, send: bool) -> None:
    here = signed_in(site)
    path = "/contribute/source/gold-2017/mark"
    told = {"status": "retracted", "notice": "https://example.org/notice"}
    answer = here.post(path, data=told) if send else here.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert "made by an older version of the program" in answer.text
    assert "gapbridge load" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/", "/sources", "/id/source/gold-2017", "/contribute/source", "/contribute/source/new", "/contribute/claim",
     "/contribute/source/gold-2017/merge?into=hudson-2019", "/history/source/gold-2017", "/ns", "/data/sources.csv"],
)  # fmt: skip
def test_all_else_works(site: Flask, path: str) -> None:
    assert signed_in(site).get(path, headers={"Accept": "text/html, */*"}).status_code == 200
