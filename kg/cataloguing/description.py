"""The data set described for other programs: VoID, DCAT 3 and Dublin Core.

Sources: https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/ (checksums by SPDX, as it asks). Things have
their addresses under the project's base; what can be downloaded or asked stands where this server is reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kg.cataloguing.access import CATALOG, Service, answering, distribution, title_of_graph
from kg.cataloguing.facts import DC, DCAT, PROV, VOID, Fact, at_time, local_name, numbers, text, triples, types, whole
from kg.cataloguing.files import DumpFile
from kg.cataloguing.statistics import DATASET, Statistics
from kg.describing import LICENCE, write
from kg.exporting.recorded import TITLE
from kg.namespaces import GRAPH, ID, ONTOLOGY, PREFIXES, compact, gap, kind_of, local_of, thing
from kg.queries import GraphStatistics, PackContent
from kg.store import Literal, NamedNode, Quad, Triple

ABOUT = (
    "Who says what, where, about why policies fail between decision and delivery and which support could help: claims "
    "with their stance, force, footing and place in the text, and the links that rules write from them. Gaps, cautions "
    "and disputes are part of it; a claim is not a finding."
)
PUBLISHER = thing("agent", "gapbridge")
_FEATURES = "http://www.w3.org/ns/formats/"
_KEYWORDS = ("policy implementation", "evidence synthesis", "policy failure")


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
        *(triple for file in files for triple in distribution(file, root)),
        *(triple for service in services for triple in answering(service, root)),
    }


def write_dataset(description: set[Triple], form: str) -> bytes:
    """A description in one of the forms of `describing`; it stands in no graph."""
    if form in ("trig", "nq"):
        return write([Quad(t.subject, t.predicate, t.object) for t in description], form)
    return write(description, form, first=DATASET)


def _catalog() -> Iterator[Triple]:
    yield from triples(
        CATALOG,
        *types(DCAT + "Catalog"),
        (DC + "title", text("Data of Gapbridge")),
        (DC + "description", text("The evidence graph, and what answers questions about it.")),
        (DC + "publisher", NamedNode(PUBLISHER)),
        (DC + "license", NamedNode(LICENCE)),
        (DCAT + "dataset", NamedNode(DATASET)),
    )


def _itself(found: Statistics, root: str) -> Iterator[Triple]:
    yield from triples(
        DATASET,
        *types(VOID + "Dataset", DCAT + "Dataset"),
        (DC + "title", text(TITLE)),
        (DC + "description", text(ABOUT)),
        (DC + "identifier", Literal(DATASET)),
        (DC + "license", NamedNode(LICENCE)),
        (DC + "publisher", NamedNode(PUBLISHER)),
        (DC + "creator", NamedNode(PUBLISHER)),
        (DC + "language", NamedNode("http://id.loc.gov/vocabulary/iso639-1/en")),
        (DC + "bibliographicCitation", Literal(found.citation)),
        (DC + "conformsTo", NamedNode(ONTOLOGY)),
        (DCAT + "version", Literal(str(found.revision))),
        (DCAT + "landingPage", NamedNode(f"{root}/")),
        (PREFIXES["foaf"] + "homepage", NamedNode(f"{root}/")),
        *((DCAT + "keyword", text(word)) for word in _KEYWORDS),
    )
    yield from triples(DATASET, *_origin(found))
    yield from triples(
        PUBLISHER,
        *types(PREFIXES["foaf"] + "Organization", PREFIXES["foaf"] + "Agent"),
        (PREFIXES["foaf"] + "name", Literal("Gapbridge")),
    )


def _origin(found: Statistics) -> Iterator[Fact]:
    """What it was made from, by which revision, and when."""
    for document in sorted({row.document for row in found.packs if kind_of(row.document) == "source"}):
        yield PROV + "wasDerivedFrom", NamedNode(document)
    if found.dates.issued:
        yield PROV + "wasGeneratedBy", NamedNode(thing("revision", str(found.revision)))
    yield from at_time("issued", found.dates.issued)
    yield from at_time("modified", found.dates.modified)


def _contents(found: Statistics) -> Iterator[Triple]:
    """What VoID says of the whole: its numbers, its parts by class and property, its vocabularies."""
    used = [*(row.cls for row in found.classes), *(row.property for row in found.properties)]
    vocabularies = sorted({PREFIXES[compact(iri).partition(":")[0]] for iri in used if compact(iri) != iri})
    yield from triples(
        DATASET,
        *numbers(found.size),
        (VOID + "uriSpace", Literal(ID)),
        *((VOID + "feature", NamedNode(_FEATURES + name)) for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")),
        *((VOID + "vocabulary", NamedNode(iri)) for iri in vocabularies),
        *((VOID + "exampleResource", NamedNode(iri)) for iri in found.examples),
    )
    for row in found.classes:
        of_class = ((VOID + "class", NamedNode(row.cls)), (VOID + "entities", whole(row.entities)))
        yield from _part("classPartition", f"class-{local_name(row.cls)}", *of_class)
    for each in found.properties:
        of_property = (
            (VOID + "property", NamedNode(each.property)),
            (VOID + "triples", whole(each.statements)),
            (VOID + "distinctSubjects", whole(each.subjects)),
            (VOID + "distinctObjects", whole(each.objects)),
        )
        yield from _part("propertyPartition", f"property-{local_name(each.property)}", *of_property)


def _part(relation: str, name: str, *facts: Fact) -> Iterator[Triple]:
    part = f"{DATASET}#{name}"
    yield from triples(DATASET, (VOID + relation, NamedNode(part)))
    yield from triples(part, *types(VOID + "Dataset"), *facts)


def _graph(row: GraphStatistics, found: Statistics) -> Iterator[Triple]:
    name = row.graph.removeprefix(GRAPH)
    yield from triples(DATASET, (VOID + "subset", NamedNode(row.graph)))
    yield from triples(
        row.graph,
        *types(VOID + "Dataset", DCAT + "Dataset"),
        (DC + "title", text(title_of_graph(name))),
        (DC + "license", NamedNode(LICENCE)),
        (DC + "isPartOf", NamedNode(DATASET)),
        (DCAT + "version", Literal(str(found.revision))),
        *numbers(row),
    )


def _pack(rows: Sequence[PackContent]) -> Iterator[Triple]:
    """A pack of data; what is counted of it are the claims read in its documents."""
    row = rows[0]
    claims = f"{DATASET}#claims-of-{local_of(row.pack).partition('/')[2]}"
    created = Literal(row.created, datatype=NamedNode(PREFIXES["xsd"] + "date"))
    yield from triples(DATASET, (VOID + "subset", NamedNode(row.pack)))
    yield from triples(
        row.pack,
        *types(VOID + "Dataset", DCAT + "Dataset", gap("Pack")),
        (DC + "title", text(row.title)),
        *([(DC + "description", text(row.description))] if row.description else []),
        *([(DC + "created", created)] if row.created else []),
        *([(DC + "creator", NamedNode(row.creator))] if row.creator else []),
        (DC + "license", NamedNode(row.licence)),
        (DCAT + "version", Literal(row.version)),
        *((DC + "source", NamedNode(each.document)) for each in rows),
        (VOID + "classPartition", NamedNode(claims)),
    )
    facts = ((VOID + "class", NamedNode(gap("Claim"))), (VOID + "entities", whole(sum(r.claims for r in rows))))
    yield from triples(claims, *types(VOID + "Dataset"), *facts)
