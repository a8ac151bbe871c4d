"""Is it in order? The shapes and checks of the base, asked about a proposal alone, told by field.

The checks are the very ones that every change must pass (`kg.validation`); here they run over the part of the base
that the proposal names, which takes milliseconds. What only the whole base can show, the writer still finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.claiming.anchor import PASSAGE
from kg.claiming.form import Form, local_name
from kg.claiming.near import Near
from kg.claiming.proposal import ENDS, Kit, Proposal
from kg.claiming.things import NewThing
from kg.claiming.typed import Fault
from kg.errors import Violation
from kg.namespaces import ID, gap, local_of, slug_of
from kg.store import NamedNode, Quad, Reader, text_of
from kg.validation import check_files, problems

_ABOUT = re.compile(r"^# field: \w+:(\w+)$", re.MULTILINE)
REFUSED, WORTH_A_LOOK = "violation", "warning"


def check_proposal(kit: Kit, proposal: Proposal, known: Iterable[Quad] = ()) -> tuple[list[Fault], list[Fault]]:
    """What is wrong with a proposal, and what is worth another look.

    Args:
        kit: the forms and the base.
        proposal: what would go in and out.
        known: what will be in the base by then, as who enters it (`Curator.described`).
    """
    near = Near(kit.reader, proposal.added | frozenset(known), proposal.removed)
    own = {local_of(text_of(quad.subject)) for quad in proposal.added}
    found = [v for v in problems(near.for_checks(), (REFUSED, WORTH_A_LOOK)) if v.thing in own]
    refused = [_fault(kit, proposal, v) for v in found if v.severity == REFUSED]
    warned = [_fault(kit, proposal, v) for v in found if v.severity == WORTH_A_LOOK]
    return _in_order(kit, [*_at_their_fields(kit, proposal.faults), *refused]), _in_order(kit, warned)


def check_thing(kit: Kit, kind: str, new: NewThing) -> tuple[list[Fault], list[Fault]]:
    """What is wrong with a thing that is proposed by itself, and what is worth another look.

    Args:
        kit: the forms and the base.
        kind: of which kind it is.
        new: the thing.
    """
    made, form = Proposal.of_thing(new), kit.things[kind].form
    found = problems(Near(kit.reader, made.added, made.removed).for_checks(), (REFUSED, WORTH_A_LOOK))
    own = {local_of(text_of(quad.subject)) for quad in made.added}
    told = [(v.severity, Fault(form.by_message(v.message), v.message, _mend(v))) for v in found if v.thing in own]
    refused = [*new.faults, *(fault for severity, fault in told if severity == REFUSED)]
    return _once(refused), _once(fault for severity, fault in told if severity == WORTH_A_LOOK)


def _once(faults: Iterable[Fault]) -> list[Fault]:
    return list({(fault.field, fault.text): fault for fault in faults}.values())


def same_reading(reader: Reader, proposal: Proposal, but: str = "") -> str:
    """The claim that says the same of the same place already; empty where there is none.

    Args:
        reader: the base.
        proposal: a new claim.
        but: a claim that is being put right, and so may say it.
    """
    mark = proposal.iri.rpartition("-")[2]
    subject = next((q.object for q in proposal.added if q.predicate.value == gap("claimSubject")), None)
    if not isinstance(subject, NamedNode):
        return ""
    found = {text_of(q.subject) for q in reader.quads(value=subject) if text_of(q.subject).endswith(f"-{mark}")}
    return next(iter(sorted(found - {but})), "")


def _fault(kit: Kit, proposal: Proposal, violation: Violation) -> Fault:
    return Fault(_field(kit, proposal, violation), violation.message, _mend(violation))


def _mend(violation: Violation) -> str:
    return violation.mend.replace(ID, "")


def _field(kit: Kit, proposal: Proposal, violation: Violation) -> str:
    """The field that a violation is about: by the message where a shape found it, else as the check says."""
    new = next((n for n, made in enumerate(proposal.things) if local_of(made.iri) == violation.thing), None)
    if new is None:
        of_check = _of_check().get(violation.check)
        known = kit.claim.by_message(violation.message) or of_check or _named(kit, proposal, violation)
        return known or (PASSAGE if violation.thing.startswith(_OF_PLACE) else "")
    end, form = _end_of(proposal, new), _form_of(kit, proposal.things[new].iri)
    key = form.by_message(violation.message) if form else ""
    return field_of(kit, end, key)


def _at_their_fields(kit: Kit, faults: Iterable[Fault]) -> Iterable[Fault]:
    for fault in faults:
        end, dot, key = fault.field.partition(".")
        yield Fault(field_of(kit, end, key), fault.text, fault.mend) if dot else fault


_OF_PLACE = ("passage/", "selector/")


def _named(kit: Kit, proposal: Proposal, violation: Violation) -> str:
    """The field whose value the check names."""
    own = (q for q in proposal.added if local_of(text_of(q.subject)) == violation.thing)
    values = {text_of(q.object): q.predicate.value for q in own if isinstance(q.object, NamedNode)}
    keys = (local_name(relation) for value, relation in values.items() if violation.mend.endswith(value))
    return next((key for key in keys if key in kit.claim), "")


def field_of(kit: Kit, end: str, key: str) -> str:
    """The field of the form that holds a field of a new end: its name is called so whatever the kind."""
    names = {asked.name.key for asked in kit.things.values()}
    return f"{end}.{'name' if not key or key in names else key}"


def _end_of(proposal: Proposal, place: int) -> str:
    ends = {local_name(q.predicate.value): text_of(q.object) for q in proposal.added if q.predicate.value in _ENDS}
    return next((end for end in ENDS if ends.get(end) == proposal.things[place].iri), ENDS[0])


_ENDS = frozenset(gap(end) for end in ENDS)


def _form_of(kit: Kit, iri: str) -> Form | None:
    kind = local_of(iri).partition("/")[0]
    asked = kit.things.get({"scheme": "framework"}.get(kind, kind)) or kit.things.get("member")
    return asked.form if asked and slug_of(iri) else None


@cache
def _of_check() -> dict[str, str]:
    """The field that each check of its own is about, as its file says (`# field: gap:claimSubject`)."""
    found = ((name, _ABOUT.search(text)) for name, _, text in check_files())
    return {name: match[1] for name, match in found if match}


def _in_order(kit: Kit, faults: Iterable[Fault]) -> list[Fault]:
    """Each once, as the fields stand in the form."""
    order = {field.key: place for place, field in enumerate(kit.claim.fields)}
    told = {(fault.field, fault.text): fault for fault in faults}  # the last one also says what would do
    if any(field == _SOURCE for field, _ in told):
        told = {key: fault for key, fault in told.items() if key[0] not in _OF_SOURCE}
    return sorted(told.values(), key=lambda fault: order.get(fault.field.partition(".")[0], len(order)))


_SOURCE, _OF_SOURCE = "assertedIn", (PASSAGE, "originSource", "")
"""Where the document is amiss, so is whatever is taken from it; once is enough."""
