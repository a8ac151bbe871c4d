"""How a trap is told: a question to all packs, made of few patterns, and the rows that the text alone gives."""

from __future__ import annotations

import re

from kg.namespaces import ID, PREFIXES
from tests.data_support import rows, whole

KENT, KAEHNE = "source:kent-project", "source:kaehne-editorial"
UNIT, ROUNDTABLE = "source:implementation-unit", "source:holyrood-roundtable"
Trap = tuple[str, list[tuple[str, ...]]]


def asked(query: str) -> list[tuple[str, ...]]:
    """The sorted rows of a query whose prefixes are the project's own or kinds of our addresses."""
    kinds = set(re.findall(r"(?<![\w:/#-])([a-z][a-z-]*):[a-z0-9]", query)) - set(PREFIXES)
    known = PREFIXES | {kind: f"{ID}{kind}/" for kind in kinds}
    return sorted(rows(whole(), "".join(f"PREFIX {k}: <{v}>\n" for k, v in known.items()) + query))


def said(subject: str, relation: str, thing: str) -> str:
    """The pattern of a claim `?c` of this link."""
    link = relation if relation.startswith("?") else f"gap:{relation}"
    return f"?c gap:claimSubject {subject} ; gap:claimPredicate {link} ; gap:claimObject {thing} . "


def holds(words: str) -> str:
    """The pattern of a claim `?c` about `?s` whose gist holds these words."""
    return f'?c gap:claimSubject ?s ; gap:gist ?gist . FILTER(CONTAINS(?gist, "{words}")) '


STATED = "?c gap:linkBasis link-basis:as-stated . "
WORK = "?c gap:backedBy ?work . "
VOICE = "?c gap:voicedBy ?voice . "
FORCE = "?c gap:force ?force . "
STANCE = "?c gap:stance ?stance . "
NO_WORK = "FILTER NOT EXISTS { ?c gap:backedBy ?any } "
NO_VOICE = "FILTER NOT EXISTS { ?c gap:voicedBy ?anybody } "


def source(*names: str) -> list[tuple[str, ...]]:
    return sorted((f"source/{name}",) for name in names)


def person(*names: str) -> list[tuple[str, ...]]:
    return sorted((f"person/{name}",) for name in names)


def force(name: str) -> list[tuple[str, ...]]:
    return [(f"force/{name}",)]


def stance(name: str) -> list[tuple[str, ...]]:
    return [(f"stance/{name}",)]
