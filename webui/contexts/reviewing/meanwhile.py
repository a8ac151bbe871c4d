"""Two people wrote in the same thing: both versions side by side, for the second to choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from webui.base import Opened
from webui.contexts.page import Page, frame
from webui.contexts.reviewing.common import href, time_of

if TYPE_CHECKING:
    from kg.contributions import Contribution

_OURS = ("csrf_token", "version")


@dataclass(frozen=True)
class Both:
    """A field with what the other one saved and what was sent now."""

    name: str
    theirs: str
    yours: str
    differs: bool


@dataclass(frozen=True)
class Sent:
    """A field as it was sent, to be sent again."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class MeanwhilePage(Page):
    """Both versions.

    Attributes:
        saved: when the other version was saved.
        rows: field by field.
        action: where the form is sent again.
        sent: all that was sent, but for the version.
        version: the version that is there now.
        theirs: where what is there now can be looked at.
    """

    saved: str
    rows: tuple[Both, ...]
    action: str
    sent: tuple[Sent, ...]
    version: int
    theirs: str


def meanwhile_page(opened: Opened, kept: Contribution, sent: Mapping[str, Sequence[str]], action: str) -> MeanwhilePage:
    """Both versions of a contribution.

    Args:
        opened: the base.
        kept: what stands now.
        sent: the form of the second one, values by field.
        action: where that form was sent.
    """
    yours = {name: values for name, values in sent.items() if name not in _OURS}
    names = list(dict.fromkeys([*yours, *kept.form]))
    lead = "Somebody else saved this while you had it open. Nothing of yours is lost: it stands here beside theirs."
    return MeanwhilePage(
        **frame(opened, "Two people wrote in this", lead=lead),
        saved=time_of(kept.changed),
        rows=tuple(_both(name, kept.form.get(name), yours.get(name, ())) for name in names),
        action=action,
        sent=tuple(Sent(name, value) for name, values in yours.items() for value in values),
        version=kept.version,
        theirs=href(kept.id),
    )


def _both(name: str, theirs: Any, yours: Sequence[str]) -> Both:
    one, other = "\n".join(_texts(theirs)), "\n".join(yours)
    return Both(name.replace("_", " ").replace("-", " ").capitalize(), one, other, one.strip() != other.strip())


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]
