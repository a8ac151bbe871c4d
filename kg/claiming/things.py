"""New things that a claim is about: a cause, tactic, policy, outcome… proposed with a definition.

What is asked of each stands in the shapes; this module knows only which kinds can be proposed, and in which list what
belongs to no framework is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.claiming.addresses import free_slug
from kg.claiming.form import CHOICE, OPTIONAL, Field, Form, address_of, read_form
from kg.claiming.terms import Facts, name_of, term_of
from kg.claiming.terms import node as node_of
from kg.claiming.typed import Fault, Typed, first
from kg.namespaces import PREFIXES, gap, kind_of, local_of, slug_of, thing
from kg.store import Literal, NamedNode, Quad, Reader, Statement, text_of

_A = PREFIXES["rdf"] + "type"
_SKOS = PREFIXES["skos"]
_IN_SCHEME = _SKOS + "inScheme"


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be proposed.

    Attributes:
        name: as in forms, and in addresses where `folder` is empty.
        cls: its class.
        classes: the classes above it that data name as well.
        scheme: slug of the list it goes into; empty where it needs none, or a framework.
        own_list: end of the slug of the list that each source has of these, for what belongs to no other framework.
        list_label: what such a list is called.
        folder: the kind in its address, where that is another.
    """

    name: str
    cls: str
    classes: tuple[str, ...] = ()
    scheme: str = ""
    own_list: str = ""
    list_label: str = ""
    folder: str = ""


_ELEMENT = (_SKOS + "Concept", gap("FrameworkElement"))
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("failure-cause", gap("FailureCause"), _ELEMENT, own_list="cause", list_label="Causes in"),
        Kind("tactic", gap("Tactic"), _ELEMENT, own_list="tactic", list_label="Tactics in"),
        Kind("policy", gap("Policy")),
        Kind("outcome", gap("Outcome"), (_SKOS + "Concept",), "outcome"),
        Kind("notion", gap("Notion"), (_SKOS + "Concept",), "notion"),
        Kind("body", gap("SupportBody")),
        Kind("member", gap("FrameworkElement"), (_SKOS + "Concept",)),
        Kind("framework", gap("Framework"), (_SKOS + "ConceptScheme",), folder="scheme"),
    )
}
_COUNT = gap("listedCount")


@dataclass(frozen=True)
class ThingForm:
    """What is asked of a thing of a kind that can be proposed.

    Attributes:
        kind: which.
        form: all its fields.
    """

    kind: Kind
    form: Form

    @property
    def name(self) -> Field:
        """The field of its name.

        Raises:
            BaseTooOld: the base does not know the kind.
        """
        return self.form["label" if "label" in self.form else "prefLabel"]

    @property
    def asked(self) -> tuple[Field, ...]:
        """What a person gives: all but what the program can tell itself."""
        return tuple(field for field in self.form.fields if field.key not in _OWN and not self._settled(field))

    @property
    def few(self) -> tuple[Field, ...]:
        """What is asked beside a claim: what it cannot do without, and the definition."""
        return tuple(f for f in self.asked if f.need != OPTIONAL or f.key == "definition")

    def _settled(self, field: Field) -> bool:
        return field.key == "inScheme" and bool(self.kind.scheme or self.kind.own_list)


_OWN = ("hasTopConcept", "describedAt", "listedCount", "position", "related")
"""What the program counts or finds out, or what only a curator at the files would give."""


def thing_forms(reader: Reader) -> dict[str, ThingForm]:
    """What is asked of each kind that can be proposed."""
    return {name: ThingForm(kind, read_form(reader, kind.cls)) for name, kind in KINDS.items()}


@dataclass(frozen=True)
class NewThing:
    """A thing as it would stand in the base.

    Attributes:
        iri: its address.
        label: its name.
        added, removed: statements in and out: a framework that gains a member counts one more.
        faults: what keeps it from being made at all; what does not conform is for the checks to say.
    """

    iri: str
    label: str
    added: tuple[Statement, ...]
    removed: tuple[Quad, ...] = ()
    faults: tuple[Fault, ...] = ()


def new_thing(reader: Reader, asked: ThingForm, typed: Typed, source: str = "") -> NewThing:
    """A thing out of what somebody typed.

    Args:
        reader: the base; its addresses are not given out again.
        asked: the form of its kind.
        typed: texts by the key of the field.
        source: where it was read; a tactic or cause that belongs to no framework goes into the list of this source.
    """
    kind, label = asked.kind, first(typed, asked.name.key)
    framework = address_of(first(typed, "inScheme")) if first(typed, "inScheme") else ""
    folder = slug_of(framework) if kind.name == "member" and framework else kind.folder or kind.name
    me = thing(folder, free_slug(label, _taken(reader, folder, label)))
    facts = Facts(me)
    for cls in (*kind.classes, kind.cls):
        facts.add(_A, NamedNode(cls))
    faults = [*_asked(asked, typed, facts), *_repeated(reader, asked, label, folder)]
    if not framework and kind.own_list and source:
        framework = thing("scheme", f"{slug_of(source)}-{kind.own_list}")
        facts.add(_IN_SCHEME, NamedNode(framework))
    removed = list(_counted(reader, kind, framework, source, facts))
    if kind.scheme:
        facts.add(_IN_SCHEME, NamedNode(thing("scheme", kind.scheme)))
    if kind.name == "framework":
        facts.add(_COUNT, Literal(0))
    return NewThing(me, label, tuple(facts.statements), tuple(removed), tuple(faults))


def _repeated(reader: Reader, asked: ThingForm, label: str, folder: str) -> Iterable[Fault]:
    """A thing of the kind that is called just so already."""
    for quad in reader.quads(value=Literal(label, language="en")) if label else ():
        if quad.predicate.value in _NAMES and kind_of(text_of(quad.subject)) == folder:
            told = f"There is one of this name already: {local_of(text_of(quad.subject))}."
            yield Fault(asked.name.key, told, "Choose that one, or give the new one a fuller name.")


_NAMES = (_SKOS + "prefLabel", _SKOS + "altLabel", PREFIXES["rdfs"] + "label")


def _asked(asked: ThingForm, typed: Typed, facts: Facts) -> Iterable[Fault]:
    for field in asked.asked:
        for text in typed.get(field.key, ()):
            value = field.choose(text) if field.kind == CHOICE else text
            term = term_of(field, value) if value else None
            if term is None:
                yield Fault(field.key, field.message)
            else:
                facts.add(field.iri, term)


def _counted(reader: Reader, kind: Kind, framework: str, source: str, facts: Facts) -> Iterable[Quad]:
    """Let its framework count one more; a list of a source is made with its first member."""
    node = node_of(framework)
    present = list(reader.quads(subject=node)) if node else []
    for quad in present:
        if quad.predicate.value == _COUNT and text_of(quad.object).isdigit():
            facts.say(framework, _COUNT, Literal(int(text_of(quad.object)) + 1))
            yield quad
    if not present and kind.own_list and source and framework.endswith(f"/{slug_of(source)}-{kind.own_list}"):
        _begin_list(reader, kind, framework, source, facts)


def _begin_list(reader: Reader, kind: Kind, framework: str, source: str, facts: Facts) -> None:
    label = f"{kind.list_label} {name_of(reader, source)}"
    for cls in (_SKOS + "ConceptScheme", gap("Framework")):
        facts.say(framework, _A, NamedNode(cls))
    facts.say(framework, _SKOS + "prefLabel", Literal(label, language="en"))
    facts.say(framework, _SKOS + "definition", Literal(_LIST_MEANING, language="en"))
    facts.say(framework, gap("describedIn"), NamedNode(source))
    facts.say(framework, gap("frameworkKind"), NamedNode(thing("framework-kind", "list")))
    facts.say(framework, gap("completeList"), Literal(False))
    facts.say(framework, _COUNT, Literal(1))


_LIST_MEANING = "What contributors found in this source one by one; the source itself need not set it out as a list."


def _taken(reader: Reader, folder: str, label: str) -> list[str]:
    """The slugs near this one that are in use."""
    stem = free_slug(label, ())
    near = (f"{stem}{end}" for end in ("", *(f"-{n}" for n in range(2, 30))))
    return [slug for slug in near if any(True for _ in reader.quads(subject=NamedNode(thing(folder, slug))))]
