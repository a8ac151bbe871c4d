"""Where to begin: what there is, in which version, and how to cite it."""

from __future__ import annotations

from importlib.metadata import version

from kg.queries import ontology_header, packs, revisions
from webui.api.answers.asked import Asked
from webui.api.operations import OPERATIONS, ROOT
from webui.api.records import IndexAnswer, Iri, Pack, Resource

TITLE = "Gapbridge: an evidence graph for the gap between policy and its implementation"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def index_answer(asked: Asked) -> IndexAnswer:
    header, newest = ontology_header(asked.reader), next(iter(revisions(asked.reader)), None)
    changed = newest.at if newest else ""
    return IndexAnswer(
        title=TITLE,
        version=version("gapbridge"),
        ontology=header.version if header else "",
        revision=asked.opened.revision,
        changed=changed,
        licence=Iri(LICENCE),
        cite=_cite(asked.opened.revision, changed),
        packs=tuple(Pack(Iri(p.pack), p.title, p.version, p.licence) for p in packs(asked.reader)),
        resources=(
            *(Resource(o.name, o.summary, ROOT + o.path) for o in OPERATIONS),
            Resource("openapi", "This interface described by OpenAPI 3.1", f"{ROOT}/openapi.json"),
            Resource("sparql", "Any query in SPARQL 1.1", "/sparql"),
            Resource("guide", "This interface for people", "/api"),
        ),
    )


def _cite(revision: int, changed: str) -> str:
    made = f", {changed[:10]}" if changed else ""
    return (
        f"The Gapbridge authors. {TITLE}. Version {version('gapbridge')}, revision {revision} of the data{made}. "
        "Cite also the works that the claims come from."
    )
