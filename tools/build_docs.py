"""Write what is generated: pages of docs/ (commands, settings, queries, checks, terms), JSON-LD context, OpenAPI file.

With --check, write nothing and fail where a page is not fresh.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import click
from measured import with_measured

from kg import queries
from kg.cli import main
from kg.contributing import seed_files
from kg.describing import context_text, make_context
from kg.namespaces import compact
from kg.queries import read_query
from kg.settings import SETTINGS, resource
from kg.store import in_memory, placed, read_files
from kg.validation import check_files
from webui.api.document import document

DOCS = Path(__file__).parent.parent / "docs"
NOTE = "<!-- Written by `make docs`; do not edit. -->\n"


def commands() -> str:
    """The command-line reference: the help texts as they are printed."""
    parts = [f"# The command line\n\n{NOTE}"]
    for name, command in [("", main), *sorted(main.commands.items())]:
        context = click.Context(command, info_name=f"gapbridge {name}".strip())
        parts.append(
            f"## `gapbridge {name}`".replace(" `", " `").rstrip() + f"\n\n```\n{command.get_help(context)}\n```\n"
        )
    return "\n".join(parts).replace("`gapbridge `", "`gapbridge`")


def settings() -> str:
    """The settings."""
    rows = [f"| `GAPBRIDGE_{s.name}` | {s.default or '—'} | {s.help} |" for s in SETTINGS]
    return (
        f"# Settings\n\n{NOTE}\n| in the environment | default | what it does |\n|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def query_gallery() -> str:
    """The library's queries and the competency questions."""
    parts = [
        f"# Queries\n\n{NOTE}\nEach runs as it stands: `gapbridge query FILE` or, for the library's, `--named NAME`.\n"
    ]
    competency = [read_query(p) for p in sorted((resource("ontology") / "competency").glob("*.rq"))]
    groups = (("Questions the model must answer", competency), ("The library's own", queries.all_queries()))
    for title, found in groups:
        parts.append(f"\n## {title}\n")
        parts += [f"\n### {q.title}\n\n`{q.name}.rq`\n\n```sparql\n{q.text.strip()}\n```\n" for q in found]
    return "".join(parts)


def checks() -> str:
    """The checks with what each is for."""
    rows = []
    for name, severity, text in check_files():
        title = next(line for line in text.splitlines() if line.startswith("# title:")).removeprefix("# title:")
        rows.append(f"| `{name}` | {severity} |{title} |")
    return f"# Checks\n\n{NOTE}\n| check | severity | finds |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def terms() -> str:
    """The ontology's terms."""
    files = [s for _, found in read_files(seed_files()[:1]) for s in found]
    reader = in_memory(placed(files))
    rows = dict.fromkeys(
        f"| `{compact(t.term)}` | {compact(t.type)} | {t.definition} | `{t.example}` |" for t in queries.terms(reader)
    )
    head = "| term | is | meaning | example |\n|---|---|---|---|\n"
    return f"# Terms of the ontology\n\n{NOTE}\nServed with links at `/ns`.\n\n{head}" + "\n".join(rows) + "\n"


def json_context() -> str:
    """The JSON-LD context of the ontology."""
    files = [s for _, found in read_files([*seed_files()[:1], resource("ontology") / "shapes"]) for s in found]
    return context_text(make_context(in_memory(placed(files))))


def with_engines(page: Path) -> str:
    """A page with the table of engines in it, as `tests/remote` found them."""
    return _ENGINES.sub(lambda marks: f"{marks[1]}\n{engines()}{marks[2]}", page.read_text(encoding="utf-8"))


def engines() -> str:
    """On which engines what was found: a row a test, a column an engine."""
    found = json.loads((DOCS / "engines.json").read_text(encoding="utf-8"))
    tests = list(dict.fromkeys(test for engine in found.values() for test in engine["tests"]))
    rows = [
        ["", *found],
        ["---", *("---" for _ in found)],
        *([test, *(_WORDS[engine["tests"].get(test, "")] for engine in found.values())] for test in tests),
        ["run on; seconds", *(f"{engine['day']}; {engine['seconds']}" for engine in found.values())],
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


_ENGINES = re.compile(r"(<!-- engines: .*? -->)\n.*?(<!-- end of engines -->)", re.DOTALL)
_WORDS = {"passed": "yes", "failed": "**no**", "skipped": "not tried", "": "not tried"}
PAGES: dict[str, Callable[[], str]] = {
    "cli.md": commands,
    "settings.md": settings,
    "queries.md": query_gallery,
    "checks.md": checks,
    "terms.md": terms,
    "how-to/connect-an-engine.md": lambda: with_engines(DOCS / "how-to" / "connect-an-engine.md"),
    "explanation/capacity.md": lambda: with_measured(_read("explanation/capacity.md")),
    "../README.md": lambda: with_measured(with_engines(DOCS.parent / "README.md")),
    "../ontology/context.jsonld": json_context,
    "../webui/api/openapi.json": document,
}


def run(check: bool) -> int:
    """Write or compare every page; gives the exit code."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
    if check and stale:
        print(f"Not fresh: {', '.join(stale)}. Run `make docs`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run("--check" in sys.argv[1:]))
