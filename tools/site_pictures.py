"""What the site of docs/ takes in while it is built: pictures that the browser tests took, the rules of a status."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from kg.appraisal import GUARDS, RULES

TAKEN = Path(__file__).parent.parent / "build" / "pictures"
"""Where tests/browser/test_tutorials.py puts them."""
_PART = re.compile(r'^--8<-- "([\w-]+)"$', re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take in the pictures; one that a page wants and nobody took fails the build, as any broken link does."""
    taken = sorted(TAKEN.glob("docs-*.png"))
    if not taken:
        raise PluginError("No pictures of the pages are there yet: `make site` takes them in Chromium first.")
    for picture in taken:
        files.append(File.generated(config, f"pictures/{picture.name}", abs_src_path=str(picture)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put what the program knows where a page asks for it by name."""
    return _PART.sub(lambda found: _PARTS[found[1]], markdown)


def _rules() -> str:
    return "| | status | when |\n|---|---|---|\n" + "\n".join(
        f"| {rule.number} | {rule.status} | {rule.wording} |" for rule in RULES
    )


_PARTS = {"status-rules": _rules(), "status-guards": "\n".join(f"- {guard}" for guard in GUARDS)}
