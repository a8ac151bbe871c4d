"""What a base runs on: its folder, the disk, the port, the libraries, the clock."""

from __future__ import annotations

import os
import re
import shutil
import socket
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from kg.accounts.signing_key import FILE as KEY
from kg.contributing import home
from kg.errors import StoreDamaged, StoreMissing
from kg.operating import people
from kg.operating.finding import NOTE, PROBLEM, WELL, Finding
from kg.settings import Settings

_ROOM = 1 << 30
"""Bytes that should be free however small the base is."""
_DRIFT_SECONDS = 5
_TOLD = ("gapbridge", "pyoxigraph", "flask", "granian", "sqlalchemy")
_NEED = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?>=([\d.]+)")


def folder(settings: Settings) -> Iterator[Finding]:
    """Whether the data folder is there and can be used."""
    about, path = "data folder", settings.data
    if not path.exists():
        mend = "gapbridge serve or load makes it; or set GAPBRIDGE_DATA to where the base lies."
        yield Finding(about, NOTE, f"{path} is not there yet.", "There is no base.", mend)
    elif not path.is_dir():
        yield Finding(about, PROBLEM, f"{path} is a file.", "No base can lie there.", "Set GAPBRIDGE_DATA to a folder.")
    elif not os.access(path, os.R_OK | os.X_OK):
        yield Finding(about, PROBLEM, f"{path} cannot be read.", "Nothing can be served.", _for_whom(path))
    elif not os.access(path, os.W_OK) or not _takes_files(path):
        why = "Pages can be read, but nothing can be contributed, and nobody can sign in."
        yield Finding(about, PROBLEM, f"Nothing can be written in {path}.", why, _for_whom(path))
    else:
        yield Finding(about, WELL, f"{path} can be read and written")


def secrets(settings: Settings) -> Iterator[Finding]:
    """Whether what only we should read can be read by others."""
    open_ = [p for p in (settings.data / KEY, people.file_of(settings)) if p.exists() and p.stat().st_mode & 0o077]
    for path in open_:
        why = "Other users of this machine can read it, and sign in as anybody or guess passwords at leisure."
        what = f"{path} has mode {stat.S_IMODE(path.stat().st_mode):o}."
        yield Finding("secret files", PROBLEM, what, why, f"chmod 600 {path}")
    if not open_:
        where = (
            "from the settings"
            if settings.secret_key
            else "kept in the data folder"
            if (settings.data / KEY).exists()
            else "not made yet"
        )
        yield Finding("secret files", WELL, f"the key of the forms is {where}; nothing can be read by other users")


def disk(settings: Settings) -> Iterator[Finding]:
    """Whether there is room for the next snapshots."""
    at = next(path for path in (settings.data, *settings.data.parents) if path.exists())
    free, needed = shutil.disk_usage(at).free, _newest_size(settings)
    told = f"{free / 1e9:.1f} GB free; the newest snapshot takes {needed / 1e9:.2f} GB"
    why = "When the disk is full, changes are refused; reading goes on. A reorganised snapshot is a whole new copy."
    mend = "Make room, keep fewer snapshots (GAPBRIDGE_KEEP_SNAPSHOTS), or move the data folder."
    if free < needed or free < _ROOM // 8:
        yield Finding("free disk", PROBLEM, told, why, mend)
    elif free < 2 * needed or free < _ROOM:
        yield Finding("free disk", NOTE, told, why, mend)
    else:
        yield Finding("free disk", WELL, told)


def port(settings: Settings) -> Iterator[Finding]:
    """Whether somebody listens where the server would."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            what = f"{settings.host}, port {settings.port}: {error.strerror}."
            why = "That is as it should be while the server runs; otherwise it will not start."
            yield Finding("port", NOTE, what, why, "If it does not run: choose another GAPBRIDGE_PORT.")
            return
    yield Finding("port", WELL, f"{settings.host}, port {settings.port} is free")


def libraries(_: Settings) -> Iterator[Finding]:
    """Whether what the program stands on is there, and new enough."""
    wrong = []
    needed = [need for need in requires("gapbridge") or [] if "extra ==" not in need]
    for name, least in (found.groups() for need in needed if (found := _NEED.match(need))):
        try:
            have = version(name)
        except PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if _numbers(have) < _numbers(least):
            wrong.append(f"{name} is {have}, needed is {least}")
    if wrong:
        mend = "Install the program anew, with the versions that came with it (constraints.txt)."
        yield Finding("libraries", PROBLEM, f"{'; '.join(wrong)}.", "Parts of the program may fail.", mend)
    else:
        ours = ", ".join(
            f"{name} {version(name)}" for name in ("gapbridge", "pyoxigraph", "flask", "granian", "sqlalchemy")
        )
        yield Finding("libraries", WELL, f"{ours}; Python {'.'.join(map(str, sys.version_info[:3]))}")


def clock(settings: Settings) -> Iterator[Finding]:
    """Whether the clock agrees with the disk's, and with what was written before."""
    now, found = time.time(), []
    try:
        newest = home(settings).journal.path(home(settings).snapshots.newest()).stat().st_mtime
    except (StoreMissing, StoreDamaged, OSError):
        newest = 0.0
    if newest > now + _DRIFT_SECONDS:
        found.append(f"the newest revision was made {_long(newest - now)} from now")
    if settings.data.is_dir() and abs(drift := _drift(settings.data)) > _DRIFT_SECONDS:
        found.append(f"the data folder's disk is {_long(abs(drift))} {'ahead' if drift > 0 else 'behind'}")
    if found:
        why = "Order is kept by number, so nothing is lost; but dates are wrong, and sessions end too soon or too late."
        mend = "Keep the clock by NTP (timedatectl set-ntp true), here and where the disk is."
        yield Finding("clock", NOTE, f"{'; '.join(found)}.", why, mend)
    else:
        yield Finding("clock", WELL, "it agrees with the disk's and with the newest revision")


def _takes_files(path: Path) -> bool:
    """Root may write anywhere, but not on a disk that is read-only."""
    return not os.statvfs(path).f_flag & os.ST_RDONLY


def _for_whom(path: Path) -> str:
    owner, user = path.stat().st_uid, os.geteuid()
    if user in (owner, 0):
        return "It is yours: see to the mount, which may be read-only (mount, dmesg), and to the folder's mode."
    users = f"user {owner}; you are {user}"
    return f"Run as the owner ({users}), or give it to yourself: chown -R; see to the mount."


def _newest_size(settings: Settings) -> int:
    place = home(settings)
    try:
        files = list(place.snapshots.path(place.snapshots.newest()).iterdir())
    except (StoreMissing, StoreDamaged, OSError):
        return 0
    return sum(file.stat().st_size for file in files)


def _drift(path: Path) -> float:
    """By how much the disk's clock is ahead of ours."""
    if not os.access(path, os.W_OK) or not _takes_files(path):
        return 0.0
    with tempfile.NamedTemporaryFile(dir=path, prefix=".clock-") as file:
        return os.fstat(file.fileno()).st_mtime - time.time()


def _long(seconds: float) -> str:
    for size, word in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= size:
            return f"{seconds / size:.0f} {word}"
    return f"{seconds:.0f} seconds"


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
