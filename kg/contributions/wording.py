"""What a contribution changes, in words: each thing with what is said of it, by the names that readers know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.contributions.changing import statements
from kg.contributions.model import Contribution
from kg.namespaces import PREFIXES, SHAPES, compact, gap, kind_of, local_of, slug_of
from kg.queries import gists, names
from kg.store import Literal, NamedNode, Quad, Reader, serialise, text_of

_A = PREFIXES["rdf"] + "type"
_SH = PREFIXES["sh"]
_LABELS = (
    gap("gist"), gap("shortLabel"), PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label",
    PREFIXES["foaf"] + "name", PREFIXES["dcterms"] + "title", gap("locator"),
)  # fmt: skip
"""What a thing that the base does not know yet may be called by, best first."""
_LEFT_OUT = {gap(name) for name in ("quoteHash", "textHash")}
_LAST = ("passage", "selector", "activity", "agent")
"""Kinds that come after what they belong to."""


@dataclass(frozen=True)
class Line:
    """A statement in words.

    Attributes:
        added: whether it comes in; else it goes out.
        about: what is said, such as “Stance”.
        value: what it says.
        address: of the value, where that is a thing; empty for a text.
    """

    added: bool
    about: str
    value: str
    address: str


@dataclass(frozen=True)
class Said:
    """What a contribution changes of one thing.

    Attributes:
        thing: its address.
        label: its name.
        fate: `added`, `changed` or `taken out`.
        sentence: for a claim, what it says in one sentence.
        lines: each statement.
    """

    thing: str
    label: str
    fate: str
    sentence: str
    lines: tuple[Line, ...]


def in_words(contribution: Contribution, reader: Reader, beside: Iterable[Contribution] = ()) -> tuple[Said, ...]:
    """What a contribution changes, thing by thing; places in a text come last.

    Args:
        contribution: the contribution.
        reader: the base.
        beside: others that bring what it refers to, for the names of that.

    Raises:
        BadInput: its statements cannot be read.
    """
    names = {thing: name for other in beside for thing, name in own_names(statements(other.added)).items()}
    return Wording(statements(contribution.added), statements(contribution.removed), reader, names).told()


def as_turtle(text: str) -> str:
    """Statements as Turtle, for those who read it.

    Raises:
        BadInput: they cannot be read.
    """
    quads = statements(text)
    used = {name: address for name, address in PREFIXES.items() if any(_uses(quad, address) for quad in quads)}
    return serialise([quad.triple for quad in quads], ".ttl", used).decode() if quads else ""


class Wording:
    """Puts statements into words.

    Args:
        added, removed: what comes in and goes out.
        reader: the base, for the names of what they speak of.
        others: names of what is in neither.
    """

    def __init__(
        self, added: Iterable[Quad], removed: Iterable[Quad], reader: Reader, others: Mapping[str, str] | None = None
    ) -> None:
        self._added, self._removed, self._reader = frozenset(added), frozenset(removed), reader
        self._others = others or {}
        self._called = self._names()
        self._about: dict[tuple[str, str], str] = {}

    def told(self) -> tuple[Said, ...]:
        """Each thing with what changes of it."""
        by_thing: dict[str, list[tuple[bool, Quad]]] = defaultdict(list)
        for added, quads in ((True, self._added), (False, self._removed)):
            for quad in quads:
                by_thing[text_of(quad.subject)].append((added, quad))
        found = [self._said(thing, changes) for thing, changes in by_thing.items()]
        return tuple(sorted(found, key=lambda said: ((kind_of(said.thing) or "") in _LAST, said.label.casefold())))

    def line(self, quad: Quad, added: bool = True, cls: str = "") -> Line:
        """One statement in words; `cls` is the class of its subject, whose form has names of its own for some."""
        value = quad.object
        is_thing = isinstance(value, NamedNode)
        words = self.name(value.value) if isinstance(value, NamedNode) else text_of(value)
        return Line(added, self.about(quad.predicate.value, cls), words, text_of(value) if is_thing else "")

    def name(self, address: str) -> str:
        """What a thing is called."""
        return self._called.get(address) or (slug_of(address) if kind_of(address) else compact(address))

    def about(self, relation: str, cls: str = "") -> str:
        """What a property is called on the form of a class, or on any form, else by its label."""
        if relation == _A:
            return "Is a"
        key = relation, cls
        if key not in self._about:
            self._about[key] = self._on_forms(relation, cls) or self.name(relation)
        return self._about[key]

    def _said(self, thing: str, changes: list[tuple[bool, Quad]]) -> Said:
        types = [added for added, quad in changes if quad.predicate.value == _A]
        fate = "added" if True in types else "taken out" if types and not self._remains(thing) else "changed"
        cls = local_of(text_of(self._values(thing).get(_A)))
        lines = [self.line(quad, added, cls) for added, quad in changes if quad.predicate.value not in _LEFT_OUT]
        ordered = tuple(sorted(lines, key=lambda line: (line.about != "Is a", line.about, line.added, line.value)))
        return Said(thing, self.name(thing), fate, self._sentence(thing), ordered)

    def _remains(self, thing: str) -> bool:
        gone = {quad for quad in self._removed if text_of(quad.subject) == thing}
        return bool(set(self._reader.quads(subject=NamedNode(thing))) - gone)

    def _sentence(self, thing: str) -> str:
        """What a claim says as it will be; empty for other things."""
        said = self._values(thing)
        parts = [said.get(gap(name)) for name in ("claimSubject", "claimPredicate", "claimObject")]
        if kind_of(thing) != "claim" or not all(parts):
            return ""
        subject, relation, value = (text_of(part) for part in parts)
        place = self._values(text_of(said.get(gap("locatedAt")))).get(gap("locator"))
        source = self.name(text_of(said.get(gap("assertedIn"))))
        stance = self.name(text_of(said.get(gap("stance")))).lower()
        where = f"{source}, {text_of(place)}" if place else source
        return (
            f"{self.name(subject)} {self._verb(relation)} {self.name(value)}, according to {where} (stance: {stance})."
        )

    def _values(self, thing: str) -> dict[str, NamedNode | Literal]:
        """What is said of a thing with this change made, one value of each property."""
        stays = set(self._reader.quads(subject=NamedNode(thing))) - self._removed if thing else set()
        new = (quad for quad in self._added if text_of(quad.subject) == thing)
        return {q.predicate.value: q.object for q in (*stays, *new) if isinstance(q.object, NamedNode | Literal)}

    def _verb(self, relation: str) -> str:
        phrase = self._values(relation).get(gap("verbPhrase"))
        return text_of(phrase) if phrase else self.name(relation)

    def _names(self) -> dict[str, str]:
        """What everything spoken of is called, what is new by what this change says of it."""
        spoken = {text_of(t) for q in self._added | self._removed for t in (q.subject, q.object) if _is_node(t)}
        properties = {q.predicate.value for q in self._added | self._removed}
        relations = {text_of(q.object) for q in self._added if q.predicate.value == gap("claimPredicate")}
        known = sorted(spoken | properties | relations)
        return {**self._others} | names(self._reader, known) | gists(self._reader, known) | own_names(self._added)

    def _on_forms(self, relation: str, cls: str) -> str:
        found = []
        for path in self._reader.quads(value=NamedNode(relation)):
            if path.predicate.value == _SH + "path":
                others = not text_of(path.subject).startswith(f"{SHAPES}{cls}-")
                named = (q for q in self._reader.quads(subject=path.subject) if q.predicate.value == _SH + "name")
                found += [(others, text_of(quad.object)) for quad in named]
        return min(found)[1] if found else ""


def own_names(added: Iterable[Quad]) -> dict[str, str]:
    """What statements call the things that they describe."""
    found: dict[str, tuple[int, str]] = {}
    for quad in added:
        if quad.predicate.value in _LABELS:
            rank, thing = _LABELS.index(quad.predicate.value), text_of(quad.subject)
            found[thing] = min(found.get(thing, (len(_LABELS), "")), (rank, text_of(quad.object)))
    return {thing: label for thing, (_, label) in found.items()}


def _is_node(term: object) -> bool:
    return isinstance(term, NamedNode)


def _uses(quad: Quad, prefix: str) -> bool:
    terms = (quad.subject, quad.predicate, quad.object)
    return any(isinstance(t, NamedNode) and t.value.startswith(prefix) for t in terms) or (
        isinstance(quad.object, Literal) and quad.object.datatype.value.startswith(prefix)
    )
