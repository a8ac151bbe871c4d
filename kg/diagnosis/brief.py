"""The brief to take away: what a diagnosis shows as sections, the same for the page, the Word file and Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.citation import cite, edition
from kg.diagnosis.covering import RULE, Cover
from kg.diagnosis.result import Result
from kg.diagnosis.steps import CAUSES, PURPOSES, QUESTIONS, RISKS, TYPE
from kg.diagnosis.wording import LIMIT, covering, shows, shows_not, standing_words, unknown_to_all
from kg.exporting import STYLES, Formatted, formatted, read_references
from kg.model import Standing
from kg.queries import Card, Work, cards, works
from kg.store import Reader


@dataclass(frozen=True)
class Line:
    """A line of a list, with the numbers of the claims it rests on."""

    text: str
    claims: tuple[int, ...] = ()

    @property
    def rests_on(self) -> str:
        """The numbers as they are printed, such as “[1, 4]”; empty for none."""
        return f"[{', '.join(map(str, self.claims))}]" if self.claims else ""


@dataclass(frozen=True)
class Table:
    """A table: what it shows, its column heads, its rows; the first cell of a row heads it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ClaimLine:
    """A claim by its number: what it says, how it stands, where it was read, what is cited for it, its address."""

    number: int
    gist: str
    standing: str
    place: str
    works: str
    address: str


@dataclass(frozen=True)
class Section:
    """A part of the brief; what it lacks is empty, and what it has comes in this order."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    claims: tuple[ClaimLine, ...] = ()
    references: tuple[Formatted, ...] = ()


@dataclass(frozen=True)
class Brief:
    """A brief.

    Attributes:
        title: “Brief on …”.
        policy: the policy's name.
        told: the policy's level and sentence, as far as they were given.
        sections: its parts in order.
        revision: the version of the data in words.
        changed: the day of that version, as 2026-11-22; may be empty.
        address: where to come back to it.
        citation: how to cite the data.
        style: the name of the citation style.
    """

    title: str
    policy: str
    told: tuple[str, ...]
    sections: tuple[Section, ...]
    revision: str
    changed: str
    address: str
    citation: str
    style: str


READING = (
    "A claim is what a source says at a certain place. Its standing says how the link came about: stated in the "
    "source, taken from a table, drawn from a phase, or inferred by a curator. An inferred link is no support. Numbers "
    "in brackets lead to the claims at the end.",
    "The answers are those of whoever filled in the form. Nothing was stored.",
)


def make_brief(reader: Reader, result: Result, address: str, style: str) -> Brief:
    """The brief of a result.

    Args:
        reader: the base the result was made from.
        result: what follows from a diagnosis.
        address: where to come back to it.
        style: a citation style.

    Raises:
        BadInput: there is no such style.
    """
    now = edition(reader)
    return Brief(
        title=f"Brief on {result.name}",
        policy=result.name,
        told=tuple(t for t in (result.level and f"Level: {result.level}", result.diagnosis.policy.sentence) if t),
        sections=tuple(_Writing(reader, result, style).sections()),
        revision=now.version,
        changed=now.changed[:10],
        address=address,
        citation=cite(now),
        style=STYLES[style].label if style in STYLES else style,
    )


def file_name(name: str) -> str:
    """A policy's name as the stem of a file name that is safe everywhere: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-")
    return f"gapbridge-brief-{slug}" if slug else "gapbridge-brief"


class _Writing:
    """A brief in the writing: claims get their numbers as they are first named."""

    def __init__(self, reader: Reader, result: Result, style: str) -> None:
        self.reader, self.result, self.style = reader, result, style
        claims = result.claims()
        self.cards: dict[str, Card] = {}
        for card in cards(reader, claims):  # one row for each question it informs
            self.cards.setdefault(card.claim, card)
        self.works = works(reader, claims)
        self.numbers: dict[str, int] = {}

    def sections(self) -> Iterable[Section]:
        made = [
            Section("How to read this", READING),
            self._answers(),
            self._type(),
            self._risk(),
            self._causes(),
            self._covering(),
            self._warnings(),
            self._gaps(),
            self._questions(),
        ]
        return [*(s for s in made if s.paragraphs or s.lines or s.table), self._claims(), self._references()]

    def _answers(self) -> Section:
        found = [Line(f"Shown: {text}") for text in shows(self.result)]
        return Section(
            "What the answers show, and what they do not",
            lines=(*found, *(Line(f"Open: {text}") for text in shows_not(self.result))),
        )

    def _type(self) -> Section:
        found = self.result.findings[TYPE]
        types = tuple(f.sentence for f in found if f.kind == "type")
        lines = [Line(f.sentence, self._refs(f.claims)) for f in found if f.claims]
        said = [Line(self.cards[c].gist, self._refs([c])) for c in self.result.type_claims if c not in self.numbers]
        intro = (*types, "The source calls its own suggestions for a type hypotheses; so are they here.")
        return Section("The type, and what the source says of it", intro if types else (), (*lines, *said))

    def _risk(self) -> Section:
        """The rule of the plan; its domains in one line."""
        found = [f for f in self.result.findings[RISKS] if f.claims]
        rule = [Line(f.sentence, self._refs(f.claims)) for f in found if f.kind != "plan-domain"]
        domains = [f for f in found if f.kind == "plan-domain"]
        listed = f"Such a plan is to cover: {'; '.join(f.label for f in domains)}."
        plan = [Line(listed, self._refs([c for f in domains for c in f.claims]))] if domains else []
        return Section("Implementation risk", (), (*rule, *plan))

    def _causes(self) -> Section:
        if not self.result.causes:
            return Section("")
        labels = self.result.labels
        rows = tuple(
            (
                cause.label + (" (in part)" if cause.answer == "partly-met" else ""),
                "; ".join(labels[f] for f in cause.factors) or "none marked",
                "; ".join(labels[t] for t in cause.in_use) or "none",
                "; ".join(labels[t] for t in cause.planned) or "none",
                str(len(cause.others)),
            )
            for cause in self.result.causes
        )
        head = ("Cause", "What feeds it here", "Linked tactics in use", "Linked tactics planned", "Others on record")
        claims = [Line(f.sentence, self._refs(f.claims)) for f in self.result.findings[CAUSES] if f.claims]
        claims += [Line(self.cards[c].gist, self._refs([c])) for cause in self.result.causes for c in cause.by_policy]
        table = Table("The causes marked, and the tactics on record for each", head, rows)
        return Section("Causes, and the tactics on record", (), tuple(claims), table)

    def _covering(self) -> Section:
        result = self.result
        lines = self._set(result.cover, Standing.INFERRED)
        paragraphs = [covering(result, result.cover), RULE, LIMIT]
        if result.to_cover and result.cover.chosen != result.cover_stated.chosen:
            lines += [Line("Without links that curators inferred or packs mapped: "
                           + covering(result, result.cover_stated))]  # fmt: skip
            lines += self._set(result.cover_stated, Standing.BY_PHASE)
        return Section(
            "The smallest covering set", tuple(paragraphs if result.causes else paragraphs[:1]), tuple(lines)
        )

    def _set(self, cover: Cover, weakest: Standing) -> list[Line]:
        found = []
        for option in cover.chosen:
            tactic = self.result.tactics[option.thing]
            links = {c: s for c, s in tactic.links.items() if s <= weakest}
            told = standing_words(links, self.result.to_cover, self.result.labels)
            claims = [c for cause in self.result.to_cover for c in self.result.behind.get((tactic.iri, cause), ())]
            status = f"Status by the rules: {tactic.status_label.lower()}."
            found.append(Line(f"{tactic.label}. {status} Linked with: {'; '.join(told)}.", self._refs(claims)))
        return found

    def _warnings(self) -> Section:
        result = self.result
        kinds = (
            ("Caution or dispute", result.cautions),
            ("Limits or disagrees with what is said above", result.at_odds),
            ("Pulls against", result.tensions),
            ("Held to need", result.needs),
        )
        lines = [Line(f.sentence, self._refs(f.claims)) for f in result.findings[PURPOSES] if f.claims]
        lines += [Line(f"{words}: {self.cards[c].gist}", self._refs([c])) for words, claims in kinds for c in claims]
        barriers = [Line(f"Barrier marked: {b.label}", self._refs(b.claims)) for b in result.barriers]
        none = () if lines or barriers else ("None is on record. That is no proof that there is none.",)
        return Section("Warnings", none, (*barriers, *lines))

    def _gaps(self) -> Section:
        reported = [Line(f"A source reports a gap: {self.cards[c].gist}", self._refs([c])) for c in self.result.gaps]
        missing = [Line(text) for text in unknown_to_all(self.result)]
        none = () if reported or missing else ("No gap is on record here. Nobody may have looked.",)
        return Section("What nobody knows", none, (*reported, *missing))

    def _questions(self) -> Section:
        answers = self.result.diagnosis.answers(QUESTIONS)
        lines = tuple(Line(f"{self.result.labels[iri]} {words}") for iri, words in answers.items())
        return Section("Review questions, as answered", lines=lines)

    def _claims(self) -> Section:
        found = tuple(self._claim(number, self.cards[claim]) for claim, number in self.numbers.items())
        return Section("Claims", () if found else ("No claim bears on what was answered.",), claims=found)

    def _claim(self, number: int, card: Card) -> ClaimLine:
        said = f"Said by {card.voiceLabel}. " if card.voiceLabel else ""
        cited = [work.workLabel for work in self._cited(card.claim)]
        marks = (card.stanceLabel, card.forceLabel.lower(), card.basisLabel.lower(), Standing.of(card.standing).words)
        return ClaimLine(
            number, card.gist, "; ".join(marks) + ".", f"{said}Read in {card.documentLabel}, {card.locator}.",
            f"Works named with it: {'; '.join(cited)}." if cited else "", card.claim,
        )  # fmt: skip

    def _cited(self, claim: str) -> list[Work]:
        """The works named with a claim, without the document it was read in."""
        read_in = self.cards[claim].document
        return list({w.work: w for w in self.works if w.claim == claim and w.work != read_in}.values())

    def _references(self) -> Section:
        sources = [self.cards[claim].document for claim in self.numbers]
        sources += [work.work for claim in self.numbers for work in self._cited(claim)]
        found = {formatted(r.csl, self.style) for r in read_references(self.reader, sources)}
        listed = tuple(sorted(found, key=lambda f: f.text.lower()))
        return Section("References", () if listed else ("None.",), references=listed)

    def _refs(self, claims: Sequence[str]) -> tuple[int, ...]:
        """The numbers of claims, which they get here where they have none yet."""
        return tuple(self.numbers.setdefault(claim, len(self.numbers) + 1) for claim in dict.fromkeys(claims))
