"""Passwords: what is asked of one, and how they are kept.

Sources: NIST SP 800-63B, section 5.1.1.2 (length, no rules of composition, no words that are near at hand); RFC 9106
and the OWASP cheat sheet on password storage (Argon2id with 19 MiB and two passes).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kg.errors import BadInput

SHORTEST, LONGEST = 12, 256
_FEWEST_CHARACTERS = 5
_THREADS = ThreadPoolExecutor(2, "passwords")
"""All hashing is done here: each hash takes its memory, and every thread that ever took it would keep it."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def check(password: str, *near: str) -> None:
    """Make sure that a password will do.

    Args:
        password: the password.
        near: words that guessers try first: the person's name and mail, the site's name.

    Raises:
        BadInput: it is too short or too long, is made of few characters, or of words that are near at hand.
    """
    if len(password) < SHORTEST:
        raise BadInput(
            f"A password needs at least {SHORTEST} characters. A few words that only you put together will do."
        )
    if len(password) > LONGEST:
        raise BadInput(f"A password has at most {LONGEST} characters.")
    if len(set(password)) < _FEWEST_CHARACTERS:
        raise BadInput("This password repeats a few characters. Choose one that is harder to guess.")
    if _left(password, near) < SHORTEST // 2:
        raise BadInput("This password is mostly your name, your mail address or the name of this site. Choose another.")


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


def _left(password: str, near: tuple[str, ...]) -> int:
    """How many characters a password has beside the words near at hand."""
    rest = password.casefold()
    parts = {part for words in near for part in words.casefold().replace("@", " ").replace(".", " ").split()}
    for part in sorted((part for part in parts if len(part) > 2), key=len, reverse=True):
        rest = rest.replace(part, "")
    return len(rest)
