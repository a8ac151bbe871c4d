"""The store: one writer, published snapshots for readers, a journal as the memory.

Only this package imports the engine; all above speak to `Reader` and `Writer`.
"""

from kg.store.change import Change, describing, placed, provenance, refuse_misplaced, refuse_torn
from kg.store.engine import Engine, Reader, in_memory
from kg.store.files import Statement, dump, read_file, read_files, read_text, read_turtle, serialise
from kg.store.graphs import (
    CLAIMS_GRAPH,
    DERIVED_GRAPH,
    GRAPHS,
    META_GRAPH,
    ONTOLOGY_GRAPH,
    graph_of,
    graphs_of,
    pack_graph,
    pack_of,
    place,
)
from kg.store.home import Home
from kg.store.journal import Journal, make_folder, sync
from kg.store.matching import Before, Part, Pattern, matches, solutions
from kg.store.moving import Moving
from kg.store.patch import Patch, encode, statements_in
from kg.store.streaming import stream, stream_statements
from kg.store.terms import Literal, NamedNode, Quad, Row, Term, Triple, text_of
from kg.store.triples import write_triples
from kg.store.warm import Warm
from kg.store.writer import Check, Outcome, Step, Upkeep, Writer, difference, rederive, trying

__all__ = [
    "CLAIMS_GRAPH",
    "DERIVED_GRAPH",
    "GRAPHS",
    "META_GRAPH",
    "ONTOLOGY_GRAPH",
    "Before",
    "Change",
    "Check",
    "Engine",
    "Home",
    "Journal",
    "Literal",
    "Moving",
    "NamedNode",
    "Outcome",
    "Part",
    "Patch",
    "Pattern",
    "Quad",
    "Reader",
    "Row",
    "Statement",
    "Step",
    "Term",
    "Triple",
    "Upkeep",
    "Warm",
    "Writer",
    "describing",
    "difference",
    "dump",
    "encode",
    "graph_of",
    "graphs_of",
    "in_memory",
    "make_folder",
    "matches",
    "pack_graph",
    "pack_of",
    "place",
    "placed",
    "provenance",
    "read_file",
    "read_files",
    "read_text",
    "read_turtle",
    "rederive",
    "refuse_misplaced",
    "refuse_torn",
    "serialise",
    "solutions",
    "statements_in",
    "stream",
    "stream_statements",
    "sync",
    "text_of",
    "trying",
    "write_triples",
]
