"""What no query may do, seen in its tokens before a parser gets to see it.

Source: engines.md, “SERVICE and LOAD” and “deep or long queries”: the engine evaluates SERVICE by default and
has no switch for it, and deep nesting or long chains end the whole process by stack overflow. The engine's parser
wants no space after a keyword (`SERVICEex:x {…}` asks another host), so a word or prefix that only holds SERVICE is
refused too. Whatever two readers could cut into tokens differently is refused, or SERVICE could hide in it.
SPARQL decodes `\\u0053` before it reads anything else, the engine only within texts and addresses; so it is done here,
and the engine gets to see the very text that was checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.errors import QueryProblem

LONGEST = 100_000
"""Characters a query may have."""
DEEPEST = 64
"""How deep brackets may be nested."""
MOST = 500
"""How many keywords, brackets, operators and separators a query may have, and names outside all brackets (DESCRIBE
takes a list of them); the rows of VALUES and the data of an update are left out."""
LONGEST_UPDATE = 4_000_000
"""Characters an update may have, which may carry data."""

_ESCAPE = r"""\\(?:[tbnrf"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"""
_TOKEN = re.compile(
    rf"""(?P<comment>\#[^\n\r]*)
    |(?P<address><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>)
    |(?P<text>\"{{3}}(?:\"{{0,2}}(?:[^"\\]|{_ESCAPE}))*+\"{{3}}|'{{3}}(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*+'{{3}}
        |"(?:[^"\\\n\r]|{_ESCAPE})*+"|'(?:[^'\\\n\r]|{_ESCAPE})*+')
    |(?P<word>[^\W\d][\w.\-]*+(?!:))
    |(?P<name>(?:[^\W\d][\w.\-]*+)?:(?:[\w.\-:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*+)
    |(?P<value>[?$]\w+|@[A-Za-z][A-Za-z0-9\-]*|\d+(?:\.\d*)?)
    |(?P<open><<|[{{(\[])
    |(?P<close>>>|[}})\]])
    |(?P<step>&&|\|\||[!+\-*/^|.,;=<>~])
    |(?P<wrong>["'\\])""",
    re.VERBOSE | re.DOTALL,
)
_PIECE = re.compile(r"\w+|[^\w\s]")
_TELLING = ("SERVICE", "FROM", "\\", '"', "'")
"""Where none of these occurs, a text can hold no call, names no graphs, and has nothing in it to hide anything."""
_CODEPOINT = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|\\)")
_DELIMITERS = frozenset("\"'\\<>")
_OPERANDS = ("address", "text", "name", "value", "close")


class Checked(NamedTuple):
    """A query that may be handed to the engine.

    Attributes:
        text: the query, its escaped characters decoded.
        has_dataset: whether it says itself, with FROM, which graphs it reads.
    """

    text: str
    has_dataset: bool


def check_query(text: str) -> Checked:
    """Refuse a query that reaches for other hosts or that could break the parser.

    Raises:
        QueryProblem: too long, too deep, not clear, or it holds SERVICE.
    """
    return Checked(text, False) if _is_plain(text) else _checked(text, LONGEST)


def check_update(text: str) -> str:
    """Refuse an update for what a query is refused for; gives the text that may be read on.

    LOAD is left to `kg.store.operations`, which knows where an operation begins.

    Raises:
        QueryProblem: too long, too deep, not clear, or it holds SERVICE.
    """
    return _checked(text, LONGEST_UPDATE, is_update=True).text


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """The tokens of a checked text, comments left out: kind, text and where it begins.

    The kinds are `word`, `name` (with a colon), `address`, `text`, `value`, `open`, `close` and `step`.
    """
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "comment":
            yield str(match.lastgroup), match.group(), match.start()


def _is_plain(text: str) -> bool:
    """Whether nothing needs to be looked for in its tokens; true of most queries, and found out much sooner."""
    upper = text.upper()
    if len(text) > LONGEST or any(word in upper for word in _TELLING) or sum(map(text.count, "{([<")) > DEEPEST:
        return False
    return len(text) <= MOST or len(_PIECE.findall(text)) <= MOST  # no token that counts is shorter than a piece


def _checked(text: str, longest: int, is_update: bool = False) -> Checked:
    if len(text) > longest:
        raise QueryProblem(f"This text has {len(text)} characters; at most {longest} are taken.")
    text = _CODEPOINT.sub(_decoded, text)
    has_dataset = False
    brackets: list[str] = []
    steps, before = 0, ""
    rows = False  # whether we are in the rows of VALUES
    data = False  # whether we are in the block behind DATA
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match.group()
        if kind == "comment":
            continue
        if kind in ("word", "name"):
            _refuse_service(token)
        if kind == "wrong":
            raise QueryProblem(f"At character {match.start() + 1}: a text that is not closed, or a wrong escape.")
        steps += not rows and not data and (kind in ("word", "open", "step") or not brackets)
        if token[0] == "<" and brackets[-1:] == ["("] and before in _OPERANDS and not rows:
            _refuse_doubtful(token)
        if kind == "word":
            words = token.upper().split(".")
            has_dataset = has_dataset or "FROM" in words
            rows = rows or "VALUES" in words
            data = data or (is_update and token.upper() == "DATA" and not brackets)
            kind = "value" if words[0] in ("TRUE", "FALSE") else kind
        elif kind == "open":
            brackets.append(token)
        elif kind == "close":
            del brackets[-1:]
            rows = rows and token != "}"  # noqa: S105 - a word of a query
            data = data and bool(brackets)
        before = kind
        if len(brackets) > DEEPEST or steps > MOST:
            raise QueryProblem(
                f"This query is nested or chained too far: at most {DEEPEST} levels, and {MOST} keywords, brackets, "
                "operators and separators. Long lists may stand in VALUES."
            )
    return Checked(text, has_dataset)


def _decoded(escape: re.Match[str]) -> str:
    """The character an escape stands for; what would begin or end a text or an address stays as it is written."""
    number = int(escape[1] or escape[2] or "0", 16)
    character = chr(number) if number <= 0x10FFFF else ""
    return character if character.isprintable() and character not in _DELIMITERS and character else escape[0]


def _refuse_service(token: str) -> None:
    if "SERVICE" in token.partition(":")[0].upper():
        raise QueryProblem("SERVICE is not allowed: this base asks no other host.")


def _refuse_doubtful(token: str) -> None:
    """Refuse what may be an address or comparisons: `(?a<?b#>'…`."""
    if token == "<<" or (  # noqa: S105 - as above
        len(token) > 1 and any(c in token for c in "#'(),&\\")
    ):
        raise QueryProblem(f"Put a space behind “<” in “{token[:40]}”: this could be an address or a comparison.")
