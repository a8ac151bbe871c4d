"""Addresses of new claims and things: readable, and the same for the same reading.

Source: ontology-model.md §1.2 (“stem + first 8 hex of SHA-256”).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kg.namespaces import thing

_LONGEST_STEM = 48
_LETTERS: dict[int, str] = {ord(a): b for a, b in (("ø", "o"), ("æ", "ae"), ("ß", "ss"), ("ł", "l"), ("đ", "d"))}


@dataclass(frozen=True)
class Reading:
    """What makes a claim this one and no other; all as local names (`tactic/co-design`, `addresses`)."""

    document: str
    locator: str
    subject: str
    relation: str
    object: str
    stance: str

    @property
    def mark(self) -> str:
        """The eight digits by which two entries of one reading are known for the same."""
        key = (_end(self.document), self.locator, self.subject, self.relation, self.object, _end(self.stance))
        return hashlib.sha256("|".join(key).encode()).hexdigest()[:8]

    @property
    def claim(self) -> str:
        """The address of the claim."""
        stem = slug(f"{_end(self.subject)} {_end(self.object)}") or "claim"
        return thing("claim", f"{stem}-{self.mark}")


def slug(text: str, longest: int = _LONGEST_STEM) -> str:
    """A text as the end of an address: small letters, digits, hyphens, cut between words; empty for none of these."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:longest]
        if len(longer) > longest:
            break
        made = longer
    return made


def free_slug(text: str, taken: Iterable[str]) -> str:
    """The slug of a name that no other thing of its kind has."""
    held, stem = set(taken), slug(text) or "unnamed"
    return next(s for s in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if s not in held)


def _end(local: str) -> str:
    return local.rpartition("/")[2]
