"""References from other programs: read, compared with what is there, and made into sources."""

from kg.importing.comparing import Index, Known, Match
from kg.importing.csl import to_csl
from kg.importing.judging import Judge, Judged, Verdict, judge_all
from kg.importing.reading import FORMS, LARGEST_BYTES, MOST_ROWS, File, Row, open_file, safe_name
from kg.importing.references import KINDS, Kind, Name, Reference, clean, listed, names_of
from kg.importing.sources import Sources
from kg.importing.statements import Agents, source_statements

__all__ = [
    "FORMS",
    "KINDS",
    "LARGEST_BYTES",
    "MOST_ROWS",
    "Agents",
    "File",
    "Index",
    "Judge",
    "Judged",
    "Kind",
    "Known",
    "Match",
    "Name",
    "Reference",
    "Row",
    "Sources",
    "Verdict",
    "clean",
    "judge_all",
    "listed",
    "names_of",
    "open_file",
    "safe_name",
    "source_statements",
    "to_csl",
]
