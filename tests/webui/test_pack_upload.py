"""An administrator sends a pack: what it would change is shown first, and the same checks hold as for everything."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.contributing import home
from kg.settings import Settings
from tests import people_support
from tests.conftest import copied
from tests.packs.packs_support import files, zipped
from tests.people_support import signed_in


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("upload")


@pytest.fixture(scope="module")
def app(seeded: Settings, folder: Path) -> Iterator[Flask]:
    settings = replace(seeded, data=copied(seeded.data, folder / "base"))
    with people_support.site(settings, str(folder)) as made:
        yield made


@pytest.fixture(scope="module")
def keeper(app: Flask) -> FlaskClient:
    return signed_in(app, "administrator")


def send(client: FlaskClient, data: bytes, name: str = "crosswalk.zip", **more: str) -> TestResponse:
    form = {"file": (io.BytesIO(data), name), **more}
    return client.post("/pack-upload", data=form, content_type="multipart/form-data")


def archive(**changes: tuple[str, str]) -> bytes:
    """The worked example; `pack__ttl=(old, new)` changes a file of it."""
    found = files()
    for name, (old, new) in changes.items():
        path = name.replace("__", ".")
        assert old.encode() in found[path]
        found[path] = found[path].replace(old.encode(), new.encode())
    return zipped(found).getvalue()


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(base|counts|force)" value="([^"]*)"', page))


def kept(folder: Path) -> list[Path]:
    return list((folder / "base" / "uploads").glob("*"))


def test_it_is_shown_before_it_is_taken_in_and_not_kept_afterwards(keeper: FlaskClient, folder: Path) -> None:
    assert 'href="/pack-upload"' in keeper.get("/packs").text
    sent = send(keeper, archive())
    page = keeper.get(sent.location)
    assert (sent.status_code, page.status_code) == (303, 200)
    assert re.search(r"<h3>\d+ things would come</h3>", page.text)
    assert "crosswalk-strategy/feedback-loops" in page.text
    assert home(keeper.application.extensions["gapbridge"].settings).journal.head == 1
    done = keeper.post(sent.location, data={"go": "take", **fields(page.text)})
    assert (done.status_code, done.location) == (303, "/packs/crosswalk")
    assert "Feedback loops (example)" in keeper.get("/packs/crosswalk").text
    assert kept(folder) == []
    assert keeper.get(sent.location).status_code == 404


def test_a_pack_that_is_there_is_updated_and_an_older_version_only_when_that_is_said(keeper: FlaskClient) -> None:
    words = ("Feedback loops (example)", "Loops of feedback (example)")
    path = next(name for name, data in files().items() if words[0].encode() in data)
    changed = zipped(files() | {path: files()[path].replace(words[0].encode(), words[1].encode())}).getvalue()
    refused = keeper.get(send(keeper, changed).location)
    assert refused.status_code == 409
    assert "Raise its version" in refused.text
    assert 'value="take"' not in refused.text
    page = keeper.get(send(keeper, changed, force="1").location)
    assert "1 thing would change" in page.text
    done = keeper.post(page.request.path, data={"go": "take", **fields(page.text)})
    assert done.status_code == 303
    assert words[1] in keeper.get("/packs/crosswalk").text


def test_what_was_seen_before_a_change_is_shown_anew(keeper: FlaskClient) -> None:
    place = send(keeper, archive(), force="1").location
    answer = keeper.post(place, data={"go": "take", "base": "1"})
    assert answer.status_code == 409
    assert "The base has changed since you looked" in answer.text


def test_it_can_be_left_and_is_forgotten(keeper: FlaskClient, folder: Path) -> None:
    place = send(keeper, archive()).location
    before = len(kept(folder))
    assert keeper.post(place, data={"go": "leave"}).location == "/packs"
    assert len(kept(folder)) == before - 1


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "", "Choose the archive"),
        (b"no archive", "x.zip", "x.zip: this is damaged, or no zip file"),
        (b"anything", "x.exe", "is sent as an archive"),
        (zipped({"../pack.ttl": b""}).getvalue(), "<b>x</b>.zip", "leads out of the pack"),
        (zipped({"notes.md": b"x"}).getvalue(), "x.zip", "there is no pack.ttl in it"),
        (zipped({"pack.ttl": b"this is no turtle"}).getvalue(), "x.zip", "pack.ttl"),
        (zipped({"pack.ttl": b" " * (9 << 20)}).getvalue(), "x.zip", "x.zip"),
    ],
)
def test_what_is_no_pack_is_refused_with_the_reason_and_nothing_is_kept(
    keeper: FlaskClient, folder: Path, data: bytes, name: str, why: str
) -> None:
    before = kept(folder)
    answer = send(keeper, data, name)
    assert answer.status_code == 422
    assert why in answer.text
    assert "<b>x</b>" not in answer.text
    assert str(folder) not in answer.text
    assert kept(folder) == before


def test_what_the_checks_refuse_is_told_and_cannot_be_taken(keeper: FlaskClient) -> None:
    path = next(name for name, data in files().items() if b"gap:force " in data)
    broken = files() | {"pack.ttl": files()["pack.ttl"].replace(b"pack/crosswalk", b"pack/other")}
    broken = {name: data.replace(b"crosswalk-", b"other-") for name, data in broken.items()}
    broken[path] = re.sub(rb"gap:force [^;.]+[;]", b"", broken[path], count=1)
    page = keeper.get(send(keeper, zipped(broken).getvalue(), "other.zip").location)
    assert page.status_code == 409
    assert 'value="take"' not in page.text


def test_nobody_else_sends_one(app: Flask) -> None:
    assert app.test_client().get("/pack-upload", headers={"Accept": "text/html"}).location.startswith("/sign-in")
    for role in ("contributor", "reviewer"):
        assert send(signed_in(app, role), archive()).status_code == 403
