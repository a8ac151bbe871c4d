"""What the environment gives, each text read as what it must be, and refused in words where it is something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import BadInput
from kg.numbers import whole_number

_SHORTEST_KEY, _FEWEST_LETTERS = 32, 10
_MAKE_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"  # noqa: S105 - says how to make one
_PLACEHOLDER = re.compile(r"change[-_ ]?(me|this|it)|replace[-_ ]?(me|this|it)|(your|my)[-_ ]?secret|placeholder", re.I)
"""What stands for a secret in examples, here and elsewhere."""
_DIGITS = 15
"""No setting has more; of some thousand, Python refuses to make a number."""
_MAIL = r"[^\s<>\"@:?]+@[^\s<>\"@:?]+"


@dataclass(frozen=True)
class Given:
    """The texts of all settings. Each method takes a setting's name and raises BadInput where its text will not do.

    Attributes:
        texts: each setting's, by its name; its default where the environment says nothing.
    """

    texts: Mapping[str, str] = field(repr=False)  # some are secrets

    def __getitem__(self, name: str) -> str:
        return self.texts[name]

    def number(self, name: str, least: int = 1) -> int:
        """A whole number from `least` on."""
        found = whole_number(self[name], _DIGITS)
        if found is None or found < least:
            raise BadInput(f"GAPBRIDGE_{name} must be a whole number from {least} on, not “{self[name][:40]}”.")
        return found

    def switch(self, name: str) -> bool:
        """Whether something is on."""
        if self[name] not in ("on", "off"):
            raise BadInput(f"GAPBRIDGE_{name} must be on or off, not “{self[name]}”.")
        return self[name] == "on"

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        """One of the words that are known."""
        if self[name] not in known:
            raise BadInput(f"GAPBRIDGE_{name} must be {' or '.join(known)}, not “{self[name]}”.")
        return self[name]

    def address(self, name: str) -> str:
        """A web address without a slash at its end; empty where there is none."""
        if self[name] and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?", self[name]):
            raise BadInput(f"GAPBRIDGE_{name} must be an address such as https://data.example.org, not “{self[name]}”.")
        return self[name].rstrip("/")

    def addresses(self, name: str) -> tuple[str, ...]:
        """Web addresses parted by spaces."""
        found = tuple(self[name].split())
        for address in found:
            if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[^\s<>\"#]*)?", address):
                raise BadInput(f"GAPBRIDGE_{name} must be an address such as http://127.0.0.1:3030/gapbridge/query.")
        return found

    def mail_address(self, name: str) -> str:
        """A mail address, or nothing."""
        if self[name] and not re.fullmatch(_MAIL, self[name]):
            raise BadInput(f"GAPBRIDGE_{name} must be a mail address, not “{self[name]}”.")
        return self[name]

    def contact(self, name: str) -> str:
        """A mail or web address, or nothing."""
        if self[name] and not re.fullmatch(rf"https?://[^\s<>\"]+|{_MAIL}", self[name]):
            raise BadInput(f"GAPBRIDGE_{name} must be a mail or web address, not “{self[name]}”.")
        return self[name]

    def file(self, name: str) -> Path | None:
        """A file that can be read; None where none is named."""
        if not self[name]:
            return None
        path = Path(self[name]).expanduser().absolute()
        try:
            path.open("rb").close()
        except OSError as error:
            raise BadInput(f"GAPBRIDGE_{name} names a file that cannot be read: {error}") from error
        return path

    def real(self, name: str) -> str:
        """A text that is not what an example says."""
        return _real(name, self[name])

    def secret(self, name: str) -> str:
        """A secret that stands in the environment, or in the file that it names."""
        file, secret = self.secret_file(name), self[name]
        if file:
            try:
                secret = read_secret(file)
            except (OSError, UnicodeError) as error:
                raise BadInput(f"GAPBRIDGE_{name}_FILE names a file that cannot be read: {error}") from error
        return _real(name, secret)

    def secret_file(self, name: str) -> Path | None:
        """The file that holds a secret; None where none is named."""
        return Path(self[f"{name}_FILE"]).expanduser() if self[f"{name}_FILE"] else None

    def key(self, name: str) -> str:
        """A secret that nobody guesses, or nothing."""
        key = self.secret(name)
        if key and (len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_LETTERS):
            raise BadInput(
                f"GAPBRIDGE_{name} must have at least {_SHORTEST_KEY} characters, {_FEWEST_LETTERS} of them different. "
                f"Make one: {_MAKE_SECRET}"
            )
        return key


def read_secret(file: Path) -> str:
    """The secret in a file.

    Raises:
        OSError, UnicodeError: it cannot be read.
    """
    return file.read_text(encoding="utf-8").strip()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host of this name."""
    return host in ("localhost", "::1") or host.startswith("127.")


def _real(name: str, secret: str) -> str:
    if _PLACEHOLDER.search(secret):
        raise BadInput(f"GAPBRIDGE_{name} holds what an example says, not a secret. Make one: {_MAKE_SECRET}")
    return secret
