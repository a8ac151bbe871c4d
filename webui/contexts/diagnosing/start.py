"""Where a diagnosis starts: a policy of one's own, or one that the record tells of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.diagnosis import LONGEST_NAME, LONGEST_SENTENCE, Diagnosis
from kg.namespaces import gap, slug_of, thing
from webui.addresses import href
from webui.base import Opened
from webui.contexts.diagnosing.common import NAME, at, diagnosis_frame, known
from webui.contexts.fields import Fault, Option, fault_of
from webui.contexts.page import Link, Page, shown


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    """The first page.

    Attributes:
        code: what is answered already; empty at the first visit.
        faults: what is wrong with what was typed or with the address.
        name, sentence: as typed.
        name_most, sentence_most: how long they may be.
        name_fault, sentence_fault: what is wrong with each.
        levels, policies: to choose from.
        chosen: the policy of the base that is chosen; None for one's own.
        meaning: what that policy is.
        go_on: where the answers given so far lead on; empty at the first visit.
    """

    code: str
    faults: tuple[Fault, ...]
    name: str
    sentence: str
    name_most: int
    sentence_most: int
    name_fault: str
    sentence_fault: str
    levels: tuple[Option, ...]
    policies: tuple[Option, ...]
    chosen: Link | None
    meaning: str
    go_on: str


_POLICY = gap("Policy")
_LEAD = (
    "Answer what you can about a policy that fails or is new. You get what the record links with it: causes, tactics, "
    "what speaks against them, and what nobody knows. Every step may be skipped."
)


def start_page(
    opened: Opened,
    diagnosis: Diagnosis,
    code: str,
    *,
    typed: Mapping[str, str] | None = None,
    faults: tuple[Fault, ...] = (),
) -> StartPage:
    """The first page.

    Args:
        opened: the base.
        diagnosis: what was answered so far.
        code: the same as a code.
        typed: what the form held, where it could not be used.
        faults: what is wrong with it.
    """
    told = diagnosis.policy
    values = typed or {"name": told.name, "level": told.level, "sentence": told.sentence}
    queries = shown("list_of", cls=_POLICY), shown("members", framework=thing("scheme", "policy-level"))
    return StartPage(
        **diagnosis_frame(opened, NAME, code, lead=_LEAD, queries=queries),
        **_policies(opened, told.slug),
        code=code,
        faults=faults,
        name=values.get("name", ""),
        sentence=values.get("sentence", ""),
        name_most=LONGEST_NAME,
        sentence_most=LONGEST_SENTENCE,
        name_fault=fault_of(faults, "name"),
        sentence_fault=fault_of(faults, "sentence"),
        levels=_levels(opened, values.get("level", "")),
        go_on=at("type", code) if code else "",
    )


def _policies(opened: Opened, slug: str) -> dict[str, Any]:
    """The policies that the record tells of, and the one that is chosen."""
    rows = known(opened).policies
    chosen = next((row for row in rows if row.thing == thing("policy", slug)), None) if slug else None
    return {
        "policies": tuple(Option(slug_of(row.thing), row.label, row.definition, row is chosen, "") for row in rows),
        "chosen": Link(chosen.label, href(chosen.thing)) if chosen else None,
        "meaning": chosen.definition if chosen else "",
    }


def _levels(opened: Opened, now: str) -> tuple[Option, ...]:
    told = (
        Option(slug_of(row.member), row.label, row.definition, slug_of(row.member) == now, f"level-{number}")
        for number, row in enumerate(known(opened).levels)
    )
    return (*told, Option("", "Not said", "", not now, "level-none"))
