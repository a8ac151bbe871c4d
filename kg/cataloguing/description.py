"""The data set described for other programs: VoID, DCAT 3 and Dublin Core.

Sources: https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/ (checksums by SPDX, as it asks). Things have
their addresses under the project's base; what can be downloaded or asked stands where this server is reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.cataloguing.files import FORMS, NANOPUBS, PACKINGS, RDF12, Dump, DumpFile, dump_named
from kg.cataloguing.statistics import DATASET, Statistics
from kg.describing import LICENCE, write
from kg.exporting.recorded import TITLE
from kg.namespaces import GRAPH, ID, NS, ONTOLOGY, PREFIXES, compact, gap, kind_of, local_of, slug_of, thing
from kg.queries import GraphStatistics, PackContent, Size
from kg.store import Literal, NamedNode, Quad, Term, Triple, pack_of

CATALOG = f"{DATASET}#catalog"

ABOUT = (
    "Who says what, where, about why policies fail between decision and delivery and which support could help: claims "
    "with their stance, force, footing and place in the text, and the links that rules write from them. Gaps, cautions "
    "and disputes are part of it; a claim is not a finding."
)
PUBLISHER = thing("agent", "gapbridge")
_DC, _DCAT, _VOID, _PROV = (PREFIXES[name] for name in ("dcterms", "dcat", "void", "prov"))
_SPDX, _MEDIA = "http://spdx.org/rdf/terms#", "https://www.iana.org/assignments/media-types/"
_FEATURES = "http://www.w3.org/ns/formats/"
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
_KEYWORDS = ("policy implementation", "evidence synthesis", "policy failure")
Fact = tuple[str, Term]


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
    return _PARTS.get(dump.part) or _titled(dump.part)


def _titled(graph: str) -> str:
    """What a graph of this name holds."""
    pack = pack_of(GRAPH + graph)
    return f"Things of the pack “{slug_of(pack)}”" if pack else _TITLES.get(graph, graph)


def dataset(found: Statistics, root: str, files: Sequence[DumpFile], services: Sequence[Service]) -> set[Triple]:
    """The description of the data set at one revision.

    Args:
        found: the revision in numbers.
        root: where this server is reached, without a slash at the end.
        files: the dumps that are there.
        services: what answers questions.
    """
    return {
        *_catalog(),
        *_itself(found, root),
        *_contents(found),
        *(triple for graph in found.graphs for triple in _graph(graph, found)),
        *(t for _, rows in groupby(found.packs, lambda row: row.pack) for t in _pack(list(rows))),
        *(triple for file in files for triple in _distribution(file, root)),
        *(triple for service in services for triple in _service(service, root)),
    }


def write_dataset(description: set[Triple], form: str) -> bytes:
    """A description in one of the forms of `describing`; it stands in no graph."""
    if form in ("trig", "nq"):
        return write([Quad(t.subject, t.predicate, t.object) for t in description], form)
    return write(description, form, first=DATASET)


def _catalog() -> Iterator[Triple]:
    yield from _facts(
        CATALOG,
        *_types(_DCAT + "Catalog"),
        (_DC + "title", _text("Data of Gapbridge")),
        (_DC + "description", _text("The evidence graph, and what answers questions about it.")),
        (_DC + "publisher", NamedNode(PUBLISHER)),
        (_DC + "license", NamedNode(LICENCE)),
        (_DCAT + "dataset", NamedNode(DATASET)),
    )


def _itself(found: Statistics, root: str) -> Iterator[Triple]:
    documents = sorted({row.document for row in found.packs if kind_of(row.document) == "source"})
    yield from _facts(
        DATASET,
        *_types(_VOID + "Dataset", _DCAT + "Dataset"),
        (_DC + "title", _text(TITLE)),
        (_DC + "description", _text(ABOUT)),
        (_DC + "identifier", Literal(DATASET)),
        (_DC + "license", NamedNode(LICENCE)),
        (_DC + "publisher", NamedNode(PUBLISHER)),
        (_DC + "creator", NamedNode(PUBLISHER)),
        (_DC + "language", NamedNode("http://id.loc.gov/vocabulary/iso639-1/en")),
        (_DC + "bibliographicCitation", Literal(found.citation)),
        (_DC + "conformsTo", NamedNode(ONTOLOGY)),
        (_DCAT + "version", Literal(str(found.revision))),
        (_DCAT + "landingPage", NamedNode(f"{root}/")),
        (PREFIXES["foaf"] + "homepage", NamedNode(f"{root}/")),
        *(
            (_DCAT + "keyword", _text(word))
            for word in ("policy implementation", "evidence synthesis", "policy failure")
        ),
        *((_PROV + "wasDerivedFrom", NamedNode(iri)) for iri in documents),
        *(
            (_PROV + "wasGeneratedBy", NamedNode(thing("revision", str(found.revision))))
            for _ in found.dates.issued[:1]
        ),
        *_time("issued", found.dates.issued),
        *_time("modified", found.dates.modified),
    )
    yield from _facts(
        PUBLISHER,
        *_types(PREFIXES["foaf"] + "Organization", PREFIXES["foaf"] + "Agent"),
        (PREFIXES["foaf"] + "name", Literal("Gapbridge")),
    )


def _contents(found: Statistics) -> Iterator[Triple]:
    """What VoID says of the whole: its numbers, its parts by class and property, its vocabularies."""
    used = [*(row.cls for row in found.classes), *(row.property for row in found.properties)]
    vocabularies = sorted({PREFIXES[compact(iri).partition(":")[0]] for iri in used if compact(iri) != iri})
    yield from _facts(
        DATASET,
        *_numbers(found.size),
        (_VOID + "uriSpace", Literal(ID)),
        *((_VOID + "feature", NamedNode(_FEATURES + name)) for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")),
        *((_VOID + "vocabulary", NamedNode(iri)) for iri in vocabularies),
        *((_VOID + "exampleResource", NamedNode(iri)) for iri in found.examples),
    )
    for row in found.classes:
        of_class = ((_VOID + "class", NamedNode(row.cls)), (_VOID + "entities", _whole(row.entities)))
        yield from _part("classPartition", f"class-{_local(row.cls)}", *of_class)
    for each in found.properties:
        of_property = (
            (_VOID + "property", NamedNode(each.property)),
            (_VOID + "triples", _whole(each.statements)),
            (_VOID + "distinctSubjects", _whole(each.subjects)),
            (_VOID + "distinctObjects", _whole(each.objects)),
        )
        yield from _part("propertyPartition", f"property-{_local(each.property)}", *of_property)


def _part(relation: str, name: str, *facts: Fact) -> Iterator[Triple]:
    part = f"{DATASET}#{name}"
    yield from _facts(DATASET, (_VOID + relation, NamedNode(part)))
    yield from _facts(part, *_types(_VOID + "Dataset"), *facts)


def _graph(row: GraphStatistics, found: Statistics) -> Iterator[Triple]:
    name = row.graph.removeprefix(GRAPH)
    yield from _facts(DATASET, (_VOID + "subset", NamedNode(row.graph)))
    yield from _facts(
        row.graph,
        *_types(_VOID + "Dataset", _DCAT + "Dataset"),
        (_DC + "title", _text(_titled(name))),
        (_DC + "license", NamedNode(LICENCE)),
        (_DC + "isPartOf", NamedNode(DATASET)),
        (_DCAT + "version", Literal(str(found.revision))),
        *_numbers(row),
    )


def _pack(rows: Sequence[PackContent]) -> Iterator[Triple]:
    """A pack of data; what is counted of it are the claims read in its documents."""
    row = rows[0]
    claims = f"{DATASET}#claims-of-{local_of(row.pack).partition('/')[2]}"
    created = Literal(row.created, datatype=NamedNode(PREFIXES["xsd"] + "date"))
    yield from _facts(DATASET, (_VOID + "subset", NamedNode(row.pack)))
    yield from _facts(
        row.pack,
        *_types(_VOID + "Dataset", _DCAT + "Dataset", gap("Pack")),
        (_DC + "title", _text(row.title)),
        *([(_DC + "description", _text(row.description))] if row.description else []),
        *([(_DC + "created", created)] if row.created else []),
        *([(_DC + "creator", NamedNode(row.creator))] if row.creator else []),
        (_DC + "license", NamedNode(row.licence)),
        (_DCAT + "version", Literal(row.version)),
        *((_DC + "source", NamedNode(each.document)) for each in rows),
        (_VOID + "classPartition", NamedNode(claims)),
    )
    facts = ((_VOID + "class", NamedNode(gap("Claim"))), (_VOID + "entities", _whole(sum(r.claims for r in rows))))
    yield from _facts(claims, *_types(_VOID + "Dataset"), *facts)


def _distribution(file: DumpFile, root: str) -> Iterator[Triple]:
    named = dump_named(file.name)
    if named is None:
        return
    dump = named[1]
    of = dump.graph or (GRAPH + "claims" if dump.part else DATASET)
    me, address = f"{DATASET}#{file.name}", NamedNode(f"{root}/dumps/{file.name}")
    whole = not dump.part or dump.graph  # a dump in VoID's sense holds all the statements of a data set, and no others
    checked = f"{me}-checksum"
    yield from _facts(of, (_DCAT + "distribution", NamedNode(me)), *([(_VOID + "dataDump", address)] if whole else []))
    yield from _facts(
        me,
        *_types(_DCAT + "Distribution"),
        (_DC + "title", _text(f"{title_of(dump)}, {dump.form}.{dump.packing}")),
        (_DC + "license", NamedNode(LICENCE)),
        (_DCAT + "accessURL", address),
        (_DCAT + "downloadURL", address),
        (_DCAT + "mediaType", NamedNode(_MEDIA + FORMS[dump.form])),
        (_DCAT + "compressFormat", NamedNode(_MEDIA + PACKINGS[dump.packing])),
        (_DCAT + "byteSize", Literal(str(file.size), datatype=NamedNode(PREFIXES["xsd"] + "nonNegativeInteger"))),
        (_SPDX + "checksum", NamedNode(checked)),
    )
    yield from _facts(
        checked,
        *_types(_SPDX + "Checksum"),
        (_SPDX + "algorithm", NamedNode(_SPDX + "checksumAlgorithm_sha256")),
        (_SPDX + "checksumValue", Literal(file.sha256, datatype=NamedNode(PREFIXES["xsd"] + "hexBinary"))),
    )


def _service(service: Service, root: str) -> Iterator[Triple]:
    me, asked = f"{DATASET}#{service.name}", NamedNode(root + service.path)
    access = f"{me}-access"
    yield from _facts(CATALOG, (_DCAT + "service", NamedNode(me)))
    yield from _facts(DATASET, (_DCAT + "distribution", NamedNode(access)))
    if service.name == "sparql":
        yield from _facts(DATASET, (_VOID + "sparqlEndpoint", asked))
    yield from _facts(
        access,
        *_types(_DCAT + "Distribution"),
        (_DC + "title", _text(service.title)),
        (_DC + "license", NamedNode(LICENCE)),
        (_DCAT + "accessURL", asked),
        (_DCAT + "accessService", NamedNode(me)),
    )
    yield from _facts(
        me,
        *_types(_DCAT + "DataService"),
        (_DC + "title", _text(service.title)),
        (_DC + "conformsTo", NamedNode(service.standard)),
        (_DCAT + "endpointURL", asked),
        (_DCAT + "endpointDescription", NamedNode(root + service.described)),
        (_DCAT + "servesDataset", NamedNode(DATASET)),
    )


def _numbers(size: Size | GraphStatistics) -> list[Fact]:
    named = {
        "triples": size.statements,
        "entities": size.entities,
        "classes": size.classes,
        "properties": size.properties,
        "distinctSubjects": size.subjects,
        "distinctObjects": size.objects,
    }
    return [(_VOID + name, _whole(number)) for name, number in named.items()]


def _time(name: str, at: str) -> list[Fact]:
    return [(_DC + name, Literal(at, datatype=NamedNode(PREFIXES["xsd"] + "dateTime")))] if at else []


def _types(*classes: str) -> list[Fact]:
    return [(PREFIXES["rdf"] + "type", NamedNode(iri)) for iri in classes]


def _facts(subject: str, *facts: Fact) -> Iterable[Triple]:
    return [Triple(NamedNode(subject), NamedNode(name), value) for name, value in facts]


def _text(words: str) -> Literal:
    return Literal(words, language="en")


def _whole(number: int) -> Literal:
    return Literal(number)


def _local(iri: str) -> str:
    """A name for a part of the description: unique, since prefixes are."""
    short = local_of(iri) if iri.startswith(NS) else compact(iri)
    return short.replace(":", "-").replace("/", "-").replace("#", "-")
