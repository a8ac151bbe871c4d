"""How the data set is had: its dumps as distributions, and what answers questions about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.cataloguing.facts import DC, DCAT, MEDIA, SPDX, VOID, text, triples, types
from kg.cataloguing.files import FORMS, NANOPUBS, PACKINGS, RDF12, Dump, DumpFile, dump_named
from kg.cataloguing.statistics import DATASET
from kg.describing import LICENCE
from kg.namespaces import GRAPH, PREFIXES, slug_of
from kg.store import Literal, NamedNode, Triple, pack_of

CATALOG = f"{DATASET}#catalog"
_PARTS = {
    "": "All graphs",
    NANOPUBS: "The accepted claims as nanopublications",
    RDF12: "The accepted claims as reifiers (RDF 1.2)",
}
_TITLES = {
    "ontology": "Ontology and shapes",
    "schemes": "Vocabularies, frameworks, causes, tactics",
    "sources": "Sources, policies, bodies, people",
    "claims": "Claims with their passages: the record",
    "derived": "Links and statuses that rules wrote from the claims",
    "meta": "Packs and revisions",
}


@dataclass(frozen=True)
class Service:
    """Something that answers questions about the data.

    Attributes:
        name: by which it is known in the description.
        title: what it is.
        path: where it is asked, on this server.
        described: where it is described.
        standard: what it conforms to.
    """

    name: str
    title: str
    path: str
    described: str
    standard: str


def title_of(dump: Dump) -> str:
    """What a dump holds, in words."""
    return _PARTS.get(dump.part) or title_of_graph(dump.part)


def title_of_graph(graph: str) -> str:
    """What a graph of this name holds, in words."""
    pack = pack_of(GRAPH + graph)
    return f"Things of the pack “{slug_of(pack)}”" if pack else _TITLES.get(graph, graph)


def distribution(file: DumpFile, root: str) -> Iterator[Triple]:
    """A dump: where it is, in which form, how large, with its checksum."""
    named = dump_named(file.name)
    if named is None:
        return
    me = f"{DATASET}#{file.name}"
    yield from _offered(named[1], me, NamedNode(f"{root}/dumps/{file.name}"))
    size = Literal(str(file.size), datatype=NamedNode(PREFIXES["xsd"] + "nonNegativeInteger"))
    yield from triples(me, (DCAT + "byteSize", size), (SPDX + "checksum", NamedNode(f"{me}-checksum")))
    yield from triples(
        f"{me}-checksum",
        *types(SPDX + "Checksum"),
        (SPDX + "algorithm", NamedNode(SPDX + "checksumAlgorithm_sha256")),
        (SPDX + "checksumValue", Literal(file.sha256, datatype=NamedNode(PREFIXES["xsd"] + "hexBinary"))),
    )


def _offered(dump: Dump, me: str, address: NamedNode) -> Iterator[Triple]:
    of = dump.graph or (GRAPH + "claims" if dump.part else DATASET)
    yield from triples(of, (DCAT + "distribution", NamedNode(me)))
    if not dump.part or dump.graph:  # a dump in VoID's sense holds all the statements of a data set, and no others
        yield from triples(of, (VOID + "dataDump", address))
    yield from triples(
        me,
        *types(DCAT + "Distribution"),
        (DC + "title", text(f"{title_of(dump)}, {dump.form}.{dump.packing}")),
        (DC + "license", NamedNode(LICENCE)),
        (DCAT + "accessURL", address),
        (DCAT + "downloadURL", address),
        (DCAT + "mediaType", NamedNode(MEDIA + FORMS[dump.form])),
        (DCAT + "compressFormat", NamedNode(MEDIA + PACKINGS[dump.packing])),
    )


def answering(service: Service, root: str) -> Iterator[Triple]:
    """What answers questions: where, and by which standard."""
    me, asked = f"{DATASET}#{service.name}", NamedNode(root + service.path)
    access = f"{me}-access"
    yield from triples(CATALOG, (DCAT + "service", NamedNode(me)))
    yield from triples(DATASET, (DCAT + "distribution", NamedNode(access)))
    if service.name == "sparql":
        yield from triples(DATASET, (VOID + "sparqlEndpoint", asked))
    yield from triples(
        access,
        *types(DCAT + "Distribution"),
        (DC + "title", text(service.title)),
        (DC + "license", NamedNode(LICENCE)),
        (DCAT + "accessURL", asked),
        (DCAT + "accessService", NamedNode(me)),
    )
    yield from triples(
        me,
        *types(DCAT + "DataService"),
        (DC + "title", text(service.title)),
        (DC + "conformsTo", NamedNode(service.standard)),
        (DCAT + "endpointURL", asked),
        (DCAT + "endpointDescription", NamedNode(root + service.described)),
        (DCAT + "servesDataset", NamedNode(DATASET)),
    )
