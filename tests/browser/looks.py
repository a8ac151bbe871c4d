"""What is looked at on a page, by scripts run from outside: they work where the page's own scripts may not run."""

from __future__ import annotations

import json
import os
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.conftest import LONG
from tests.webui.site_pages import SitePage

_SCRIPTS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")
_AXE = Axe()
_OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],
    "preload": False,  # it would ask for stylesheets again
    "rules": {"target-size": {"enabled": True}},  # WCAG 2.2, 2.5.8; off unless asked for
}
ALL = LONG or os.environ.get("GAPBRIDGE_ALL_LOOKS") == "1"
"""Whether every page is taken in all looks, and contrast is measured on all its words instead of one kind each."""
NARROW = 320
"""CSS pixels: WCAG 1.4.10, what 1280 are at a zoom of 400 %."""


class Look(NamedTuple):
    """One way in which a page is looked at."""

    scheme: str
    screen: str
    scripts: bool

    def __str__(self) -> str:
        return f"{self.scheme}-{self.screen}-{'with' if self.scripts else 'without'}-javascript"


LOOKS = tuple(Look(*choice) for choice in product(("light", "dark"), ("desktop", "phone"), (True, False)))


def one_look(page: SitePage) -> Look:
    """A look for this page: light or dark, wide or narrow, with or without scripts.

    Which it is hangs on the name of the page: over the site every look is taken, and no line in the list moves another.
    """
    return LOOKS[crc32(page.name.encode()) % len(LOOKS)]


def asked(page: Page, what: str, *about: object) -> list[str]:
    """The answer of one of the functions in looks.js."""
    words = ", ".join(json.dumps(one) for one in about)
    return list(page.evaluate(f"{_SCRIPTS}\nlooks.{what}({words})"))


def barriers(page: Page) -> list[str]:
    """What axe finds, targets that are too small among it."""
    page.evaluate(_AXE.axe_script)
    return asked(page, "barriers", _OPTIONS, ALL)


def faults(page: Page, *, scripts: bool) -> list[str]:
    """All that is wrong with a page on a screen.

    Where scripts were off while it loaded, the page may move when they are allowed again, for what looks at it.
    """
    page.evaluate(_AXE.axe_script)
    return asked(page, "faults", _OPTIONS, ALL, scripts) + _at(page, NARROW)


def on_paper_and_still(page: Page) -> list[str]:
    """What is wrong with the page on paper, and what moves although the reader wants less motion."""
    page.emulate_media(media="print")
    found = [f"in print: {fault}" for fault in asked(page, "onPaper")]
    page.emulate_media(media="screen", reduced_motion="reduce")
    found += [f"moves: {fault}" for fault in asked(page, "moving")]
    page.emulate_media(reduced_motion="no-preference")
    return found


def _at(page: Page, width: int) -> list[str]:
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": width, "height": size["height"]})
    found = [f"at {width} pixels: {fault}" for fault in asked(page, "wide")]
    page.set_viewport_size(size)
    return found
