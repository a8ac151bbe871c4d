"""Passwords: what is asked of one, and how they are kept.

Sources: NIST SP 800-63B, section 5.1.1.2 (length, no rules of composition, no words that are near at hand); RFC 9106
and the OWASP cheat sheet on password storage (Argon2id with 19 MiB and two passes).
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kg.accounts.guessable import is_common, is_listed, repeats
from kg.errors import BadInput

SHORTEST, LONGEST = 12, 256
_FEWEST_CHARACTERS = 5
_LONG_ENOUGH = 4
"""Shorter parts of a name stand in many words by chance."""
_THREADS = ThreadPoolExecutor(2, "passwords")
"""All hashing is done here: each hash takes its memory, and every thread that ever took it would keep it."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def check(password: str, *near: str, listed: Path | None = None) -> None:
    """Make sure that a password will do.

    Args:
        password: the password.
        near: words that guessers try first: the person's name and mail, the site's name.
        listed: a file of passwords that nobody may choose, one a line.

    Raises:
        BadInput: it is too short or too long, is made of few characters, is one that guessers try first, or holds
            words that are near at hand.
    """
    if len(password) < SHORTEST:
        raise BadInput(
            f"A password needs at least {SHORTEST} characters. A few words that only you put together will do."
        )
    if len(password) > LONGEST:
        raise BadInput(f"A password has at most {LONGEST} characters.")
    if len(set(password)) < _FEWEST_CHARACTERS or repeats(password, SHORTEST):
        raise BadInput("This password repeats a few characters. Choose one that is harder to guess.")
    if listed is not None and is_listed(password, listed):
        raise BadInput("This password is known to guessers: it stands in a list of leaked ones. Choose another.")
    if is_common(password):
        raise BadInput(
            "This password is made of words, numbers and runs of keys that very many people use, and that guessers try "
            "first. Choose a few words that only you would put together."
        )
    if word := _held(password, near):
        raise BadInput(
            f"This password holds “{word}”, which stands in your name, in your mail address or in the name of this "
            "site: guessers try that first. Choose one without it."
        )


def hashed(password: str) -> str:
    """A password as it is kept."""
    return _THREADS.submit(_HASHER.hash, _bytes(password)).result()


def verify(kept: str, password: str) -> bool:
    """Whether this is the password that was kept; takes as long where nothing was."""
    nobodys = _nobodys()
    try:
        return _THREADS.submit(_HASHER.verify, kept or nobodys, _bytes(password)).result() and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether it was kept with parameters other than today's."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return hashed("nobody has this one")


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def _held(password: str, near: tuple[str, ...]) -> str:
    """The first word near at hand that a password holds, whatever its case; empty where it holds none."""
    told = password.casefold()
    parts = [part for words in near for part in re.findall(r"[^\W_]+", words.casefold())]
    return next((part for part in parts if len(part) >= _LONG_ENOUGH and part in told), "")
