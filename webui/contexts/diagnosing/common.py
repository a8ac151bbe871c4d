"""What all pages of a diagnosis share: what is asked, the code in their addresses, the way through the steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from kg.diagnosis import STEPS, Catalogue, Diagnosis, catalogue
from kg.diagnosis.wording import TITLES
from kg.namespaces import thing
from webui.base import Opened
from webui.contexts.page import Link, crumbs, frame

ROOT = "/diagnose"
NAME = "Diagnose a policy"
RESULT = "result"
_KNOWN: WeakKeyDictionary[Opened, Catalogue] = WeakKeyDictionary()


@dataclass(frozen=True)
class StepMark:
    """A step on the way.

    Attributes:
        name, label: as in addresses, and in words.
        state: “answered”, “here” or empty.
        current: whether it is this one.
    """

    name: str
    label: str
    state: str
    current: bool


def known(opened: Opened) -> Catalogue:
    """What the steps ask, read once for a revision."""
    found = _KNOWN.get(opened)
    if found is None:
        found = _KNOWN[opened] = catalogue(opened.reader)
    return found


def at(page: str, code: str, **more: str) -> str:
    """The address of a page of this diagnosis; empty parts are left out."""
    given = {name: value for name, value in {"d": code, **more}.items() if value}
    path = f"{ROOT}/{page}" if page else ROOT
    return f"{path}?{urlencode(given)}" if given else path


def policy_name(opened: Opened, diagnosis: Diagnosis) -> str:
    """What the policy is called; empty where nothing was said."""
    slug = diagnosis.policy.slug
    if not slug:
        return diagnosis.policy.name
    iri = thing("policy", slug)
    return next((row.label for row in known(opened).policies if row.thing == iri), slug)


def marks(diagnosis: Diagnosis, here: str) -> tuple[StepMark, ...]:
    """The steps, with what is answered."""
    return tuple(
        StepMark(
            step.name,
            TITLES[step.name],
            "here" if step.name == here else "answered" if diagnosis.answers(step.name) else "",
            step.name == here,
        )
        for step in STEPS
    )


def diagnosis_frame(opened: Opened, heading: str, code: str, **more: Any) -> dict[str, Any]:
    """The frame of a page of a diagnosis; its address holds what somebody typed, so it is not to be listed."""
    way = crumbs(Link(NAME, at("", code)), Link(heading, "", True)) if heading != NAME else crumbs(Link(NAME, "", True))
    title = more.pop("title", f"{heading} – {NAME}" if heading != NAME else NAME)
    return frame(opened, heading, at=ROOT, title=title, crumbs=way, canonical=ROOT, **more)
