"""What things cost. Without a name: ours beside the engine alone and the servers of others, then our own figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

PARTS = {
    "table": "ours, the engine alone and others' servers in one table; then our own figures (what runs without a name)",
    "growth": "each figure at 0.1, 1, 10 and more million statements, how it grows and where it bends",
    "once": "each question put a few times to the engine alone, over a base too large to be served in a short while",
    "endpoint": "the SPARQL endpoint beside oxigraph serve: many clients, runaway queries, killed readers, a long run",
    "pages": "every page of the site, made",
    "accepting": "a claim accepted, from call to published",
    "visible": "from a revision's publication to what readers see",
    "contributions": "from a draft to what readers see, and fifty people who write at once",
    "operating": "what an operator runs: saved, verified, restored, looked over, written",
    "import": "references read, compared and handed in",
    "replicate": "a read replica: its first copy, and one for each small revision more",
    "soak": "all that people do to a server at once, for long",
}
_MODULES = {"import": "importing"}


def main(words: Sequence[str]) -> None:
    """Measure what the first word names."""
    part = words[0] if words and words[0] in PARTS else ""
    if part:
        words = words[1:]
    elif words and not words[0].startswith("-"):
        raise SystemExit(f"There is no benchmark “{words[0]}”. There are: {', '.join(PARTS)}.")
    module = import_module(f"benchmarks.{_MODULES.get(part, part or 'table')}")
    run: Callable[[Sequence[str]], None] = module.main
    run(words)


if __name__ == "__main__":
    main(sys.argv[1:])
