"""Headless Chromium for the browser tests: Debian's, since no other can be fetched everywhere.

Its headless shell draws pages and runs scripts as the whole browser does, in about half the processor time: it lacks
the windows, tabs and services around them. Where it is missing, the whole browser serves as well.
"""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from playwright.sync_api import expect

expect.set_options(timeout=30_000)  # milliseconds; the machine may be busy
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
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
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium-headless-shell")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(FLAGS)}
