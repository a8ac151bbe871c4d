"""Things that somebody may mean in a field: by an exact name, or by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from kg.claiming import Field, Kit, address_of, claim_form, thing_forms
from kg.claiming.classes import are_of_class
from kg.claiming.many import KINDS, wanted_class
from kg.errors import Ambiguous, NotFound
from kg.namespaces import PREFIXES, gap, kind_of, local_of
from kg.queries import those_of_class
from kg.search import Hit
from webui.base import Opened
from webui.claims.waiting import waiting
from webui.contexts.found import belongs

MOST = 8
_LOOKED_AT = 60
_KITS: WeakKeyDictionary[Opened, Kit] = WeakKeyDictionary()


@dataclass(frozen=True)
class Found:
    """A thing to choose: as forms write it, its name, what it is, and what it means."""

    value: str
    label: str
    kind: str
    meaning: str = ""


def kit(opened: Opened) -> Kit:
    """The forms of this revision; read once."""
    found = _KITS.get(opened)
    if found is None:
        found = _KITS[opened] = Kit(opened.reader, claim_form(opened.reader), thing_forms(opened.reader))
    return found


def find(opened: Opened, field: Field, words: str) -> list[Found]:
    """Things that the words may mean, the best first."""
    cls = wanted_class(field)
    kinds = KINDS.get(cls, ())
    if kinds == ("claim",):
        hits = opened.search.look_up(words).hits(limit=_LOOKED_AT, kinds=kinds)
    else:
        named = opened.search.suggest(words, limit=_LOOKED_AT)
        looked = opened.search.look_up(words).hits(limit=_LOOKED_AT, kinds=kinds)
        hits = list({hit.thing: hit for hit in (*named, *looked)}.values())
    fitting = _fitting(opened, [hit for hit in hits if not kinds or hit.kind in kinds], cls)
    return [*_own(opened, words, cls), *(told(opened, hit) for hit in fitting)][:MOST]


def exact(opened: Opened, field: Field, words: str) -> str:
    """The one thing that is called just so, as forms write it; empty where none is, or several are."""
    cls = wanted_class(field)
    try:
        thing = opened.search.resolve(words, KINDS.get(cls, ()))
    except (NotFound, Ambiguous):
        return next((one.value for one in _own(opened, words, cls) if words.casefold() in _called(one)), "")
    return local_of(thing) if not cls or those_of_class(opened.reader, [thing], cls) else ""


def known(opened: Opened, value: str) -> Found | None:
    """A thing by what forms call it; None where nothing with a name is called so."""
    hit = opened.search.get(address_of(value))
    if hit:
        return told(opened, hit)
    own = waiting().get(value)
    return Found(value, own.label, WAITS) if own else None


def told(opened: Opened, hit: Hit) -> Found:
    """A thing as a form shows it."""
    return Found(local_of(hit.thing), hit.label, belongs(opened, hit), hit.text)


def near(opened: Opened, name: str, kind: str) -> list[Found]:
    """What comes near the name of something new: of its kind first, then of others that a claim can be about."""
    local = [f"{PREFIXES['id']}{found}" for found in opened.search.nearest(name, (kind,))]
    named = [hit.thing for hit in opened.search.suggest(name, limit=MOST)]
    looked = [hit.thing for hit in opened.search.look_up(name).hits(limit=_LOOKED_AT)]
    hits = [hit for iri in dict.fromkeys((*local, *named, *looked)) if (hit := opened.search.get(iri))]
    fitting = _fitting(opened, hits, gap("Item"))
    ordered = sorted(fitting, key=lambda hit: kind_of(hit.thing) != kind)
    return [*_own(opened, name, gap("Item")), *(told(opened, hit) for hit in ordered)][:MOST]


WAITS = "Proposed by you, not accepted yet"


def _own(opened: Opened, words: str, cls: str) -> list[Found]:
    """What somebody has proposed themselves, and the words may mean."""
    parts = words.casefold().split()
    return [
        Found(value, one.label, WAITS)
        for value, one in waiting().items()
        if all(part in f"{one.label} {value}".casefold() for part in parts)
        and (not cls or are_of_class(opened.reader, one.classes, cls))
    ]


def _called(one: Found) -> tuple[str, ...]:
    return one.label.casefold(), one.value, one.value.rpartition("/")[2]


def _fitting(opened: Opened, hits: Sequence[Hit], cls: str) -> list[Hit]:
    if not cls or not hits:
        return list(hits)
    fitting = those_of_class(opened.reader, [hit.thing for hit in hits], cls)
    return [hit for hit in hits if hit.thing in fitting]
