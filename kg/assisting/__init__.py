"""Answers for assistants: each says how far it carries before it says anything else.

An assistant tells on what it is given, so that an answer holds in its own words what a page shows by place and
drawing: the standing of every link, the stance, force and basis of every claim, and cautions and gaps before support.
"""

from kg.assisting.answers import (
    CauseAnswer,
    Citation,
    Description,
    GapsAnswer,
    PathsAnswer,
    QueryAnswer,
    SearchAnswer,
)
from kg.assisting.asking import Asker
from kg.assisting.citing import cite
from kg.assisting.describing import describe
from kg.assisting.desk import Desk, Opened
from kg.assisting.finding import gaps, search
from kg.assisting.text import text
from kg.assisting.walking import find_paths

__all__ = [
    "Asker",
    "CauseAnswer",
    "Citation",
    "Description",
    "Desk",
    "GapsAnswer",
    "Opened",
    "PathsAnswer",
    "QueryAnswer",
    "SearchAnswer",
    "cite",
    "describe",
    "find_paths",
    "gaps",
    "search",
    "text",
]
