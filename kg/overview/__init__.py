"""What is asked of the whole base: lists, counts, maps. Of a large one the answers are kept, made once a revision."""

from kg.overview.counting import COUNTS, IN_PHASES, STATUSES
from kg.overview.covered import Covered, Covering
from kg.overview.keeping import Keeper
from kg.overview.making import QUESTIONS, make, update
from kg.overview.maps import MAP_CELLS, MAP_CLAIMS, MAP_COLUMNS, MAP_LEFT_OUT, MAP_ROWS, MAP_TOLD
from kg.overview.questions import (
    CAUSES,
    COVERED,
    COVERING,
    GAPS,
    GAPS_ALONE,
    LISTS,
    PHASES,
    SHOWN_BY,
    SIGNS,
    SOURCE_VALUES,
    SOURCES,
    TACTICS,
    UNBACKED,
    WANTED_AT_MOST,
    WORK,
    Question,
)
from kg.overview.reading import Kept, Live, Overview
from kg.overview.whole import CellCounts, Counted, MapCounts, counts_of

__all__ = [
    "CAUSES",
    "COUNTS",
    "COVERED",
    "COVERING",
    "GAPS",
    "GAPS_ALONE",
    "IN_PHASES",
    "LISTS",
    "MAP_CELLS",
    "MAP_CLAIMS",
    "MAP_COLUMNS",
    "MAP_LEFT_OUT",
    "MAP_ROWS",
    "MAP_TOLD",
    "PHASES",
    "QUESTIONS",
    "SHOWN_BY",
    "SIGNS",
    "SOURCES",
    "SOURCE_VALUES",
    "STATUSES",
    "TACTICS",
    "UNBACKED",
    "WANTED_AT_MOST",
    "WORK",
    "CellCounts",
    "Counted",
    "Covered",
    "Covering",
    "Keeper",
    "Kept",
    "Live",
    "MapCounts",
    "Overview",
    "Question",
    "counts_of",
    "make",
    "update",
]
