"""The data set as a whole: what it holds in numbers, its description for other programs, and its dumps."""

from kg.cataloguing.access import Service, title_of
from kg.cataloguing.description import dataset, write_dataset
from kg.cataloguing.files import (
    DUMPS,
    FORMS,
    PACKINGS,
    SUMS,
    Dump,
    DumpFile,
    dump_named,
    dumps_of,
    export_file,
    is_exported,
)
from kg.cataloguing.shelf import Shelf
from kg.cataloguing.statistics import DATASET, Statistics, statistics

__all__ = [
    "DATASET",
    "DUMPS",
    "FORMS",
    "PACKINGS",
    "SUMS",
    "Dump",
    "DumpFile",
    "Service",
    "Shelf",
    "Statistics",
    "dataset",
    "dump_named",
    "dumps_of",
    "export_file",
    "is_exported",
    "statistics",
    "title_of",
    "write_dataset",
]
