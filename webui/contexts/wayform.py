"""The form of the path explorer: what was typed, what is meant by it, and what to choose where that is not clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kg.errors import Ambiguous, NotFound
from kg.model import Standing
from kg.namespaces import ID, local_of
from kg.numbers import whole_number
from kg.paths import DEFAULT_LENGTH, KINDS, LONGEST, MOST_PATHS, Question
from kg.search import Hit, Search
from webui.addresses import kind
from webui.base import Opened
from webui.contexts.forms import Choice
from webui.contexts.page import Link
from webui.contexts.parts import near_links
from webui.words import kind_words, many

SHOWN_FIRST = 10
"""How many paths are shown before a person asks for more."""
MOST_OFFERED = 8
NO_ENDS = ("claim", "activity", "agent", "pack", "independence-group", "revision")
"""Kinds that no path joins: they are talk about the base itself, or, as claims, make the steps."""


@dataclass(frozen=True)
class Typed:
    """What was asked for, as it stands in the address."""

    start: str = ""
    end: str = ""
    through: str = ""
    kinds: tuple[str, ...] = ()
    length: str = ""
    standing: str = ""
    most: str = ""
    view: str = ""

    def href(self) -> str:
        """The page's address."""
        return "/path" + self.query()

    def query(self) -> str:
        """The part of the address behind the path."""
        pairs = self.pairs()
        return "?" + urlencode(pairs, safe="/:") if pairs else ""

    def pairs(self) -> list[tuple[str, str]]:
        """As it stands in the address, without what was left as it is."""
        found = [("from", self.start), ("to", self.end), ("through", self.through)]
        found += [("by", kind) for kind in self.kinds]
        found += [("length", self.length), ("weakest", self.standing), ("paths", self.most), ("view", self.view)]
        return [(name, value) for name, value in found if value]


@dataclass(frozen=True)
class End:
    """A field of the form: what was typed, what is wrong with it, and what may be meant."""

    name: str
    label: str
    hint: str
    value: str
    problem: str = ""
    choices: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Form:
    """The form.

    Attributes:
        start, end, through: the fields for things.
        kinds, lengths, standings: what else can be chosen.
        problems: the fields that cannot be used; nothing is searched then.
        is_open: whether something beyond the two ends was chosen.
        kept: the view that stays chosen.
    """

    start: End
    end: End
    through: End
    kinds: tuple[Choice, ...]
    lengths: tuple[Choice, ...]
    standings: tuple[Choice, ...]
    problems: tuple[End, ...]
    is_open: bool
    kept: str


@dataclass(frozen=True)
class Understood:
    """What is meant: the form, the question where it can be put, and how many paths are wanted."""

    form: Form
    question: Question | None
    typed: Typed
    most: int


def understood(opened: Opened, typed: Typed) -> Understood:
    """What is meant by what was typed.

    Args:
        opened: the base.
        typed: names, slugs, `kind/slug` or addresses of things; numbers; slugs.
    """
    start, first = _end(opened, typed, "start", "From", "A cause, tactic, policy, outcome, source or idea")
    end, last = _end(opened, typed, "end", "To", "Anything; leave it empty to follow a cause to its sources")
    through, middle = _end(opened, typed, "through", "By way of one thing", "Leave it empty for any way")
    length, length_wrong = _whole("length", "At most", typed.length, DEFAULT_LENGTH, LONGEST)
    most, most_wrong = _whole("paths", "Paths", typed.most, SHOWN_FIRST, MOST_PATHS)
    weakest, standing_wrong = _standing(typed.standing)
    kinds, kinds_wrong = _kinds(typed.kinds)
    wrong = (start, end, through, *length_wrong, *most_wrong, *standing_wrong, *kinds_wrong)
    problems = tuple(field for field in wrong if field.problem)
    form = Form(
        start,
        end,
        through,
        kinds=tuple(Choice(slug, _many(slug), slug in kinds) for slug in KINDS),
        lengths=tuple(Choice(str(n), many(n, "step"), n == length) for n in range(1, LONGEST + 1)),
        standings=tuple(Choice(s.slug, _at_least(s), s is weakest) for s in reversed(Standing)),
        problems=problems,
        is_open=bool(through.value or kinds or weakest < Standing.INFERRED or length != DEFAULT_LENGTH),
        kept=typed.view,
    )
    question = Question(first, last, middle, kinds, length, weakest) if first and not problems else None
    return Understood(form, question, _in_short(typed, first, last, middle), most)


def _in_short(typed: Typed, start: str, end: str, through: str) -> Typed:
    """The same with things as `kind/slug`, which no other thing is ever called."""
    found = {"start": start, "end": end, "through": through}
    return replace(typed, **{name: local_of(iri) for name, iri in found.items() if iri})


def _many(slug: str) -> str:
    words = kind_words(slug)
    return words.many if words else slug


def _at_least(standing: Standing) -> str:
    if standing is Standing.INFERRED:
        return "Any, also what curators infer"
    only = "Only what is " if standing is Standing.STATED else "At least "
    return only + standing.words


# --- Things ----------------------------------------------------------------------------------------


def _end(opened: Opened, typed: Typed, field: str, label: str, hint: str) -> tuple[End, str]:
    """A field and the thing it names, empty where none."""
    text: str = getattr(typed, field)
    name = {"start": "from", "end": "to"}.get(field, field)
    if not text:
        return End(name, label, hint, ""), ""
    try:
        iri = opened.search.resolve(text)
    except NotFound as error:
        found = matches(opened.search, text) or error.nearest
        told = "Choose one of these." if found else "Try fewer or other words."
        return _unclear(
            opened, typed, field, End(name, label, hint, text, f"No one thing is called “{text}”. {told}"), found
        )
    except Ambiguous as error:
        told = f"“{text}” may be any of these. Choose one."
        return _unclear(opened, typed, field, End(name, label, hint, text, told), error.candidates)
    if kind(iri) in NO_ENDS:
        told = "Paths join the things that claims are about, not what the base keeps about itself."
        return End(name, label, hint, text, told), ""
    hit = opened.search.get(iri)
    if hit and hit.label.lower() == text.lower():  # the name has just led here
        return End(name, label, hint, hit.label), iri
    return End(name, label, hint, _named(opened, hit) if hit else local_of(iri)), iri


def _unclear(opened: Opened, typed: Typed, field: str, end: End, found: Sequence[str]) -> tuple[End, str]:
    """The field with what may be meant, each a link that asks the same with it."""
    local = [name for name in found if name.partition("/")[0] not in NO_ENDS][:MOST_OFFERED]
    labels = [link.label for link in near_links(opened, local)]
    choices = (Link(label, replace(typed, **{field: name}).href()) for name, label in zip(local, labels, strict=True))
    return replace(end, choices=tuple(choices)), ""


def matches(search: Search, words: str, most: int = MOST_OFFERED) -> list[str]:
    """The things (`kind/slug`) that words fit and that paths can join, best first."""
    found = (local_of(hit.thing) for hit in search.find(words, limit=80) if hit.kind not in NO_ENDS)
    return [name for name, _ in zip(found, range(most), strict=False)]


# --- The rest --------------------------------------------------------------------------------------


def _whole(name: str, label: str, text: str, default: int, highest: int) -> tuple[int, tuple[End, ...]]:
    if not text:
        return default, ()
    found = whole_number(text)
    if found and found <= highest:
        return found, ()
    told = f"This must be a whole number from 1 to {highest}, not “{text[:40]}”."
    return default, (End(name, label, "", text, told),)


def _standing(slug: str) -> tuple[Standing, tuple[End, ...]]:
    known = {standing.slug: standing for standing in Standing}
    if not slug or slug in known:
        return known.get(slug, Standing.INFERRED), ()
    told = f"There is no standing “{slug[:40]}”: choose one from the list."
    return Standing.INFERRED, (End("weakest", "Weakest step", "", slug, told),)


def _kinds(slugs: Sequence[str]) -> tuple[tuple[str, ...], tuple[End, ...]]:
    known = tuple(slug for slug in KINDS if slug in slugs)
    unknown = [slug for slug in slugs if slug not in KINDS]
    told = f"Paths cannot pass things of the kind “{unknown[0][:40]}”: choose from the list." if unknown else ""
    return known, (End(f"by-{KINDS[0]}", "By way of kinds of things", "", "", told),) if unknown else ()


def offered(opened: Opened, words: str) -> list[dict[str, str]]:
    """What a field offers while somebody types: a name that leads back to the thing, and what it is."""
    iris = [ID + name for name in matches(opened.search, words)]
    hits = [hit for hit in map(opened.search.get, iris) if hit]
    return [{"value": _named(opened, hit), "label": hit.label, "kind": _one(hit.thing)} for hit in hits]


def _named(opened: Opened, hit: Hit) -> str:
    """The thing's name where that leads back to it alone, else its kind and slug."""
    try:
        return hit.label if opened.search.resolve(hit.label) == hit.thing else local_of(hit.thing)
    except (NotFound, Ambiguous):
        return local_of(hit.thing)


def _one(iri: str) -> str:
    words = kind_words(kind(iri))
    return words.one if words else "Member of a framework"
