"""What a made-up evidence base holds, as far as later parts of it and derived links depend on it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Claim:
    """What the links that follow from a claim depend on; things by kind and name, `tactic/made-3`."""

    name: str
    subject: str
    relation: str
    value: str
    stance: str
    force: str
    basis: str
    standing: str
    document: str
    works: tuple[str, ...]
    premises: tuple[Claim, ...]
    start: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of support and the stretch of the document that sets it out."""

    name: str
    document: str
    start: int
    end: int


@dataclass
class Made:
    """All that was made up so far."""

    claims: list[Claim] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    tactics: list[str] = field(default_factory=list)
    works: dict[str, tuple[str, str]] = field(default_factory=dict)
    notions: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    documents: int = 0
    statements: int = 0
