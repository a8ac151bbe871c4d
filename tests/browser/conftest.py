"""Headless Chromium for the browser tests: Debian's, since no other can be fetched everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

expect.set_options(timeout=30_000)  # milliseconds; the machine may be busy
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",  # it runs as root in CI
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": list(FLAGS)}
