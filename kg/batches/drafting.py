"""A reference as a contribution: the new source, and the form from which it can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.contributions import Draft, as_text
from kg.importing import Agents, Reference, source_statements
from kg.importing.statements import READ, TYPED
from kg.namespaces import thing
from kg.store import placed


def draft_of(
    reference: Reference, slug: str, label: str, agents: Agents, base: int, *, batch: str = "",
    more: Mapping[str, Any] | None = None, evidence: str = TYPED, reading: str = READ, id: str = "", version: int = 0,
) -> Draft:  # fmt: skip
    """The draft by which a reference is proposed as a new source.

    Args:
        slug, label: how it is called.
        agents: people and bodies.
        base: the revision it is compared with.
        batch: the batch it comes with.
        more: what else the form holds.
        evidence, reading: slugs of its evidence type and of how far it was read.
        id, version: of the draft that this one takes the place of.
    """
    said = source_statements(reference, slug, label, agents, evidence=evidence, reading=reading)
    form = {"reference": reference.plain(), "slug": slug, "label": label, "evidence": evidence, "reading": reading}
    return Draft(
        kind="source",
        title=f"{label}: {reference.title}"[:300],
        form={**form, **(more or {})},
        added=as_text(placed(said)),
        base=base,
        source=thing("source", slug),
        batch=batch,
        id=id,
        version=version,
    )
