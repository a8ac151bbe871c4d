"""The kinds under which a search shows what it found, in the order of a reader's interest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from webui.words import kind_words

ENTRIES, RECORDS = "entries", "records"
_OWN = (
    "failure-cause", "tactic", "support-phase", "policy", "outcome", "notion", "scheme", "matland-type",
)  # fmt: skip
_LAST = ("source", "person", "body", "claim")
_RECORDS = ("agent", "activity", "independence-group", "pack")


@dataclass(frozen=True)
class Group:
    """Kinds that are shown as one: its part in addresses, its heading, the kinds, and how many were found."""

    key: str
    heading: str
    kinds: tuple[str, ...]
    count: int


def groups_of(counts: Mapping[str, int]) -> tuple[Group, ...]:
    """The kinds that were found, in the order of a reader's interest; entries of frameworks are one kind to them."""
    entries = tuple(k for k in counts if k not in (*_OWN, *_LAST, *_RECORDS))
    wanted = (
        *((k, _heading(k), (k,)) for k in _OWN),
        (ENTRIES, "Entries of frameworks: steps, criteria, questions and the like", entries),
        *((k, _heading(k), (k,)) for k in _LAST),
        (RECORDS, "Records of how the data were made", _RECORDS),
    )
    made = (Group(key, heading, kinds, sum(counts.get(k, 0) for k in kinds)) for key, heading, kinds in wanted)
    return tuple(group for group in made if group.count)


def _heading(kind: str) -> str:
    words = kind_words(kind)
    return words.many if words else kind


def is_known(key: str) -> bool:
    """Whether a search may find such a group, though this one may not have."""
    return key in (*_OWN, *_LAST, ENTRIES, RECORDS)
