"""pandas, straight from the endpoint's address: tables as CSV with types, and an evidence map by a pivot."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.parse import urlencode

import pandas as pd
import pytest

from kg.queries import causes, example, sources
from kg.store import Reader

PREFIXES = """
PREFIX gap: <https://w3id.org/gapbridge/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
CAUSES_BY_PHASE = (
    PREFIXES
    + """
SELECT ?cause ?phase ?how (COUNT(DISTINCT ?tactic) AS ?tactics) {
  VALUES ?link { gap:addressesAsStated gap:addressesByPhase gap:addressesByMapping gap:addressesByInference }
  ?tactic ?link ?thing ; gap:inPhase/skos:prefLabel ?phase .
  ?thing a gap:FailureCause ; skos:prefLabel ?cause .
  ?link rdfs:label ?how .
} GROUP BY ?cause ?phase ?how
"""
)


def read(endpoint: str, query: str, **more) -> pd.DataFrame:
    return pd.read_csv(endpoint + "?" + urlencode({"query": query, "format": "csv"}), **more)


def test_frame_is_the_librarys_list_with_numbers_as_numbers(endpoint: str, reader: Reader) -> None:
    frame = read(endpoint, example("causes").text)
    assert list(frame.columns) == ["cause", "label", "definition", "claims"]
    assert frame["claims"].dtype == "int64"
    assert list(frame.itertuples(index=False, name=None)) == [
        (row.cause, row.label, row.definition, row.claims) for row in causes(reader)
    ]


def test_a_year_that_is_not_recorded_is_missing_not_nought(endpoint: str, reader: Reader) -> None:
    frame = read(endpoint, example("sources").text, dtype={"year": "Int64"}, index_col="source")
    years = {row.source: row.year for row in sources(reader)}
    assert frame["year"].isna().sum() == sum(not year for year in years.values()) > 0
    assert {source: str(year) for source, year in frame["year"].dropna().items()} == {
        s: y for s, y in years.items() if y
    }


def test_dates_are_dates(endpoint: str) -> None:
    query = "SELECT ?claim ?entered { ?claim <http://purl.org/dc/terms/created> ?entered } LIMIT 5"
    assert read(endpoint, query, parse_dates=["entered"])["entered"].dtype.kind == "M"


def test_quotes_line_breaks_and_letters_of_all_kinds_come_through(endpoint: str) -> None:
    text = 'a "quoted", two\nlines, “ſ” and 𝒳'
    frame = read(endpoint, 'SELECT ?text { BIND("""' + text + '""" AS ?text) }')
    assert frame["text"].tolist() == [text]


def test_evidence_map_of_causes_and_phases_by_a_pivot(endpoint: str) -> None:
    frame = read(endpoint, CAUSES_BY_PHASE)
    table = frame.pivot_table(index="cause", columns=["phase", "how"], values="tactics", fill_value=0, aggfunc="sum")
    assert len(table) == 4
    assert set(table.columns.get_level_values("phase")) == {"Preparation", "Tracking", "Support", "Review"}
    assert table.loc["Dispersed governance", ("Tracking", "addresses by phase")] == 5
    assert table.loc["Dispersed governance", "Review"].sum() == 0  # a gap of the map, which the work list tells too


def test_a_bad_query_is_an_error_not_an_empty_frame(endpoint: str) -> None:
    with pytest.raises(HTTPError, match="400"):
        read(endpoint, "SELECT ?cause { ?cause }")
