"""What `deploy/` gives: it is in good form, keeps to least rights, and does what it says where its parts can be had."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import yaml

from benchmarks.ports import free_port
from kg.settings import Settings, read_settings, refuse_unsafe
from tests.sparql.conftest import until
from tests.webui.server_support import Server

DEPLOY = Path(__file__).parent.parent / "deploy"
CONTAINERS = ("Containerfile", "fuseki/Containerfile")
COMPOSED = ("compose.embedded.yaml", "compose.cluster.yaml")
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or ""


def composed(name: str) -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def services() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name in COMPOSED:
        for service, told in composed(name)["services"].items():
            yield name, service, told


@pytest.mark.parametrize("name", CONTAINERS)
def test_container_files_are_in_good_form(name: str) -> None:
    linter = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([linter, "--no-color", DEPLOY / name], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0)


@pytest.mark.parametrize("name", CONTAINERS)
def test_containers_run_as_nobody_in_particular(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    user = re.findall(r"^USER (\d+):(\d+)$", text, re.MULTILINE)[-1]
    assert min(map(int, user)) >= 10_000
    assert not re.search(r"^ADD |:latest|--privileged", text, re.MULTILINE)


@pytest.mark.parametrize("name", COMPOSED)
def test_compositions_fit_the_schema(name: str) -> None:
    schema = pytest.importorskip("compose_spec", reason="the package compose-spec is not installed")
    filled = re.sub(r"\$\{\w+:\?[^}]*\}", "https://data.example.org", json.dumps(composed(name)))
    schema.PyCompose.from_json(filled).validate()


def test_every_service_has_the_least_rights() -> None:
    for name, service, told in services():
        assert told["read_only"] is True, (name, service)
        assert told["cap_drop"] == ["ALL"], (name, service)
        assert told["security_opt"] == ["no-new-privileges:true"], (name, service)
        assert told["mem_limit"], (name, service)
        assert told["pids_limit"], (name, service)
        assert not told.get("privileged"), (name, service)


def test_no_service_is_reached_from_other_machines_but_by_the_proxy() -> None:
    ports = [port for _, _, told in services() for port in told.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert composed("compose.cluster.yaml")["networks"]["inside"] == {"internal": True}


def test_secrets_come_as_files() -> None:
    for name, service, told in services():
        environment = told.get("environment", {})
        assert [n for n in environment if re.search("SECRET|PASSWORD|TOKEN|KEY", n) and not n.endswith("_FILE")] == []
        files = {value for n, value in environment.items() if n.endswith("_FILE")}
        assert files <= {f"/run/secrets/{secret}" for secret in told.get("secrets", ())}, (name, service)


def test_the_server_accepts_the_settings_of_the_examples(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("kR7-v2xQ_wZ9tLm4pBn8sYc3hJd6gFa1")
    environments = [told["environment"] for _, service, told in services() if service == "gapbridge"]
    lines = (DEPLOY / "gapbridge.env").read_text(encoding="utf-8").splitlines()
    environments.append(dict(line.lstrip("#").split("=", 1) for line in lines if re.match(r"#?GAPBRIDGE_\w+=", line)))
    for environment in environments:
        filled = {n: str(tmp_path / "secret") if n.endswith("_FILE") else v for n, v in environment.items()}
        public = {"GAPBRIDGE_PUBLIC_URL": "https://data.example.org", "GAPBRIDGE_HOST": "0.0.0.0"}
        refuse_unsafe(read_settings({**filled, **public}))


@pytest.mark.parametrize("name", ["gapbridge", "gapbridge-backup"])
def test_the_services_are_understood_and_confined(tmp_path: Path, name: str) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze on this machine")
    units = [path for path in DEPLOY.glob(f"{name}.*") if path.suffix in (".service", ".timer")]
    for path in units:
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("/opt/gapbridge/bin/gapbridge", "/bin/true"))
    _analyzed("verify", *(tmp_path / path.name for path in units))
    _analyzed("security", "--offline=true", "--threshold=25", tmp_path / f"{name}.service")


def _analyzed(*words: str | Path) -> None:
    done = subprocess.run(["systemd-analyze", *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs commands as another user")
def test_commands_have_the_folder_and_the_settings_of_the_service(tmp_path: Path) -> None:
    settings = tmp_path / "gapbridge.env"
    settings.write_text('# replicas\nGAPBRIDGE_ENGINE="http://one/q http://two/q"\n')
    script = (DEPLOY / "gapbridge-command").read_text(encoding="utf-8")
    for theirs, ours in (
        ("/etc/gapbridge/gapbridge.env", str(settings)),
        ("/opt/gapbridge/bin/gapbridge", "/usr/bin/printenv"),
        ("id=gapbridge", "id=root"),
    ):
        assert theirs in script
        script = script.replace(theirs, ours)
    names = ("GAPBRIDGE_DATA", "GAPBRIDGE_ENGINE")
    done = subprocess.run(["sh", "-c", script, "gapbridge", *names], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["/var/lib/gapbridge/base", "http://one/q http://two/q"]


def test_the_service_and_the_compositions_wait_longer_than_the_server_takes_to_stop() -> None:
    longest = read_settings({}).stop_seconds
    assert int(re.findall(r"TimeoutStopSec=(\d+)", (DEPLOY / "gapbridge.service").read_text())[0]) > longest
    waits = [told["stop_grace_period"] for _, service, told in services() if service == "gapbridge"]
    assert all(int(wait.removesuffix("s")) > longest for wait in waits)


@contextmanager
def nginx(folder: Path, server: int) -> Iterator[str]:
    """The example as it stands, but for the addresses and for https, which needs a certificate."""
    port, text = free_port(), (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{server}").replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    text = re.sub(r"^ *ssl_certificate.*$", "", text, flags=re.MULTILINE)
    for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi"):
        (folder / name).mkdir()
    paths = "".join(
        f"{directive} {folder}/{name};\n"
        for directive, name in [("client_body_temp_path", "body")]
        + [(f"{name}_temp_path", name) for name in ("proxy", "fastcgi", "uwsgi", "scgi")]
    )
    main = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""
    head = (
        f"{user}pid {folder}/pid;\ndaemon off;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n"
    )
    main.write_text(f"{head}{paths}{text}\n}}\n", encoding="utf-8")
    process = subprocess.Popen([NGINX, "-e", f"{folder}/error.log", "-p", folder, "-c", main])
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(20)


@pytest.mark.skipif(not NGINX, reason="there is no nginx on this machine")
def test_behind_nginx_the_site_stands_below_its_path(seeded: Settings, tmp_path: Path) -> None:
    public = "https://example.org/gap"
    with (
        Server(seeded, PUBLIC_URL=public, DATABASE=f"sqlite:///{tmp_path}/p.sqlite") as server,
        nginx(tmp_path, server.port) as at,
    ):
        assert until(lambda: _status(f"{at}/gap/healthz") == 200)
        with urlopen(f"{at}/gap/tactics", timeout=20) as answer:
            page, own = answer.read().decode(), answer.headers["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{32}", own)  # nginx made it
        links = {link for link in re.findall(r'(?:href|src|action)="(/[^"#?]*)', page)}
        assert all(link.startswith("/gap/") for link in links)
        some = sorted(links)[::6]
        assert {link: code for link in some if (code := _status(at + link)) != 200} == {}
        with urlopen(
            Request(f"{at}/gap/sparql?query=ASK%7B%7D", headers={"Accept": "application/json"}), timeout=20
        ) as yes:
            assert b"true" in yes.read()
        assert _status(f"{at}/gap") == 200  # by way of /gap/
        assert [_status(f"{at}/gap/{path}") for path in ("metrics", "readyz")] == [404, 404]
        assert _status(f"{at}/elsewhere") == 404


def _status(address: str) -> int:
    try:
        with urlopen(address, timeout=20) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0
