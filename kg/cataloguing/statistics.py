"""What the data set holds, in numbers: counted once a revision, kept as JSON beside its dumps."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from kg.exporting import cite_data
from kg.namespaces import BASE, kind_of
from kg.queries import (
    ClassPartition,
    Dates,
    GraphStatistics,
    PackContent,
    PropertyPartition,
    Size,
    class_partitions,
    dataset_dates,
    dataset_statistics,
    graph_statistics,
    pack_contents,
    property_partitions,
)
from kg.store import Reader

DATASET = BASE + "dataset"
"""The address of the data set as a whole."""
_EXAMPLES = ("tactic", "failure-cause", "claim", "source")


@dataclass(frozen=True)
class Statistics:
    """A revision in numbers.

    Attributes:
        revision: which one.
        dates: since when there is the base, and when it was last changed.
        size: all graphs together.
        graphs, classes, properties, packs: the same by part.
        examples: a thing of each main kind.
        citation: how to cite this revision.
    """

    revision: int
    dates: Dates
    size: Size
    graphs: tuple[GraphStatistics, ...]
    classes: tuple[ClassPartition, ...]
    properties: tuple[PropertyPartition, ...]
    packs: tuple[PackContent, ...]
    examples: tuple[str, ...]
    citation: str

    def text(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"


def statistics(reader: Reader, things: list[str]) -> Statistics:
    """Count a revision.

    Args:
        reader: the base.
        things: what has a page in it, in order.
    """
    first = {kind_of(iri): iri for iri in reversed(things)}
    return Statistics(
        reader.revision,
        dataset_dates(reader),
        dataset_statistics(reader),
        tuple(graph_statistics(reader)),
        tuple(class_partitions(reader)),
        tuple(property_partitions(reader)),
        tuple(pack_contents(reader)),
        tuple(first[kind] for kind in _EXAMPLES if kind in first),
        cite_data(reader),
    )


def read_statistics(text: str) -> Statistics:
    """Statistics out of what `Statistics.text` gave."""
    told: dict[str, Any] = json.loads(text)
    return Statistics(
        told["revision"],
        Dates(**told["dates"]),
        Size(**told["size"]),
        tuple(GraphStatistics(**row) for row in told["graphs"]),
        tuple(ClassPartition(**row) for row in told["classes"]),
        tuple(PropertyPartition(**row) for row in told["properties"]),
        tuple(PackContent(**row) for row in told["packs"]),
        tuple(told["examples"]),
        told["citation"],
    )
