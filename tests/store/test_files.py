"""Files in and out: every format, with the place of a fault, and nothing lost on the way."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import BadInput, SyntaxProblem
from kg.namespaces import thing
from kg.store import Literal, NamedNode, Statement, dump, in_memory, placed, read_file, read_files, read_text
from kg.store.files import SUFFIXES
from tests.store.store_support import TEXT, literals, nquads, says, statements

A = NamedNode(thing("source", "a"))
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'

written = {
    ".ttl": f'<{A.value}> <{TEXT.value}> "x"@en .',
    ".nt": f'<{A.value}> <{TEXT.value}> "x"@en .',
    ".nq": f'<{A.value}> <{TEXT.value}> "x"@en <http://example.org/some-graph> .',
    ".trig": f'<http://example.org/some-graph> {{ <{A.value}> <{TEXT.value}> "x"@en }}',
    ".rdf": f'{RDF}<rdf:Description rdf:about="{A.value}" e:text="x" xml:lang="en"/></rdf:RDF>',
    ".owl": f'{RDF}<rdf:Description rdf:about="{A.value}" e:text="x" xml:lang="en"/></rdf:RDF>',
    ".jsonld": f'{{"@id": "{A.value}", "{TEXT.value}": {{"@value": "x", "@language": "en"}}}}',
}


def test_every_format_is_tried_here() -> None:
    assert written.keys() == SUFFIXES.keys()


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".TTL"])
def test_every_format_loads(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_text(written[suffix.lower()])
    assert read_file(path) == [(A, TEXT, Literal("x", language="en"))]


def test_the_graph_that_a_file_names_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "file.nq").write_text(written[".nq"])
    assert placed(read_file(tmp_path / "file.nq")) == {says("a", Literal("x", language="en"))}


faults = {
    ".ttl": ("@prefix a: <a:> .\na:b a:c a:d .\na:b a:c oops .", 3, 9, "oops"),
    ".nt": ("<a:b> <a:c> <a:d> .\n<a:b> <a:c> oops .", 2, 13, "object of a triple"),
    ".nq": ("<a:b> <a:c> <a:d> .\n<a:b> <a:c> oops .", 2, 13, "object of a triple"),
    ".trig": ("<a:g> {\n  <a:b> oops }", 2, 9, "oops"),
    ".jsonld": ('{\n"a" 1}', 2, 5, "keys must be strings"),
}


@pytest.mark.parametrize(("suffix", "text", "line", "column", "reason"), [(s, *f) for s, f in faults.items()])
def test_a_fault_is_told_with_file_line_column_and_reason(
    tmp_path: Path, suffix: str, text: str, line: int, column: int, reason: str
) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_text(text)
    with pytest.raises(SyntaxProblem, match=reason) as told:
        read_file(path)
    problem = told.value
    assert (problem.file, problem.line, problem.column) == (str(path), line, column)
    assert str(problem) == f"{path}:{line}:{column}: {problem.reason}"
    assert "Parser error" not in problem.reason


def test_a_fault_in_rdf_xml_is_told_with_file_and_reason(tmp_path: Path) -> None:
    (tmp_path / "file.rdf").write_text(f'{RDF}<rdf:Description rdf:about="a:b"></e:b></rdf:RDF>')
    with pytest.raises(SyntaxProblem, match=r"file\.rdf: .*e:b"):
        read_file(tmp_path / "file.rdf")


@pytest.mark.parametrize("line", ["<a:b> <a:c> _:x .", "_:x <a:c> <a:b> .", "<a:b> <a:c> <<( _:x <a:c> <a:d> )>> ."])
def test_blank_nodes_are_refused(line: str) -> None:
    with pytest.raises(SyntaxProblem, match=r"here: Blank nodes .* \(a:c\)"):
        read_text(line.encode(), SUFFIXES[".nt"], "here")


@pytest.mark.parametrize("name", ["file", "file.txt", "file.ttl.gz", "file.json", ".ttl"])
def test_an_unknown_suffix_is_told_with_the_known_ones(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    with pytest.raises(BadInput, match=r"what format is this\? Known suffixes: \.ttl, .*\.jsonld"):
        read_file(tmp_path / name)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"x\.ttl: there is no such file or folder"):
        list(read_files([tmp_path / "x.ttl"]))
    with pytest.raises(BadInput, match=r"x\.ttl: No such file"):
        read_file(tmp_path / "x.ttl")


def test_a_folder_in_a_files_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").mkdir()
    with pytest.raises(BadInput, match=r"x\.ttl: Is a directory"):
        read_file(tmp_path / "x.ttl")


def test_a_folder_gives_its_data_files_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b/two.nt", "a/three.ttl", "one.ttl", "read.me", "b/x.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    found = [str(path.relative_to(tmp_path)) for path, _ in read_files([tmp_path])]
    assert found == ["a/three.ttl", "b/two.nt", "one.ttl"]


def test_no_file_makes_us_call_another_host(tmp_path: Path) -> None:
    (tmp_path / "file.jsonld").write_text('{"@context": "http://127.0.0.1:9/", "@id": "a:b", "a:c": 1}')
    with pytest.raises(SyntaxProblem, match="remote context"):
        read_file(tmp_path / "file.jsonld")
    (tmp_path / "file.rdf").write_text(f'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>{RDF}&a;</rdf:RDF>')
    with pytest.raises(SyntaxProblem):
        read_file(tmp_path / "file.rdf")


@settings(max_examples=150)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode), st.sampled_from(sorted(SUFFIXES)))
@example(b"\xff\xfe\x00", ".ttl")
@example(b"<a:\xff>", ".rdf")
def test_any_bytes_are_read_or_told_as_a_fault(data: bytes, suffix: str) -> None:
    with contextlib.suppress(SyntaxProblem):
        read_text(data, SUFFIXES[suffix], "here")


# --- Out and in again -------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.lists(statements, max_size=8), st.sampled_from(sorted(SUFFIXES)))
def test_a_dump_of_any_format_reads_back_as_the_same_base(found: list[Statement], suffix: str) -> None:
    engine = in_memory(placed(found))
    again = in_memory(placed(read_text(dump(engine, suffix), SUFFIXES[suffix], "dump")))
    assert nquads(again) == nquads(engine)


@given(literals, st.sampled_from(sorted(SUFFIXES)))
def test_a_literal_of_any_sort_reads_back_from_any_format(value: Literal, suffix: str) -> None:
    engine = in_memory([says("a", value)])
    again = in_memory(placed(read_text(dump(engine, suffix), SUFFIXES[suffix], "dump")))
    assert nquads(again) == nquads(engine)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_the_same_base_is_the_same_bytes(suffix: str) -> None:
    found = [says(name, text) for name in "abc" for text in "xyz"]
    assert dump(in_memory(found), suffix) == dump(in_memory(reversed(found)), suffix)
