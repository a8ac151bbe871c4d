"""Packs: folders of data with a description, put in, switched off and taken out as one.

The packs that travel with the program are the base itself. A pack that is added stands in a graph of its own, its
claims are mapped by it, and count for nothing unless that is chosen for the pack.
"""

from kg.packs.added import added, as_pack, kept, record, things_of
from kg.packs.archives import MOST_PACKED, SUFFIXES, read_archive, read_stream
from kg.packs.changing import Plan, add, answered_by, count, remove, switch_off, switch_on, update
from kg.packs.exporting import CONTRIBUTED, LICENCE, About, Exported, canonical_turtle, export_packs, pack_contents
from kg.packs.layout import laid_out, plural
from kg.packs.loading import Loading, loading
from kg.packs.reading import DESCRIPTION, Pack, pack_of_files, read_pack
from kg.packs.skeleton import make_skeleton

__all__ = [
    "CONTRIBUTED",
    "DESCRIPTION",
    "LICENCE",
    "MOST_PACKED",
    "SUFFIXES",
    "About",
    "Exported",
    "Loading",
    "Pack",
    "Plan",
    "add",
    "added",
    "answered_by",
    "as_pack",
    "canonical_turtle",
    "count",
    "export_packs",
    "kept",
    "laid_out",
    "loading",
    "make_skeleton",
    "pack_contents",
    "pack_of_files",
    "plural",
    "read_archive",
    "read_pack",
    "read_stream",
    "record",
    "remove",
    "switch_off",
    "switch_on",
    "things_of",
    "update",
]
