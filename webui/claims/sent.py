"""A form for a claim as it was sent: read, cleaned, its passage measured and let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import request

from kg.claiming import (
    ANCHOR_KEYS,
    ENDS,
    PASSAGE,
    TEXT,
    Advice,
    Curator,
    Fault,
    Proposal,
    Typed,
    address_of,
    advise,
    correcting,
    first,
    place_passage,
    propose,
    read_typed,
    typed_from,
)
from kg.claiming.form import THING
from kg.errors import NotFound
from kg.namespaces import local_of, thing
from kg.numbers import whole_number
from webui.base import opened
from webui.contexts.claiming.fields import Filled, texts
from webui.contexts.claiming.finding import Found, exact, find, kit, known
from webui.contexts.claiming.form import PROPOSED, Sitting
from webui.desk import me

LONGEST_TEXT = 3_000_000
"""So many characters of a document are looked through for a passage."""


@dataclass(frozen=True)
class Sent:
    """A form that was sent."""

    filled: Filled
    sitting: Sitting
    faults: tuple[Fault, ...]


def _allowed() -> list[str]:
    keys = [field.key for field in kit(opened()).claim.fields]
    ends = [f"{end}.{part}" for end in ENDS for part in ("kind", "name", "definition", "sure", *_extras())]
    return [*keys, *(f"{key}.words" for key in keys), *ends, *ANCHOR_KEYS, "changeNote", "copied"]


def _extras() -> list[str]:
    forms = kit(opened()).things
    return sorted({field.key for kind in PROPOSED for field in forms[kind].few} - {"definition", "prefLabel", "label"})


def read_typed_form() -> tuple[dict[str, tuple[str, ...]], tuple[Fault, ...]]:
    return read_typed({key: request.form.getlist(key) for key in _allowed()})


def read_sent() -> Sent:
    """The form at hand: read, the passage measured and let go, names that are exact taken for what they name."""
    typed, faults = read_typed_form()
    typed = _resolved(typed, request.form.get("go", "").removeprefix("look:"))
    placed = place_passage(request.form.get(PASSAGE, ""), request.form.get(TEXT, "")[:LONGEST_TEXT])
    if placed.anchor:
        typed |= placed.anchor.typed()
    elif request.form.get("forget"):
        typed = {key: values for key, values in typed.items() if key not in ANCHOR_KEYS}
    found = (*faults, placed.fault) if placed.fault else faults
    advice = {"gist": tuple(one.text for one in advice_on(typed))}
    sitting = Sitting(
        draft=request.form.get("draft", "")[:60],
        version=whole_number(request.form.get("version", ""), 8) or 0,
        key=request.form.get("key", "")[:32],
        corrects=request.form.get("corrects", "")[:200],
    )
    return Sent(Filled(typed, texts(found), advice), sitting, found)


def advice_on(typed: Typed) -> tuple[Advice, ...]:
    stance, force = (first(typed, key).rpartition("/")[2] for key in ("stance", "force"))
    passage = request.form.get(PASSAGE, "")
    return advise(first(typed, "gist"), kit(opened()).claim["gist"], stance=stance, force=force, passage=passage)


def _resolved(typed: dict[str, tuple[str, ...]], looked_for: str) -> dict[str, tuple[str, ...]]:
    """Words that name one thing exactly, as that thing; words by which something was found and chosen are done with."""
    for field in kit(opened()).claim.fields:
        words = first(typed, f"{field.key}.words")
        if field.kind != THING or not words or field.key == looked_for:
            continue
        chosen = typed.get(field.key, ())
        value = exact(opened(), field, words)
        if value or (chosen and (not field.many or {one.value for one in find(opened(), field, words)} & set(chosen))):
            typed = {key: values for key, values in typed.items() if key != f"{field.key}.words"}
        if value:
            typed[field.key] = tuple(dict.fromkeys((*chosen, value))) if field.many else (value,)
    return typed


def looked_up(sent: Sent, wanted: str) -> dict[str, list[Found]]:
    """What may be meant by words that name nothing exactly; of the field that was asked for, at any rate."""
    found = {}
    for field in kit(opened()).claim.fields:
        words = first(sent.filled.typed, f"{field.key}.words")
        if field.kind == THING and (words or field.key == wanted):
            found[field.key] = find(opened(), field, words) if words else []
    return found


def curator() -> Curator:
    person = me()
    return Curator(person.address, person.name)


def proposal_of(sent: Sent) -> Proposal:
    made = propose(kit(opened()), sent.filled.typed, curator(), datetime.now(UTC).date())
    old = address_of(sent.sitting.corrects) if sent.sitting.corrects else ""
    if old and not typed_from(opened().reader, kit(opened()).claim, old):
        raise NotFound(sent.sitting.corrects)
    if old:
        return correcting(kit(opened()), made, old, first(sent.filled.typed, "changeNote"))
    return made


def begun() -> tuple[dict[str, tuple[str, ...]], str]:
    """A new form, with what the address names: `?source=`, `?about=`, `?copy=claim/…`, `?edit=claim/…`."""
    args, reader = request.args, opened().reader
    corrects = args.get("edit", "")[:200]
    copied = corrects or args.get("copy", "")[:200]
    typed: dict[str, tuple[str, ...]] = {}
    if copied:
        typed = typed_from(reader, kit(opened()).claim, address_of(copied))
        if not typed:
            raise NotFound(copied, opened().search.nearest(copied, ("claim",)))
        if not corrects:
            typed = {key: values for key, values in typed.items() if key not in ANCHOR_KEYS}
    if source := args.get("source", "")[:200]:
        typed["assertedIn"] = (_thing(source, "source"),)
    if about := args.get("about", "")[:200]:
        typed["claimSubject"] = (_thing(about, ""),)
    return typed, corrects


def _thing(name: str, kind: str) -> str:
    """A thing named in the address.

    Raises:
        NotFound: there is none; the nearest come with it.
    """
    value = name if "/" in name or not kind else local_of(thing(kind, name))
    if known(opened(), value) is None:
        raise NotFound(value, opened().search.nearest(value, (kind,) if kind else ()))
    return value
