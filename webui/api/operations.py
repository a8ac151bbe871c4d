"""The operations of the JSON interface: one table that requests are checked by and the OpenAPI file is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from kg.diagnosis import LONGEST_CODE
from kg.paths import DEFAULT_LENGTH, KINDS, LONGEST
from webui.api import records
from webui.api.requests import LONGEST_WORDS, AssessmentRequest

ROOT = "/api/v1"
MOST_ITEMS = 200
LARGEST_BODY = 1 << 18


@dataclass(frozen=True)
class Parameter:
    """A parameter.

    Attributes:
        name: its name.
        meaning: what it does.
        type: text or a whole number.
        required: whether it has to be given.
        default: what holds where it is not given.
        least, most: the smallest and the largest number, or the fewest and most characters.
        choices: the values it may have; empty for any.
        pattern: the form of a text; empty for any.
        example: a value that gives an answer.
    """

    name: str
    meaning: str
    type: type[str] | type[int] = str
    required: bool = False
    default: str | int | None = None
    least: int = 0
    most: int = LONGEST_WORDS
    choices: tuple[str, ...] = ()
    pattern: str = ""
    example: str | int | None = None


@dataclass(frozen=True)
class Operation:
    """An operation.

    Attributes:
        name: its name for programs.
        path: its address beneath the root, with path parameters in braces.
        summary: what it answers.
        answer: the record it answers with.
        query, in_path: its parameters.
        body: the record a request has to hold; None for reading.
        examples: addresses to try, relative to the root.
        other_forms: media types on offer beside JSON.
        missing: whether it may answer 404.
    """

    name: str
    path: str
    summary: str
    answer: type
    query: tuple[Parameter, ...] = ()
    in_path: tuple[Parameter, ...] = ()
    body: type | None = None
    examples: tuple[str, ...] = ()
    other_forms: tuple[str, ...] = ()
    missing: bool = False

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"


_NAMED = "; a name, a slug, kind/slug or an address"
_KIND_FORM, _SLUG_FORM = "^[a-z][a-z0-9-]*$", "^[a-z0-9][a-z0-9.-]*$"
_LIMIT = Parameter("limit", "How many items to give.", int, default=20, least=1, most=MOST_ITEMS)
_OFFSET = Parameter("offset", "How many items to leave out first.", int, default=0, most=1_000_000)
_PAGE = (_LIMIT, _OFFSET)
_FRAMEWORK = Parameter("slug", "The framework's slug.", pattern=_SLUG_FORM, example="matland-type")
_DIAGNOSIS = "1.eNqLjlbyys_MS03RLS1QSE4sSlXSUQKhWJ1qJQMlKyXniCy_DN0Ck5QcoKgRUKAkxyMnV6k2FgDgXRBO"
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "index",
        "/",
        "What this interface offers, in which version, and how to cite it",
        records.IndexAnswer,
        examples=("/",),
    ),
    Operation(
        "search",
        "/search",
        "Things by words: names, definitions, gists, titles, authors",
        records.SearchAnswer,
        query=(
            Parameter("q", "Words to look for.", required=True, least=1, example="delivery unit"),
            Parameter("kind", "Only things of this kind.", pattern=_KIND_FORM, example="tactic"),
            *_PAGE,
        ),
        examples=("/search?q=delivery+unit", "/search?q=co-design&kind=tactic"),
        missing=True,
    ),
    Operation(
        "things",
        "/things",
        "The things of a kind, by name; the kinds there are",
        records.ThingsAnswer,
        query=(
            Parameter("kind", "The kind.", default="failure-cause", pattern=_KIND_FORM, example="failure-cause"),
            *_PAGE,
        ),
        examples=("/things?kind=failure-cause", "/things?kind=tactic&limit=5&offset=5"),
        missing=True,
    ),
    Operation(
        "thing",
        "/things/{kind}/{slug}",
        "A thing: its facts, status, sources and claims",
        records.ThingAnswer,
        query=_PAGE,
        in_path=(
            Parameter("kind", "The kind in its address.", pattern=_KIND_FORM, example="tactic"),
            Parameter("slug", "The slug in its address.", pattern=_SLUG_FORM, example="two-way-communication"),
        ),
        examples=("/things/tactic/two-way-communication", "/things/source/henkel-1991"),
        missing=True,
    ),
    Operation(
        "claims",
        "/claims",
        "Accepted claims that fit all filters",
        records.ClaimsAnswer,
        query=(
            Parameter("about", f"Claims with this as subject or object{_NAMED}.", least=1, example="delivery-unit"),
            Parameter(
                "source",
                f"Claims read in this source or for which it is cited{_NAMED}.",
                least=1,
                example="source/gold-2017",
            ),
            Parameter(
                "phase",
                "Claims about this phase of support or the tactics in it.",
                choices=("preparation", "tracking", "support", "review"),
                example="tracking",
            ),
            Parameter("stance", "Claims of this stance.", choices=get_args(records.Stance), example="cautions"),
            Parameter("force", "Claims put in this way.", choices=get_args(records.Force), example="recommends"),
            Parameter("basis", "Claims that rest on this.", choices=get_args(records.Basis), example="expert-opinion"),
            Parameter(
                "standing",
                "Claims of this standing.",
                choices=("as-stated", "by-table", "pack-mapping", "curator-inference"),
                example="as-stated",
            ),
            *_PAGE,
        ),
        examples=("/claims?about=delivery-unit&stance=cautions", "/claims?phase=tracking&standing=curator-inference"),
        missing=True,
    ),
    Operation(
        "paths",
        "/paths",
        "Paths from a cause to sources, or between any two things",
        records.PathsAnswer,
        query=(
            Parameter("from", f"Where to start{_NAMED}.", required=True, least=1, example="dispersed-governance"),
            Parameter(
                "to",
                f"Where to end{_NAMED}. A cause needs none: its paths lead to sources.",
                least=1,
                example="source/henkel-1991",
            ),
            Parameter("through", f"What every path has to pass{_NAMED}.", least=1, example="support-phase/tracking"),
            Parameter(
                "kinds",
                f"Kinds, with commas between, of things of each of which every path passes one: {', '.join(KINDS)}.",
                pattern=f"^({'|'.join(KINDS)})(,({'|'.join(KINDS)}))*$",
                example="support-phase,tactic",
            ),
            Parameter(
                "standing",
                "The weakest standing a step may have.",
                default="curator-inference",
                choices=get_args(records.StandingSlug),
                example="by-phase",
            ),
            Parameter(
                "length",
                "The most steps a path may have; one without `to` has at most three.",
                int,
                default=DEFAULT_LENGTH,
                least=1,
                most=LONGEST,
            ),
            _LIMIT,
        ),
        examples=(
            "/paths?from=dispersed-governance&standing=by-phase",
            "/paths?from=dispersed-governance&to=source/henkel-1991",
        ),
        missing=True,
    ),
    Operation(
        "map",
        "/map",
        "The evidence map: what is recorded where rows and columns meet, and where nothing is",
        records.MapAnswer,
        query=(
            Parameter("rows", "What stands down.", default="causes", choices=("causes", "sources"), example="causes"),
            Parameter(
                "columns",
                "What stands across: with causes down phases, tactics or outcomes; with sources down causes. "
                "Phases or causes where not given.",
                choices=("phases", "tactics", "outcomes", "causes"),
            ),
        ),
        examples=("/map?rows=causes&columns=phases", "/map?rows=sources&columns=causes"),
    ),
    Operation(
        "frameworks",
        "/frameworks",
        "The frameworks: those applied to a policy in order of use, then the others by name",
        records.FrameworksAnswer,
        query=_PAGE,
        examples=("/frameworks",),
    ),
    Operation(
        "framework",
        "/frameworks/{slug}",
        "A framework: its kind, whose it is, its members in order",
        records.FrameworkAnswer,
        in_path=(_FRAMEWORK,),
        examples=("/frameworks/matland-type",),
        missing=True,
    ),
    Operation(
        "questions",
        "/frameworks/{slug}/questions",
        "What a framework asks of a policy, and what may be answered",
        records.QuestionsAnswer,
        in_path=(_FRAMEWORK,),
        examples=("/frameworks/australian-criterion/questions",),
        missing=True,
    ),
    Operation(
        "assess",
        "/assessments",
        "A policy looked at through a framework: what follows from the answers; nothing is kept",
        records.AssessmentAnswer,
        body=AssessmentRequest,
        other_forms=("text/turtle",),
        missing=True,
    ),
    Operation(
        "diagnosis",
        "/diagnoses",
        "A policy looked at through several instruments, from the code in the address of its page; nothing is kept",
        records.DiagnosisAnswer,
        query=(
            Parameter(
                "d",
                "The code: what stands behind `d=` in the address of a diagnosis.",
                required=True,
                least=1,
                most=LONGEST_CODE,
                example=_DIAGNOSIS,
            ),
        ),
        examples=(f"/diagnoses?d={_DIAGNOSIS}",),
        missing=True,
    ),
)
"""Every operation, in the order in which they are told."""
BY_NAME = {operation.name: operation for operation in OPERATIONS}
