"""The page of all tables, with what each can be asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kg.citation import cite, edition
from kg.tables import FORMS, Definition
from webui.addresses import web
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, tabled
from webui.tables import INDEX, TABLES


@dataclass(frozen=True)
class Field:
    """A parameter as a field of a form."""

    id: str
    name: str
    what: str
    example: str
    required: bool


@dataclass(frozen=True)
class TableEntry:
    """A table: where it stands, or a form that leads there where it must be asked for something."""

    name: str
    title: str
    row: str
    fields: tuple[Field, ...]
    forms: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class DataPage(Page):
    """All tables."""

    whole: tuple[TableEntry, ...]
    asked: tuple[TableEntry, ...]
    version: str
    cite: str
    licences: tuple[Link, ...]


def data_page(opened: Opened) -> DataPage:
    """The page of all tables."""
    now, entries = edition(opened.reader), [_entry(table) for table in TABLES]
    return DataPage(
        **frame(
            opened,
            "Tables as data",
            lead="Every list and table of these pages as CSV, JSON and RDF, each at an address that stays.",
            crumbs=crumbs(Link("Tables as data", "", True)),
            queries=(tabled(INDEX),),
        ),
        whole=tuple(entry for entry in entries if not entry.fields),
        asked=tuple(entry for entry in entries if entry.fields),
        version=now.version,
        cite=cite(now),
        licences=tuple(Link(licence, web(licence)) for licence in now.licences),
    )


def _entry(table: Definition) -> TableEntry:
    fields = tuple(
        Field(
            f"{table.name}-{param.name}",
            param.name,
            param.what,
            param.example or param.default,
            param.needed,
        )
        for param in table.params
    )
    forms = tuple(Link(form.label, f"/data/{table.name}.{form.suffix}") for form in FORMS)
    return TableEntry(table.name, table.title, table.row, fields, forms)
