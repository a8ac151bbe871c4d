"""Claims that fit all filters."""

from __future__ import annotations

from collections.abc import Iterator

from kg.namespaces import thing
from kg.queries import about, accepted_claims, marks, of_phase, of_source
from webui.api.answers.asked import Asked
from webui.api.answers.parts import claim_records, honesty
from webui.api.records import ClaimsAnswer

_SCHEMES = {"stance": "stance", "force": "force", "basis": "claim-basis", "standing": "link-basis"}


def claims_answer(asked: Asked) -> ClaimsAnswer:
    found = _marked(asked, _fitting(asked))
    shown = claim_records(asked.reader, asked.part(found))
    return ClaimsAnswer(revision=asked.opened.revision, honesty=honesty(shown), **asked.paging(len(found)), items=shown)


def _fitting(asked: Asked) -> list[str]:
    """The claims that fit the filters by a thing, by address; all where there is no such filter."""
    found = list(_by_thing(asked))
    return sorted(set.intersection(*found)) if found else accepted_claims(asked.reader)


def _by_thing(asked: Asked) -> Iterator[set[str]]:
    if item := asked.thing("about"):
        yield set(about(asked.reader, item))
    if source := asked.thing("source", ("source",)):
        yield {claim for claims in of_source(asked.reader, source).values() for claim in claims}
    if phase := asked.values["phase"]:
        yield set(of_phase(asked.reader, thing("support-phase", phase)))


def _marked(asked: Asked, claims: list[str]) -> list[str]:
    wanted = {
        name: thing(scheme, asked.values[name]) for name, scheme in _SCHEMES.items() if asked.values[name] is not None
    }
    found = {row.claim for row in marks(asked.reader, claims) if all(getattr(row, n) == v for n, v in wanted.items())}
    return [claim for claim in claims if claim in found]
