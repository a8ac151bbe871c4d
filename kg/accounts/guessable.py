"""Passwords that guessers try first: the words, runs of keys and numbers that most people take.

The words are those that head every published count of leaked passwords, in the languages of this field's readers; only
what is left of them in 12 characters and more has to be found here. Source: NIST SP 800-63B, section 5.1.1.2.
"""

from __future__ import annotations

import re
from mmap import ACCESS_READ, mmap
from pathlib import Path

_TOLD = """
    password passwort passw0rd motdepasse contrasena contraseña wachtwoord senha parola hasło qwerty qwertz azerty
    letmein iloveyou ihateyou welcome willkommen bienvenue bienvenido bemvindo admin administrator root login logon
    signin user guest test testing temp secret geheim changeme changeit default master access system server public
    private monkey dragon football fussball baseball basketball soccer hockey sunshine princess superman batman
    spiderman pokemon starwars trustno whatever shadow michael charlie jordan thomas daniel jessica ashley hello hallo
    bonjour freedom computer internet samsung google facebook linkedin microsoft windows liverpool chelsea arsenal
    manchester barcelona london summer winter spring autumn sommer monday friday january february march april june july
    august september october november december ninja mustang flower cookie cheese chocolate banana killer pepper
    correcthorsebatterystaple thequickbrownfox maythefourth opensesame nothing something government ministry policy
"""
_WORDS = sorted(_TOLD.split(), key=len, reverse=True)
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm",
    "azertyuiop", "qsdfghjklm", "wxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "!@#$%^&*()",
)  # fmt: skip
"""Letters, digits and keys in the order in which they come."""
_SHORTEST_RUN = 4
_FEWEST_OWN = 6
"""So many letters must be somebody's own where the rest is what everybody takes."""
_SWAPPED = str.maketrans("@4301!$57", "aaeolisst")


def is_common(password: str) -> bool:
    """Whether it is made of what most people take, with little of one's own."""
    plain = password.casefold()
    return any(_is_made_up(text) for text in (plain, plain.translate(_SWAPPED)))


def is_listed(password: str, file: Path) -> bool:
    """Whether it is a line of a file, which may be a large one: it is looked through and not held."""
    if not file.stat().st_size:
        return False
    wanted = password.encode("utf-8", "surrogatepass")
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as text:
        at = text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if text[max(0, at - 1) : at] in (b"", b"\n") and text[end : end + 1] in (b"", b"\n", b"\r"):
                return True
            at = text.find(wanted, at + 1)
    return False


def repeats(password: str, shortest: int) -> bool:
    """Whether it is one part again and again, which by itself would be too short."""
    found = re.fullmatch(r"(.+?)\1+", password.casefold(), re.DOTALL)
    return found is not None and len(found[1]) < shortest // 2


def _is_made_up(text: str) -> bool:
    whole = "".join(text.split())
    rest = "".join(_without_runs(text).split())
    for word in _WORDS:
        rest = rest.replace(word, "-")
    return rest != whole and sum(letter.isalpha() for letter in rest) < _FEWEST_OWN


def _without_runs(text: str) -> str:
    """Without what follows the keys of a board, the alphabet or the numbers, forwards or backwards."""
    found, place = [], 0
    while place < len(text):
        length = _run(text[place:])
        found.append("-" if length else text[place])
        place += length or 1
    return "".join(found)


def _run(text: str) -> int:
    """How long the run is that a text begins with; 0 for none."""
    rows = [way for row in _ROWS for way in (row, row[::-1])]
    fits = (length for row in rows for length in range(_SHORTEST_RUN, len(text) + 1) if text[:length] in row)
    return max(fits, default=0)
