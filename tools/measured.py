"""What was measured, quoted in pages between marks from the newest files of benchmarks/results.

A mark says what it quotes: the kind of result, and the heads of the lines that are wanted where not all are:

    <!-- measured: growth: memory while serving; cause page -->
    <!-- end of measured -->
"""

from __future__ import annotations

import re
from pathlib import Path

RESULTS = Path(__file__).parent.parent / "benchmarks" / "results"
_MARKS = re.compile(r"(<!-- measured: (\w+)(?:: (.*?))? -->)\n.*?(<!-- end of measured -->)", re.DOTALL)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COMMANDS = {"table": "make bench ARGS=--write", "growth": "python -m benchmarks growth --write"}


def with_measured(text: str, results: Path = RESULTS) -> str:
    """A page with all its quotes anew."""
    return _MARKS.sub(lambda mark: f"{mark[1]}\n{_quote(results, mark[2], mark[3] or '')}{mark[4]}", text)


def _quote(results: Path, kind: str, wanted: str) -> str:
    """The last table of the newest result of a kind, with its head; of the larger base where there are several."""
    found = newest(results, kind)
    if found is None:
        return f"\nNot measured yet: `{_COMMANDS[kind]}` does.\n\n"
    lines = found.read_text(encoding="utf-8").splitlines()
    machine = next(line for line in lines if _DAY.match(line))
    heads = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    rows = _last_table(lines)
    names = [name.strip() for name in wanted.split(";") if name.strip()]
    if missing := set(names) - {_name(row) for row in rows}:
        raise SystemExit(f"{found.name} has no line {', '.join(sorted(missing))}, which a page quotes.")
    shown = [*rows[:2], *(row for row in rows[2:] if not names or _name(row) in names)]
    title = f"{heads[-1][0].upper()}{heads[-1][1:]}. " if heads else ""
    return "\n".join(["", f"{title}{machine}", "", *shown, "", ""])


def newest(results: Path, kind: str) -> Path | None:
    """The newest result of a kind; None where there is none."""
    return max((path for path in results.glob(f"*-{kind}.md") if _DAY.match(path.name)), default=None)


def _last_table(lines: list[str]) -> list[str]:
    """The lines of the last table."""
    found = list[str]()
    for before, line in zip(["", *lines], lines, strict=False):
        if line.startswith("|"):
            found = [*found, line] if before.startswith("|") else [line]
    return found


def _name(row: str) -> str:
    return row.split("|")[1].strip()
