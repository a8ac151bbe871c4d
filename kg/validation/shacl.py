"""Full SHACL over a whole base, by pySHACL: slower than the checks, and independent of them."""

from __future__ import annotations

from pathlib import Path

from kg.errors import Violation
from kg.namespaces import PREFIXES, local_of
from kg.settings import resource
from kg.store import Reader, dump

_SH = PREFIXES["sh"]
_TOLD = [_SH + name for name in ("name", "description", "order", "group")]
"""What shapes tell forms and people: pySHACL would look through it again for each value."""


def shacl(reader: Reader) -> list[Violation]:
    """What the shapes of `ontology/shapes` find in the base."""
    from pyshacl import validate  # slow to import, and needed by one command only
    from rdflib import Graph, URIRef

    data, shapes = Graph(), Graph(store="SimpleMemory")  # the plainest, where looking up takes half as long
    data.parse(data=dump(reader, ".nt"), format="nt")
    for path in sorted((resource("ontology") / "shapes").glob("*.ttl")):
        shapes.parse(path, format="turtle")
    for told in _TOLD:
        shapes.remove((None, URIRef(told), None))
    _, report, _ = validate(data, shacl_graph=shapes, advanced=False, inference="none")
    found = []
    for result in report.objects(None, URIRef(_SH + "result")):
        # nested details of sh:node are not results of their own
        value = {p.rpartition("#")[2]: str(o) for p, o in report.predicate_objects(result)}
        found.append(
            Violation(
                thing=local_of(value["focusNode"]),
                message=value["resultMessage"],
                check=value["sourceShape"].rpartition("#")[2],
                severity=Path(value["resultSeverity"]).name.rpartition("#")[2].lower(),
            )
        )
    return sorted(found, key=lambda v: (v.thing, v.check))
