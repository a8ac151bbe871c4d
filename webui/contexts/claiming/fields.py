"""Fields of the forms by which claims and things are made, as a template shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.claiming import Field, Typed, first
from kg.claiming.form import CHOICE, REQUIRED, SENTENCE, THING, WANTED, YES_NO
from webui.base import Opened
from webui.contexts.claiming.finding import Found, known
from webui.contexts.fields import Option

_RADIOS = 8
"""Up to so many choices stand open; more are a list that unfolds."""


@dataclass(frozen=True)
class FieldView:
    """A field with what stands in it.

    Attributes:
        key: its name and id.
        label, hint: what the shapes say.
        note: whether it may be left out, in a word; empty where it must be there.
        fault: what is wrong with it.
        advice: what to look at again.
        value: what was typed.
        words: what is being looked for, where a thing is wanted.
        options: what can be chosen, or things that were chosen or found.
        told: what came of looking.
        meanings: what each choice of a list means.
        input: `radio` or `checkbox`.
        most: how long it may be.
    """

    key: str
    label: str
    hint: str
    note: str
    fault: str = ""
    advice: tuple[str, ...] = ()
    value: str = ""
    words: str = ""
    options: tuple[Option, ...] = ()
    told: str = ""
    meanings: tuple[Option, ...] = ()
    input: str = "radio"
    most: int = 300
    is_list: bool = False
    is_open: bool = False
    is_thing: bool = False
    is_long: bool = False
    for_kind: str = ""

    @property
    def described(self) -> str:
        """The ids of what is said about it."""
        parts = (("hint", self.hint), ("error", self.fault), ("advice", self.is_long or self.advice))
        return " ".join(f"{self.key}-{part}" for part, text in parts if text)


@dataclass(frozen=True)
class Filled:
    """What stands in a form, and what is said to it.

    Attributes:
        typed: texts by field.
        faults: what is wrong, by field.
        advice: what to look at again, by field.
        found: what came of looking for words, by field; None where nobody looked.
    """

    typed: Typed
    faults: Mapping[str, str] = field(default_factory=dict)
    advice: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    found: Mapping[str, Sequence[Found]] = field(default_factory=dict)


_NOTES = {REQUIRED: "", WANTED: "asked for, not demanded"}


def field_view(
    opened: Opened, asked: Field, filled: Filled, *, key: str = "", label: str = "", kind: str = ""
) -> FieldView:
    """A field of a form.

    Args:
        opened: the base.
        asked: what the shapes ask.
        filled: what stands in the form.
        key: its name in the form, where that is another.
        label: what it is called, where that is another.
        kind: the kind of thing it is for; empty for all.
    """
    key = key or asked.key
    values = filled.typed.get(key, ())
    common = FieldView(
        key, label or asked.label, asked.help, _NOTES.get(asked.need, "optional"), filled.faults.get(key, ""),
        filled.advice.get(key, ()), first(filled.typed, key), first(filled.typed, f"{key}.words"),
        input="checkbox" if asked.many else "radio", most=asked.longest or 300,
        for_kind=kind,
    )  # fmt: skip
    if asked.kind in (CHOICE, YES_NO):
        return _choosing(common, asked, values)
    if asked.kind == THING:
        return _looking(opened, common, values, filled.found.get(key))
    return _with(common, is_long=asked.kind == SENTENCE and key.rpartition(".")[2] not in _NAMES)


_NAMES = ("prefLabel", "label", "altLabel", "name")


def _choosing(view: FieldView, asked: Field, values: Sequence[str]) -> FieldView:
    choices = [(c.value, c.phrase or c.label, c.definition) for c in asked.choices]
    choices = choices or [("yes", "Yes", ""), ("no", "No", "")]
    chosen = {asked.choose(value) or value for value in values}
    options = tuple(
        Option(value, label, hint, value in chosen, f"{view.key}-{n}") for n, (value, label, hint) in enumerate(choices)
    )
    if len(choices) <= _RADIOS or asked.many:
        return _with(view, options=options, is_open=True)
    return _with(view, options=options, meanings=options, is_list=True)


def _looking(opened: Opened, view: FieldView, values: Sequence[str], found: Sequence[Found] | None) -> FieldView:
    chosen = [known(opened, value) or Found(value, value, "Not found here") for value in values]
    others = [one for one in found or () if one.value not in values]
    options = tuple(
        Option(one.value, one.label, _about(one), n < len(chosen), f"{view.key}-{n}")
        for n, one in enumerate((*chosen, *others))
    )
    told = "" if found is None else _told(view.words, len(others))
    return _with(view, options=options, is_thing=True, told=told, value=" ".join(values))


def _told(words: str, count: int) -> str:
    if not words:
        return "Type a word or two, then look it up."
    return f"{count or 'Nothing'} found for “{words}”." + (" Choose one." if count else " Try other words.")


def _about(one: Found) -> str:
    meaning = one.meaning[:157] + "…" if len(one.meaning) > 160 else one.meaning
    return f"{one.kind}. {meaning}".strip() if meaning else one.kind


def _with(view: FieldView, **more: object) -> FieldView:
    from dataclasses import replace

    return replace(view, **more)  # type: ignore[arg-type]  # fields of the view itself


def texts(faults: Iterable[object]) -> dict[str, str]:
    """Faults by field, several of one field together."""
    found: dict[str, str] = {}
    for fault in faults:
        key = getattr(fault, "field", "")
        found[key] = f"{found[key]} {fault}" if key in found else str(fault)
    return found
