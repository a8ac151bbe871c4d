"""Whether something that is not in the base yet would be of a class there."""

from __future__ import annotations

from collections.abc import Iterable

from kg.namespaces import PREFIXES
from kg.store import NamedNode, Reader, text_of

_ABOVE = PREFIXES["rdfs"] + "subClassOf"


def are_of_class(reader: Reader, classes: Iterable[str], cls: str) -> bool:
    """Whether one of some classes is a class, or stands below it.

    Args:
        reader: the base, with the ontology in it.
        classes: addresses of classes.
        cls: the one that is asked for.
    """
    seen, front = set[str](), set(classes)
    while front and cls not in front:
        seen |= front
        above = (quad for each in front for quad in reader.quads(subject=NamedNode(each)))
        front = {text_of(quad.object) for quad in above if quad.predicate.value == _ABOVE} - seen
    return cls in front
