"""What follows from the record: the short links by the rules, then the evidence statuses.

The rules are the files of `ontology/rules`, applied in order of name, each seeing what the ones before it wrote.
Source: ontology-model.md §1.7 and §2.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from itertools import takewhile
from pathlib import Path

from kg.appraisal import summaries
from kg.settings import resource
from kg.store import DERIVED_GRAPH, Quad, Reader, Step


def steps() -> list[Step]:
    """The steps that write the derived graph, in order."""
    rules: list[Step] = [partial(_apply, path) for path in rule_files()]
    return [*rules, summaries]


def rule_files() -> list[Path]:
    """The rules in force, in the order in which they apply."""
    return sorted((resource("ontology") / "rules").glob("*.rq"))


@dataclass(frozen=True)
class LinkRule:
    """A rule in words, as its file tells it.

    Attributes:
        number: as in the name of its file (`r01`).
        title: what it writes.
        what: from what, and when.
        why: the reason; empty where none is told.
    """

    number: str
    title: str
    what: str
    why: str


@cache
def link_rules() -> tuple[LinkRule, ...]:
    """The rules in words, in the order in which they apply."""
    return tuple(_in_words(path) for path in rule_files())


def _in_words(path: Path) -> LinkRule:
    told: dict[str, str] = {}
    key = ""
    for line in takewhile(lambda line: line.startswith("#"), path.read_text(encoding="utf-8").splitlines()):
        found = _TOLD.fullmatch(line)
        key = found[1] if found else key if line.startswith("#  ") else ""  # what goes on is set in; else a remark
        told[key] = f"{told.get(key, '')} {found[2] if found else line.lstrip('# ')}".strip()
    return LinkRule(
        path.stem.partition("-")[0], told.get("title", path.stem), told.get("what", ""), told.get("why", "")
    )


_TOLD = re.compile(r"# (title|what else|what|why): (.*)")


def _apply(path: Path, reader: Reader) -> list[Quad]:
    triples = reader.construct(path.read_text(encoding="utf-8"), trusted=True)
    return [Quad(t.subject, t.predicate, t.object, DERIVED_GRAPH) for t in triples]
