"""In which respects tactics, causes and sources are held side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from kg.exporting import read_references
from kg.model import Standing
from kg.namespaces import gap
from kg.queries import (
    Edge,
    SourceRow,
    addressed,
    addressing,
    neighbours,
    of_source,
    phrases,
    sources_of,
    summaries,
    things_by_source,
    warnings,
)
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.cards import MOST_CLAIMS, claims_about
from webui.contexts.comparing import Entry, Row, row, texts
from webui.contexts.facts import Facts
from webui.contexts.fallen import label, link_to
from webui.contexts.page import Link, Shown, shown
from webui.contexts.parts import MOST_NEAR, MOST_SOURCES, STANCE_WORDS, Mark, standing_mark
from webui.contexts.status import status
from webui.words import ADDRESSING, SOURCE_HEADINGS, SUPPORT_ORDER, many


class Things:
    """The things to be compared, with what is asked of all of them at once.

    Args:
        opened: the base.
        iris: the things, of one kind.
    """

    def __init__(self, opened: Opened, iris: Sequence[str]) -> None:
        self.opened, self.iris = opened, list(iris)
        self.names = [label(opened, iri) for iri in iris]
        self.facts = [Facts(opened, iri) for iri in iris]

    def row(
        self, heading: str, of: Callable[[str], Sequence[Entry]], *, nothing: str = "None recorded", held: bool = True
    ) -> Row:
        """A row of what each thing has."""
        return row(heading, self.names, [of(iri) for iri in self.iris], nothing=nothing, held=held)

    def fact_row(self, heading: str, name: str, nothing: str = "None recorded") -> Row:
        """A row of a property's values."""
        entries = [[Entry(link) for link in facts.links(name)] for facts in self.facts]
        return row(heading, self.names, entries, nothing=nothing)

    @cached_property
    def edges(self) -> Mapping[tuple[str, str, str], list[Edge]]:
        """What is one claim away, by thing, relation and direction."""
        found: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
        for edge in neighbours(self.opened.reader, self.iris, self.opened.part(MOST_NEAR)):
            found[edge.thing, short(edge.relation), edge.direction].append(edge)
        return found

    def linked_row(self, relation: str, direction: str) -> Row:
        """A row of what stands in a relation to each thing, with how the best of the links came about."""
        words = phrases(self.opened.reader)[gap(relation)][direction == "from"]
        return self.row(words[:1].upper() + words[1:], lambda iri: self._linked(iri, relation, direction))

    def _linked(self, iri: str, relation: str, direction: str) -> list[Entry]:
        best: dict[str, Edge] = {}
        for edge in sorted(self.edges.get((iri, relation, direction), ()), key=lambda e: Standing.of(e.standing)):
            best.setdefault(edge.other, edge)
        entries = [Entry(link_to(self.opened, e.other), standing=standing_mark(e.standing)) for e in best.values()]
        return sorted(entries, key=lambda entry: entry.link.label.casefold())

    @cached_property
    def warned(self) -> Mapping[str, list[Entry]]:
        """The claims that caution about each thing, dispute it or report a gap."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for warned in warnings(self.opened.reader, self.iris, self.opened.part(MOST_CLAIMS)):
            stance = short(warned.stance)
            found[warned.thing].append(
                Entry(link_to(self.opened, warned.claim), stance=Mark(stance, STANCE_WORDS[stance]))
            )
        return found

    @cached_property
    def sources(self) -> Mapping[tuple[str, str], list[SourceRow]]:
        """The sources behind or against each thing, by thing and kind of link."""
        found: dict[tuple[str, str], list[SourceRow]] = defaultdict(list)
        for source in sources_of(self.opened.reader, *self.iris, part=self.opened.part(MOST_SOURCES)):
            found[source.thing, short(source.relation)].append(source)
        return found

    def source_rows(self) -> list[Row]:
        """A row for each kind of link to sources that any of the things has."""
        told = [name for name in SUPPORT_ORDER if any((iri, name) in self.sources for iri in self.iris)]
        return [self.row(SOURCE_HEADINGS[name], self._sources(name)) for name in told]

    def _sources(self, name: str) -> Callable[[str], list[Entry]]:
        return lambda iri: [
            Entry(Link(found.sourceLabel, href(found.source)), f"{found.evidenceType}; {found.readingStatus.lower()}")
            for found in self.sources.get((iri, name), ())
        ]

    def evidence_row(self, names: Sequence[str]) -> Row:
        """The kinds of evidence among the sources that speak for, or explain, each thing."""

        def kinds(iri: str) -> list[Entry]:
            counted = Counter(found.evidenceType for name in names for found in self.sources.get((iri, name), ()))
            return [Entry(Link(kind, ""), many(count, "source")) for kind, count in counted.most_common()]

        return self.row("Kinds of evidence behind it", kinds, nothing="No source speaks for it")

    def claims_row(self) -> Row:
        """How many claims are about each thing."""
        return self.row("Claims about it", lambda iri: texts([claims_about(self.opened, iri).count]), held=False)

    def warning_row(self) -> Row:
        """Cautions, disputes and gaps."""
        nothing = "None recorded, which is no proof that there is none"
        return self.row("Cautions and gaps", lambda iri: self.warned.get(iri, []), nothing=nothing)


def tactic_rows(things: Things) -> list[Row]:
    """What tactics are compared by; what speaks against them comes first."""
    opened, found = things.opened, summaries(things.opened.reader, things.iris)

    def amounts(iri: str) -> list[Entry]:
        if iri not in found:
            return []
        told = found[iri]
        shown_status = status(told.status, told.statusLabel, told.supports, told.cautions, told.gaps)
        return [Entry(Link(told.statusLabel, href(told.status)), shown_status.sentence)]

    def counts(iri: str) -> list[Entry]:
        if iri not in found:
            return []
        told = found[iri]
        groups = many(told.independent, "independent group of works with data", "independent groups of works with data")
        counted = status(told.status, told.statusLabel, told.supports, told.cautions, told.gaps).counts
        return texts([*counted, groups[:1].upper() + groups[1:]])

    return [
        things.warning_row(),
        things.row("What the record amounts to", amounts, nothing="No status is recorded"),
        things.row("Counts behind that", counts, held=False),
        things.fact_row("Phase of policy support", "gap:inPhase", "No phase is told or inferred"),
        things.row("Held to address", lambda iri: _addressed(opened, iri), nothing="No cause is recorded"),
        *things.source_rows(),
        things.evidence_row(("supportedBy",)),
        *_linked_rows(things, (("aimsAt", "to"), ("requires", "to"), ("usesTactic", "from"), ("inTensionWith", "to"))),
        things.fact_row("Listed in", "skos:inScheme", "No framework"),
        things.claims_row(),
    ]


_WAYS = list(ADDRESSING)
"""How a tactic may be held to address something, the best founded way first."""


def _addressed(opened: Opened, iri: str) -> list[Entry]:
    best: dict[str, Entry] = {}
    rows = addressed(opened.reader, iri, opened.part(MOST_CLAIMS))
    for found in sorted(rows, key=lambda row: _WAYS.index(short(row.how))):
        standing = standing_mark(ADDRESSING[short(found.how)])
        best.setdefault(found.cause, Entry(Link(found.label, href(found.cause)), standing=standing))
    return list(best.values())


def _linked_rows(things: Things, relations: Sequence[tuple[str, str]]) -> list[Row]:
    """Rows for those relations in which any of the things stands."""
    told = [(name, way) for name, way in relations if any((iri, name, way) in things.edges for iri in things.iris)]
    return [things.linked_row(name, way) for name, way in told]


def cause_rows(things: Things) -> list[Row]:
    """What causes are compared by."""
    opened = things.opened

    def by_tactic(iri: str) -> list[Entry]:
        best: dict[str, Entry] = {}
        rows = addressing(opened.reader, iri, opened.part(MOST_CLAIMS))
        for found in sorted(rows, key=lambda row: _WAYS.index(short(row.how))):
            standing = standing_mark(ADDRESSING[short(found.how)])
            best.setdefault(found.tactic, Entry(Link(found.label, href(found.tactic)), found.phaseLabel, standing))
        return list(best.values())

    relations = (
        ("contributesTo", "from"),
        ("leadsTo", "from"),
        ("leadsTo", "to"),
        ("contributesTo", "to"),
        ("exhibitsCause", "from"),
        ("variesWith", "to"),
    )
    return [
        things.warning_row(),
        things.linked_row("respondsTo", "from"),
        things.row("Tactics held to address it", by_tactic, nothing="No tactic is recorded"),
        *_linked_rows(things, relations),
        *([] if ("exhibitsCause", "from") in _told(things) else [things.row("Policies that show it", lambda iri: [])]),
        *things.source_rows(),
        things.evidence_row(("explainedBy",)),
        things.claims_row(),
    ]


def _told(things: Things) -> set[tuple[str, str]]:
    return {(relation, way) for _, relation, way in things.edges}


def source_rows(things: Things) -> list[Row]:
    """What sources are compared by."""
    opened = things.opened
    references = {found.source: found for found in read_references(opened.reader, things.iris)}
    roles = {iri: of_source(opened.reader, iri) for iri in things.iris}
    said: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for born in things_by_source(opened.reader, things.iris):
        said[born.source, short(born.relation)].append(Entry(Link(born.label, href(born.thing))))
    told = [name for name in _SAYS if any((iri, name) in said for iri in things.iris)]
    return [
        things.row("Title", lambda iri: texts([references[iri].csl.get("title", "")]), held=False),
        things.fact_row("Authors", "gap:authorList", "Not told"),
        things.fact_row("Year", "dcterms:issued", "Not told"),
        things.fact_row("Kind of evidence", "gap:evidenceType"),
        things.fact_row("How far the project has read it", "gap:readingStatus"),
        things.fact_row("Stake in what it says", "gap:interest", "None told"),
        things.fact_row("Counts as one with others of", "gap:independenceGroup"),
        things.fact_row("Reference found in", "dcterms:isReferencedBy", "Nowhere: it is one of the documents"),
        things.row("Claims", lambda iri: texts(_role_words(roles[iri])), nothing="No claim rests on it", held=False),
        *(things.row(_SAYS[name], lambda iri, name=name: said.get((iri, name), [])) for name in told),
    ]


_SAYS = {
    "cautionedBy": "Cautions about",
    "disputedBy": "Disputes",
    "gapReportedIn": "Reports that evidence is missing for",
    "supportedBy": "Cited, or speaking from experience, in support of",
    "explainedBy": "Cited to explain",
    "recommendedIn": "Puts forward, without evidence cited",
    "relatedWork": "Related, through a curator’s inference, to",
}
_ROLES = {
    "assertedIn": "read in it",
    "backedBy": "cite it in support",
    "challengedBy": "cite it as speaking against",
}


def _role_words(roles: Mapping[str, Sequence[str]]) -> list[str]:
    return [f"{many(len(roles[role]), 'claim')} {words}" for role, words in _ROLES.items() if role in roles]


def asked(kind: str, iris: Sequence[str]) -> tuple[Shown, ...]:
    """The queries behind a comparison."""
    many_of = {"tactic": ("summary", "sources_of", "neighbours", "warnings_about"),
               "cause": ("sources_of", "neighbours", "warnings_about")}  # fmt: skip
    one_of = {"tactic": ("addressed",), "cause": ("addressing",), "source": ("claims_of_source",)}
    together = [shown(name, thing=list(iris)) for name in many_of.get(kind, ())]
    if kind == "source":
        together = [shown("references", thing=list(iris)), shown("things_by_source", source=list(iris))]
    return (*together, *(shown(name, thing=iri) for name in one_of[kind] for iri in iris))
