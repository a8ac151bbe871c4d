"""Finding things by words: labels, other names, definitions, gists, titles and authors.

A text index beside the reader, moved on from revision to revision by what each one touches; words, their stems and
beginnings, slips of typing, and letters with or without accents. Source: engines.md, “Text search and validation”.
"""

from kg.search.entries import Hit
from kg.search.finding import Looked, Search
from kg.search.kept import Searches
from kg.search.words import LONGEST_WORD, pieces

__all__ = ["LONGEST_WORD", "Hit", "Looked", "Search", "Searches", "pieces"]
