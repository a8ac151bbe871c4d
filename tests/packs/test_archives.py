"""Archives of packs: read within limits, never unpacked to disk, and refused whole in words."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from kg.errors import BadInput
from kg.packs import archives, pack_of_files, read_archive, read_stream
from tests.packs.packs_support import CROSSWALK, example, files, tarred, zipped

PLAIN = {"pack.ttl": b"# nothing", "claims/one.ttl": b"# one"}


def refusal(file: io.BytesIO, name: str) -> str:
    with pytest.raises(BadInput) as refused:
        read_stream(file, name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("p.zip", zipped(files())),
        ("p.tar.gz", tarred(files())),
        ("p.TGZ", tarred(files())),
        ("p.tar.xz", tarred(files(), "xz")),
        ("p.zip", zipped({f"crosswalk-1.0/{path}": data for path, data in files().items()})),
    ],
    ids=["zip", "tar.gz", "tgz", "tar.xz", "in a folder"],
)
def test_every_kind_of_archive_holds_the_same_pack(name: str, file: io.BytesIO) -> None:
    assert pack_of_files(read_stream(file, name), name) == example()


def test_notes_and_hidden_files_are_left_aside() -> None:
    noted = PLAIN | {"README.md": b"Read me", "LICENSE": b"CC", ".git/config": b"", "__MACOSX/._pack.ttl": b"\0"}
    assert read_stream(zipped(noted), "p.zip") == PLAIN
    assert read_stream(tarred(noted), "p.tar.gz") == PLAIN


@pytest.mark.parametrize(
    "member",
    ["../out.ttl", "/etc/out.ttl", "a/../../out.ttl", "..\\out.ttl", "C:\\out.ttl", "C:out.ttl", "a\x1b[2J.ttl"],
)
def test_a_path_that_leads_out_is_refused(member: str) -> None:
    for file, name in ((zipped({member: b""}), "p.zip"), (tarred({member: b""}), "p.tar.gz")):
        told = refusal(file, name)
        assert "leads out of the pack" in told
        assert "\x1b" not in told


def test_foreign_files_are_refused() -> None:
    for file, name in ((zipped(PLAIN | {"run.exe": b"MZ"}), "p.zip"), (tarred(PLAIN | {"a.nq": b""}), "p.tgz")):
        assert "is no part of a pack" in refusal(file, name)


def test_the_same_file_twice_is_refused() -> None:
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("pack.ttl", b"")
        archive.writestr("./pack.ttl", b"")
    assert "twice" in refusal(twice, "p.zip")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(kind: bytes) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        info = tarfile.TarInfo("claims/one.ttl")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    assert "a link or a device" in refusal(file, "p.tar.gz")


def test_a_link_in_a_zip_file_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("claims/one.ttl")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "a link or a device" in refusal(file, "p.zip")


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(zipped({"pack.ttl": b"x"}).getvalue())
    data[data.find(b"PK\x01\x02") + 8] |= 1  # the bit that says so, in the list at the end
    assert "encrypted" in refusal(io.BytesIO(bytes(data)), "p.zip")


@pytest.mark.parametrize("name", ["p.zip", "p.tar.gz", "p.tar.xz"])
def test_what_grows_beyond_measure_is_not_read_to_its_end(name: str) -> None:
    bomb = {f"claims/{number}.ttl": bytes(2 * archives.MEGABYTE) for number in range(3)}
    file = zipped(bomb) if name == "p.zip" else tarred(bomb, name[6:])
    assert "grows beyond measure" in refusal(file, name)


def test_one_huge_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_OF_A_FILE", 10)
    for file, name in ((zipped({"a.ttl": b"x" * 11}), "p.zip"), (tarred({"a.ttl": b"x" * 11}), "p.tar.gz")):
        assert "the most a file may have" in refusal(file, name)


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 1)
    for file, name in ((zipped(PLAIN), "p.zip"), (tarred(PLAIN), "p.tar.gz")):
        assert "more than 1 files" in refusal(file, name)


def test_an_endless_list_is_refused_before_it_is_read() -> None:
    data = bytearray(zipped(PLAIN).getvalue())
    struct.pack_into("<L", data, data.rfind(b"PK\x05\x06") + 12, 0xFFFFFFF0)
    assert "files in it" in refusal(io.BytesIO(bytes(data)), "p.zip")


def test_xz_that_wants_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_XZ_MEMORY", 1000)
    assert "Memory usage limit" in refusal(tarred(PLAIN, "xz"), "p.tar.xz")


def test_an_archive_that_is_too_large_itself_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_PACKED", 10)
    assert "is the most it may have" in refusal(zipped(PLAIN), "p.zip")


@pytest.mark.parametrize("name", ["p.zip", "p.tar.gz", "p.tar.xz"])
@pytest.mark.parametrize("cut", [0, 10, 60])
def test_damaged_archives_are_told_as_such(name: str, cut: int) -> None:
    whole = (zipped(PLAIN) if name == "p.zip" else tarred(PLAIN, name[6:])).getvalue()
    assert "damaged" in refusal(io.BytesIO(whole[:cut]), name)


def test_an_unknown_kind_of_archive_is_refused_with_those_that_are_known() -> None:
    assert ".tar.xz" in refusal(io.BytesIO(b"7z"), "p.7z")


def test_a_folder_with_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pack.ttl").symlink_to("/etc/passwd")
    with pytest.raises(BadInput, match="a link or a device"):
        read_archive(tmp_path)


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    place = tmp_path / "p.tar.gz"
    place.write_bytes(tarred(PLAIN | {"../out.ttl": b""}).getvalue())
    with pytest.raises(BadInput):
        read_archive(place)
    assert list(tmp_path.rglob("*")) == [place]


def test_a_folder_and_its_archive_are_the_same_pack() -> None:
    assert read_archive(CROSSWALK).keys() == files().keys()
