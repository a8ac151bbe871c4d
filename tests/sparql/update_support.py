"""A small base that conforms, a server over it that takes changes, and what tests of changes ask of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.accounts.token import UPDATE
from kg.accounts.tokens import Tokens
from kg.contributing import PROJECT, home, writer
from kg.database import open_database
from kg.namespaces import GRAPH, ID, PREFIXES
from kg.settings import Settings, read_settings, resource
from kg.store import Change, placed, read_files
from tests.sparql.conftest import Reply, Server

PROLOGUE = "".join(
    f"PREFIX {name}: <{address}>\n"
    for name, address in {
        **{name: PREFIXES[name] for name in ("gap", "skos", "rdfs", "dcterms", "prov")},
        **{kind: f"{ID}{kind}/" for kind in ("notion", "scheme", "person", "claim", "agent")},
        "graph": GRAPH,
    }.items()
)
SCHEME = 'scheme:notion a skos:ConceptScheme ; skos:prefLabel "Notions"@en ; skos:definition "Ideas."@en .'
TURTLE = {"Content_Type": "text/turtle"}
UPDATE_TYPE = {"Content_Type": "application/sparql-update"}
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


def notion(name: str, definition: str = "An idea for a test.") -> str:
    """A thing that conforms, as Turtle."""
    return (
        f'notion:{name} a gap:Notion , skos:Concept ; skos:prefLabel "Idea {name}"@en ; '
        f'skos:definition "{definition}"@en ; skos:inScheme scheme:notion ; skos:topConceptOf scheme:notion .'
    )


def make_base(folder: Path) -> Settings:
    """A base of the ontology alone: every check runs over it in no time."""
    settings, ontology = read_settings({"GAPBRIDGE_DATA": str(folder)}), resource("ontology")
    scheme = folder.with_suffix(".ttl")
    scheme.write_text(PROLOGUE + SCHEME)
    agents = resource("seed_data") / "common" / "agents"
    paths = [ontology / "gap.ttl", ontology / "schemes", ontology / "shapes", agents, scheme]
    statements = [statement for _, found in read_files(paths) for statement in found]
    with writer(settings) as open_writer:
        open_writer.commit(Change(0, placed(statements), message="The ontology"))
    return settings


@dataclass(frozen=True)
class Changeable:
    """A server that takes changes, with a token for it."""

    server: Server
    settings: Settings
    token: str

    def send(self, **request) -> Reply:
        """A request with the token, unless it says something else."""
        request.setdefault("method", "POST")
        return self.server.ask(**{"Authorization": f"Bearer {self.token}", **request})

    def update(self, text: str, prologue: str = PROLOGUE, **request) -> Reply:
        return self.send(body=(prologue + text).encode(), **UPDATE_TYPE, **request)

    def graph(self, name: str, method: str = "GET", text: str = "", **request) -> Reply:
        headers = {**TURTLE, **request} if text else request
        params = [("graph", GRAPH + name)]
        return self.send(path="/graph-store", method=method, params=params, body=text.encode() or None, **headers)

    @property
    def revision(self) -> int:
        return home(self.settings).snapshots.newest()

    def state(self) -> tuple[int, list[str]]:
        """The newest revision and all that it holds."""
        reader = home(self.settings).reader(10**6)
        return reader.revision, sorted(map(str, reader.quads()))

    def rows(self, query: str) -> list[dict[str, str]]:
        reply = self.server.ask(PROLOGUE + query)
        assert reply.status == 200, reply.text
        return [
            {name: term["value"] for name, term in row.items()} for row in json.loads(reply.body)["results"]["bindings"]
        ]


def token(settings: Settings, name: str, agent: str = PROJECT) -> str:
    with tokens(settings) as kept:
        return kept.create(name, (UPDATE,), agent)


@contextmanager
def tokens(settings: Settings) -> Iterator[Tokens]:
    database = open_database(settings)
    yield Tokens(database, settings.data)
    database.close()
