"""What no query may do, seen in its tokens before a parser gets to see it.

Source: engines.md, “SERVICE and LOAD” and “deep or long queries”: the engine evaluates SERVICE by default and
has no switch for it, and deep nesting ends the whole process by stack overflow.
"""

from __future__ import annotations

import re

from kg.errors import QueryProblem

LONGEST = 100_000
"""Characters a query may have."""
DEEPEST = 100
"""How deep braces and brackets may be nested, and how many operators may be chained."""

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*|<[^<>"{}|^`\\\x00-\x20]*>|\"{3}(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"{3}
    |'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'
    |[?$]\w+|[\w.\-]*:[\w.\-:%\\]*)
    |(?P<word>[A-Za-z_]\w*)|(?P<open>[{(\[])|(?P<close>[})\]])|(?P<chain>&&|\|\||[!+\-*/^|])""",
    re.VERBOSE | re.DOTALL,
)


def check_query(text: str) -> None:
    """Refuse a query that reaches for other hosts or that could break the parser.

    Raises:
        QueryProblem: too long, too deep, or it holds SERVICE.
    """
    if len(text) > LONGEST:
        raise QueryProblem(f"This query has {len(text)} characters; at most {LONGEST} are taken.")
    depth = chained = 0
    for match in _TOKEN.finditer(text):
        depth += (match["open"] is not None) - (match["close"] is not None)
        word = (match["word"] or "").upper()
        if word == "SERVICE":
            raise QueryProblem("SERVICE is not allowed: this base asks no other host.")
        chained += match["chain"] is not None or word in ("UNION", "OPTIONAL", "MINUS", "EXISTS")
        if depth > DEEPEST or chained > DEEPEST * 10:
            raise QueryProblem(f"This query is nested or chained too deeply (at most {DEEPEST} levels).")
