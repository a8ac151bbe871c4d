"""`python -m benchmarks [--write]`: measure all; `… endpoint`, `pages` and the others that `main` names: more."""

from __future__ import annotations

import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import accepting, contributions, drawing, endpoint, importing, pages, soak, visible
from benchmarks.measures import Figure, measure

_WORDS = {importing.__name__: "import"}
RESULTS = Path(__file__).parent / "results"


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table with machine and versions."""
    parts = ("gapbridge", "pyoxigraph", "rdflib", "flask", "granian")
    versions = ", ".join(f"{name} {version(name)}" for name in parts)
    head = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, {versions}\n"
    lines = ["| what | measured | aim | met |", "|---|---|---|---|"]
    lines += [f"| {f.what} | {f.shown} | {f.aim or '—'} | {f.met} |" for f in figures]
    return head + "\n" + "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and keep the table where asked."""
    for part in (accepting, endpoint, importing, pages, soak, visible):
        if sys.argv[1:2] == [_WORDS.get(part.__name__, part.__name__.rpartition(".")[2])]:
            part.main(sys.argv[2:])
            return
    apart = sys.argv[1:2] == ["contributions"]
    text = table(contributions.measure() if apart else [*measure(), *drawing.measure()])
    print(text)
    if "--write" in sys.argv[1:]:
        name = f"{datetime.now(UTC):%Y-%m-%d}{'-contributions' if apart else ''}.md"
        (RESULTS / name).write_text(f"# Measured\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
