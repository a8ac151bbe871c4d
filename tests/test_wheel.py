"""The wheel, in an empty environment, run from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PINNED = {"PIP_CONSTRAINT": "constraints.txt", "PIP_BUILD_CONSTRAINT": "constraints.txt"}


def run(*command: str | Path, cwd: Path = ROOT, **environ: str) -> str:
    """What the command prints; its complaint when it fails."""
    env = os.environ | environ
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, **PINNED)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_carries_data_and_browser_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "kg/_data/ontology/gap.ttl" in names
    assert any(name.startswith("kg/_data/seed_data/") and name.endswith(".ttl") for name in names)
    assert "webui/static/vendor/atkinson-hyperlegible-next.woff2" in names
    assert "webui/static/vendor/atkinson-hyperlegible-next.LICENSE.txt" in names
    assert {"webui/static/vendor/yasgui.min.js", "webui/static/yasgui.LICENSE.txt", "webui/static/query.js"} <= set(
        names
    )
    assert not {name for name in names if name.startswith(("tests/", "ontology/", "seed_data/"))}


def test_installed_wheel_runs_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    python = tmp_path / "venv/bin/python"
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", "--no-compile", wheel, **PINNED)
    data = {"GAPBRIDGE_DATA": str(tmp_path / "data"), "PYTHONPATH": ""}
    told = run(tmp_path / "venv/bin/gapbridge", "info", "--json", cwd=tmp_path, **data)
    assert json.loads(told)
