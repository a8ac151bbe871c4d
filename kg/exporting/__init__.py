"""The base as files, and its sources as references that other programs and people can cite."""

from kg.exporting.bibliographies import FORMS, Form, bibliography
from kg.exporting.embedded import coins, dublin_core, highwire
from kg.exporting.files import claims_csv, export, graphml, links_graph
from kg.exporting.recorded import TITLE, cite_claim, cite_data, cite_thing
from kg.exporting.references import Coded, Csl, Reference, all_references, read_references
from kg.exporting.selecting import Selection, coded_values, select
from kg.exporting.styles import DEFAULT_STYLE, STYLES, Formatted, Style, formatted

__all__ = [
    "DEFAULT_STYLE",
    "FORMS",
    "STYLES",
    "TITLE",
    "Coded",
    "Csl",
    "Form",
    "Formatted",
    "Reference",
    "Selection",
    "Style",
    "all_references",
    "bibliography",
    "cite_claim",
    "cite_data",
    "cite_thing",
    "claims_csv",
    "coded_values",
    "coins",
    "dublin_core",
    "export",
    "formatted",
    "graphml",
    "highwire",
    "links_graph",
    "read_references",
    "select",
]
