"""A claim out of what somebody typed: the statements that would stand in the base, just as curated ones do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.claiming.addresses import Reading
from kg.claiming.anchor import Anchor, anchor_of
from kg.claiming.form import CHOICE, Field, Form
from kg.claiming.terms import Facts, node, term_of
from kg.claiming.things import NewThing, ThingForm, new_thing
from kg.claiming.typed import Fault, Typed, first
from kg.namespaces import ID, PREFIXES, gap, local_of, slug_of, thing
from kg.store import Literal, NamedNode, Quad, Reader, placed

ENDS = ("claimSubject", "claimObject")
_A, _DCT, _OA = (PREFIXES[p] for p in ("rdf", "dcterms", "oa"))
_XSD = PREFIXES["xsd"]


@dataclass(frozen=True)
class Curator:
    """Who enters something.

    Attributes:
        agent: the address that stands in the provenance.
        name: as it is shown.
    """

    agent: str
    name: str

    def described(self) -> frozenset[Quad]:
        """What the base shall know of them, should it not yet."""
        facts = Facts(self.agent)
        for cls in (PREFIXES["prov"] + "Agent", PREFIXES["foaf"] + "Person"):
            facts.add(_A + "type", NamedNode(cls))
        facts.add(PREFIXES["foaf"] + "name", Literal(self.name))
        return placed(facts.statements)


@dataclass(frozen=True)
class Proposal:
    """What would go into the base and out of it.

    Attributes:
        iri: the claim, or the thing.
        added, removed: statements in and out.
        things: what is new beside the claim.
        faults: what keeps it from being read; what does not conform is for the checks to say.
    """

    iri: str
    added: frozenset[Quad]
    removed: frozenset[Quad] = frozenset()
    things: tuple[NewThing, ...] = ()
    faults: tuple[Fault, ...] = ()

    @classmethod
    def of_thing(cls, new: NewThing) -> Proposal:
        """A thing proposed by itself."""
        return cls(new.iri, placed(new.added), frozenset(new.removed), (), new.faults)


@dataclass(frozen=True)
class Kit:
    """What is needed to read a form: the forms themselves, and the base.

    Attributes:
        reader: the base at one revision.
        claim: what is asked of a claim.
        things: what is asked of each kind that can be proposed.
    """

    reader: Reader
    claim: Form
    things: Mapping[str, ThingForm]


def propose(kit: Kit, typed: Typed, curator: Curator, day: date) -> Proposal:
    """What a claim as typed would put into the base.

    Args:
        kit: the forms and the base.
        typed: texts by the key of the field; an end that is new has its fields as `claimSubject.name` and so on.
        curator: who enters it.
        day: when.
    """
    made = {end: found for end in ENDS if (found := _new_end(kit, typed, end))}
    values = {**typed, **{end: (local_of(new.iri),) for end, new in made.items()}}
    values = _filled(kit.claim, values)
    me = _reading(values).claim
    facts = Facts(me)
    faults = [fault for end, new in made.items() for fault in _of_end(end, new.faults)]
    facts.add(_A + "type", NamedNode(gap("Claim")))
    faults += _say_fields(kit.claim, values, facts)
    _say_place(facts, first(values, "locator"), _source(values), anchor_of(values))
    _say_record(facts, curator, day)
    statements = [*facts.statements, *(s for new in made.values() for s in new.added)]
    removed = frozenset(quad for new in made.values() for quad in new.removed)
    return Proposal(me, placed(statements), removed, tuple(made.values()), tuple(faults))


def new_end(typed: Typed, end: str) -> dict[str, tuple[str, ...]]:
    """The fields of a thing that is proposed as one end of a claim, by their own keys."""
    prefix = f"{end}."
    return {key.removeprefix(prefix): values for key, values in typed.items() if key.startswith(prefix)}


def _new_end(kit: Kit, typed: Typed, end: str) -> NewThing | None:
    given = new_end(typed, end)
    asked = kit.things.get(first(given, "kind"))
    if first(typed, end) or asked is None or not first(given, "name"):
        return None
    own = {key: value for key, value in given.items() if key in {field.key for field in asked.few}}
    return new_thing(kit.reader, asked, {**own, asked.name.key: given["name"]}, _source(typed))


def _of_end(end: str, faults: Iterable[Fault]) -> Iterable[Fault]:
    return (Fault(f"{end}.{fault.field}", fault.text, fault.mend) for fault in faults)


def _filled(form: Form, typed: Typed) -> dict[str, tuple[str, ...]]:
    """With choices by their values, and what follows from the rest: whose view it is, which question is open."""
    values = {key: tuple(texts) for key, texts in typed.items()}
    for field in form.fields:
        if field.kind == CHOICE and field.key in values:
            values[field.key] = tuple(field.choose(text) or text for text in values[field.key])
    if not values.get("originSource") and values.get("assertedIn"):
        values["originSource"] = values["assertedIn"]  # the document itself, where it credits nobody (the shape says)
    question = first(values, "claimObject")
    if not values.get("informs") and first(values, "stance") == "stance/gap" and question.startswith("dimension/"):
        values["informs"] = (question,)
    return values


def _reading(values: Typed) -> Reading:
    keys = ("assertedIn", "locator", "claimSubject", "claimPredicate", "claimObject", "stance")
    return Reading(*(first(values, key) for key in keys))


def _say_fields(form: Form, values: Typed, facts: Facts) -> list[Fault]:
    faults = []
    for field in form.fields:
        if field.key == "locator":
            continue
        for text in values.get(field.key, ()):
            term = _term(field, text)
            if term is None:
                faults.append(Fault(field.key, field.message))
            else:
                facts.add(field.iri, term)
    return faults


def _term(field: Field, text: str) -> Literal | NamedNode | None:
    chosen = field.choose(text) if field.kind == CHOICE else text
    return term_of(field, chosen) if chosen else None  # type: ignore[return-value]  # terms of forms are these two


def _source(values: Typed) -> str:
    local = first(values, "assertedIn")
    return ID + local if local.startswith("source/") and node(ID + local) else ""


def _say_place(facts: Facts, locator: str, source: str, anchor: Anchor | None) -> None:
    """The passage, and where it stands in the text; both called like their claim."""
    if not locator and not anchor:
        return
    place, position = (thing(kind, slug_of(facts.iri)) for kind in ("passage", "selector"))
    facts.add(gap("locatedAt"), NamedNode(place))
    facts.say(place, _A + "type", NamedNode(gap("Passage")))
    if source:
        facts.say(place, _OA + "hasSource", NamedNode(source))
    if locator:
        facts.say(place, gap("locator"), Literal(locator))
    if anchor:
        facts.say(place, _OA + "hasSelector", NamedNode(position))
        facts.say(place, gap("quoteHash"), Literal(anchor.quote_hash))
        facts.say(place, gap("textHash"), Literal(anchor.text_hash))
        facts.say(position, _A + "type", NamedNode(_OA + "TextPositionSelector"))
        facts.say(position, _OA + "start", Literal(anchor.start))
        facts.say(position, _OA + "end", Literal(anchor.end))


def _say_record(facts: Facts, curator: Curator, day: date) -> None:
    """Who entered it and when; the piece of work and the check are told when it is accepted (`kg.contributions`)."""
    facts.add(gap("reviewStatus"), NamedNode(thing("review-status", "draft")))
    facts.add(_DCT + "creator", NamedNode(curator.agent))
    facts.add(_DCT + "created", Literal(day.isoformat(), datatype=NamedNode(_XSD + "date")))
