"""The base as a file, in the format that the file's suffix names."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cells import to_csv_cell
from kg.errors import BadInput
from kg.exporting.bibliographies import FORMS, bibliography
from kg.exporting.references import all_references
from kg.namespaces import compact, local_of
from kg.queries import accepted_claims, cards, domain_links, names, works
from kg.queries.notices import Notice, notices
from kg.store import Reader, dump

if TYPE_CHECKING:
    import networkx as nx

_RDF = (".ttl", ".trig", ".nq", ".nt", ".rdf", ".jsonld")


def export(reader: Reader, path: Path) -> int:
    """Write the base to a file.

    Args:
        reader: the base at one revision.
        path: where to; the suffix says how. RDF suffixes hold the whole base, `.graphml` the links between
            things and sources, `.csv` the claims as a table, `.bib`, `.ris` and `.csl.json` the sources as references.

    Returns:
        How many bytes were written.

    Raises:
        BadInput: the suffix stands for no format, or the file cannot be written.
    """
    make = next((make for suffix, make in _formats().items() if path.name.lower().endswith(suffix)), None)
    if make is None:
        raise BadInput(f"{path}: what format is this? Known suffixes: {', '.join(sorted(_formats()))}.")
    data = make(reader)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from error
    return len(data)


def _formats() -> dict[str, Callable[[Reader], bytes]]:
    rdf: dict[str, Callable[[Reader], bytes]] = {s: lambda r, s=s: dump(r, s) for s in _RDF}  # type: ignore[misc]
    references: dict[str, Callable[[Reader], bytes]] = {
        f".{form}": lambda r, form=form: bibliography(all_references(r), form)  # type: ignore[misc]
        for form in FORMS
    }
    return {**rdf, ".graphml": graphml, ".csv": claims_csv, **references}


def links_graph(reader: Reader) -> nx.MultiDiGraph:
    """The derived links as a networkx graph: nodes named `kind/slug`, edges keyed by relation."""
    from networkx import MultiDiGraph  # slow to import, and needed for this form only

    graph = MultiDiGraph()
    links = domain_links(reader)
    labels = names(reader, sorted({end for link in links for end in (link.subject, link.object)}))
    for iri, label in labels.items():
        graph.add_node(local_of(iri), iri=iri, label=label, kind=local_of(iri).partition("/")[0])
    for link in links:
        relation = compact(link.relation)
        graph.add_edge(local_of(link.subject), local_of(link.object), key=relation, relation=relation)
    return graph


def graphml(reader: Reader) -> bytes:
    """The derived links as GraphML."""
    from networkx import write_graphml

    out = io.BytesIO()
    write_graphml(links_graph(reader), out)
    return out.getvalue()


def _became(known: Mapping[str, Notice], named: Iterable[str]) -> Iterable[str]:
    """What became of works, for those that were retracted, corrected or put in doubt."""
    return (f"{local_of(work)}: {known[work].statusLabel.lower()}" for work in dict.fromkeys(named) if work in known)


_COLUMNS = (
    "claim", "gist", "subject", "subjectLabel", "relation", "object", "objectLabel", "stance", "force", "basis",
    "standing", "informs", "document", "locator", "citedFor", "citedAgainst", "origin", "notices",
)  # fmt: skip


def claims_csv(reader: Reader) -> bytes:
    """The accepted claims as a table (RFC 4180): a row each, several works in one cell parted by a space.

    The last column names works of the row that were retracted, corrected or put in doubt.

    No text in it is one that a spreadsheet would run (`kg.cells`).
    """
    claims, became = accepted_claims(reader), notices(reader)
    cited: dict[tuple[str, str], list[str]] = {}
    for work in works(reader, claims):
        cited.setdefault((work.claim, work.role.rpartition("#")[2]), []).append(work.work)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for card in cards(reader, claims):
        row = {name: local_of(str(value)) for name, value in vars(card).items()}
        roles = {"citedFor": "backedBy", "citedAgainst": "challengedBy", "origin": "originSource"}
        row.update({column: " ".join(map(local_of, cited.get((card.claim, r), []))) for column, r in roles.items()})
        named = [card.document, *(work for role in roles.values() for work in cited.get((card.claim, role), []))]
        row["notices"] = "; ".join(_became(became, named))
        writer.writerow({column: to_csv_cell(text) for column, text in row.items()})
    return out.getvalue().encode()
