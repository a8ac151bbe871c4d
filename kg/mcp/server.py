"""Tools, resources and prompts of the Model Context Protocol, each a thin cover of `kg.assisting`.

Source: Model Context Protocol, “Tools” (structured content, tool execution errors), “Resources”, “Prompts”.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from importlib.metadata import version
from threading import Thread
from typing import Annotated, Any

from anyio import CapacityLimiter
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field
from pydantic_core import to_jsonable_python

from kg import assisting
from kg.assisting import guidance
from kg.assisting.asking import MOST_ROWS
from kg.assisting.describing import MOST_CLAIMS
from kg.assisting.finding import MOST_GAPS, MOST_HITS
from kg.assisting.walking import MOST_LENGTH, MOST_WAYS
from kg.errors import GapbridgeError, NotFound
from kg.exporting import DEFAULT_STYLE, STYLES

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_QUERIES_AT_ONCE = 16
_OTHERS_AT_ONCE = 16
"""Places apart, so that other tools answer while queries take their time."""
_MARKDOWN = "text/markdown"

_NAME = "as address (IRI), kind/slug (tactic/two-way-communication), slug or exact name"


def _bounded(most: int, description: str) -> Any:
    """A number whose bounds assistants are told of; `kg.assisting` holds them, in its own words."""
    return Field(description=description, json_schema_extra={"minimum": 1, "maximum": most})


Words = Annotated[str, Field(description="One or more words; a few telling ones find more than a sentence.")]
Kind = Annotated[str, Field(description="Only things of this kind: failure-cause, tactic, claim, source, policy, …")]
Thing = Annotated[str, Field(description=f"The thing, {_NAME}.")]
Start = Annotated[str, Field(description=f"Where to begin, {_NAME}; a failure-cause where no end is given.")]
End = Annotated[str, Field(description=f"Where to arrive, {_NAME}; empty: phases, tactics and sources.")]
Through = Annotated[str, Field(description=f"A thing that every way has to pass, {_NAME}; empty: any.")]
Style = Annotated[str, Field(description=f"The citation style: {', '.join(STYLES)}.")]
Length = Annotated[int, _bounded(MOST_LENGTH, "The most steps of a way with an end.")]
About = Annotated[str, Field(description=f"What the gaps are about, {_NAME}; empty: all.")]
Sparql = Annotated[str, Field(description="A SPARQL 1.1 query with its PREFIX lines; over the union of all graphs.")]
Hits = Annotated[int, _bounded(MOST_HITS, "How many hits at the most.")]
Claims = Annotated[int, _bounded(MOST_CLAIMS, "How many claims beside cautions and gaps.")]
Ways = Annotated[int, _bounded(MOST_WAYS, "How many ways with an end at the most.")]
Gaps = Annotated[int, _bounded(MOST_GAPS, "How many gaps at the most.")]
Rows = Annotated[int, _bounded(MOST_ROWS, "How many rows at the most.")]


def build(desk: assisting.Desk, asker: assisting.Asker) -> MCPServer[None]:
    """The server with all it offers.

    Args:
        desk: hands out the base.
        asker: asks the queries that assistants wrote.
    """
    server: MCPServer[None] = MCPServer(
        "gapbridge",
        title="Gapbridge",
        description="An evidence base of why policies fail in implementation, and what support is put forward.",
        instructions=guidance.INSTRUCTIONS,
        version=version("gapbridge"),
        log_level="WARNING",
    )
    _add_finding(server, desk)
    _add_asking(server, desk, asker)
    _add_resources(server, desk)
    _add_prompts(server)
    return server


def _add_finding(server: MCPServer[None], desk: assisting.Desk) -> None:
    places = CapacityLimiter(_OTHERS_AT_ONCE)

    @server.tool(title="Search the evidence base", annotations=_READS)
    async def search(
        words: Words, kind: Kind = "", limit: Hits = 15
    ) -> Annotated[CallToolResult, assisting.SearchAnswer]:
        """Find causes, tactics, claims, sources and other things by words, each with how far it carries."""
        return await _answer(lambda: assisting.search(desk.current(), words, kind=kind, limit=limit), places)

    @server.tool(title="Describe a thing", annotations=_READS)
    async def describe(thing: Thing, limit: Claims = 25) -> Annotated[CallToolResult, assisting.Description]:
        """All that is recorded of a thing: status, cautions and gaps first, then links, sources and claims."""
        return await _answer(lambda: assisting.describe(desk.current(), thing, limit=limit), places)

    @server.tool(title="Find paths", annotations=_READS)
    async def find_paths(
        start: Start, end: End = "", through: Through = "", length: Length = 4, limit: Ways = 10
    ) -> Annotated[CallToolResult, assisting.PathsAnswer]:
        """From a cause of failure to the phase set against it, tactics and sources; or between any two things."""
        return await _answer(
            lambda: assisting.find_paths(desk.current(), start, end, through=through, length=length, limit=limit),
            places,
        )

    @server.tool(title="What is said not to be known", annotations=_READS)
    async def gaps(about: About = "", limit: Gaps = 50) -> Annotated[CallToolResult, assisting.GapsAnswer]:
        """The places where documents say that evidence is missing or unclear, about one thing or all."""
        return await _answer(lambda: assisting.gaps(desk.current(), about, limit=limit), places)

    @server.tool(title="Cite", annotations=_READS)
    async def cite(thing: Thing, style: Style = DEFAULT_STYLE) -> Annotated[CallToolResult, assisting.Citation]:
        """References for a source, a claim or another thing, and for the data set with its version."""
        return await _answer(lambda: assisting.cite(desk.current(), thing, style), places)


def _add_asking(server: MCPServer[None], desk: assisting.Desk, asker: assisting.Asker) -> None:
    places = CapacityLimiter(_QUERIES_AT_ONCE)

    @server.tool(title="Run a SPARQL query", annotations=_READS)
    async def query(sparql: Sparql, limit: Rows = 100) -> Annotated[CallToolResult, assisting.QueryAnswer]:
        """Run a SPARQL 1.1 query (no SERVICE, no updates), within limits of time, memory and size.

        Terms and prefixes: gapbridge://ontology. Examples: gapbridge://queries. Rows are raw: ask for gap:stance,
        gap:force, gap:claimBasis and gap:linkBasis of claims too.
        """
        return await _answer(lambda: asker.ask(desk.current(), sparql, limit=limit), places)


async def _answer(ask: Callable[[], object], places: CapacityLimiter) -> CallToolResult:
    """An answer as object and as text; what the person asked wrongly is told as the tool's error."""
    try:
        async with places:
            answer = await _apart(ask)
    except GapbridgeError as error:
        return CallToolResult(content=[TextContent(type="text", text=str(error))], is_error=True)
    written = TextContent(type="text", text=assisting.text(answer))
    return CallToolResult(content=[written], structured_content=to_jsonable_python(answer))


async def _apart(ask: Callable[[], object]) -> object:
    """Run it in a thread that nobody waits for when the server ends: a query may take its time."""
    answer: Future[object] = Future()
    answer.set_running_or_notify_cancel()
    Thread(target=_settle, args=(answer, ask), daemon=True).start()
    return await asyncio.wrap_future(answer)


def _settle(answer: Future[object], ask: Callable[[], object]) -> None:
    try:
        answer.set_result(ask())
    except BaseException as error:  # whoever waits for it handles it
        answer.set_exception(error)


def _add_resources(server: MCPServer[None], desk: assisting.Desk) -> None:
    @server.resource("gapbridge://about", title="What this base is, and its rules of evidence", mime_type=_MARKDOWN)
    def about() -> str:
        """What the base is and is not, and what stance, force, basis, standing and status mean."""
        return _read(lambda: guidance.about(desk.current()))

    @server.resource("gapbridge://ontology", title="Terms of the ontology", mime_type=_MARKDOWN)
    def ontology() -> str:
        """Classes and properties with their meaning, and the prefixes for queries."""
        return _read(lambda: guidance.ontology(desk.current()))

    @server.resource("gapbridge://queries", title="Example queries", mime_type=_MARKDOWN)
    def queries() -> str:
        """The example queries by name."""
        return guidance.query_list()

    @server.resource("gapbridge://query/{name}", title="An example query", mime_type="application/sparql-query")
    def query(name: str) -> str:
        """One example query; it runs as it stands."""
        return _read(lambda: guidance.query_text(name))

    @server.resource("gapbridge://thing/{kind}/{slug}", title="A thing of the base", mime_type=_MARKDOWN)
    def thing(kind: str, slug: str) -> str:
        """What the tool “describe” says of a thing."""
        return _read(lambda: assisting.text(assisting.describe(desk.current(), f"{kind}/{slug}")))


def _read(tell: Callable[[], str]) -> str:
    try:
        return tell()
    except NotFound as error:
        raise ResourceNotFoundError(str(error)) from error
    except GapbridgeError as error:
        raise ResourceError(str(error)) from error


def _add_prompts(server: MCPServer[None]) -> None:
    @server.prompt(name="from-a-worry-to-tactics", title="From a worry to tactics, honestly")
    def from_worry(worry: Annotated[str, Field(description="What somebody fears for their policy.")]) -> str:
        """Go from a worry about a policy to tactics, with gaps and cautions before support."""
        return guidance.from_worry(worry)

    @server.prompt(name="check-a-statement", title="Check a statement against the base")
    def check_statement(statement: Annotated[str, Field(description="What somebody says or wrote.")]) -> str:
        """Hold a statement against the claims, and say where it sounds surer than what stands behind it."""
        return guidance.check_statement(statement)
