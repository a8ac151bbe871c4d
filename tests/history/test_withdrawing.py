"""What is withdrawn stays on record with its story, and nothing rests on it any more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kg.contributing import PROJECT, commit, open_base, violations
from kg.errors import BadInput, NotFound
from kg.namespaces import gap, thing
from kg.queries import fate
from kg.settings import Settings
from kg.store import Change, Engine
from kg.withdrawing import leaning, referring, withdrawal, withdrawn

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLAIM = thing("claim", "gold-weak-units-d3e57c69")
TACTIC = thing("tactic", "action-research")


@pytest.fixture(scope="module")
def base(seeded: Settings) -> Engine:
    return open_base(seeded)


def change(base: Engine, iri: str, **more: object) -> Change:
    removed, added = withdrawal(base, iri, "Misread.", PROJECT, at=NOW, **more)  # type: ignore[arg-type]
    return Change(base.revision, added, removed)


def test_a_withdrawn_claim_tells_who_when_why_and_what_stands_instead(fresh: Settings) -> None:
    base = open_base(fresh)
    other = thing("claim", "table2-tracking-dispersed-governance-6e80e0a2")
    commit(fresh, change(base, CLAIM, instead=other))
    base = open_base(fresh)
    (row,) = fate(base, CLAIM)
    assert (row.why, row.agent, row.replacement) == ("Misread.", PROJECT, other)
    assert row.at == "2026-11-22T12:00:00Z"
    assert withdrawn(base, CLAIM)
    with pytest.raises(BadInput, match="already"):
        withdrawal(base, CLAIM, "Once more.", PROJECT, at=NOW)


def test_what_leans_on_a_thing_is_told_before(seeded: Settings, base: Engine) -> None:
    leaning = [row for row in referring(base, TACTIC) if row.leans]
    assert {gap("claimSubject"), gap("claimObject")} & {p for row in leaning for p in row.properties}
    refused = violations(seeded, change(base, TACTIC))
    assert {"deprecated-still-used"} <= {v.check.removesuffix("-violation") for v in refused}


def test_a_tactic_goes_with_the_claims_that_lean_on_it(seeded: Settings, base: Engine) -> None:
    along = leaning(base, TACTIC)
    assert set(along) >= {row.iri for row in referring(base, TACTIC) if row.leans}
    assert violations(seeded, change(base, TACTIC, along=along)) == []


def test_no_claim_may_lean_on_a_withdrawn_source(seeded: Settings, base: Engine) -> None:
    refused = violations(seeded, change(base, thing("source", "gold-2017")))
    assert any("no longer to be used" in violation.message for violation in refused)


def test_a_withdrawal_needs_a_reason_and_a_thing(base: Engine) -> None:
    with pytest.raises(BadInput, match="Say why"):
        withdrawal(base, CLAIM, " ", PROJECT, at=NOW)
    with pytest.raises(NotFound):
        withdrawal(base, thing("claim", "never-was"), "Misread.", PROJECT, at=NOW)
    with pytest.raises(BadInput, match="stays true"):
        withdrawal(base, thing("revision", "1"), "Misread.", PROJECT, at=NOW)
    with pytest.raises(BadInput, match="another thing"):
        withdrawal(base, CLAIM, "Misread.", PROJECT, instead=CLAIM, at=NOW)
