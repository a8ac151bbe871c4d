"""Tables that take more than one query: claims in words, what a search finds, paths hop by hop, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from kg.assessment import findings, read_assessment
from kg.errors import BadInput
from kg.model import Hop, Standing
from kg.namespaces import gap, slug_of, thing
from kg.paths import DEFAULT_LENGTH, KINDS, LONGEST, MOST_PATHS, Question, find
from kg.queries import Card, about, cards, gaps, of_source, works
from kg.search import Search
from kg.store import Literal, NamedNode, Reader
from kg.tables.defining import Definition, Made
from kg.tables.parameters import WHOLE, WORDS, Bound, Param
from kg.tables.table import Cell, Row

MOST_HITS = 80

_WORKS = {"citedFor": "backedBy", "citedAgainst": "challengedBy", "origin": "originSource"}
_CARD = (*(field.name for field in fields(Card)), *_WORKS)
_CARD_URIS = frozenset(
    {"claim", "subject", "relation", "object", "stance", "force", "basis", "standing", "document", "voice", *_WORKS}
)
_ABOUT = "anything that claims can be about"


def row_of(values: dict[str, Any], uris: Iterable[str]) -> Row:
    """A row from plain values: texts, numbers and truth values, or tuples of them; empty texts are no value.

    Args:
        values: by column.
        uris: the columns that hold addresses.
    """
    return {name: _cell(value, name in set(uris)) for name, value in values.items()}


def _cell(value: Any, is_uri: bool) -> Cell:
    many = value if isinstance(value, tuple) else (value,)
    return tuple(NamedNode(one) if is_uri else Literal(one) for one in many if one != "" and one is not None)


def _card_rows(reader: Reader, claims: Sequence[str]) -> list[Row]:
    """A row for each claim; what it informs, and its works, are several in one cell."""
    wanted = list(dict.fromkeys(claims))
    informs: dict[str, list[str]] = defaultdict(list)
    found: dict[str, Card] = {}
    for card in cards(reader, wanted):  # one row for each kind of question it informs
        informs[card.claim] += [card.informs] if card.informs else []
        found.setdefault(card.claim, card)
    cited: dict[tuple[str, str], list[str]] = defaultdict(list)
    for work in works(reader, wanted):
        cited[work.claim, work.role].append(work.work)
    return [
        row_of(
            vars(card)
            | {"informs": tuple(dict.fromkeys(informs[claim]))}
            | {column: tuple(cited[claim, gap(role)]) for column, role in _WORKS.items()},
            _CARD_URIS,
        )
        for claim, card in found.items()
    ]


def _about(reader: Reader, search: Search, bound: Bound) -> Made:
    return _card_rows(reader, about(reader, bound["thing"][0]))


def _of_source(reader: Reader, search: Search, bound: Bound) -> Made:
    by_role = of_source(reader, *bound["thing"])
    rows = {row["claim"]: row for row in _card_rows(reader, [c for claims in by_role.values() for c in claims])}
    found = ((role, rows.get((NamedNode(claim),))) for role, claims in by_role.items() for claim in claims)
    return [{"role": (NamedNode(gap(role)),), **row} for role, row in found if row]


def _gaps(reader: Reader, search: Search, bound: Bound) -> Made:
    return _card_rows(reader, gaps(reader))


def _in_words(reader: Reader, search: Search, bound: Bound) -> Made:
    return _card_rows(reader, bound["claim"])


_HIT = ("thing", "kind", "label", "text")


def _search(reader: Reader, search: Search, bound: Bound) -> Made:
    hits = search.look_up(*bound["q"]).hits(limit=int(bound["most"][0]), kinds=bound["kind"])
    return [row_of({name: getattr(hit, name) for name in _HIT}, {"thing"}) for hit in hits]


_HOP = (
    "path", "step", "start", "startLabel", "relation", "forward", "end", "endLabel", "standing", "standingWords",
    "claims", "sentence", "weakest",
)  # fmt: skip
_HOP_URIS = frozenset({"start", "relation", "end", "standing", "claims", "weakest"})


def _paths(reader: Reader, search: Search, bound: Bound) -> Made:
    asked = Question(
        start=bound["from"][0],
        end=bound["to"][0],
        through=next(iter(bound["through"]), ""),
        kinds=_kinds(bound["kinds"]),
        length=int(bound["length"][0]),
        weakest=_standing(bound["standing"][0]),
    )
    found = find(reader, asked, most=int(bound["most"][0]))
    return [
        row_of({"path": number, "step": step, **_told(hop), "weakest": _basis(way.standing)}, _HOP_URIS)
        for number, way in enumerate(found.paths, 1)
        for step, hop in enumerate(way.hops, 1)
    ]


def _told(hop: Hop) -> dict[str, object]:
    return {
        "start": hop.start,
        "startLabel": hop.start_label,
        "relation": hop.relation,
        "forward": hop.forward,
        "end": hop.end,
        "endLabel": hop.end_label,
        "standing": _basis(hop.standing),
        "standingWords": hop.standing.words,
        "claims": hop.claims,
        "sentence": hop.sentence,
    }


def _basis(standing: Standing) -> str:
    return thing("link-basis", standing.slug)


def _kinds(bound: Sequence[str]) -> tuple[str, ...]:
    given = [kind.strip() for text in bound for kind in text.split(",")]
    if unknown := [kind for kind in given if kind not in KINDS]:
        raise BadInput(f"“{unknown[0][:40]}” is no kind that paths can pass; these are: {', '.join(KINDS)}.")
    return tuple(dict.fromkeys(given))


def _standing(slug: str) -> Standing:
    known = {standing.slug: standing for standing in Standing}
    if slug not in known:
        raise BadInput(f"“{slug[:40]}” is no standing; these are, best first: {', '.join(known)}.")
    return known[slug]


_FINDING = ("kind", "thing", "label", "sentence", "claims", "words", "standing")


def _findings(reader: Reader, search: Search, bound: Bound) -> Made:
    made = read_assessment(reader, *bound["assessment"])
    rows = []
    for found in findings(reader, made):
        standing = thing("link-basis", slug_of(found.standing)) if found.standing else ""
        rows.append(row_of(vars(found) | {"standing": standing}, {"thing", "claims", "standing"}))
    return rows


COMPOSED = (
    Definition(
        "cards_about",
        "The claims about a thing, in words",
        "an accepted claim about the thing, with its stance, force, basis, standing, document and works",
        (Param("thing", _ABOUT, example="failure-cause/dispersed-governance"),),
        _CARD,
        _about,
    ),
    Definition(
        "cards_of_source",
        "The claims that were read in a source, and those it is cited for, in words",
        "a claim and what the source is to it: read in, cited for, cited against, origin",
        (Param("thing", "a source", example="source/gold-2017"),),
        ("role", *_CARD),
        _of_source,
    ),
    Definition(
        "cards_of_gaps",
        "Where the documents themselves say that evidence is missing, in words",
        "an accepted claim of stance “reports a gap”",
        (),
        _CARD,
        _gaps,
    ),
    Definition(
        "cards",
        "Claims in words, with their works",
        "a claim",
        (Param("claim", "one or more claims", many=True),),
        _CARD,
        _in_words,
    ),
    Definition(
        "search",
        "What is found by words",
        "a thing whose names, definition, title, authors or gist have all the words, or where nothing has, some of "
        "them; the best first",
        (
            Param("q", "the words", WORDS, example="targets"),
            Param("kind", "the kind of thing that is wanted, as in its address", WORDS, example="tactic", needed=False),
            Param("most", f"how many at the most, up to {MOST_HITS}", WHOLE, default=str(MOST_HITS), highest=MOST_HITS),
        ),
        _HIT,
        _search,
    ),
    Definition(
        "paths",
        "The paths between two things, hop by hop",
        "one hop of a path, with the claims behind it; the best founded paths come first, a path counts as its "
        "weakest hop",
        (
            Param("from", "where the paths start", example="failure-cause/dispersed-governance"),
            Param("to", "where they end", example="tactic/intermediary-bodies"),
            Param("through", "a thing that every path has to pass", example="support-phase/tracking", needed=False),
            Param(
                "kinds",
                f"kinds of things of each of which every path has to pass one, with commas between: {', '.join(KINDS)}",
                WORDS,
                example="support-phase",
                needed=False,
            ),
            Param("standing", "the weakest standing a hop may have", WORDS, default=Standing.INFERRED.slug),
            Param("length", f"the most hops, up to {LONGEST}", WHOLE, default=str(DEFAULT_LENGTH), highest=LONGEST),
            Param("most", "how many paths at the most", WHOLE, default="20", highest=MOST_PATHS),
        ),
        _HOP,
        _paths,
    ),
    Definition(
        "findings",
        "What was answered in an assessment, and what follows from it",
        "an answer, or something that follows by the rules the texts give; it is no finding about the policy",
        (Param("assessment", "an assessment"),),
        _FINDING,
        _findings,
    ),
)
"""The tables that are put together from several queries."""
