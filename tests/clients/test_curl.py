"""curl: what one does by hand and in scripts, over HTTP as another program speaks it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.queries import example
from tests.clients.conftest import Run

ASK = "query=ASK {}"
CSV = "Accept: text/csv"


def heads(printed: str) -> dict[str, str]:
    """The headers of what `curl --include` or `--head` prints, and the first line as `status`."""
    first, *lines = printed.partition("\n\n")[0].splitlines()
    return {"status": first.split()[1], **{k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}}


@pytest.fixture(scope="session")
def tactics(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("curl") / "tactics.rq"
    file.write_text(example("tactics").text, encoding="utf-8")
    return file


def test_get_with_the_query_in_a_file(curl: Run, endpoint: str, tactics: Path) -> None:
    printed = curl("--get", endpoint, "--data-urlencode", f"query@{tactics}", "--header", CSV)
    assert printed.startswith("tactic,label,phase,")
    assert len(printed.splitlines()) > 90


def test_post_of_the_file_itself(curl: Run, endpoint: str, tactics: Path) -> None:
    kind = "Content-Type: application/sparql-query"
    printed = curl(endpoint, "--data-binary", f"@{tactics}", "--header", kind)
    assert json.loads(printed)["head"]["vars"][0] == "tactic"


def test_post_as_a_form(curl: Run, endpoint: str) -> None:
    assert json.loads(curl(endpoint, "--data-urlencode", ASK))["boolean"] is True


def test_head_tells_what_get_would_give(curl: Run, endpoint: str, tactics: Path) -> None:
    words = ("--get", endpoint, "--data-urlencode", f"query@{tactics}", "--header", CSV)
    told, got = heads(curl("--head", *words)), curl(*words)
    assert (told["status"], told["content-type"]) == ("200", "text/csv; charset=utf-8")
    assert int(told["content-length"]) == len(got.encode()) + got.count("\n")  # read as text, \r\n has become \n
    assert {"etag", "last-modified", "vary"} <= told.keys()
    assert told["access-control-allow-origin"] == "*"


def test_compressed_is_the_same_and_smaller(curl: Run, endpoint: str, tactics: Path, tmp_path: Path) -> None:
    words = ("--get", endpoint, "--data-urlencode", f"query@{tactics}")
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    curl(*words, "--output", str(plain))
    told = heads(curl(*words, "--compressed", "--dump-header", "-", "--output", str(packed)))
    assert told["content-encoding"] in ("gzip", "br", "zstd")
    assert packed.read_bytes() == plain.read_bytes()
    size = curl(*words, "--compressed", "--output", str(packed), "--write-out", "%{size_download}")
    assert int(size) < plain.stat().st_size / 4


def test_what_is_already_held_is_not_sent_again(curl: Run, endpoint: str, tactics: Path, tmp_path: Path) -> None:
    words = ("--get", endpoint, "--data-urlencode", f"query@{tactics}", "--write-out", "%{http_code} %{size_download}")
    tags, body = tmp_path / "tags", tmp_path / "body"
    first = curl(*words, "--etag-save", str(tags), "--output", str(body))
    assert first.startswith("200 ")
    held = body.read_bytes()
    again = curl(*words, "--etag-compare", str(tags), "--output", str(body))
    assert again == "304 0"
    assert body.read_bytes() in (held, b"")


def test_a_refusal_is_told_in_plain_text(curl: Run, endpoint: str) -> None:
    words = ("--get", endpoint, "--data-urlencode", "query=SELECT ?x WHERE { ?x }")
    printed = curl(*words, "--write-out", "%{http_code} %{content_type}")
    assert printed.startswith("error at 1:")
    assert printed.endswith("400 text/plain; charset=utf-8")


def test_service_description_without_a_query(curl: Run, endpoint: str) -> None:
    printed = curl(endpoint, "--header", "Accept: text/turtle")
    assert "sparql-service-description#" in printed
