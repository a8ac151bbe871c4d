"""Comunica: a query engine in JavaScript that takes our endpoint as one source among others."""

from __future__ import annotations

import json
from typing import Any

from kg.queries import causes, example
from kg.store import Reader
from tests.clients.conftest import Run

CAUSE = "https://w3id.org/gapbridge/id/failure-cause/"
PREFIXES = """PREFIX gap: <https://w3id.org/gapbridge/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX my: <http://example.org/> """
SCRIPT = """
import { QueryEngine } from '@comunica/query-sparql';
const engine = new QueryEngine();
const plain = (row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value]));
const answers = [];
for (const [kind, query, sources] of JOBS) {
  if (kind === 'ASK') answers.push(await engine.queryBoolean(query, { sources }));
  else if (kind === 'CONSTRUCT') answers.push((await (await engine.queryQuads(query, { sources })).toArray()).length);
  else answers.push((await (await engine.queryBindings(query, { sources })).toArray()).map(plain));
}
console.log(JSON.stringify(answers));
"""


def answered(javascript: Run, *jobs: tuple[str, str, list[Any]]) -> list[Any]:
    """What the jobs give, all in one run, since starting the engine takes longer than they do."""
    return json.loads(javascript(SCRIPT.replace("JOBS", json.dumps(jobs))))


def turtle(text: str) -> dict[str, str]:
    """A source that is a file on the user's machine."""
    return {"type": "serialized", "value": text, "mediaType": "text/turtle", "baseIRI": "http://example.org/"}


def test_our_endpoint_as_the_source(javascript: Run, endpoint: str, reader: Reader) -> None:
    names = PREFIXES + "{ ?c a gap:FailureCause ; skos:prefLabel ?l }"
    typed = {"type": "sparql", "value": endpoint}
    rows, again, is_there, graph = answered(
        javascript,
        ("SELECT", example("causes").text, [endpoint]),  # which it knows for one by our service description
        ("SELECT", example("causes").text, [typed]),
        ("ASK", names.replace("{", "ASK {", 1), [endpoint]),
        ("CONSTRUCT", names.replace("{", "CONSTRUCT WHERE {", 1), [endpoint]),
    )
    assert [(row["cause"], row["label"], int(row["claims"])) for row in rows] == [
        (row.cause, row.label, row.claims) for row in causes(reader)
    ]
    assert (again, is_there, graph) == (rows, True, 2 * len(rows))


def test_ours_with_a_file_of_ones_own(javascript: Run, endpoint: str) -> None:
    notes = f'<{CAUSE}dispersed-governance> <http://example.org/seenIn> "our council" .'
    joined = PREFIXES + "SELECT ?l ?place { ?c my:seenIn ?place . ?c skos:prefLabel ?l . ?c a gap:FailureCause }"
    service = PREFIXES + f"SELECT ?l ?place {{ ?c my:seenIn ?place SERVICE <{endpoint}> {{ ?c skos:prefLabel ?l }} }}"
    found = answered(javascript, ("SELECT", joined, [endpoint, turtle(notes)]), ("SELECT", service, [turtle(notes)]))
    assert found == [[{"l": "Dispersed governance", "place": "our council"}]] * 2


def test_a_things_own_address_as_the_source(javascript: Run, site: str) -> None:
    """By negotiation it comes as triples, though Comunica likes N-Quads best; by suffix in the graphs it is kept in."""
    statement = f"<{CAUSE}dispersed-governance> skos:prefLabel ?l"
    address = f"{site}/id/failure-cause/dispersed-governance"
    merged, kept = answered(
        javascript,
        ("SELECT", f"{PREFIXES} SELECT ?l {{ {statement} }}", [address]),
        ("SELECT", f"{PREFIXES} SELECT ?l {{ GRAPH ?g {{ {statement} }} }}", [address + ".nq"]),
    )
    assert merged == kept == [{"l": "Dispersed governance"}]
