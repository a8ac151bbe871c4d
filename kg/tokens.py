"""Tokens: what lets a program change the base over HTTP.

A token is 256 random bits, told once and kept only as its SHA-256: what cannot be guessed needs no slow hash. They
lie in the data folder beside the store and in no backup of it.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from kg.errors import BadInput, NotFound, StoreDamaged
from kg.namespaces import thing
from kg.store.journal import write_durably

UPDATE = "update"
"""The right to change the base with SPARQL Update and the Graph Store Protocol."""
RIGHTS = (UPDATE,)
FILE = "tokens.json"
_PREFIX = "gapbridge_"
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Token:
    """What is known of a token.

    Attributes:
        name: what its maker calls it.
        rights: what its holder may do.
        agent: address of who answers for what is done with it.
        created, expires: when, in UTC; without an end where `expires` is empty.
        digest: the SHA-256 of the secret.
    """

    name: str
    rights: tuple[str, ...]
    agent: str
    created: str
    expires: str
    digest: str

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return bool(self.expires) and datetime.fromisoformat(self.expires) <= datetime.now(UTC)

    def may(self, right: str) -> bool:
        """Whether its holder has a right."""
        return right in self.rights


class Tokens(Protocol):
    """Where tokens are kept."""

    def create(self, name: str, rights: tuple[str, ...], agent: str, days: int | None = None) -> str:
        """Make a token; gives its secret, which nobody can tell a second time."""

    def find(self, secret: str) -> Token | None:
        """The token with this secret; None where there is none, or its time is over."""

    def list(self) -> tuple[Token, ...]:
        """All tokens, by name."""

    def revoke(self, name: str) -> None:
        """Make a token worthless, at once."""


class TokenFile:
    """Tokens in a file that its owner alone can read.

    Args:
        folder: the data folder; it must be there when a token is made.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def create(self, name: str, rights: tuple[str, ...], agent: str = "", days: int | None = None) -> str:
        """Make a token.

        Args:
            name: what to call it.
            rights: what its holder may do.
            agent: address of who answers for it; the project's own where none is given.
            days: how long it lasts; for ever where nothing is given.

        Returns:
            Its secret, which nobody can tell a second time.

        Raises:
            BadInput: the name is taken or none, or there is no such right.
        """
        agent = agent or thing("agent", "gapbridge")
        _check(name, rights)
        secret, now = _PREFIX + secrets.token_urlsafe(32), datetime.now(UTC).replace(microsecond=0)
        expires = (now + timedelta(days=days)).isoformat() if days else ""
        with self._changing() as tokens:
            if name in tokens:
                raise BadInput(f"There is a token called “{name}” already. Revoke it first, or choose another name.")
            tokens[name] = Token(name, tuple(rights), agent, now.isoformat(), expires, _digest(secret))
        return secret

    def find(self, secret: str) -> Token | None:
        """The token with this secret; None where there is none, or its time is over."""
        digest, found = _digest(secret), None
        for token in self.list():
            if hmac.compare_digest(token.digest, digest):
                found = token
        return None if found is None or found.expired else found

    def list(self) -> tuple[Token, ...]:
        """All tokens, by name."""
        tokens = self._read()
        return tuple(tokens[name] for name in sorted(tokens))

    def revoke(self, name: str) -> None:
        """Make a token worthless, at once.

        Raises:
            NotFound: there is none of that name.
        """
        with self._changing() as tokens:
            if name not in tokens:
                raise NotFound(name, sorted(tokens)[:5])
            del tokens[name]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Token]]:
        """The tokens, to be changed by one process at a time and written when all went well."""
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            tokens = self._read()
            yield tokens
            data = json.dumps([asdict(token) for token in tokens.values()], indent=1, ensure_ascii=False)
            write_durably(self._path, data.encode() + b"\n", mode=0o600)
        finally:
            os.close(folder)

    def _read(self) -> dict[str, Token]:
        try:
            rows: list[dict[str, Any]] = json.loads(self._path.read_text(encoding="utf-8"))
            found = [Token(**{**row, "rights": tuple(row["rights"])}) for row in rows]
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, KeyError) as error:
            raise StoreDamaged(f"{self._path} is not as it was written: {error}.") from error
        return {token.name: token for token in found}


def _check(name: str, rights: tuple[str, ...]) -> None:
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise BadInput(f"A token needs a name of up to {_LONGEST_NAME} characters.")
    if not rights or set(rights) - set(RIGHTS):
        raise BadInput(f"A token needs rights; there are: {', '.join(RIGHTS)}.")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
