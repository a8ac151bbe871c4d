"""Releases: a revision is given a name, with notes and with the answers that changed since the release before.

The changed answers are worked out once, when the release is made, and kept with it: they are part of what is cited.
They come from the rules (statuses, links) and from the competency questions, asked of both revisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from kg.changelog import compare, tactics_by_summary
from kg.contributing import PROJECT, index, writer
from kg.errors import BadInput
from kg.history import FIRST, base_at, between
from kg.namespaces import PREFIXES, gap, local_of, thing
from kg.queries import names
from kg.queries.gallery import examples
from kg.queries.releases import releases
from kg.settings import Settings
from kg.store import Change, Literal, NamedNode, Quad, Reader, Statement, placed

MOST_ANSWERS = 500
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")


def release(settings: Settings, name: str, notes: str = "", agent: str = PROJECT) -> int:
    """Give the base as it stands a name.

    Returns:
        The revision that bears it.

    Raises:
        BadInput: the name cannot be one, or another release has it.
        DoesNotConform, StoreHeld, StoreTooNew, StoreDamaged: as the words say; nothing was changed.
    """
    with writer(settings) as open_writer:
        reader = open_writer.reader
        address = _address(reader, name)
        answers = list(_answers(settings, reader))[:MOST_ANSWERS]
        added = placed(_statements(address, name, notes, answers, reader.revision + 1))
        return open_writer.commit(Change(reader.revision, added, agent=agent, message=f"Release {name}"))


def slug(name: str) -> str:
    """A release's name as it stands in its address.

    Raises:
        BadInput: it cannot be one.
    """
    if not _NAME.fullmatch(name):
        raise BadInput("A release has a name of letters, digits, dots and hyphens, such as 2026.1.")
    return name.lower().replace(".", "-")


def _address(reader: Reader, name: str) -> str:
    address = thing("release", slug(name))
    if any(row.release == address for row in releases(reader)):
        raise BadInput(f"There is a release called “{name}” already; a release is never changed.")
    return address


def _statements(address: str, name: str, notes: str, answers: list[str], revision: int) -> Iterator[Statement]:
    me = NamedNode(address)
    yield me, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(gap("Release"))
    yield me, NamedNode(PREFIXES["rdfs"] + "label"), Literal(name, language="en")
    today = Literal(f"{datetime.now(UTC):%Y-%m-%d}", datatype=NamedNode(PREFIXES["xsd"] + "date"))
    yield me, NamedNode(PREFIXES["dcterms"] + "issued"), today
    yield me, NamedNode(gap("releasedRevision")), NamedNode(thing("revision", str(revision)))
    if notes.strip():
        yield me, NamedNode(PREFIXES["dcterms"] + "description"), Literal(notes.strip(), language="en")
    for text in answers:
        yield me, NamedNode(gap("changedAnswer")), Literal(text, language="en")


def _answers(settings: Settings, reader: Reader) -> Iterator[str]:
    """What differs since the release before; since the first revision where there is none."""
    journal, last = index(settings).journal, next(iter(releases(reader)), None)
    since = last.revision if last else FIRST
    if since == reader.revision:
        return
    net = between(journal, since, reader.revision)
    yield from _of_rules(reader, net.removed, net.added)
    if len(reader) <= settings.memory_limit_quads:  # larger bases are not held twice over in memory
        yield from _of_questions(base_at(reader, journal, since), reader)


def _of_rules(reader: Reader, removed: frozenset[Quad], added: frozenset[Quad]) -> Iterator[str]:
    changes = compare(removed, added)
    of = tactics_by_summary(reader)
    ends = {iri for link in changes.links for iri in (link.tactic, link.cause)}
    called = names(reader, sorted({*of.values(), *ends}))
    for status in changes.statuses:
        tactic = called.get(of.get(status.summary, ""), local_of(status.summary))
        before = f"{_words(status.before)} became" if status.before else "new,"
        yield f"Evidence status of {tactic}: {before} {_words(status.after)}."
    for link in changes.links:
        how = "is now held to address" if link.gained else "is no longer held to address"
        yield f"{called.get(link.tactic, local_of(link.tactic))} {how} {called.get(link.cause, local_of(link.cause))}."


def _words(slug: str) -> str:
    return slug.replace("-", " ")


def _of_questions(before: Reader, after: Reader) -> Iterator[str]:
    """How the answers to the competency questions differ, each in a sentence."""
    for question in examples():
        if question.name.startswith("cq"):
            old, new = ({str(sorted(row.items(), key=str)) for row in r.select(question.text)} for r in (before, after))
            if old != new:
                came, went = len(new - old), len(old - new)
                yield f"“{question.title}”: {came} {'row' if came == 1 else 'rows'} came, {went} went."
