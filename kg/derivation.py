"""What follows from the record: the short links by the rules, then the evidence statuses.

The rules are the files of `ontology/rules`, applied in order of name, each seeing what the ones before it wrote.
Source: ontology-model.md §1.7 and §2.3.
"""

from __future__ import annotations

from functools import partial
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


def _apply(path: Path, reader: Reader) -> list[Quad]:
    triples = reader.construct(path.read_text(encoding="utf-8"), trusted=True)
    return [Quad(t.subject, t.predicate, t.object, DERIVED_GRAPH) for t in triples]
