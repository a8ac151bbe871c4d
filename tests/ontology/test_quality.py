"""The checklist of the ontology's model (§5), one test for each row that a script can tell, named by its id.

Not here: what needs the public address (V2, U4, F2), what needs a server (C1–C3, with the pages' tests), D3 (the
reference page has tests of its own), and P1, the data set description, which comes with the issue on publishing.
O5 is read as pairwise `owl:disjointWith`, which says as much as `owl:AllDisjointClasses`,
without a list of blank nodes.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from kg.namespaces import GRAPH, ID, NS, ONTOLOGY, PREFIXES, SHAPES
from kg.settings import resource
from kg.store import NamedNode
from tests.data_support import ROOT, base, competency, derived, graph, rows

GAP = Namespace(NS)
VANN = Namespace(PREFIXES["vann"])
BIBO = Namespace(PREFIXES["bibo"])
ME = URIRef(ONTOLOGY)
CC_BY = URIRef("https://creativecommons.org/licenses/by/4.0/")
VALID = Path(__file__).parent / "shapes" / "valid"


@cache
def ontology() -> Graph:
    """The terms and their alignments."""
    found = Graph()
    folder = resource("ontology")
    for path in (folder / "gap.ttl", *sorted((folder / "alignments").glob("*.ttl"))):
        found.parse(path, format="turtle")
    return found


def of_type(cls: URIRef) -> set[URIRef]:
    return {term for term in ontology().subjects(RDF.type, cls) if isinstance(term, URIRef)}


CLASSES = of_type(OWL.Class)
OBJECT_PROPERTIES = of_type(OWL.ObjectProperty)
DATA_PROPERTIES = of_type(OWL.DatatypeProperty)
PROPERTIES = OBJECT_PROPERTIES | DATA_PROPERTIES | of_type(OWL.AnnotationProperty)
TERMS = CLASSES | PROPERTIES


def concepts() -> set[Node]:
    return set(graph().subjects(RDF.type, SKOS.Concept))


def has(*properties: URIRef) -> bool:
    return all((ME, p, None) in ontology() for p in properties)


def one(subject: URIRef, predicate: URIRef) -> str:
    (value,) = ontology().objects(subject, predicate)
    return str(value)


def test_h1_header_names_itself() -> None:
    assert list(ontology().subjects(RDF.type, OWL.Ontology)) == [ME]
    assert has(DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionIRI, DCTERMS.creator, DCTERMS.created)
    assert has(VANN.preferredNamespaceUri)


def test_h2_header_says_how_to_use_it() -> None:
    assert has(VANN.preferredNamespacePrefix, OWL.versionInfo, DCTERMS.created, DCTERMS.bibliographicCitation)


def test_h3_header_says_where_it_comes_from() -> None:
    assert has(DCTERMS.publisher, BIBO.status, DCTERMS.source, DCTERMS.issued)


def test_h4_one_licence() -> None:
    assert list(ontology().objects(ME, DCTERMS.license)) == [CC_BY]


def test_h5_provenance() -> None:
    assert has(DCTERMS.creator, DCTERMS.created, DCTERMS.issued, DCTERMS.publisher)
    (creator,) = ontology().objects(ME, DCTERMS.creator)
    assert (creator, RDF.type, None) in graph()


def test_v1_version_address() -> None:
    version = one(ME, OWL.versionInfo)
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert one(ME, OWL.versionIRI) == f"{ONTOLOGY}/{version}"


def test_v3_change_log() -> None:
    log = ROOT / "CHANGELOG.md"
    if not log.exists():
        pytest.skip("no CHANGELOG.md yet")
    assert one(ME, OWL.versionInfo) in log.read_text(encoding="utf-8") or "Unreleased" in log.read_text(
        encoding="utf-8"
    )


def test_u1_persistent_address() -> None:
    assert ONTOLOGY.startswith("https://w3id.org/")


def test_u2_one_namespace() -> None:
    assert one(ME, VANN.preferredNamespaceUri) == NS
    assert all(term.startswith(NS) for term in TERMS)


def test_u3_no_file_ending() -> None:
    assert not re.search(r"\.(owl|rdf|ttl|n3|xml)$", ONTOLOGY)


def test_u5_addresses_have_one_form() -> None:
    ours = re.compile(
        rf"{re.escape(NS)}[A-Za-z]+|{re.escape(ONTOLOGY)}|{re.escape(SHAPES)}[A-Za-z-]+|"
        rf"{re.escape(ID)}[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*|{re.escape(GRAPH)}[a-z]+"
    )
    wrong = {s for s in graph().subjects() if not isinstance(s, URIRef) or not ours.fullmatch(str(s))}
    assert wrong == set()


def test_f1_prefix_in_the_file() -> None:
    assert one(ME, VANN.preferredNamespacePrefix) == "gap"
    assert PREFIXES["gap"] == NS


def test_r1_header_reuses_known_vocabularies() -> None:
    known = tuple(PREFIXES[name] for name in ("dcterms", "owl", "vann", "bibo", "schema", "rdf", "rdfs", "skos"))
    assert [p for p in ontology().predicates(ME) if not str(p).startswith(known)] == []


def test_r2_terms_reuse_known_vocabularies() -> None:
    supers = {o for p in (RDFS.subClassOf, RDFS.subPropertyOf) for o in ontology().objects(None, p)}
    assert len({s for s in supers if not s.startswith(NS)}) >= 5


def english(term: URIRef, predicate: URIRef) -> list[str]:
    return [str(o) for o in ontology().objects(term, predicate) if getattr(o, "language", None) == "en"]


def test_d1_one_label_for_every_term() -> None:
    labels = {term: english(term, RDFS.label) for term in TERMS}
    assert {term for term, found in labels.items() if len(found) != 1} == set()
    assert [label for label, n in Counter(found[0] for found in labels.values()).items() if n > 1] == []


def test_d2_one_definition_for_every_term() -> None:
    for term in TERMS:
        (definition,) = english(term, SKOS.definition)
        assert english(term, RDFS.comment) == [definition], term
        assert definition.strip(". ").lower() != english(term, RDFS.label)[0].lower(), term
        assert (term, RDFS.isDefinedBy, ME) in ontology(), term


def test_d4_every_class_has_a_thing_to_look_at() -> None:
    """In the seed data, else among the valid examples of the shapes; classes over classes have things by theirs."""
    used = set(graph().objects(None, RDF.type))
    for path in VALID.glob("*.ttl"):
        used |= set(Graph().parse(path, format="turtle").objects(None, RDF.type))
    over = {o for c in CLASSES for o in ontology().objects(c, RDFS.subClassOf)}
    assert {c for c in CLASSES - used - over} <= {GAP.Revision, GAP.DormantPack}  # written by the program alone


def test_o1_no_second_names_for_one_meaning() -> None:
    same = [(a, b) for a, b in ontology().subject_objects(OWL.equivalentClass) if b.startswith(NS)]
    assert same == []
    assert GAP["is"] not in TERMS


def test_o2_no_isolated_class() -> None:
    schema = Namespace(PREFIXES["schema"])
    alone = {
        c
        for c in CLASSES
        if (c, RDFS.subClassOf, None) not in ontology()
        and not any(
            (None, p, c) in ontology()
            for p in (RDFS.subClassOf, RDFS.domain, RDFS.range, schema.domainIncludes, schema.rangeIncludes)
        )
    }
    assert alone == set()


def test_o3_inverses_swap_domain_and_range() -> None:
    for p, q in ontology().subject_objects(OWL.inverseOf):
        for here, there in ((RDFS.domain, RDFS.range), (RDFS.range, RDFS.domain)):
            assert set(ontology().objects(p, here)) == set(ontology().objects(q, there)), (p, q)


def test_o3_every_claim_relation_can_be_read_both_ways() -> None:
    for relation in ontology().subjects(RDF.type, GAP.ClaimRelation):
        assert english(relation, GAP.verbPhrase), relation
        assert english(relation, GAP.inversePhrase), relation


def test_o4_no_cycles() -> None:
    for term in TERMS:
        for p in (RDFS.subClassOf, RDFS.subPropertyOf):
            above = {a for direct in ontology().objects(term, p) for a in ontology().transitive_objects(direct, p)}
            assert term not in above, term


def test_o5_main_kinds_are_disjoint_and_the_data_consistent() -> None:
    apart = set(ontology().subject_objects(OWL.disjointWith))
    main = {GAP[name] for name in ("Claim", "Source", "Passage", "Policy", "FrameworkElement", "Outcome", "Framework")}
    open_pairs = {(a, b) for a, b in combinations(sorted(main), 2) if (a, b) not in apart and (b, a) not in apart}
    assert open_pairs == set()
    for a, b in apart:
        both = set(graph().subjects(RDF.type, a)) & set(graph().subjects(RDF.type, b))
        assert both == set(), (a, b)


def test_o6_one_domain_and_one_range() -> None:
    for p in OBJECT_PROPERTIES | DATA_PROPERTIES:
        for axis in (RDFS.domain, RDFS.range):
            assert len(set(ontology().objects(p, axis))) <= 1, p
    bare = {
        p.removeprefix(NS)
        for p in OBJECT_PROPERTIES | DATA_PROPERTIES
        if not ({RDFS.domain, RDFS.range} <= set(ontology().predicates(p)))
    }
    assert bare <= BARE


BARE = {"claimSubject", "claimObject"}
"""SHACL says of these what may stand there; it differs from relation to relation."""


def test_o7_names() -> None:
    assert [c for c in CLASSES if not re.fullmatch(r"[A-Z][A-Za-z]+", c.removeprefix(NS))] == []
    assert [p for p in PROPERTIES if not re.fullmatch(r"[a-z][A-Za-z]+", p.removeprefix(NS))] == []


def test_o8_nothing_undeclared_and_nothing_declared_abroad() -> None:
    used = set(graph().predicates()) | set(graph().objects(None, RDF.type))
    assert {u for u in used if u.startswith(NS)} <= TERMS
    assert [term for term in TERMS if not term.startswith(NS)] == []


def test_o9_within_owl_2_dl() -> None:
    above = set(ontology().objects(None, RDFS.subPropertyOf))
    assert not above & {RDF.subject, RDF.predicate, RDF.object, RDF.type, RDFS.label}
    assert RDF.langString not in set(ontology().objects(None, RDFS.range))
    assert not OBJECT_PROPERTIES & DATA_PROPERTIES
    assert not CLASSES & PROPERTIES
    for p in DATA_PROPERTIES:
        kinds = set(ontology().objects(p, RDFS.range))
        assert all(k == RDFS.Literal or k.startswith(XSD) for k in kinds), p


def test_s1_skos_integrity() -> None:
    """S9 (concepts and schemes are apart), S13 and S14 (labels), S27 (related is not broader)."""
    data = graph()
    assert set() == concepts() & set(data.subjects(RDF.type, SKOS.ConceptScheme))
    for concept in concepts():
        preferred = list(data.objects(concept, SKOS.prefLabel))
        assert len({label.language for label in preferred}) == len(preferred) == 1, concept
        assert not set(preferred) & set(data.objects(concept, SKOS.altLabel)), concept
    for a, b in data.subject_objects(SKOS.related):
        assert b not in set(data.transitive_objects(a, SKOS.broader)), (a, b)


def test_s2_schemes_hold_their_concepts() -> None:
    data = graph()
    assert [c for c in concepts() if (c, SKOS.inScheme, None) not in data] == []
    assert [s for s in data.subjects(RDF.type, SKOS.ConceptScheme) if (s, SKOS.hasTopConcept, None) not in data] == []
    for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.definition, RDFS.label):
        assert [o for o in data.objects(None, p) if not isinstance(o, Literal) or not o.language] == []
    for concept, scheme in data.subject_objects(SKOS.topConceptOf):
        assert (scheme, SKOS.hasTopConcept, concept) in data
        assert (concept, SKOS.inScheme, scheme) in data


def test_s3_integrity_query_is_empty() -> None:
    """That all questions give the expected rows in both engines stands in `tests/queries`; here that one bites."""
    query = competency(32).read_text(encoding="utf-8")
    assert rows(base(), query) == []
    kept = {q for q in base().quads() if not q.predicate.value.endswith("claimSubject")}
    assert len(derived(kept).select(query)) > 0


def deprecated() -> set[URIRef]:
    return {s for s in graph().subjects(OWL.deprecated, Literal(True)) if isinstance(s, URIRef)}


def test_x1_deprecated_terms_name_their_successor_and_say_why() -> None:
    for term in deprecated():
        assert (term, DCTERMS.isReplacedBy, None) in graph() or (term, SKOS.editorialNote, None) in graph(), term
        assert (term, SKOS.changeNote, None) in graph(), term


def test_x2_deprecated_concepts_stay_in_their_scheme_but_not_on_top() -> None:
    for concept in deprecated() & concepts():
        assert (concept, SKOS.inScheme, None) in graph(), concept
        assert (None, SKOS.hasTopConcept, concept) not in graph(), concept


def test_x3_a_later_version_says_what_it_is_compatible_with() -> None:
    prior = list(ontology().objects(ME, OWL.priorVersion))
    major = one(ME, OWL.versionInfo).partition(".")[0]
    for version in prior:
        if str(version).rpartition("/")[2].partition(".")[0] == major:
            assert (ME, OWL.backwardCompatibleWith, version) in ontology()


def test_l1_licences_and_no_words_of_sources() -> None:
    data = graph()
    for pack in data.subjects(RDF.type, GAP.Pack):
        assert list(data.objects(pack, DCTERMS.license)) == [CC_BY]
    assert (ROOT / "LICENSE-DATA").exists()
    oa = Namespace(PREFIXES["oa"])
    assert (None, oa.exact, None) not in data
    assert set(data.objects(None, oa.hasSelector)) == set(data.subjects(RDF.type, oa.TextPositionSelector))


def test_p2_reproducible() -> None:
    """The byte for byte comparison of two builds stands in `tests/data`; here that the rules alone decide."""
    stated = {q for q in base().quads() if q.graph_name != NamedNode(GRAPH + "derived")}
    assert set(derived(stated).quads()) == set(base().quads())
