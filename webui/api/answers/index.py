"""Where to begin: what there is, in which version, and how to cite it."""

from __future__ import annotations

from importlib.metadata import version

from kg.citation import TITLE, cite, edition
from kg.queries import ontology_header, packs
from webui.api.answers.asked import Asked
from webui.api.operations import OPERATIONS, ROOT
from webui.api.records import IndexAnswer, Iri, Pack, Resource

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def index_answer(asked: Asked) -> IndexAnswer:
    header, now = ontology_header(asked.reader), edition(asked.reader)
    return IndexAnswer(
        title=TITLE,
        version=version("gapbridge"),
        ontology=header.version if header else "",
        revision=now.revision,
        changed=now.changed,
        licence=Iri(LICENCE),
        cite=f"{cite(now)} Cite also the works that the claims come from.",
        packs=tuple(Pack(Iri(p.pack), p.title, p.version, p.licence) for p in packs(asked.reader)),
        resources=(
            *(Resource(o.name, o.summary, ROOT + o.path) for o in OPERATIONS),
            Resource("openapi", "This interface described by OpenAPI 3.1", f"{ROOT}/openapi.json"),
            Resource("sparql", "Any query in SPARQL 1.1", "/sparql"),
            Resource("guide", "This interface for people", "/api"),
        ),
    )
