"""A diagnosis: a policy looked at through several instruments, and what is covered, open and unknown."""

from __future__ import annotations

from dataclasses import dataclass

from webui.api.records.assessing import Follows
from webui.api.records.common import Answer, Claim, Href, Ref, StandingMark


@dataclass(frozen=True)
class LinkedTactic:
    """A tactic on record for a cause.

    Attributes:
        use: `in-use`, `planned` or empty: what was answered.
        standing: how its best link with the cause came about.
        status: its status by the rules.
    """

    tactic: Ref
    use: str
    standing: StandingMark
    status: Ref


@dataclass(frozen=True)
class DiagnosedCause:
    """A cause marked as the policy's.

    Attributes:
        answer: `met` or `partly-met`.
        covered: whether a tactic in use or planned is on record for it. It does not mean that the cause is dealt with.
        tactics: every tactic on record for it, by name.
    """

    cause: Ref
    answer: str
    covered: bool
    tactics: tuple[LinkedTactic, ...]


@dataclass(frozen=True)
class CoveringSet:
    """The smallest set of tactics that is linked with every open cause. It says nothing about effect.

    Attributes:
        sentence: it in words.
        exact: whether all smaller sets were ruled out.
        tactics: the tactics, by name.
        left: open causes with no tactic on record.
    """

    sentence: str
    exact: bool
    tactics: tuple[Ref, ...]
    left: tuple[Ref, ...]


@dataclass(frozen=True, kw_only=True)
class DiagnosisAnswer(Answer):
    """A diagnosis. It is somebody's judgement of a policy and no finding about it.

    Attributes:
        policy: the policy's name, as typed or as in the base.
        stored: always false: nothing is kept.
        page: the page of the same.
        lost: how many answers are for what is no longer asked.
        shows, leaves_open: what the answers show and do not, in sentences.
        findings: what follows by the documents' own rules.
        causes: the causes marked.
        cover: the smallest covering set by every link on record.
        cover_stated: the same without links that curators inferred or packs mapped.
        rule, limit: how the sets were found, and what they do not say.
        cautions, at_odds, tensions, gaps: claims that caution or dispute, limit what the links rest on, tell of a
            tension, report missing evidence.
        unknown: what the record does not hold, in sentences.
    """

    policy: str
    stored: bool
    page: Href
    lost: int
    shows: tuple[str, ...]
    leaves_open: tuple[str, ...]
    findings: tuple[Follows, ...]
    causes: tuple[DiagnosedCause, ...]
    cover: CoveringSet
    cover_stated: CoveringSet
    rule: str
    limit: str
    cautions: tuple[Claim, ...]
    at_odds: tuple[Claim, ...]
    tensions: tuple[Claim, ...]
    gaps: tuple[Claim, ...]
    unknown: tuple[str, ...]
