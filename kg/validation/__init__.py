"""Is it in order? Fast checks for every change, full SHACL for releases, anchors against the documents."""

from kg.validation.anchors import AnchorReport, anchor_facts, check_anchors, normalise
from kg.validation.checks import Touched, check, check_files, problems
from kg.validation.coverage import SectionCoverage, Stretch, cover, words_of
from kg.validation.shacl import shacl

__all__ = [
    "AnchorReport",
    "SectionCoverage",
    "Stretch",
    "Touched",
    "anchor_facts",
    "check",
    "check_anchors",
    "check_files",
    "cover",
    "normalise",
    "problems",
    "shacl",
    "words_of",
]
