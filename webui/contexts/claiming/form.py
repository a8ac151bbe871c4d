"""The page on which a claim is made: one form, all of it out of the shapes and schemes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.claiming import ANCHOR_KEYS, ENDS, KINDS, PASSAGE, TEXT, Fault, Field, Typed, anchor_of, first, groups
from kg.claiming.form import CHOICE, OPTIONAL, THING
from kg.namespaces import local_of
from webui.base import Opened
from webui.contexts.claiming.fields import FieldView, Filled, field_view
from webui.contexts.claiming.finding import Found, kit, known, near
from webui.contexts.claiming.preview import Preview
from webui.contexts.fields import Option
from webui.contexts.page import Link, Page, crumbs, frame
from webui.words import kind_words

PROPOSED = ("failure-cause", "tactic", "policy", "outcome", "notion", "body", "member")
"""What can be proposed beside a claim; a whole framework has a page of its own."""


@dataclass(frozen=True)
class NewThing:
    """What is asked of a thing that is proposed as one end of a claim.

    Attributes:
        key: the end.
        kinds: to choose from.
        fields: its name, definition and what its kind cannot do without.
        near: what comes near the name; to be looked at before something new is made.
        sure: whether somebody said that it is none of these.
        open: whether anything was typed.
    """

    key: str
    kinds: tuple[Option, ...]
    fields: tuple[FieldView, ...]
    near: tuple[Option, ...]
    sure: bool
    open: bool
    fault: str


@dataclass(frozen=True)
class Asked:
    """A field of the form; `new` where something new can be proposed instead."""

    field: FieldView
    new: NewThing | None


@dataclass(frozen=True)
class Part:
    """A part of the form.

    Attributes:
        heading: what it is about.
        asked: what must be there, or should.
        more: what may be left out; folded unless something stands in it.
        opened: whether something does.
        has_anchor: whether the passage is asked for here.
    """

    heading: str
    asked: tuple[Asked, ...]
    more: tuple[Asked, ...]
    opened: bool
    has_anchor: bool


@dataclass(frozen=True)
class AnchorView:
    """Where the passage stands: what is kept of it, and what is wrong.

    Attributes:
        kept: where it stands, in words; empty where nothing is kept.
        values: the four values, to be sent again.
        fault, text_fault: what is wrong with the passage, and with the text.
    """

    kept: str
    values: tuple[Option, ...]
    fault: str
    text_fault: str


@dataclass(frozen=True)
class Differing:
    """A field of which two versions of a draft say different things."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Sitting:
    """Where the form stands in the work on a claim.

    Attributes:
        draft, version: of the draft; empty before it is first saved.
        key: by which a form that is sent twice is known.
        corrects: the claim that is put right, as `claim/slug`.
        state: what was done last, in words.
        saved: whether there is something to go on from.
    """

    draft: str = ""
    version: int = 0
    key: str = ""
    corrects: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimFormPage(Page):
    """The form.

    Attributes:
        faults: what is wrong, for the summary.
        sitting: where it stands in the work.
        parts: of the form.
        anchor: the passage.
        warnings: what could be better, and is no refusal.
        preview: what would come of it; None where nobody asked.
        differing: where somebody else saved the draft meanwhile.
        corrected: the claim that is put right; None for a new one.
        required: how many fields must be filled.
        note: what was wrong with the claim that is put right.
    """

    faults: tuple[Fault, ...]
    sitting: Sitting
    parts: tuple[Part, ...]
    anchor: AnchorView
    warnings: tuple[Fault, ...]
    preview: Preview | None
    differing: tuple[Differing, ...]
    corrected: Link | None
    required: int
    note: str


_LEAD = (
    "A claim says what one source says, at one place, about one thing and another. A second person checks it before "
    "anybody else sees it."
)


def claim_page(
    opened: Opened,
    filled: Filled,
    sitting: Sitting,
    *,
    faults: Sequence[Fault] = (),
    warnings: Sequence[Fault] = (),
    preview: Preview | None = None,
    theirs: Typed | None = None,
) -> ClaimFormPage:
    """The form as it stands.

    Args:
        opened: the base.
        filled: what stands in it.
        sitting: where it stands in the work.
        faults: what is wrong with it.
        warnings: what could be better.
        preview: what would come of it.
        theirs: what somebody else has saved meanwhile.
    """
    heading = "Put a claim right" if sitting.corrects else "Make a claim"
    asked = kit(opened).claim.fields
    old = known(opened, sitting.corrects) if sitting.corrects else None
    way = crumbs(Link("Your contributions", "/contributions"), Link(heading, "", True))
    return ClaimFormPage(
        **frame(opened, heading, lead=_LEAD, crumbs=way),
        faults=tuple(faults),
        sitting=sitting,
        parts=tuple(_parts(opened, asked, filled)),
        anchor=_anchor(filled),
        warnings=tuple(warnings),
        preview=preview,
        differing=tuple(_differing(asked, filled.typed, theirs)) if theirs is not None else (),
        corrected=Link(old.label, f"/id/{old.value}") if old else None,
        required=sum(field.need == "required" for field in asked),
        note=first(filled.typed, "changeNote"),
    )  # fmt: skip


def _parts(opened: Opened, asked: Sequence[Field], filled: Filled) -> Iterable[Part]:
    for heading, fields in groups(asked):
        shown = [(field, _asked(opened, field, filled)) for field in fields]
        more = tuple(one for field, one in shown if field.need == OPTIONAL)
        keys = [one.field.key for one in more]
        used = any(first(filled.typed, k) or first(filled.typed, f"{k}.words") or k in filled.faults for k in keys)
        must = tuple(one for field, one in shown if field.need != OPTIONAL)
        yield Part(heading, must, more, used, any(field.key == "locator" for field in fields))


def _asked(opened: Opened, field: Field, filled: Filled) -> Asked:
    return Asked(field_view(opened, field, filled), _new(opened, field, filled) if field.key in ENDS else None)


def _new(opened: Opened, field: Field, filled: Filled) -> NewThing:
    end, typed = field.key, filled.typed
    kind, name = first(typed, f"{end}.kind"), first(typed, f"{end}.name")
    forms = kit(opened).things
    kinds = tuple(Option(k, kind_label(k), "", k == kind, "") for k in PROPOSED)
    extras = []
    for k in PROPOSED:
        for asked in forms[k].few:
            if asked.key != forms[k].name.key and asked.key != "definition":
                label = f"{asked.label} (for: {kind_label(k).lower()})"
                extras.append(_extra(opened, asked, filled, f"{end}.{asked.key}", label, k))
    name_field, meaning = forms["outcome"].name, forms["outcome"].form["definition"]
    return NewThing(
        key=end,
        kinds=kinds,
        fields=(
            field_view(opened, name_field, filled, key=f"{end}.name"),
            field_view(opened, meaning, filled, key=f"{end}.definition"),
            *extras,
        ),
        near=_near(opened, end, name, KINDS[kind].folder or kind) if name and kind in KINDS else (),
        sure=bool(first(typed, f"{end}.sure")),
        open=bool(name or kind or any(key.startswith(f"{end}.") for key in filled.faults)),
        fault=filled.faults.get(f"{end}.sure", ""),
    )


def _extra(opened: Opened, asked: Field, filled: Filled, key: str, label: str, kind: str) -> FieldView:
    """A field of one kind; a framework is chosen from the list of all."""
    view = field_view(opened, asked, filled, key=key, label=label, kind=kind)
    if asked.kind not in (THING, CHOICE) or (view.is_open and len(view.options) <= 8):
        return view
    chosen = filled.typed.get(key, ())
    every = view.options if asked.kind == CHOICE else _frameworks(opened, chosen)
    return FieldView(
        key, label, asked.help, view.note, view.fault, options=every, is_list=True, for_kind=kind, value=view.value
    )


def _frameworks(opened: Opened, chosen: Sequence[str]) -> tuple[Option, ...]:
    values = {local_of(hit.thing): hit.label for hit in opened.search.of_kind("scheme")}
    return tuple(Option(value, label, "", value in chosen, "") for value, label in values.items())


def _near(opened: Opened, end: str, name: str, kind: str) -> tuple[Option, ...]:
    found: list[Found] = near(opened, name, kind)
    return tuple(
        Option(one.value, one.label, f"{one.kind}. {one.meaning}"[:200], False, f"{end}-near-{n}")
        for n, one in enumerate(found)
    )


def kind_label(kind: str) -> str:
    """What a kind that can be proposed is called."""
    words = kind_words(kind)
    return {"member": "Other entry of a framework", "framework": "Framework"}.get(kind) or (
        words.one if words else kind
    )


def _anchor(filled: Filled) -> AnchorView:
    anchor = anchor_of(filled.typed)
    kept = ""
    if anchor:
        kept = f"Characters {anchor.start:,} to {anchor.end:,} of the document’s text. The words were not kept."
    values = tuple(Option(first(filled.typed, key), key, "", False, "") for key in ANCHOR_KEYS) if anchor else ()
    return AnchorView(kept, values, filled.faults.get(PASSAGE, ""), filled.faults.get(TEXT, ""))


def _differing(asked: Sequence[Field], yours: Typed, theirs: Typed) -> Iterable[Differing]:
    labels = {field.key: field.label for field in asked}
    order = list(labels)
    keys = sorted({*yours, *theirs}, key=lambda key: (order.index(key) if key in labels else len(order), key))
    for key in keys:
        mine, other = "; ".join(yours.get(key, ())), "; ".join(theirs.get(key, ()))
        if mine != other:
            label = labels.get(key) or labels.get(key.partition(".")[0], key)
            yield Differing(label, other or "nothing", mine or "nothing")
