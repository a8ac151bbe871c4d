"""The wheel, in an empty environment, run from another folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from benchmarks.ports import free_port
from tests.sparql.conftest import until

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


def steps(stage: str) -> str:
    """The RUN lines of a stage of the container file, as a script."""
    joined = re.sub(r"\\\n", " ", stage)
    return "\n".join(line.removeprefix("RUN ") for line in joined.splitlines() if line.startswith("RUN "))


def test_the_steps_of_the_container_install_the_wheel_and_what_it_starts_is_well(wheel: Path, tmp_path: Path) -> None:
    """Its files are made in a folder of the test's in place of `/`; its base image's Python is the one at hand."""
    stages = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8").split("\nFROM ")[1:]
    build, run_stage = (re.sub(r"(?<=[ =\"])/(opt|var)/", rf"{tmp_path}/\1/", stage) for stage in stages)
    (tmp_path / "build").mkdir()
    for file in (ROOT / "constraints.txt", wheel):
        shutil.copy(file, tmp_path / "build")
    script = steps(build) if os.geteuid() == 0 else steps(build).replace("10001:10001", str(os.geteuid()))
    path = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": "", "PIP_COMPILE": "no"}
    run("sh", "-euc", script, cwd=tmp_path / "build", **path)
    port = str(free_port())
    told = dict(re.findall(r"(GAPBRIDGE_\w+)=(\S+)", run_stage))
    assert (told["GAPBRIDGE_HOST"], told["GAPBRIDGE_PORT"]) == ("0.0.0.0", "8080")
    inside = told | {"GAPBRIDGE_HOST": "127.0.0.1", "GAPBRIDGE_PORT": port, "PATH": f"{tmp_path}/opt/gapbridge/bin"}
    check = json.loads(run_stage.split("CMD ", 2)[1].splitlines()[0].replace("8080", port))
    entry = [json.loads(found) for found in re.findall(r"^(?:ENTRYPOINT|CMD) (.*)$", run_stage, re.MULTILINE)]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [word for words in entry for word in words], env=inside, cwd=tmp_path / "var/lib/gapbridge", stderr=log
        )
    try:
        assert until(lambda: subprocess.run(check, env=inside, capture_output=True).returncode == 0, 120)
        facts = run(tmp_path / "opt/gapbridge/bin/gapbridge", "info", "--json", cwd=tmp_path, **inside)
        assert json.loads(facts)
    finally:
        server.terminate()
        assert server.wait(30) == 0
    assert oct((tmp_path / "var/lib/gapbridge").stat().st_mode)[-3:] == "700"
