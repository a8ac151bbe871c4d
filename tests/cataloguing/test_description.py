"""The data set's description: what it says in numbers is counted again here, in another way."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from kg.cataloguing import DATASET, DUMPS, DumpFile, Service, Statistics, dataset, statistics, write_dataset
from kg.cataloguing.statistics import read_statistics
from kg.namespaces import GRAPH, ID, PREFIXES, gap, thing
from kg.queries import things_with_pages
from kg.store import Engine, Literal, NamedNode, Quad, Triple, text_of

ROOT = "http://data.example.org"
VOID, DCAT, DC = PREFIXES["void"], PREFIXES["dcat"], PREFIXES["dcterms"]
A = PREFIXES["rdf"] + "type"
FILES = [DumpFile(dump.name(1), 10 + number, f"{number:064x}") for number, dump in enumerate(DUMPS)]
SPARQL = Service("sparql", "SPARQL", "/sparql", "/sparql", "https://www.w3.org/TR/sparql11-protocol/")


@pytest.fixture(scope="module")
def counted(snapshot: Engine) -> Statistics:
    return statistics(snapshot, things_with_pages(snapshot))


@pytest.fixture(scope="module")
def told(counted: Statistics) -> set[Triple]:
    return dataset(counted, ROOT, FILES, [SPARQL])


@cache
def quads(snapshot: Engine) -> list[Quad]:
    return list(snapshot.quads())


def values(told: set[Triple], subject: str, name: str) -> set[str]:
    return {text_of(t.object) for t in told if t.subject == NamedNode(subject) and t.predicate.value == name}


def numbers(told: set[Triple], subject: str) -> dict[str, int]:
    names = ("triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects")
    return {name: int(next(iter(values(told, subject, VOID + name)))) for name in names}


def counted_here(found: list[Quad]) -> dict[str, int]:
    return {
        "triples": len({q.triple for q in found}),
        "entities": len({q.subject for q in found if text_of(q.subject).startswith(ID)}),
        "classes": len({q.object for q in found if q.predicate.value == A}),
        "properties": len({q.predicate for q in found}),
        "distinctSubjects": len({q.subject for q in found}),
        "distinctObjects": len({q.object for q in found}),
    }


def test_the_numbers_of_the_whole_are_true(snapshot: Engine, told: set[Triple]) -> None:
    assert numbers(told, DATASET) == counted_here(quads(snapshot))


def test_the_numbers_of_each_graph_are_true(snapshot: Engine, told: set[Triple]) -> None:
    graphs = {text_of(q.graph_name) for q in quads(snapshot)}  # type: ignore[arg-type]
    assert {iri for iri in values(told, DATASET, VOID + "subset") if iri.startswith(GRAPH)} == graphs
    for graph in graphs:
        found = [q for q in quads(snapshot) if q.graph_name == NamedNode(graph)]
        assert numbers(told, graph) == counted_here(found), graph


def test_the_parts_by_class_and_by_property_are_true(snapshot: Engine, told: set[Triple]) -> None:
    classes, properties = defaultdict(set), defaultdict(set)
    for q in quads(snapshot):
        properties[q.predicate.value].add(q.triple)
        if q.predicate.value == A:
            classes[text_of(q.object)].add(q.subject)
    parts = values(told, DATASET, VOID + "classPartition")
    assert {(*values(told, part, VOID + "class"), *values(told, part, VOID + "entities")) for part in parts} == {
        (cls, str(len(things))) for cls, things in classes.items()
    }
    parts = values(told, DATASET, VOID + "propertyPartition")
    assert len(parts) == len(properties)
    for part in parts:
        found = properties[next(iter(values(told, part, VOID + "property")))]
        assert values(told, part, VOID + "triples") == {str(len(found))}
        assert values(told, part, VOID + "distinctSubjects") == {str(len({t.subject for t in found}))}
        assert values(told, part, VOID + "distinctObjects") == {str(len({t.object for t in found}))}


def test_a_pack_counts_the_claims_read_in_its_documents(snapshot: Engine, told: set[Triple]) -> None:
    core = thing("pack", "hudson-2019")
    read = [q for q in quads(snapshot) if q.predicate.value == gap("assertedIn")]
    claims = {q.subject for q in read if q.object == NamedNode(thing("source", "hudson-2019"))}
    (part,) = values(told, core, VOID + "classPartition")
    assert values(told, part, VOID + "entities") == {str(len(claims))}
    assert values(told, core, DCAT + "version") == {"0.1.0"}


def test_version_licence_dates_citation_and_documents(counted: Statistics, told: set[Triple]) -> None:
    assert values(told, DATASET, DCAT + "version") == {"1"}
    assert values(told, DATASET, DC + "license") == {"https://creativecommons.org/licenses/by/4.0/"}
    assert values(told, DATASET, DC + "issued") == {counted.dates.issued} != {""}
    (citation,) = values(told, DATASET, DC + "bibliographicCitation")
    assert "revision 1" in citation
    assert str(citation).endswith(" https://w3id.org/gapbridge/")
    documents = values(told, DATASET, PREFIXES["prov"] + "wasDerivedFrom")
    assert documents == {
        thing("source", name)
        for name in ("holyrood-roundtable", "hudson-2019", "implementation-unit", "kaehne-editorial", "kent-project")
    }


def test_each_file_is_a_distribution_with_size_checksum_and_address(told: set[Triple]) -> None:
    for file in FILES:
        me = f"{DATASET}#{file.name}"
        assert values(told, me, DCAT + "downloadURL") == {f"{ROOT}/dumps/{file.name}"}
        assert values(told, me, DCAT + "byteSize") == {str(file.size)}
        (checksum,) = values(told, me, "http://spdx.org/rdf/terms#checksum")
        assert values(told, checksum, "http://spdx.org/rdf/terms#checksumValue") == {file.sha256}
        assert len([t for t in told if t.predicate.value == DCAT + "distribution" and t.object == NamedNode(me)]) == 1


def test_only_what_holds_all_statements_is_a_data_dump(told: set[Triple]) -> None:
    whole = {dump.name(1) for dump in DUMPS if not dump.part}
    assert values(told, DATASET, VOID + "dataDump") == {f"{ROOT}/dumps/{name}" for name in whole}
    assert values(told, GRAPH + "claims", VOID + "dataDump") == {f"{ROOT}/dumps/gapbridge-1-claims.ttl.gz"}


def test_no_file_is_told_that_is_not_there(counted: Statistics) -> None:
    assert not any("byteSize" in t.predicate.value for t in dataset(counted, ROOT, [], []))


def test_services(told: set[Triple]) -> None:
    assert values(told, DATASET, VOID + "sparqlEndpoint") == {f"{ROOT}/sparql"}
    assert values(told, f"{DATASET}#sparql", DCAT + "servesDataset") == {DATASET}


def test_it_has_no_blank_nodes_and_every_part_a_name_of_its_own(told: set[Triple]) -> None:
    assert all(isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal) for t in told)
    single = ("class", "property", "triples")
    rows = [(t.subject, t.predicate) for t in told if t.predicate.value in {VOID + name for name in single}]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("form", ["ttl", "trig", "jsonld"])
def test_written_twice_the_same(told: set[Triple], form: str) -> None:
    assert write_dataset(told, form) == write_dataset(set(sorted(told, key=str)), form)


def test_statistics_come_back_from_json(counted: Statistics) -> None:
    assert read_statistics(counted.text()) == counted
