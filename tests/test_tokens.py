"""Tokens: told once, kept as a hash that the owner alone can read, worthless when revoked or over."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import BadInput, NotFound, StoreDamaged
from kg.namespaces import thing
from kg.tokens import FILE, UPDATE, TokenFile


@pytest.fixture
def tokens(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path)


def aged(folder: Path, name: str, expires: str) -> None:
    """Let a token's time end at some moment."""
    rows = json.loads((folder / FILE).read_text())
    changed = [row | {"expires": expires} if row["name"] == name else row for row in rows]
    (folder / FILE).write_text(json.dumps(changed))


def test_a_token_is_found_by_its_secret_alone(tokens: TokenFile) -> None:
    secret = tokens.create("one", (UPDATE,), "https://example.org/me")
    tokens.create("two", (UPDATE,))
    found = tokens.find(secret)
    assert found is not None
    assert (found.name, found.agent, found.may(UPDATE), found.may("other")) == (
        "one",
        "https://example.org/me",
        True,
        False,
    )
    for wrong in ("", "one", secret[:-1], secret + "x", found.digest, "é\udcff"):
        assert tokens.find(wrong) is None


def test_the_project_answers_where_nobody_else_is_named(tokens: TokenFile) -> None:
    tokens.create("one", (UPDATE,))
    assert tokens.list()[0].agent == thing("agent", "gapbridge")


def test_a_secret_has_256_bits_and_is_kept_nowhere(tokens: TokenFile, tmp_path: Path) -> None:
    secrets = {tokens.create(f"t{i}", (UPDATE,)) for i in range(20)}
    assert len(secrets) == 20
    assert {len(secret.removeprefix("gapbridge_")) for secret in secrets} == {43}
    kept = (tmp_path / FILE).read_text()
    assert not any(secret.removeprefix("gapbridge_") in kept for secret in secrets)


def test_the_file_is_its_owners_alone_whenever_it_is_written(tokens: TokenFile, tmp_path: Path) -> None:
    tokens.create("one", (UPDATE,))
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    (tmp_path / FILE).chmod(0o644)
    (tmp_path / f".{FILE}.tmp").write_text("left by a crash")
    tokens.create("two", (UPDATE,))
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


def test_a_revoked_token_is_worthless(tokens: TokenFile) -> None:
    secret = tokens.create("one", (UPDATE,))
    tokens.revoke("one")
    assert tokens.find(secret) is None
    with pytest.raises(NotFound):
        tokens.revoke("one")
    assert tokens.find(tokens.create("one", (UPDATE,))) is not None


def test_a_token_ends_with_its_days(tokens: TokenFile, tmp_path: Path) -> None:
    secret = tokens.create("one", (UPDATE,), days=1)
    assert tokens.find(secret) is not None
    aged(tmp_path, "one", "2020-01-01T00:00:00+00:00")
    assert tokens.find(secret) is None
    assert tokens.list()[0].expired


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 61, "taken"])
def test_a_token_needs_a_name_of_its_own(tokens: TokenFile, name: str) -> None:
    tokens.create("taken", (UPDATE,))
    with pytest.raises(BadInput):
        tokens.create(name, (UPDATE,))
    assert [token.name for token in tokens.list()] == ["taken"]


@pytest.mark.parametrize("rights", [(), ("all",), (UPDATE, "all")])
def test_a_token_needs_rights_that_there_are(tokens: TokenFile, rights: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        tokens.create("x", rights)
    assert tokens.list() == ()


def test_a_file_that_is_not_as_it_was_written_lets_nobody_in(tokens: TokenFile, tmp_path: Path) -> None:
    secret = tokens.create("one", (UPDATE,))
    for text in ("", "[1]", '[{"name": "one"}]'):
        (tmp_path / FILE).write_text(text)
        with pytest.raises(StoreDamaged):
            tokens.find(secret)


def test_tokens_made_at_once_are_all_kept(tokens: TokenFile) -> None:
    with ThreadPoolExecutor(4) as threads:
        secrets = list(threads.map(lambda i: tokens.create(f"t{i}", (UPDATE,)), range(12)))
    assert all(tokens.find(secret) for secret in secrets)
