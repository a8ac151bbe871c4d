"""A base that several machines may share: the SPARQL server that holds it, and what all of them must have."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import EngineProblem
from kg.operating.finding import NOTE, PROBLEM, WELL, Finding
from kg.settings import Settings

_ABOUT = "SPARQL server"


def server(settings: Settings) -> Iterator[Finding]:
    """Whether each server that answers does what a base needs, tried in graphs that are gone then."""
    if settings.engine is None:
        return
    from kg.sharing import tried_alone

    for replica in settings.engine.replicas:
        place = replica.query[0]
        try:
            traits = tried_alone(replica)
        except EngineProblem:
            continue  # that it does not answer, or does not let us in, `base.engine` tells
        lacking = [trait for trait in traits if not trait.holds]
        for trait in lacking:
            yield _lacking(place, trait.name, trait.note, needed=trait.needed)
        if not lacking:
            yield Finding(_ABOUT, WELL, f"{place} does what a base needs")


def _lacking(place: str, name: str, note: str, *, needed: bool) -> Finding:
    what = f"{place} does not do this: {name} ({note})."
    if needed:
        mend = "See to its settings (docs/how-to/connect-an-engine.md), or take another server."
        return Finding(_ABOUT, PROBLEM, what, "It cannot hold a base, and gapbridge serve refuses to start.", mend)
    why = "One process writes at a time, by the lock in the database. That is enough while nobody else writes there."
    return Finding(
        _ABOUT, NOTE, what, why, "Let nobody but Gapbridge, with one GAPBRIDGE_DATABASE, change what it holds."
    )


def machines(settings: Settings) -> Iterator[Finding]:
    """Whether other machines could take part: the database must be reached by all, and the key of the forms be one."""
    if not settings.database.startswith("postgresql") or settings.secret_key:
        return
    what = "The key of the forms lies in this machine's data folder."
    why = "Where several machines serve one site, a form that one of them showed is refused by another."
    mend = "Give all of them the same GAPBRIDGE_SECRET_KEY_FILE. For one machine alone all is well."
    yield Finding("several machines", NOTE, what, why, mend)
