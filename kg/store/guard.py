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
    walk = _Walk(is_update)
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match.group()
        if kind == "comment":
            continue
        if kind == "wrong":
            raise QueryProblem(f"At character {match.start() + 1}: a text that is not closed, or a wrong escape.")
        if kind in ("word", "name"):
            _refuse_service(token)
        walk.take(kind, token)
    return Checked(text, walk.has_dataset)


class _Walk:
    """What was met on the way through the tokens of a text."""

    def __init__(self, is_update: bool) -> None:
        self.has_dataset = False
        self._is_update = is_update
        self._brackets: list[str] = []
        self._steps, self._before = 0, ""
        self._in_rows = self._in_data = False  # of VALUES; in the block behind DATA

    def take(self, kind: str, token: str) -> None:
        """Go one token further; refuse it where it is doubtful, or nested or chained too far."""
        if not self._in_rows and not self._in_data:
            self._steps += kind in ("word", "open", "step") or not self._brackets
        if token[0] == "<" and self._brackets[-1:] == ["("] and self._before in _OPERANDS and not self._in_rows:
            _refuse_doubtful(token)
        if kind == "word":
            self._take_word(token.upper())
            kind = "value" if token.upper().split(".")[0] in ("TRUE", "FALSE") else kind
        elif kind == "open":
            self._brackets.append(token)
        elif kind == "close":
            del self._brackets[-1:]
            self._in_rows = self._in_rows and token != "}"  # noqa: S105 - a word of a query
            self._in_data = self._in_data and bool(self._brackets)
        self._before = kind
        if len(self._brackets) > DEEPEST or self._steps > MOST:
            raise QueryProblem(
                f"This query is nested or chained too far: at most {DEEPEST} levels, and {MOST} keywords, brackets, "
                "operators and separators. Long lists may stand in VALUES."
            )

    def _take_word(self, word: str) -> None:
        words = word.split(".")
        self.has_dataset = self.has_dataset or "FROM" in words
        self._in_rows = self._in_rows or "VALUES" in words
        self._in_data = self._in_data or (self._is_update and word == "DATA" and not self._brackets)


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
