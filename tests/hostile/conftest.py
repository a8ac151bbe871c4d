"""The site over the seed data, and over the same data with each text turned against whoever shows it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from kg.contributing import home
from kg.derivation import steps
from kg.settings import Settings
from kg.store import DERIVED_GRAPH, META_GRAPH, Change, Literal, Quad, Writer
from tests.conftest import copied
from webui import create_app

HOSTILE = "</script><img src=x onerror=alert(1)>\"'&lt;{{7*7}}\u202e\x7f\r\n\\}@,;\t=cmd|' "
"""What every text begins with: ends of scripts, of attributes, of strings, of fields and of lines."""

settings.register_profile("short", max_examples=100, derandomize=True, database=None, deadline=None,
                          suppress_health_check=list(HealthCheck))  # fmt: skip
settings.register_profile("long", settings.get_profile("short"), max_examples=20_000, derandomize=False)
PROFILE = settings.get_profile("long" if os.environ.get("GAPBRIDGE_FUZZ") == "long" else "short")


@pytest.fixture(scope="session")
def app(seeded: Settings) -> Flask:
    return create_app(replace(seeded, query_rate=10**9))


@pytest.fixture(scope="session")
def hostile(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site over data whose every text is hostile; no check would let such statements in by mistake alone."""
    folder: Path = tmp_path_factory.mktemp("hostile") / "base"
    changed = replace(seeded, data=copied(seeded.data, folder), query_rate=10**9)
    with Writer(home(changed), lambda _: [], steps()) as writer:
        quads = [quad for quad in writer.reader.quads() if _is_text(quad)]
        change = Change(writer.reader.revision, frozenset(map(_turned, quads)), frozenset(quads))
        writer.commit(change)
    return create_app(changed)


def _is_text(quad: Quad) -> bool:
    value = quad.object
    if quad.graph_name in (DERIVED_GRAPH, META_GRAPH):  # the writer alone writes these
        return False
    return isinstance(value, Literal) and (bool(value.language) or value.datatype.value.endswith("#string"))


def _turned(quad: Quad) -> Quad:
    value = quad.object
    assert isinstance(value, Literal)
    turned = Literal(HOSTILE + value.value, language=value.language)
    return Quad(quad.subject, quad.predicate, turned, quad.graph_name)
