"""Finding things by words: labels, other names, definitions, gists, titles and authors.

A text index held in memory beside the reader and rebuilt from the graph with each revision; words, their stems and
beginnings, slips of typing, and letters with or without accents. Source: engines.md, “Text search and validation”.
"""

from kg.search.finding import Hit, Looked, Search
from kg.search.words import LONGEST_WORD, pieces

__all__ = ["LONGEST_WORD", "Hit", "Looked", "Search", "pieces"]
