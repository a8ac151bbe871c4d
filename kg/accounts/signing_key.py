"""The key that signs the pages' forms: from the settings, or made once for all processes that share a data folder."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from kg.errors import BadInput
from kg.settings import Settings

FILE = "secret.key"


def signing_key(settings: Settings) -> str:
    """The key in force.

    Raises:
        BadInput: its file cannot be read or made.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.data / FILE
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise BadInput(f"{path} cannot be read or made: {error}. GAPBRIDGE_SECRET_KEY can take its place.") from error


def _make(path: Path) -> None:
    """Write it whole under a name of its own and link it into place: the first process wins, others read its key."""
    own = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(file, "w") as stream:
            stream.write(secrets.token_urlsafe(48) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            os.link(own, path)
    finally:
        own.unlink()
