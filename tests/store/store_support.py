"""A small base whose every revision is known beforehand, and statements of all sorts."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from hypothesis import strategies as st

from kg.errors import Violation
from kg.namespaces import thing
from kg.store import (
    DERIVED_GRAPH,
    META_GRAPH,
    Change,
    Check,
    Home,
    Literal,
    NamedNode,
    Quad,
    Reader,
    Statement,
    Step,
    Writer,
    place,
)

TEXT = NamedNode("http://example.org/text")
ECHO = NamedNode("http://example.org/echo")
REFUSED = "refuse me"
XSD = "http://www.w3.org/2001/XMLSchema#"


def says(name: str, value: str | Literal | NamedNode, kind: str = "source") -> Quad:
    """That a thing of ours has this text, in its graph."""
    return place((NamedNode(thing(kind, name)), TEXT, Literal(value) if isinstance(value, str) else value))


def echo(reader: Reader) -> list[Quad]:
    """A rule: whatever is said of a source is echoed."""
    return [Quad(q.subject, ECHO, q.object, DERIVED_GRAPH) for q in reader.quads() if q.predicate == TEXT]


def check(reader: Reader) -> list[Violation]:
    """A check: nobody may say REFUSED."""
    return [Violation(str(q.subject), "No.", "no") for q in reader.quads(value=Literal(REFUSED))]


def opened(home: Home, steps: Sequence[Step] = (echo,), limit: int = 0, checked: Check = check) -> Writer:
    return Writer(home, checked, steps, memory_limit=limit)


def commit(writer: Writer, added: Iterable[Quad] = (), removed: Iterable[Quad] = (), message: str = "") -> int:
    return writer.commit(Change(writer.reader.revision, frozenset(added), frozenset(removed), message=message))


def numbered(number: int) -> tuple[list[Quad], list[Quad]]:
    """What the change that makes revision `number` of the known base puts in and takes out."""
    added = [says(f"s{number}", f"{number}-{i}") for i in range(3)] + [says("newest", str(number))]
    removed = [says("newest", str(number - 1)), says(f"s{number - 2}", f"{number - 2}-1")]
    return added, removed if number > 2 else removed[:1]


_KNOWN: list[frozenset[Quad]] = [frozenset()]
_GROWING = threading.Lock()  # tests ask from several threads


def known(number: int) -> frozenset[Quad]:
    """All that people said in the known base at a revision."""
    with _GROWING:
        while len(_KNOWN) <= number:
            added, removed = numbered(len(_KNOWN))
            _KNOWN.append((_KNOWN[-1] - set(removed)) | set(added))
    return _KNOWN[number]


MOST = 2000
"""Where others work beside a writer, it goes on until they have seen enough, and at most so far."""


def go_on(writer: Writer, count: int) -> None:
    for _ in range(count):
        commit(writer, *numbered(writer.reader.revision + 1))


def grown(home: Home, count: int) -> Home:
    """The known base at a revision."""
    with opened(home) as writer:
        go_on(writer, count)
    return home


def said(reader: Reader) -> set[Quad]:
    return {q for q in reader.quads() if q.predicate == TEXT}


def echoed(reader: Reader) -> set[str]:
    return {q.object.value for q in reader.quads(graph=DERIVED_GRAPH) if isinstance(q.object, Literal)}


def is_known(reader: Reader, number: int) -> bool:
    """Whether this is revision `number` of the known base, with nothing lacking and nothing beside it."""
    texts = {q.object.value for q in known(number) if isinstance(q.object, Literal)}
    rest = {q.graph_name for q in reader.quads()} - {q.graph_name for q in known(number)}
    return (
        reader.revision == number
        and said(reader) == known(number)
        and echoed(reader) == texts
        and rest <= {DERIVED_GRAPH, META_GRAPH}
    )


def nquads(reader: Reader) -> bytes:
    return "\n".join(sorted(str(q) for q in reader.quads())).encode()


def tree(folder: Path, *, but: Iterable[str] = ("lock",)) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes; the working copy, which is nobody's memory, left out."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.name not in but and p.parent.name != "work"]
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def copied(folder: Path, target: Path) -> None:
    """Copy a folder while the engine works in it: it drops files of the working copy whenever it likes."""

    def copy(source: str, to: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            shutil.copy2(source, to)

    shutil.copytree(folder, target, copy_function=copy)


def _typed(values: str, datatype: str) -> st.SearchStrategy[Literal]:
    return st.sampled_from(values.split()).map(lambda v: Literal(v, datatype=NamedNode(datatype)))


literals = st.one_of(
    st.text(max_size=20).map(Literal),
    st.text("\x00\x01\t\n\r\x0b\x7f\x85\u2028\ufeff\ufffe\"'\\<>&;#{}]]>@ aé🜁").map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag),
        st.text(max_size=10),
        st.sampled_from(["en", "EN-gb", "de-CH-1996", "zh-Hant-TW", "x-private"]),
    ),
    _typed("1 01 -0 +7 999999999999999999999999 abc", XSD + "integer"),
    _typed("1.10 .5 -0.0 0.1234567890123456789012", XSD + "decimal"),
    _typed("1e0 1.0E3 INF -INF NaN -0", XSD + "double"),
    _typed("true false 1 0 yes", XSD + "boolean"),
    _typed("2020-02-29T12:00:00+00:00 2020-01-01T00:00:00.000Z 2020-13-01T00:00:00Z", XSD + "dateTime"),
    _typed("2020 -0044", XSD + "gYear"),
    _typed("P1Y0M PT36H P", XSD + "duration"),
    _typed("x <b>y</b>", "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"),
    _typed("x", "http://example.org/ä'type"),
)
addresses = st.sampled_from(
    ["http://example.org/a_(b)?c=d&e#f", "https://doi.org/10.1016/o'x", "urn:x:é", "http://example.org/%C3%A9", "a:b"]
).map(NamedNode)
subjects = st.builds(
    lambda kind, name: NamedNode(thing(kind, name)),
    st.sampled_from(["claim", "source", "tactic", "pack", "nothing-known"]),
    st.sampled_from(["a", "b", "c-1"]),
)
predicates = st.sampled_from(
    ["http://example.org/p", "http://example.org/ns#q", "http://example.org/p/r.s-t", "urn:x:p"]
).map(NamedNode)
statements: st.SearchStrategy[Statement] = st.tuples(subjects, predicates, literals | addresses)
quads = statements.map(place)
