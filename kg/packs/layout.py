"""Where the things of a pack stand in its folder: one thing a file, named after it, what belongs to it beside it.

A claim has its passage with it, a framework its members and the passage that sets it out. The same layout holds for
the seed data (`tests/packs/test_layout.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.namespaces import PREFIXES, gap, kind_of, slug_of
from kg.packs.reading import DESCRIPTION
from kg.store import Statement, text_of

_TYPE, _SELECTOR = PREFIXES["rdf"] + "type", PREFIXES["oa"] + "hasSelector"
_IN_SCHEME = PREFIXES["skos"] + "inScheme"
_LOCATED, _DESCRIBED = gap("locatedAt"), gap("describedAt")
_OF_THEIR_OWN = ("notion", "outcome")
"""Concepts of lists to which every pack adds: each has a file."""

Subjects = Mapping[str, Sequence[Statement]]


def laid_out(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """The statements of a pack by the file in which they stand, its path within the pack."""
    by_subject: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_subject[statement[0].value].append(statement)
    layout = _Layout(by_subject)
    found: dict[str, list[Statement]] = defaultdict(list)
    for subject, about in by_subject.items():
        found[layout.path(subject)] += about
    return dict(found)


class _Layout:
    """Finds the file of each thing."""

    def __init__(self, by_subject: Subjects) -> None:
        self._by_subject = by_subject
        self._holders: dict[str, list[str]] = defaultdict(list)
        for subject, about in by_subject.items():
            for _, predicate, value in about:
                own = predicate.value == _DESCRIBED and kind_of(subject) == "scheme"  # its members share sections
                if own or predicate.value in (_LOCATED, _SELECTOR):
                    self._holders[text_of(value)].append(subject)

    def path(self, subject: str) -> str:
        kind, slug = kind_of(subject) or "", slug_of(subject)
        if kind == "pack":
            return DESCRIPTION
        if kind in ("selector", "passage") and (holder := self._holder(subject)):
            return self.path(holder)
        if kind == "scheme":
            framework = gap("Framework") in self._values(subject, _TYPE)
            return f"{'frameworks' if framework else 'schemes'}/{slug}.ttl"
        schemes = [s for s in self._values(subject, _IN_SCHEME) if s in self._by_subject]
        if schemes and kind not in _OF_THEIR_OWN:
            return self.path(min(schemes))
        return f"{plural(kind)}/{slug}.ttl"

    def _holder(self, subject: str) -> str:
        """What has a passage or selector with it: that of the same name, else the first."""
        holders = sorted(self._holders[subject])
        return next((h for h in holders if slug_of(h) == slug_of(subject)), holders[0] if holders else "")

    def _values(self, subject: str, predicate: str) -> list[str]:
        return [text_of(value) for _, relation, value in self._by_subject[subject] if relation.value == predicate]


def plural(kind: str) -> str:
    """The folder for things of a kind."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
