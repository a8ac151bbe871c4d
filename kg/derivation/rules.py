"""What follows from the record: the short links by the rules, then the evidence statuses.

The rules are the files of `ontology/rules`, applied in order of name, each seeing what the ones before it wrote.
Source: ontology-model.md §1.7 and §2.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import takewhile
from pathlib import Path

from kg.appraisal import summaries
from kg.queries.narrowed import Key, Narrowed, pattern
from kg.settings import resource
from kg.store import DERIVED_GRAPH, Engine, Pattern, Quad, Reader, Step, Term, matches, solutions


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
    return _constructed(reader, path.read_text(encoding="utf-8"))


def _constructed(reader: Reader, query: str) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, DERIVED_GRAPH) for t in reader.construct(query, trusted=True)]


class Rule(Narrowed):
    """A rule that can be asked about what a change touches alone."""

    @cached_property
    def template(self) -> tuple[Pattern, ...]:
        """What it writes."""
        found = _TEMPLATE.search(self.text)
        if found is None:
            raise ValueError(f"{self.name} is no rule: it has no CONSTRUCT template.")
        first, *others = found[1].split(" ; ")
        heads = [first.strip(), *(f"{first.split()[0]} {other.strip()}" for other in others)]
        return tuple(pattern(self._with_property(head)) for head in heads)

    def written_for(self, engine: Engine, keys: Iterable[Key]) -> set[Quad]:
        """What stands in the derived graph that the rule may have written for these keys; others may have as well."""
        return {
            quad
            for key in keys
            for bound in self._together(engine, dict(zip(self.key, key, strict=True)))
            for head in self.template
            for quad in matches(engine, head, bound)
            if quad.graph_name == DERIVED_GRAPH
        }

    def leading_to(self, engine: Engine, written: Quad) -> Iterator[Key]:
        """The keys for which the rule may write this."""
        for head in self.template:
            bound = head.bound_by(written, {})
            for found in () if bound is None else self._together(engine, bound):
                yield tuple(found[name] for name in self.key)

    def ask(self, reader: Reader, keys: Iterable[Key]) -> Iterator[Quad]:
        """What the rule writes for these keys."""
        for query in self.asked(sorted(keys, key=str)):
            yield from _constructed(reader, query)

    def _with_property(self, head: str) -> str:
        """A head whose property is a variable, with those that it takes, where the header tells them."""
        subject, predicate, value = head.split()
        told = self.writes if predicate.startswith("?") else ""
        return f"{subject} {told or predicate} {value}"

    def _together(self, engine: Engine, bound: dict[str, Term]) -> Iterator[dict[str, Term]]:
        for way in self.again:
            yield from solutions(engine, way, bound)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in force, in the order in which they apply."""
    return tuple(Rule(path.stem, path.read_text(encoding="utf-8")) for path in rule_files())


_TEMPLATE = re.compile(r"^CONSTRUCT \{([^}]*)\}", re.MULTILINE)
