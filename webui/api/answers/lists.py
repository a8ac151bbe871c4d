"""Search, and the things of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from kg.model import Standing
from kg.queries import Marks, marks, summaries
from kg.search import Hit as Found
from webui.api.answers.asked import Asked
from webui.api.answers.parts import CAUTIONS, GAP, NOTE, NOTHING, api_href, mark, status_refs, weakest
from webui.api.operations import ROOT
from webui.api.problems import ApiError
from webui.api.records import Hit, Honesty, Href, Iri, Kind, SearchAnswer, ThingsAnswer

MOST_HITS = 1_000
"""How many things a search counts."""


def search_answer(asked: Asked) -> SearchAnswer:
    kind = asked.values["kind"]
    if kind:
        _check_kind(asked, kind)
    found = asked.opened.search.find(asked.values["q"], limit=MOST_HITS + 1)
    fitting = [hit for hit in found[:MOST_HITS] if kind in (None, hit.kind)]
    items, carries = _hits(asked, asked.part(fitting))
    return SearchAnswer(
        revision=asked.opened.revision,
        honesty=carries,
        **asked.paging(len(fitting)),
        complete=len(found) <= MOST_HITS,
        items=items,
    )


def things_answer(asked: Asked) -> ThingsAnswer:
    kind = asked.values["kind"]
    _check_kind(asked, kind)
    found = asked.opened.search.of_kind(kind)
    items, carries = _hits(asked, asked.part(found))
    return ThingsAnswer(
        revision=asked.opened.revision,
        honesty=carries,
        **asked.paging(len(found)),
        kinds=tuple(Kind(name, n, Href(f"{ROOT}/things?kind={name}")) for name, n in _kinds(asked).items()),
        items=items,
    )


def _kinds(asked: Asked) -> dict[str, int]:
    return asked.opened.search.kinds()


def _check_kind(asked: Asked, kind: str) -> None:
    known = list(_kinds(asked))
    if kind not in known:
        near = get_close_matches(kind, known, n=5)
        raise ApiError("not-found", f"There is no kind “{kind}” here.", parameter="kind", known=known, nearest=near)


def _hits(asked: Asked, found: Sequence[Found]) -> tuple[tuple[Hit, ...], Honesty]:
    """Things in a list; a gist must not be read without its stance and standing."""
    marked = {m.claim: m for m in marks(asked.reader, [hit.thing for hit in found if hit.kind == "claim"])}
    statuses = status_refs(summaries(asked.reader, [hit.thing for hit in found if hit.kind == "tactic"]))
    items = tuple(
        Hit(
            iri=Iri(hit.thing),
            kind=hit.kind,
            label=hit.label,
            text=hit.text,
            href=api_href(hit.thing),
            stance=Iri(marked[hit.thing].stance) if hit.thing in marked else None,
            standing=mark(Standing.of(marked[hit.thing].standing)) if hit.thing in marked else None,
            status=statuses.get(hit.thing),
        )
        for hit in found
    )
    return items, _carries(list(marked.values()))


def _carries(claims: Sequence[Marks]) -> Honesty:
    standings = [mark(Standing.of(claim.standing)) for claim in claims]
    return Honesty(
        weakest=weakest(standings),
        inferred=sum(standing.inferred for standing in standings),
        cautions=sum(claim.stance in CAUTIONS for claim in claims),
        gaps=sum(claim.stance == GAP for claim in claims),
        note=NOTE if claims else NOTHING,
    )
