"""A claim accepted, from call to published.

On the seed data and on made-up bases; those that lie in the folder already are written to, so hand it copies (their
snapshots may be hard links). What the desk does beyond is in `benchmarks.contributions`, what readers see afterwards in
`benchmarks.visible`.
"""

from __future__ import annotations

import platform
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import machine
from benchmarks.bases import made_base
from benchmarks.generator import MADE
from benchmarks.parsing import add_sizes, add_write, parser
from kg.contributing import open_base, writer
from kg.namespaces import PREFIXES, gap, thing
from kg.settings import Settings, read_settings
from kg.store import Change, Literal, NamedNode, Quad, Warm, placed

SIZES = (100_000, 1_000_000, 10_000_000)
TRIES, AIM_SECONDS = 5, 1.0


@dataclass(frozen=True)
class Took:
    """What it took to accept a claim, in seconds: the first one of a process, and the median of the later ones."""

    base: str
    first_computed: float
    computed: float
    waited: float


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and keep the table where asked."""
    made = parser("accepting", __doc__)
    add_sizes(made, SIZES)
    add_write(made)
    wanted = made.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        keep = wanted.keep or Path(scratch)
        seed = read_settings({"GAPBRIDGE_DATA": f"{scratch}/seed/base"})
        open_base(seed)
        found = [accepted("the seed data", seed, _SEED)]
        for size in wanted.triples:
            settings = made_base(keep / str(size), size)
            found += [accepted(f"{size:,} statements, {who}", settings, ends) for who, ends in _MADE.items()]
    text = table(found)
    print(text)
    if wanted.write:
        machine.keep("accepting", f"# A claim accepted\n\n{text}")


def accepted(name: str, settings: Settings, ends: dict[str, str]) -> Took:
    """Accept some claims, one after the other, as a server does that goes on running."""
    warm, took = Warm(), []
    for number in range(TRIES + 1):
        added = claim(f"timed-{time.time_ns()}-{number}", ends)
        computed, waited = time.process_time(), time.perf_counter()
        with writer(settings, warm=warm) as open_writer:
            open_writer.commit(Change(open_writer.reader.revision, added, agent=ends["creator"], message="Timed"))
        took.append((time.process_time() - computed, time.perf_counter() - waited))
    return Took(name, took[0][0], median(c for c, _ in took[1:]), median(w for _, w in took[1:]))


def table(found: Sequence[Took]) -> str:
    """The figures as Markdown; growth is that of the processor time, against the seed data."""
    lines = [
        "| base | first, processor | later, processor | later, clock | growth | met |",
        "|---|---|---|---|---|---|",
    ]
    for took in found:
        growth, met = took.computed / found[0].computed, "yes" if took.computed < AIM_SECONDS else "**no**"
        figures = f"{took.first_computed:.2f} s | {took.computed:.2f} s | {took.waited:.2f} s | {growth:.1f}"
        lines.append(f"| {took.base} | {figures} | {met} |")
    head = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}\n\n"
    return head + "\n".join(lines) + "\n"


_SEED = {
    "claimSubject": thing("tactic", "action-research"),
    "claimObject": thing("failure-cause", "dispersed-governance"),
    "assertedIn": thing("source", "hudson-2019"),
    "creator": thing("agent", "benchmark-author"),
}
_MADE = {
    who: {
        "claimSubject": thing("tactic", f"{MADE}-{tactic}"),
        "claimObject": thing("failure-cause", f"{MADE}-0"),
        "assertedIn": thing("source", f"{MADE}-10"),
        "creator": thing("agent", "first-reader"),
    }
    for who, tactic in (("of a tactic as most are", "40-0"), ("of the one most spoken of", "0-0"))
}

Fact = tuple[str, str, NamedNode | Literal]
_TYPE, _PROV = PREFIXES["rdf"] + "type", PREFIXES["prov"]
_CHECKER = thing("agent", "benchmark-checker")
_CHOSEN = (
    ("stance", "stance", "supports"),
    ("force", "force", "asserts"),
    ("claimBasis", "claim-basis", "uncited-argument"),
    ("linkBasis", "link-basis", "as-stated"),
    ("informs", "dimension", "effect"),
    ("reviewStatus", "review-status", "accepted"),
)


def claim(slug: str, ends: dict[str, str]) -> frozenset[Quad]:
    """A claim as it stands once it is accepted, with all that it needs."""
    me, place, reading = thing("claim", slug), thing("passage", slug), thing("activity", slug)
    said = [*_said(me, place, reading, ends), *_said_beside(place, reading, ends)]
    return placed([(NamedNode(s), NamedNode(p), value) for s, p, value in [*said, *_told(me, place, reading, ends)]])


def _said(me: str, place: str, reading: str, ends: dict[str, str]) -> Iterator[Fact]:
    """The claim itself."""
    found = {
        **{gap(part): ends[part] for part in ("claimSubject", "claimObject", "assertedIn")},
        **{gap(part): thing(scheme, value) for part, scheme, value in _CHOSEN},
        _TYPE: gap("Claim"),
        gap("originSource"): ends["assertedIn"],
        gap("claimPredicate"): gap("addresses"),
        gap("locatedAt"): place,
        gap("reviewedBy"): _CHECKER,
        gap("checkedIn"): reading,
        PREFIXES["dcterms"] + "creator": ends["creator"],
        _PROV + "wasGeneratedBy": reading,
    }
    return ((me, name, NamedNode(value)) for name, value in found.items())


def _said_beside(place: str, reading: str, ends: dict[str, str]) -> Iterator[Fact]:
    """Its passage, its reading, and who took part."""
    yield place, _TYPE, NamedNode(gap("Passage"))
    yield place, PREFIXES["oa"] + "hasSource", NamedNode(ends["assertedIn"])
    yield reading, _TYPE, NamedNode(gap("CurationActivity"))
    yield reading, _PROV + "wasAssociatedWith", NamedNode(_CHECKER)
    for who in {_CHECKER, ends["creator"]}:
        yield from ((who, _TYPE, NamedNode(_PROV + sort)) for sort in ("Agent", "Person"))


def _told(me: str, place: str, reading: str, ends: dict[str, str]) -> Iterator[Fact]:
    """What is told of all these in words."""
    yield me, gap("gist"), Literal("A claim made to be timed, in words of our own.", language="en")
    yield me, PREFIXES["dcterms"] + "created", Literal("2026-11-22", datatype=NamedNode(PREFIXES["xsd"] + "date"))
    yield reading, PREFIXES["rdfs"] + "label", Literal("A reading", language="en")
    yield place, gap("locator"), Literal("§4")
    for who in {_CHECKER, ends["creator"]}:
        yield who, PREFIXES["foaf"] + "name", Literal("Someone")
