"""Signing in by a token at a gateway before a real engine: let in, refused, and refused from some day on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.answering import Question, open_pool
from kg.cli import main
from kg.contributing import prepare_base
from kg.errors import EngineRefused
from kg.settings import Settings
from tests.remote.conftest import emptied
from tests.remote.servers import gateway
from tests.remote.servers.gateway import Gateway
from tests.remote.servers.oxigraph import OXIGRAPH, oxigraph
from tests.remote.support import change, differing, noting, reader, settings_for, shared_by
from tests.sparql.conftest import until

TOKEN = "t0ken.of-2026_~+/="
WORDS = "the token is wrong or has expired: GAPBRIDGE_ENGINE_TOKEN"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """An engine behind a gateway."""
    if reason := gateway.missing() or OXIGRAPH.missing():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("guarded")
    with oxigraph(folder) as engine, gateway.gateway(folder / "gateway", engine, TOKEN) as made:
        yield made


@pytest.fixture
def machine(guarded: Gateway, migrated: Path, tmp_path: Path) -> Settings:
    """A machine with a base of a few statements, which knows the token."""
    (tmp_path / "base").mkdir()
    shutil.copy(migrated, tmp_path / "base")
    settings = settings_for(guarded.known_by(TOKEN), tmp_path / "base")
    emptied(settings)
    change(settings, noting(reader(settings), "first"))
    return settings


def test_who_has_the_token_is_let_in(machine: Settings) -> None:
    assert change(machine, noting(reader(machine), "second", 1200)) == 2
    assert differing(machine) == []


def test_a_wrong_token_is_told_at_the_start_and_by_the_command(
    guarded: Gateway, machine: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = settings_for(guarded.known_by("another"), machine.data, shared_by(machine))
    with pytest.raises(EngineRefused, match=WORDS):
        prepare_base(stranger)
    assert stranger.engine
    for name in ("query", "update", "graphs"):
        suffix = "" if name == "query" else f"_{name.upper()}"
        monkeypatch.setenv(f"GAPBRIDGE_ENGINE{suffix}", getattr(stranger.engine, name)[0])
    for name, value in {"DATA": str(machine.data), "ENGINE_AUTH": "bearer", "ENGINE_TOKEN": "another"}.items():
        monkeypatch.setenv(f"GAPBRIDGE_{name}", value)
    told = CliRunner().invoke(main, ["engine"])
    assert (told.exit_code, WORDS in told.output, "another" in told.output) == (1, True, False), told.output


def test_a_token_that_expires_bars_changes_and_no_reading_until_it_is_renewed(
    guarded: Gateway, machine: Settings
) -> None:
    guarded.take("a later one")
    try:
        assert until(lambda: refused(machine))
        with closing(open_pool(machine)) as pool:
            found = pool.answer(Question("ASK { ?s ?p ?o }"), "visitor").body
        assert b"true" in found, "this machine's copy answers"
    finally:
        guarded.take(TOKEN)
    assert until(lambda: not refused(machine))
    assert differing(machine) == []


def refused(settings: Settings) -> bool:
    """Whether a change is refused with the words that say what to do."""
    try:
        change(settings, noting(reader(settings), "second"))
    except EngineRefused as error:
        return WORDS in str(error)
    return False
