"""A store with the seed data, a server of databases, made once for all tests; how hypothesis looks for examples."""

from __future__ import annotations

import atexit
import fcntl
import gc
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
import tantivy
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from xdist.scheduler import LoadFileScheduling

import kg.cataloguing.shelf
import kg.store.engine
from kg.cataloguing import Shelf
from kg.contributing import home, open_base
from kg.database import Database, open_database
from kg.search.entries import all_entries
from kg.search.index import schema, write
from kg.search.kept import Searches
from kg.settings import Settings, read_settings
from kg.store import Reader
from tests.database_support import KINDS, Server, empty, postgresql
from tests.webui import server_support

LONG = os.environ.get("GAPBRIDGE_LONG") == "1"
"""Whether tests may take their time: more is looked at, examples are new each time, and limits of time are strict."""

kg.cataloguing.shelf.WAIT_SECONDS = 120.0  # the machine may be busy

# Nothing hangs on how busy the machine is, and what was well yesterday is well today.
settings.register_profile("same", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("new", settings.get_profile("same"), derandomize=False, max_examples=500, print_blob=True)
settings.load_profile("new" if LONG else "same")


_OF_ENGINE = re.compile(r"tests/remote/test_(?:engine|changing)\.py::\w+\[([^]-]+)")


class Placing(LoadFileScheduling):
    """Where tests run side by side, those of a file stay with one process, and so do those of an engine."""

    def _split_scope(self, nodeid: str) -> str:
        engine = _OF_ENGINE.match(nodeid)
        return engine[1] if engine else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Placing | None:
    """Place tests so, where they are to be placed by file."""
    return Placing(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_finish() -> None:
    """What was collected stays to the end: nobody need look through it for garbage, time and again."""
    gc.collect()
    gc.freeze()


_DUMP, _SMALL, _MANY = kg.store.engine.content, 50 << 20, 4
_CONTENTS: dict[str, bytes] = {}


def _content(folder: Path) -> bytes:
    """As the engine gives it, once for all snapshots that are alike to the byte: most tests begin with the same."""
    files = sorted(folder.iterdir())
    if sum(file.stat().st_size for file in files) > _SMALL:
        return _DUMP(folder)
    key = hashlib.sha256(b"".join(file.name.encode() + file.read_bytes() for file in files)).hexdigest()
    found = _CONTENTS[key] = _CONTENTS.pop(key, None) or _DUMP(folder)  # threads may come at once
    for unused in list(_CONTENTS)[:-_MANY]:
        _CONTENTS.pop(unused, None)
    return found


kg.store.engine.content = _content


class _Indexes:
    """An index of a revision is made as ever for the first application, and for all others out of files kept aside."""

    def __init__(self) -> None:
        self._seen, self._lock = set[str](), Lock()

    @cached_property
    def _folder(self) -> Path:
        made = Path(tempfile.mkdtemp(prefix="gapbridge-indexes-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        return made

    def give(self, searches: Searches, reader: Reader) -> tantivy.Index:
        mark = searches._mark(reader.revision)
        with self._lock:
            if mark not in self._seen:
                self._seen.add(mark)
                return _ANEW(searches, reader)
            kept = self._folder / hashlib.sha256(mark.encode()).hexdigest()
            if not kept.exists():
                kept.mkdir()
                write(tantivy.Index(schema(), str(kept)), all_entries(reader), mark)
        own = Path(tempfile.mkdtemp(dir=self._folder)) / "index"
        shutil.copytree(kept, own, copy_function=os.link, ignore=shutil.ignore_patterns("*.lock"))
        return tantivy.Index.open(str(own))


_ANEW, _INDEXES = Searches._anew, _Indexes()
Searches._anew = lambda searches, reader: _INDEXES.give(searches, reader)  # type: ignore[method-assign]


class _Compiled(BytecodeCache):
    """Templates as they were compiled for the first application of this process; tests make many."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {"bytecode_cache": _Compiled()}

BASE = ("format.json", "journal", "snapshots")
"""What a base is, of all that lies in its folder."""


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose store holds the seed data; not to be written to.

    All processes that run tests share the base and its dumps; what a site keeps beside these is each one's own.
    """
    folder = tmp_path_factory.getbasetemp()
    shared = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "shared"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = read_settings({"GAPBRIDGE_DATA": str(shared / "base")})
        open_base(made)  # fills it where it is empty
        Shelf(home(made)).statistics(1)  # pages do not wait for these for long
    own = tmp_path_factory.mktemp("seeded") / "base"
    own.mkdir()
    for name in (*BASE, "dumps"):
        (own / name).symlink_to(made.data / name)
    return replace(made, data=own)


def copied(base: Path, folder: Path) -> Path:
    """A copy of a base, with nothing of what may lie beside it."""

    def beside(at: str, names: list[str]) -> set[str]:
        return set(names) - set(BASE) if at == str(base) else set()

    return Path(shutil.copytree(base, folder, ignore=beside))


@pytest.fixture
def fresh(seeded: Settings, tmp_path: Path) -> Settings:
    """Settings with a copy of that store, the test's own."""
    return replace(seeded, data=copied(seeded.data, tmp_path / "fresh"))


@pytest.fixture(scope="session")
def site(seeded: Settings) -> Iterator[str]:
    """The address of a running server over the seed data, with no slash at its end: one for all who only read there."""
    with server_support.Server(seeded) as server:
        yield server.url.rstrip("/")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own; skipped where there can be none."""
    with postgresql() as server:
        yield server


@pytest.fixture(params=KINDS)
def database_address(request: pytest.FixtureRequest) -> str:
    """An address for GAPBRIDGE_DATABASE, of each kind in turn; empty for SQLite in the data folder."""
    if request.param == "sqlite":
        return ""
    server: Server = request.getfixturevalue("postgresql_server")
    return server.new_database()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file in its newest form, to copy."""
    folder = tmp_path_factory.mktemp("migrated")
    open_database(read_settings({"GAPBRIDGE_DATA": str(folder)})).close()
    return folder / "people.sqlite"


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: Server) -> Iterator[Database]:
    """A database on PostgreSQL in its newest form, to be emptied by each test."""
    made = open_database(read_settings({"GAPBRIDGE_DATABASE": postgresql_server.new_database()}))
    yield made
    made.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it, of each kind in turn."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "people.sqlite")
        made = Database(f"sqlite:///{tmp_path}/people.sqlite")
        yield made
        made.close()
    else:
        made = request.getfixturevalue("postgresql_database")
        empty(made)
        yield made
