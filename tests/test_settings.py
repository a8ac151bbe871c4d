"""Settings: each stands in the documentation and is used; secrets show up nowhere; what is unsafe is refused."""

from __future__ import annotations

import json
import re
import subprocess
import traceback
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from benchmarks.ports import free_port
from kg.database import open_database
from kg.errors import BadInput, DatabaseUnavailable
from kg.settings import SETTINGS, Settings, read_settings, refuse_unsafe
from tests.webui.server_support import Server

ROOT = Path(__file__).parent.parent
NAME = re.compile(r"(?<![A-Z_])GAPBRIDGE_([A-Z][A-Z_]*[A-Z])\b")
KNOWN = {setting.name for setting in SETTINGS}
FLAG = re.compile(r'environ[^\n]*"GAPBRIDGE_([A-Z_]+)"')
"""How tests and benchmarks read what is meant for them alone."""
SECRETS = ("SECRET_KEY", "DATABASE_PASSWORD", "ORCID_CLIENT_SECRET", "OIDC_CLIENT_SECRET", "MAIL_PASSWORD")
SECRET = "kR7-v2xQ_wZ9tLm4pBn8sYc3hJd6gFa1"
GIVEN = {
    **{f"GAPBRIDGE_{name}": f"{SECRET}-{number}" for number, name in enumerate(SECRETS)},
    "GAPBRIDGE_DATABASE": f"postgresql://robin:{SECRET}@127.0.0.1:9/people",
    "GAPBRIDGE_ORCID_CLIENT_ID": "APP-1",
    "GAPBRIDGE_OIDC_ISSUER": "https://id.example.org",
    "GAPBRIDGE_OIDC_CLIENT_ID": "gapbridge",
}


def texts() -> Iterator[tuple[str, str]]:
    """All texts that git keeps."""
    named = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in named.splitlines():
        path = ROOT / name
        if path.suffix not in {".woff2", ".png", ".gz"} and path.is_file():
            yield name, path.read_text(encoding="utf-8", errors="replace")


def test_every_name_that_is_told_anywhere_is_a_setting() -> None:
    found = list(texts())
    flags = {flag for name, text in found if name.startswith(("tests/", "benchmarks/")) for flag in FLAG.findall(text)}
    shown = [(name, text) for name, text in found if not name.startswith("tests/")]  # tests misspell on purpose
    unknown = {(name, told) for name, text in shown for told in set(NAME.findall(text)) - KNOWN - flags}
    assert unknown == set()


def test_every_setting_stands_in_the_documentation_with_its_default() -> None:
    told = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    missing = [s.name for s in SETTINGS if f"| `GAPBRIDGE_{s.name}` | {s.default or '—'} |" not in told]
    assert missing == []


def test_every_setting_changes_something() -> None:
    code = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "kg/settings").glob("*.py")}
    code["__init__.py"] = code["__init__.py"].partition("def read_settings")[2]  # where they are told, all are named
    read = "".join(code.values())
    unused = [s.name for s in SETTINGS if f'"{s.name.removesuffix("_FILE")}"' not in read]
    assert unused == []


def test_every_secret_can_stand_in_a_file(tmp_path: Path) -> None:
    assert {name for name in KNOWN if re.search("SECRET|PASSWORD|TOKEN", name) and not name.endswith("_FILE")} >= set(
        SECRETS
    )
    assert {f"{name}_FILE" for name in KNOWN if re.search("(SECRET|PASSWORD|KEY)$", name)} <= KNOWN
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    assert read_settings({"GAPBRIDGE_SECRET_KEY_FILE": str(file)}).secret_key == SECRET


def test_what_is_read_shows_no_secret() -> None:
    settings = read_settings(GIVEN)
    assert settings.mail_password.startswith(SECRET)
    assert SECRET not in repr(settings) + str(settings)
    kept = settings.without_secrets
    assert SECRET not in "".join(str(getattr(kept, name)) for name in vars(kept))


def test_what_other_processes_are_told_can_be_written_down() -> None:
    settings = read_settings({**GIVEN, "GAPBRIDGE_PASSWORD_LIST": __file__})
    assert str(settings.password_list) == __file__
    assert json.loads(json.dumps({**asdict(settings.without_secrets), "data": ""}))["password_list"] is None


def test_errors_show_no_secret() -> None:
    gone = f"postgresql://robin:{SECRET}@127.0.0.1:{free_port()}/people"
    with pytest.raises(DatabaseUnavailable) as refused:
        open_database(read_settings({"GAPBRIDGE_DATABASE": gone}))
    with pytest.raises(BadInput) as unread:
        open_database(read_settings({"GAPBRIDGE_DATABASE": f"nonsense://robin:{SECRET}@host/x"}))
    with pytest.raises(BadInput) as missing:
        read_settings({**GIVEN, "GAPBRIDGE_MAIL_PASSWORD_FILE": "/no/such/file"})
    for error in (refused.value, unread.value, missing.value):
        assert SECRET not in "".join(traceback.format_exception(error))


def test_a_password_beside_the_address_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings(
        {"GAPBRIDGE_DATABASE": "postgresql://robin@host/people", "GAPBRIDGE_DATABASE_PASSWORD": SECRET}
    )
    from kg.database.opening import _address

    assert _address(settings) == f"postgresql+psycopg://robin:{SECRET}@host/people"


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    "told", ["change-me-change-me-change-me-change-me", "<replace this> with 32 characters or more"]
)
def test_what_examples_say_is_no_secret(name: str, told: str) -> None:
    with pytest.raises(BadInput, match=f"GAPBRIDGE_{name} holds what an example says"):
        read_settings({**GIVEN, f"GAPBRIDGE_{name}": told})


def test_an_example_in_the_address_of_the_database_is_refused() -> None:
    with pytest.raises(BadInput, match="GAPBRIDGE_DATABASE holds what an example says"):
        read_settings({"GAPBRIDGE_DATABASE": "postgresql://robin:changeme@host/people"})


@pytest.mark.parametrize("told", ["short", "x" * 48, "abababababababababababababababababab"])
def test_a_key_that_can_be_guessed_is_refused(told: str) -> None:
    with pytest.raises(BadInput, match="32 characters, 10 of them different"):
        read_settings({"GAPBRIDGE_SECRET_KEY": told})


def test_as_it_comes_the_server_is_for_this_machine_and_lets_nobody_write() -> None:
    settings = read_settings({})
    assert (settings.host, settings.updates, settings.open_registration) == ("127.0.0.1", False, False)
    assert (settings.metrics, settings.log_clients, settings.plain_http) == ("off", "off", False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "data.example.org"])
def test_other_machines_are_served_by_https_or_on_purpose(host: str) -> None:
    settings = read_settings({"GAPBRIDGE_HOST": host})
    with pytest.raises(BadInput, match=r"without https.*GAPBRIDGE_PUBLIC_URL.*GAPBRIDGE_PLAIN_HTTP=on"):
        refuse_unsafe(settings)
    with pytest.raises(BadInput):
        refuse_unsafe(replace(settings, public_url="http://data.example.org"))
    refuse_unsafe(replace(settings, public_url="https://data.example.org"))
    refuse_unsafe(replace(settings, plain_http=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.3"])
def test_this_machine_is_served_as_it_is(host: str) -> None:
    refuse_unsafe(read_settings({"GAPBRIDGE_HOST": host}))


def test_the_server_does_not_start_where_it_would_be_unsafe(seeded: Settings) -> None:
    with pytest.raises(RuntimeError, match="GAPBRIDGE_PLAIN_HTTP=on"), Server(seeded, HOST="0.0.0.0"):
        pass
