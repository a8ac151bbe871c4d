"""The shapes and the checks: what conforms passes, each planted fault is caught by the one meant for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, SKOS, BNode, Literal, URIRef

from kg.namespaces import SHAPES
from kg.turtle import is_canonical
from tests.ontology.shapes_support import (
    CHECK_OF,
    EXAMPLES,
    ROOT,
    SEVERITIES,
    SH,
    SHAPE,
    Finding,
    check_findings,
    checks,
    constraints,
    examples,
    severity_of,
    shacl_findings,
    shapes,
)

GENERIC = set(CHECK_OF.values())
VALID = examples("valid")
INVALID = examples("invalid")
BY_SHAPE = [path for path in INVALID if "." in path.stem]
BY_CHECK = [path for path in INVALID if "." not in path.stem]
WORDS = (SH.message, SH.name, SH.description)


def name(path: Path) -> str:
    return path.stem


def constraint_name(constraint: URIRef) -> str:
    return constraint.partition("#")[2]


def of(severity: str, findings: set[Finding]) -> set[str]:
    return {finding.by for finding in findings if finding.severity == severity}


@pytest.mark.parametrize("path", VALID, ids=name)
def test_what_conforms_passes(path: Path) -> None:
    assert shacl_findings(path) == set()
    assert check_findings(path) == set()


@pytest.mark.parametrize("path", BY_SHAPE, ids=name)
def test_each_constraint_catches_its_fault_and_no_other_does(path: Path) -> None:
    prop, constraint = path.stem.split(".")
    severity = severity_of(prop)
    shacl, found = shacl_findings(path), check_findings(path)
    assert of(severity, shacl) == {path.stem}
    assert of(severity, found) == {CHECK_OF[SH[constraint]]}
    assert said(shacl) == said(found)


@pytest.mark.parametrize("path", BY_CHECK, ids=name)
def test_each_check_catches_its_fault_and_no_other_does(path: Path) -> None:
    check, _, severity = path.stem.rpartition("-")
    found = check_findings(path)
    assert of(severity, found) == {check}
    assert said(shacl_findings(path)) == said(found) == set()


def said(findings: set[Finding]) -> set[tuple[str, str, str]]:
    return {(f.thing, f.message, f.severity) for f in findings if f.by in GENERIC or "." in f.by}


def test_every_constraint_has_an_invalid_example() -> None:
    wanted = {f"{prop}.{constraint_name(constraint)}" for prop, constraint in constraints()}
    assert wanted == {path.stem for path in BY_SHAPE}


def test_every_check_has_an_invalid_example() -> None:
    generic = {f"{CHECK_OF[c]}-{severity_of(prop)}" for prop, c in constraints()}
    assert {path.stem for path in checks()} == generic | {path.stem for path in BY_CHECK}


def test_every_shape_has_a_valid_example() -> None:
    targeted = {str(shape).removeprefix(SHAPES) for shape in shapes().subjects(SH.targetClass)}
    assert targeted <= {path.stem for path in VALID}


@pytest.mark.parametrize("path", sorted((ROOT / "shapes").glob("*.ttl")) + VALID + INVALID, ids=name)
def test_files_are_canonical(path: Path) -> None:
    assert is_canonical(path), f"mend with kg.turtle.format_file({str(path)!r})"


def test_each_shape_stands_in_the_file_of_its_name() -> None:
    for shape in shapes().subjects(SH.targetClass):
        assert (ROOT / "shapes" / f"{str(shape).removeprefix(SHAPES)}.ttl").exists()


def test_shapes_have_addresses_only() -> None:
    assert not [term for triple in shapes() for term in triple if isinstance(term, BNode)]
    assert not list(shapes().triples((None, RDF.first, None)))


def test_shapes_keep_to_what_the_checks_evaluate() -> None:
    known = set(CHECK_OF) | {RDF.type, SH.path, SH.order, SH.severity, SH.group, *WORDS}
    for prop in {prop for prop, _ in constraints()}:
        assert set(shapes().predicates(SHAPE[prop])) <= known, prop
    for predicate in (SH.minCount, SH.maxCount):
        assert set(shapes().objects(None, predicate)) == {Literal(1)}
    assert set(shapes().objects(None, SH.nodeKind)) <= {SH.IRI, SH.Literal}
    assert {c for prop, c in constraints() if severity_of(prop) != "violation"} == {SH.minCount}


def test_every_choice_points_to_one_scheme() -> None:
    for choice in set(shapes().objects(None, SH.node)):
        (membership,) = shapes().objects(choice, SH.property)
        assert shapes().value(membership, SH.path) == SKOS.inScheme
        scheme = str(shapes().value(membership, SH.hasValue)).rpartition("/")[2]
        assert (ROOT / "schemes" / f"{scheme}.ttl").exists()


@pytest.mark.parametrize("prop", sorted({prop for prop, _ in constraints()}))
def test_each_property_shape_speaks_to_people(prop: str) -> None:
    for predicate in WORDS:
        (words,) = shapes().objects(SHAPE[prop], predicate)
        assert isinstance(words, Literal)
        assert words.language == "en"
    assert str(shapes().value(SHAPE[prop], SH.message)).endswith((".", "?"))


@pytest.mark.parametrize("path", checks(), ids=name)
def test_each_check_says_what_it_is_for(path: Path) -> None:
    title, why, *_ = path.read_text(encoding="utf-8").splitlines()
    assert title.startswith("# title: ")
    assert why.startswith("# why: ")
    assert path.stem.endswith(SEVERITIES)


def test_examples_lie_where_they_belong() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == {"valid", "invalid"}
