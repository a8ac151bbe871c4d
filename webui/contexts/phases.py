"""The four phases of policy support, and what each holds against a cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.appraisal import sentence
from kg.namespaces import slug_of
from kg.queries import PhaseAgainst, TacticAgainst
from webui.addresses import href, short
from webui.contexts.page import Link
from webui.contexts.parts import Mark, standing_mark
from webui.words import ADDRESSING, many


@dataclass(frozen=True)
class TacticLine:
    """A tactic held to address the cause.

    Attributes:
        link: the tactic.
        definition: what it is.
        status: what its claims amount to by the rules.
        warnings: how many claims caution, dispute or report a gap; they are told first.
        support: how many claims speak for it.
        ways: how it came to be linked with the cause.
    """

    link: Link
    definition: str
    status: Mark
    warnings: tuple[Mark, ...]
    support: str
    ways: tuple[Mark, ...]


@dataclass(frozen=True)
class SetAgainst:
    """A claim that sets a phase against the cause.

    Attributes:
        link: the claim, by where it is read.
        gist: what it says.
        standing: how the link came about.
        force, meaning: how firmly the document puts it, and what that word means.
        notes: what the curators noted.
    """

    link: Link
    gist: str
    standing: Mark
    force: str
    meaning: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class PhaseBlock:
    """A phase, and what it holds against the cause.

    Attributes:
        link: the phase; without an address for the tactics that stand in no phase.
        definition: what the phase is.
        anchor: where its tactics stand on the page.
        against: the claims that set the phase against the cause.
        count: how many of its tactics are held to address the cause; empty where none is.
        stated: the tactics that a document links with the cause, in words or by its phases.
        inferred: those that a curator or a pack of data linked with it.
        folded: how many those are where they are many enough to be folded away.
    """

    link: Link
    definition: str
    anchor: str
    against: tuple[SetAgainst, ...]
    count: str
    stated: tuple[TacticLine, ...]
    inferred: tuple[TacticLine, ...]
    folded: str


@dataclass(frozen=True)
class StatusWords:
    """A status, and the fixed sentence that says what it means."""

    mark: Mark
    sentence: str


_FOLDED_FROM = 5
_BY_OTHERS = {"curator-inference", "pack-mapping"}


def phase_blocks(steps: Iterable[PhaseAgainst], rows: Iterable[TacticAgainst]) -> tuple[PhaseBlock, ...]:
    """The phases in their order, those with nothing too; then other phases of the tactics; last, those of no phase.

    Args:
        steps: the phases to be shown in any case, with the claims that set one against the cause.
        rows: the tactics held to address the cause.
    """
    by_phase: dict[str, dict[str, list[TacticAgainst]]] = defaultdict(lambda: defaultdict(list))
    called = {"": "In no phase"}
    for row in rows:
        by_phase[row.phase][row.tactic].append(row)
        called.setdefault(row.phase, row.phaseLabel)
    found = [
        _block(list(group), _tactics(by_phase.pop(phase, {})))
        for phase, group in groupby(steps, key=lambda row: row.phase)
    ]
    return (*found, *(_further(phase, called[phase], by_phase[phase]) for phase in sorted(by_phase, reverse=True)))


def _further(phase: str, label: str, rows: Mapping[str, Sequence[TacticAgainst]]) -> PhaseBlock:
    told = "Another phase, in which a document places these." if phase else "No document places these in a phase."
    anchor = f"phase-{slug_of(phase) or 'none'}"
    return _held((Link(label, href(phase) if phase else ""), told), anchor, _tactics(rows))


def _block(rows: Sequence[PhaseAgainst], tactics: Sequence[TacticLine]) -> PhaseBlock:
    step = rows[0]
    claims = groupby((row for row in rows if row.claim), key=lambda row: row.claim)
    against = tuple(_set_against(list(found)) for _, found in claims)
    named = Link(step.label, href(step.phase)), step.definition
    return _held(named, f"phase-{slug_of(step.phase)}", tactics, against)


def _set_against(rows: Sequence[PhaseAgainst]) -> SetAgainst:
    row = rows[0]
    return SetAgainst(
        link=Link(f"{row.documentLabel}, {row.locator}", href(row.claim)),
        gist=row.gist,
        standing=standing_mark(row.standing),
        force=row.forceLabel,
        meaning=row.forceMeaning,
        notes=tuple(dict.fromkeys(found.note for found in rows if found.note)),
    )


def _held(
    named: tuple[Link, str], anchor: str, tactics: Sequence[TacticLine], against: tuple[SetAgainst, ...] = ()
) -> PhaseBlock:
    inferred = tuple(line for line in tactics if all(way.slug in _BY_OTHERS for way in line.ways))
    return PhaseBlock(
        link=named[0],
        definition=named[1],
        anchor=anchor,
        against=against,
        count=many(len(tactics), "tactic") if tactics else "",
        stated=tuple(line for line in tactics if line not in inferred),
        inferred=inferred,
        folded=many(len(inferred), "tactic") if len(inferred) >= _FOLDED_FROM else "",
    )


def _tactics(rows: Mapping[str, Sequence[TacticAgainst]]) -> tuple[TacticLine, ...]:
    return tuple(map(_line, rows.values()))


def _line(rows: Sequence[TacticAgainst]) -> TacticLine:
    row = rows[0]
    warn = "claim cautions or disputes", "claims caution or dispute"
    lack = "claim reports a gap", "claims report a gap"
    warnings = (("cautions", row.cautions, warn), ("gap", row.gaps, lack))
    return TacticLine(
        link=Link(row.label, href(row.tactic)),
        definition=row.definition,
        status=Mark(short(row.status), row.statusLabel, href(row.status)),
        warnings=tuple(Mark(slug, many(number, *words)) for slug, number, words in warnings if number),
        support=many(row.supports, "claim speaks for it", "claims speak for it"),
        ways=tuple(standing_mark(how) for how in dict.fromkeys(ADDRESSING[short(row.how)] for row in rows)),
    )


def statuses(rows: Iterable[TacticAgainst]) -> tuple[StatusWords, ...]:
    """The statuses that occur among these tactics, each explained once."""
    found = {row.status: row.statusLabel for row in rows}
    return tuple(
        StatusWords(Mark(short(iri), label, href(iri)), sentence(short(iri))) for iri, label in sorted(found.items())
    )
