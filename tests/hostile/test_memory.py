"""What is kept of requests is bounded, however long they are."""

from __future__ import annotations

import pytest
from flask import Flask

from webui.sparql.cache import Cache, Kept


def test_a_long_address_counts_as_what_it_takes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Kept] = []
    monkeypatch.setattr(Cache, "put", lambda _, __, value, ___: kept.append(value))
    assert app.test_client().get("/about?x=" + "a" * 50_000).status_code == 200
    graphs = "&".join(f"default-graph-uri=http://example.org/{'a' * 1000}{number}" for number in range(50))
    data = f"query=ASK%7B%7D&{graphs}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert app.test_client().post("/sparql", data=data, headers=form).status_code in (200, 400)
    assert kept
    assert all(value.asked > 50_000 for value in kept)


def test_answers_of_an_older_revision_do_not_stay() -> None:
    """In a base that changes all day they would fill all the place there is."""
    cache = Cache()
    for revision in range(1, 101):
        for number in range(10):
            cache.put((revision, number), Kept("text/plain", b"x" * 1000), revision)
    assert cache.get((99, 0)) is None
    assert cache.get((100, 0))
    assert cache.size == 10 * 2000
