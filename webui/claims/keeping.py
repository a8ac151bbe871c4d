"""Drafts of claims: kept at the desk, found again, and one however often a form is sent."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from flask import redirect
from werkzeug.wrappers import Response as BaseResponse

from kg.claiming import Proposal, first
from kg.errors import NotFound
from kg.namespaces import ID
from webui.base import opened
from webui.claims.sent import Sent, proposal_of
from webui.desk import desk, me

if TYPE_CHECKING:
    from kg.contributions import Contribution, Draft, Listed


def save(sent: Sent, proposal: Proposal | None = None) -> Contribution:
    with _LOCK:
        draft, version = sent.sitting.draft, sent.sitting.version
        if draft:
            own(draft)  # what is somebody else’s is not even told to be stale
        if not draft and (begun := begun_already(sent.sitting.key)):
            draft, version = begun.id, begun.version
        return desk().save(_draft_of(sent, proposal or proposal_of(sent), draft, version), me())


_LOCK = threading.Lock()
"""A form sent twice at once is one draft: the second waits until it can see the first."""
_RECENT = 5


def begun_already(key: str) -> Contribution | None:
    """The draft that this very form has made a moment ago."""
    if not key:
        return None
    recent = _last(desk().of_author(me().id, state="draft"))
    found = (desk().get(row.id) for row in recent if row.kind in ("claim", "edit", "thing"))
    return next((one for one in found if one.form.get("key") == [key]), None)


def done_already(key: str) -> BaseResponse | None:
    """Where the same form was handed in already, as by pressing twice."""
    for row in _last(desk().of_author(me().id, state="submitted")) if key else ():
        if desk().get(row.id).form.get("key") == [key]:
            return redirect(f"/review/{row.id}?done=submit", 303)
    return None


def _last(listed: Listed) -> tuple[Contribution, ...]:
    """The last few; times are kept to the second, so among those of one second none is the last."""
    since = min((row.changed for row in listed.rows[:_RECENT]), default=None)
    return tuple(row for row in listed.rows if since is None or row.changed >= since)


def _draft_of(sent: Sent, proposal: Proposal, id: str, version: int) -> Draft:
    from kg.contributions import Draft, as_text

    typed = {key: list(values) for key, values in sent.filled.typed.items()}
    typed |= {
        name: [value] for name, value in (("key", sent.sitting.key), ("corrects", sent.sitting.corrects)) if value
    }
    source = first(sent.filled.typed, "assertedIn")
    return Draft(
        kind="edit" if sent.sitting.corrects else "claim",
        title=(first(sent.filled.typed, "gist") or "A claim without its sentence yet")[:300],
        form=typed,
        added=as_text(proposal.added),
        removed=as_text(proposal.removed),
        base=opened().revision,
        source=ID + source if source.startswith("source/") else "",
        id=id,
        version=version,
    )


def own(id: str) -> Contribution:
    """A draft of one’s own.

    Raises:
        NotFound: there is none, or it is somebody else’s, which is none of anybody’s business.
    """
    found = desk().get(id)
    person = me()
    if found.author.id != person.id and not (person.reviews and found.submitted):
        raise NotFound(f"contribution {id}")
    return found


def typed_of(form: object) -> dict[str, tuple[str, ...]]:
    found = all_of(form)
    return {key: values for key, values in found.items() if key not in ("key", "corrects")}


def all_of(form: object) -> dict[str, tuple[str, ...]]:
    items = form.items() if hasattr(form, "items") else ()
    return {str(key): tuple(map(str, values)) for key, values in items if isinstance(values, list | tuple)}


def next_of(form: object) -> dict[str, tuple[str, ...]]:
    """What stays from one claim of a source to the next: the document, the section, who speaks, what it is about."""
    kept = typed_of(form)
    stays = ("assertedIn", "locator", "voicedBy", "originSource", "claimSubject", "claimSubject.words")
    return {key: values for key, values in kept.items() if key in stays or key.startswith("claimSubject.")}
