"""The pages of the data set as a whole, and of its dumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.answering import graph_names
from kg.cataloguing import DUMPS, FORMS, PACKINGS, Dump, DumpFile, Service, Statistics, dumps_of, title_of
from kg.describing import LICENCE
from kg.namespaces import GRAPH, compact
from webui.addresses import href
from webui.base import Opened
from webui.contexts.page import FormLink, Link, Page, crumbs, frame, shown
from webui.contexts.parts import Detail, detail, details
from webui.words import many

_PACKED = {"gz": "gzip", "zst": "Zstandard"}
_LEAD = "What the base holds, counted at this revision, and where other programs take it from or ask it."
_DUMPS_LEAD = "The data as files, whole or a graph at a time, each with its checksum."


@dataclass(frozen=True)
class Counted:
    """A part of the data set and how much there is of it."""

    link: Link
    count: str


@dataclass(frozen=True)
class DumpLine:
    """A dump."""

    link: Link
    title: str
    form: str
    size: str
    checksum: str


@dataclass(frozen=True, kw_only=True)
class DatasetPage(Page):
    """The data set in numbers."""

    details: tuple[Detail, ...]
    graphs: tuple[Counted, ...]
    packs: tuple[Counted, ...]
    classes: tuple[Counted, ...]
    properties: tuple[Counted, ...]


@dataclass(frozen=True, kw_only=True)
class DumpsPage(Page):
    """The dumps of a revision; `complete` where all are made."""

    complete: bool
    lines: tuple[DumpLine, ...]
    sums: Link
    others: tuple[Link, ...]


def dataset_page(opened: Opened, found: Statistics, services: Sequence[Service]) -> DatasetPage:
    """The page of the data set."""
    names = ("dataset_statistics", "graph_statistics", "class_partitions", "property_partitions", "pack_contents")
    return DatasetPage(
        **frame(
            opened,
            "The data set",
            lead=_LEAD,
            crumbs=crumbs(Link("The data set", "", True)),
            queries=tuple(shown(name) for name in names),
        ),
        details=_facts(found, services),
        graphs=tuple(
            Counted(Link(row.graph.removeprefix(GRAPH), href(row.graph)), many(row.statements, "statement"))
            for row in found.graphs
        ),
        packs=_packs(found),
        classes=tuple(Counted(_term(row.cls), many(row.entities, "thing")) for row in found.classes),
        properties=tuple(Counted(_term(row.property), many(row.statements, "statement")) for row in found.properties),
    )


def _facts(found: Statistics, services: Sequence[Service]) -> tuple[Detail, ...]:
    size = found.size
    return details(
        detail("Version", f"Revision {found.revision}, {found.dates.modified}"),
        detail("First published", found.dates.issued),
        detail("Licence", Link("CC BY 4.0", LICENCE)),
        detail("Cite it as", found.citation),
        detail("Statements", f"{size.statements:,}"),
        detail("Things", f"{size.entities:,}"),
        detail("Classes and properties used", f"{size.classes} and {size.properties}"),
        detail("As files", Link("Dumps, packed, with checksums", "/dumps/")),
        detail("Asked at", *(Link(service.title, service.described) for service in services)),
    )


def _packs(found: Statistics) -> tuple[Counted, ...]:
    parts = [list(rows) for _, rows in groupby(found.packs, lambda row: row.pack)]
    return tuple(
        Counted(
            Link(f"{rows[0].title}, version {rows[0].version}", href(rows[0].pack)),
            many(sum(row.claims for row in rows), "claim") + " read in its documents",
        )
        for rows in parts
    )


def _term(iri: str) -> Link:
    return Link(compact(iri), href(iri))


def dumps_page(opened: Opened, revision: int, files: Sequence[DumpFile], kept: Sequence[int]) -> DumpsPage:
    """The page of the dumps."""
    found = {file.name: file for file in files}
    way = crumbs(Link("The data set", "/dataset"), Link("Dumps", "", True))
    json = FormLink("JSON", "/dumps/index.json", "application/json")
    return DumpsPage(
        **frame(opened, f"Dumps of revision {revision}", title="Dumps", lead=_DUMPS_LEAD, crumbs=way, as_data=(json,)),
        complete=bool(files),
        lines=tuple(
            _line(dump, found.get(dump.name(revision)), revision) for dump in dumps_of(graph_names(opened.reader))
        ),
        sums=Link("SHA256SUMS", "/dumps/SHA256SUMS"),
        others=tuple(
            Link(f"Revision {number}", address(DUMPS[0].name(number))) for number in kept if number != revision
        ),
    )


def dumps_data(found: Statistics, files: Sequence[DumpFile], kept: Sequence[int], root: str) -> dict[str, object]:
    """The same for programs."""
    made = {file.name: file for file in files}
    return {
        "revision": found.revision,
        "modified": found.dates.modified,
        "license": LICENCE,
        "citation": found.citation,
        "complete": bool(files),
        "files": [
            _told(dump, made.get(dump.name(found.revision)), found.revision, root)
            for dump in dumps_of(row.graph for row in found.graphs)
        ],
        "checksums": f"{root}{address('SHA256SUMS')}",
        "kept": list(kept),
    }


def address(name: str) -> str:
    """Where a file of dumps stands."""
    return f"/dumps/{name}"


def _told(dump: Dump, file: DumpFile | None, revision: int, root: str) -> dict[str, object]:
    sized = {"bytes": file.size, "sha256": file.sha256} if file else {}
    return {
        "name": dump.name(revision),
        "url": root + address(dump.name(revision)),
        "latest": root + address(dump.name("latest")),
        "title": title_of(dump),
        "graph": dump.graph or None,
        "mediaType": FORMS[dump.form],
        "packing": PACKINGS[dump.packing],
        **sized,
    }


def _line(dump: Dump, file: DumpFile | None, revision: int) -> DumpLine:
    name = dump.name(revision)
    return DumpLine(
        Link(name, address(name)),
        title_of(dump),
        f"{_FORM_NAMES[dump.form]}, {_PACKED[dump.packing]}",
        f"{file.size:,} bytes" if file else "",
        file.sha256 if file else "",
    )


_FORM_NAMES = {"nq": "N-Quads", "trig": "TriG", "ttl": "Turtle", "nt": "N-Triples"}


def claim_exports(path: str) -> tuple[FormLink, ...]:
    """The further forms of a claim; none for other things."""
    if not path.startswith("/id/claim/"):
        return ()
    return (
        FormLink("nanopublication", f"{path}.nanopub.trig", "application/trig"),
        FormLink("RDF 1.2", f"{path}.rdf12.ttl", "text/turtle"),
    )
