"""The guide to the JSON interface for people, made from the same table."""

from __future__ import annotations

from dataclasses import dataclass

from webui.api.operations import OPERATIONS, ROOT, Operation, Parameter
from webui.api.problems import KINDS, ProblemKind
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame

_LEAD = (
    "Search, things, claims, paths, the evidence map, frameworks and assessments as JSON. Every claim and "
    "link tells its standing; nothing inferred counts as support."
)


@dataclass(frozen=True)
class ParameterLine:
    """A parameter; `form` tells what it may be."""

    name: str
    meaning: str
    form: str


@dataclass(frozen=True)
class OperationEntry:
    """An operation."""

    anchor: str
    method: str
    path: str
    summary: str
    parameters: tuple[ParameterLine, ...]
    examples: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class ApiPage(Page):
    """The guide.

    Attributes:
        root: what stands before every path.
        start: where programs begin.
        openapi: the OpenAPI file.
        operations: all operations.
        problems: the kinds of errors, each at the address that errors give as their type.
    """

    root: str
    start: Link
    openapi: Link
    operations: tuple[OperationEntry, ...]
    problems: tuple[ProblemKind, ...]


def api_page(opened: Opened) -> ApiPage:
    """The guide."""
    return ApiPage(
        **frame(opened, "For programs: the JSON interface", lead=_LEAD, crumbs=crumbs(Link("For programs", "", True))),
        root=ROOT,
        start=Link(f"{ROOT}/", f"{ROOT}/"),
        openapi=Link(f"{ROOT}/openapi.json", f"{ROOT}/openapi.json"),
        operations=tuple(map(_entry, OPERATIONS)),
        problems=KINDS,
    )


def _entry(operation: Operation) -> OperationEntry:
    return OperationEntry(
        anchor=f"operation-{operation.name}",
        method=operation.method,
        path=operation.path,
        summary=operation.summary,
        parameters=tuple(map(_line, (*operation.in_path, *operation.query))),
        examples=tuple(Link(ROOT + example, ROOT + example) for example in operation.examples),
    )


def _line(parameter: Parameter) -> ParameterLine:
    if parameter.choices:
        form = ", ".join(parameter.choices)
    elif parameter.type is int:
        form = f"{parameter.least} to {parameter.most:,}"
    else:
        form = "text"
    needed = "; needed" if parameter.required else ""
    usual = f"; {parameter.default} where not given" if parameter.default is not None else ""
    return ParameterLine(parameter.name, parameter.meaning, f"{form}{needed}{usual}")
