"""Tables as data: every query gives one, in each form the same rows, with version, licence and citation."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from kg.cells import from_csv_cell
from kg.citation import AUTHORS, TITLE, cite, edition
from kg.contributing import open_base
from kg.errors import Ambiguous, BadInput, NotFound, ResultTooLarge
from kg.namespaces import BASE, PREFIXES, gap, thing
from kg.queries import all_queries, cards
from kg.search import Search
from kg.settings import Settings
from kg.store import Engine, in_memory
from kg.tables import FORMS, METADATA, QUERY, Definition, Table, definition, definitions, form, row_of
from kg.tables.composed import COMPOSED
from kg.tables.table import columns
from kg.tables.writing import to_csv
from tests.assessment.test_assessment import answer, use, with_it

CSVW = Namespace("http://www.w3.org/ns/csvw#")
DCTERMS = Namespace(PREFIXES["dcterms"])
CAUSE = thing("failure-cause", "dispersed-governance")
CLAIM = "claim/gold-weak-units-d3e57c69"
ROOT = Path(__file__).parents[2]
Asked = dict[str, list[str]]


@pytest.fixture(scope="session")
def reader(seeded: Settings) -> Engine:
    return open_base(seeded)


@pytest.fixture(scope="session")
def search(reader: Engine) -> Search:
    return Search(reader)


def asked_of(table: Definition) -> Asked:
    """Values for which a table has rows."""
    return {p.name: [p.example or p.default or CLAIM] for p in table.params}


def make(reader: Engine, search: Search, name: str, **values: str | list[str]) -> Table:
    given = {key: [value] if isinstance(value, str) else value for key, value in values.items()}
    return definition(name).ask(reader, search, given)


def read_csv(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(form("csv").write(table).decode(), newline="")))


def text(literal: str) -> Table:
    """A table of one cell."""
    row = row_of({"text": literal}, ())
    return Table("one", "One", "a text", "", columns(in_memory(), ["text"], [row]), (row,), "", edition(in_memory()))


# --- which tables there are --------------------------------------------------------------------------------------


def test_every_query_that_gives_rows_is_a_table() -> None:
    wanted = {query.name for query in all_queries() if "\n# row: " in query.text}
    assert wanted | {table.name for table in COMPOSED} == {table.name for table in definitions()}


@pytest.mark.parametrize("table", [t for t in definitions() if t.query], ids=lambda t: t.name)
def test_a_query_and_its_table_have_the_same_columns_and_rows(
    reader: Engine, search: Search, table: Definition
) -> None:
    made = table.ask(reader, search, asked_of(table))
    answered = json.loads(reader.answer(made.query, "json", "nt"))
    assert [column.name for column in made.columns] == answered["head"]["vars"]
    wanted = [{name: cell["value"] for name, cell in row.items()} for row in answered["results"]["bindings"]]
    assert [{name: term.value for name, cell in row.items() for term in cell} for row in made.rows] == wanted  # type: ignore[union-attr]


@pytest.mark.parametrize("table", [t for t in COMPOSED if t.name != "findings"], ids=lambda t: t.name)
def test_composed_tables_have_rows(reader: Engine, search: Search, table: Definition) -> None:
    made = table.ask(reader, search, asked_of(table))
    assert made.rows
    assert all(list(row) == list(table.columns) for row in made.rows)


def test_a_claim_is_one_row_whatever_it_informs(reader: Engine, search: Search) -> None:
    made = make(reader, search, "cards_of_gaps")
    claims = [row["claim"] for row in made.rows]
    assert len(claims) == len(set(claims))
    informs = {card.informs for card in cards(reader, [claims[0][0].value])}  # type: ignore[union-attr]
    assert {term.value for term in made.rows[0]["informs"]} == informs  # type: ignore[union-attr]


def test_what_follows_from_an_assessment() -> None:
    base = with_it(use("australian-criterion", answer("australian-criterion/cross-agency", "met")))
    (made,) = base.select(f"SELECT ?it {{ ?it a <{gap('Assessment')}> }}")
    table = make(base, Search(base), "findings", assessment=str(made["it"])[1:-1])
    kinds = [row["kind"][0].value for row in table.rows]  # type: ignore[union-attr]
    assert "met" in kinds
    assert "plan-required" in kinds


# --- what can be asked -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "dispersed-governance",
        "failure-cause/dispersed-governance",
        "Dispersed governance",
        thing("failure-cause", "dispersed-governance"),
    ],
)
def test_a_thing_goes_by_several_names_and_has_one_address(reader: Engine, search: Search, name: str) -> None:
    made = make(reader, search, "path", cause=name)
    assert made.address("csv") == BASE + "data/path.csv?cause=failure-cause/dispersed-governance"
    assert made.title.endswith(": Dispersed governance")


@pytest.mark.parametrize("name", ["gap:Policy", "Policy", gap("Policy")])
def test_a_term_goes_by_several_names_and_has_one_address(reader: Engine, search: Search, name: str) -> None:
    assert make(reader, search, "list_of", cls=name).address("ttl") == BASE + "data/list_of.ttl?cls=gap:Policy"


def test_what_has_no_name_to_be_found_by_goes_by_its_address(reader: Engine, search: Search) -> None:
    passage = make(reader, search, "passages").rows[0]["passage"][0]
    assert make(reader, search, "facts", thing=passage.value).rows  # type: ignore[union-attr]


def test_several_values_are_asked_for_at_once(reader: Engine, search: Search) -> None:
    causes = ["failure-cause/dispersed-governance", "tactic/intermediary-bodies"]
    made = make(reader, search, "names", thing=causes)
    assert len(made.rows) == 2
    assert made.asked == "?thing=failure-cause/dispersed-governance&thing=tactic/intermediary-bodies"


@pytest.mark.parametrize(
    ("name", "asked", "error", "told"),
    [
        ("path", {}, BadInput, "“cause” is missing: the failure cause"),
        ("path", {"caus": ["x"]}, BadInput, "“cause”"),
        ("tactics", {"cause": ["x"]}, BadInput, "takes none"),
        ("path", {"cause": ["a", "b"]}, BadInput, "1 at the most, not 2"),
        ("names", {"thing": ["x"] * 201}, BadInput, "200 at the most"),
        ("path", {"cause": ["dispersd-governance"]}, NotFound, "failure-cause/dispersed-governance"),
        ("list_of", {"cls": ["gap:Polcy"]}, NotFound, "gap:Policy"),
        ("facts", {"thing": ["tactic/<x>"]}, NotFound, "tactic/<x>"),
        ("facts", {"thing": ["http://x> y"]}, BadInput, "not a web address"),
        ("facts", {"thing": ["http://x> } #"]}, BadInput, "not a web address"),
        ("search", {"q": ["x"], "most": ["81"]}, BadInput, "from 1 to 80"),
        ("search", {"q": ["x"], "most": ["²"]}, BadInput, "from 1 to 80"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_the_choices(
    reader: Engine, search: Search, name: str, asked: Asked, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=re.escape(told)):
        definition(name).ask(reader, search, asked)


def test_a_name_of_several_things_is_told(reader: Engine, search: Search) -> None:
    with pytest.raises(Ambiguous, match="body/audit-commission"):
        make(reader, search, "facts", thing="audit-commission")


def test_an_unknown_table_has_near_names() -> None:
    with pytest.raises(NotFound, match="paths"):
        definition("pathes")


def test_a_table_that_is_too_large_is_refused_whole(
    reader: Engine, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.tables.defining.MOST_ROWS", 60)
    with pytest.raises(ResultTooLarge, match="more than 60 rows"):
        make(reader, search, "sources")


# --- the forms ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["path", "cards_about", "sources", "paths", "search", "worklist"])
def test_the_csv_has_a_header_and_a_line_for_each_row(reader: Engine, search: Search, name: str) -> None:
    made = make(reader, search, name, **asked_of(definition(name)))
    written = form("csv").write(made)
    lines = list(csv.reader(io.StringIO(written.decode(), newline="")))
    assert lines[0] == [column.name for column in made.columns]
    assert len(lines) == len(made.rows) + 1
    assert written.count(b"\r\n") >= len(lines)


def test_json_keeps_numbers_truth_values_and_lists(reader: Engine, search: Search) -> None:
    whole = json.loads(form("json").write(make(reader, search, "paths", **asked_of(definition("paths")))))
    first = whole["rows"][0]
    assert (first["path"], first["step"]) == (1, 1)
    assert isinstance(first["forward"], bool)
    assert first["claims"][0].startswith(BASE + "id/claim/")
    kinds = {column["name"]: column["datatype"] for column in whole["columns"]}
    assert (kinds["step"], kinds["forward"], kinds["start"]) == ("integer", "boolean", "anyURI")


def test_json_leaves_what_is_not_there_null(reader: Engine, search: Search) -> None:
    rows = json.loads(form("json").write(make(reader, search, "tactics")))["rows"]
    assert any(row["phase"] is None for row in rows)


@pytest.mark.parametrize("name", ["path", "causes", "cards_of_gaps"])
def test_every_form_says_version_licence_and_how_to_cite(reader: Engine, search: Search, name: str) -> None:
    made = make(reader, search, name, **asked_of(definition(name)))
    whole, described = json.loads(form("json").write(made)), json.loads(METADATA.write(made))
    graph = Graph().parse(data=form("ttl").write(made), format="turtle")
    (table,) = graph.subjects(RDF.type, CSVW.Table)
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert whole["licences"] == [licence]
    assert described["dc:license"] == [{"@id": licence}]
    assert list(graph.objects(table, DCTERMS.license)) == [URIRef(licence)]
    assert whole["version"]["revision"] == reader.revision
    assert whole["cite"] == described["dc:bibliographicCitation"]
    assert list(graph.objects(table, DCTERMS.bibliographicCitation)) == [Literal(whole["cite"])]
    for part in (made.title, f"revision {reader.revision}, ", made.address("csv")):
        assert part in whole["cite"]


def described_by_metadata(made: Table) -> set[tuple[object, ...]]:
    """What the CSV and its metadata say of the rows, read as csv2rdf tells, by these few lines alone."""
    told = json.loads(METADATA.write(made))
    rows, schema = read_csv(made), told["tableSchema"]
    found = set()
    for number, row in enumerate(rows, 1):
        record = URIRef(schema["aboutUrl"].replace("{_row}", str(number)))
        for column in schema["columns"]:
            cell = row[column["name"]]
            values = [] if not cell else cell.split(column["separator"]) if "separator" in column else [cell]
            for value in values:
                if column["datatype"] == "anyURI":
                    term: object = URIRef(value)
                elif column["datatype"] == "string":
                    term = Literal(from_csv_cell(value), lang=column.get("lang"))
                else:
                    term = Literal(value, datatype=XSD[column["datatype"]])
                found.add((record, URIRef(column["propertyUrl"]), term))
    return found


@pytest.mark.parametrize("name", ["path", "causes", "sources", "cards_about", "paths", "revisions", "search"])
@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld"])
def test_the_rdf_is_what_the_csv_and_its_metadata_say(reader: Engine, search: Search, name: str, suffix: str) -> None:
    made = make(reader, search, name, **asked_of(definition(name)))
    formats = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}
    graph = Graph().parse(data=form(suffix).write(made), format=formats[suffix])
    records = set(graph.objects(None, CSVW.describes))
    assert len(records) == len(made.rows) > 0
    assert {triple for record in records for triple in graph.triples((record, None, None))} == described_by_metadata(
        made
    )


def test_rows_have_addresses_by_their_line_in_the_csv(reader: Engine, search: Search) -> None:
    made = make(reader, search, "causes")
    graph = Graph().parse(data=form("ttl").write(made), format="turtle")
    table = URIRef(made.address("csv"))
    rows = {row: graph.value(row, CSVW.rownum) for row in graph.objects(table, CSVW.row)}
    assert rows == {URIRef(f"{table}#row={line}"): Literal(line - 1) for line in range(2, 6)}
    assert "_:" not in form("nt").write(made).decode()


def test_the_same_table_gives_the_same_bytes(reader: Engine, search: Search) -> None:
    one, other = (make(reader, search, "path", cause="dispersed-governance") for _ in range(2))
    assert [f.write(one) for f in FORMS] == [f.write(other) for f in FORMS]


def test_columns_say_what_they_hold(reader: Engine, search: Search) -> None:
    told = {c.name: c.description for c in make(reader, search, "cards_of_gaps").columns}
    assert told["subjectLabel"] == "The name of what stands in “subject”."
    assert "how" in told["force"].lower()
    assert told["standing"]


def test_the_query_runs_as_it_is_given(reader: Engine, search: Search) -> None:
    made = make(reader, search, "path", cause="dispersed-governance")
    assert len(reader.select(QUERY.write(made).decode())) == len(made.rows)


# --- formulas ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'="])
def test_no_spreadsheet_takes_a_text_for_a_formula(start: str) -> None:
    (line,) = read_csv(text(f"{start}1+1"))
    assert line["text"].startswith("'")
    assert from_csv_cell(line["text"]) == f"{start}1+1"


def test_a_negative_number_stays_a_number() -> None:
    row = row_of({"text": -1}, ())
    table = Table("one", "", "", "", columns(in_memory(), ["text"], [row]), (row,), "", edition(in_memory()))
    assert to_csv(table) == b"text\r\n-1\r\n"


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1))
def test_every_text_comes_back_from_the_csv(literal: str) -> None:
    (row,) = list(csv.reader(io.StringIO(to_csv(text(literal)).decode(), newline="")))[1:]
    assert from_csv_cell(row[0]) == literal


# --- citation ----------------------------------------------------------------------------------------------------


def test_the_citation_is_that_of_the_citation_file() -> None:
    told = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "{TITLE}"' in told
    assert f"- name: {AUTHORS}" in told


def test_the_whole_is_cited_at_its_revision(reader: Engine) -> None:
    now = edition(reader)
    version = f"revision {reader.revision}, {date.fromisoformat(now.changed[:10]):%-d %B %Y}"
    assert cite(now) == f"{AUTHORS} ({now.changed[:4]}). {TITLE}. Data set, {version}. {BASE}"
