"""Readers of our own for what the writers write, each after its format's rules and not after the writer's code."""

from __future__ import annotations

import re
import unicodedata

_LATEX = {
    r"{\textbackslash}": "\\", r"{\textbraceleft}": "{", r"{\textbraceright}": "}", r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^", r"{\textless}": "<", r"{\textgreater}": ">", r"{\textbar}": "|",
    r"{\textendash}": "–", r"{\textemdash}": "—", r"{\textquoteleft}": "‘", r"{\textquoteright}": "’",
    r"{\textquotedblleft}": "“", r"{\textquotedblright}": "”", r"{\textellipsis}": "…", r"{\textbullet}": "•",
    r"{\textcopyright}": "©", r"{\textregistered}": "®", r"{\S}": "§", r"{\pounds}": "£", r"{\texteuro}": "€",
    r"{\textdegree}": "°", r"{\ss}": "ß", r"{\ae}": "æ", r"{\AE}": "Æ", r"{\oe}": "œ", r"{\OE}": "Œ", r"{\o}": "ø",
    r"{\O}": "Ø", r"{\l}": "ł", r"{\L}": "Ł", r"{\i}": "ı", r"{\textexclamdown}": "¡", r"{\textquestiondown}": "¿",
    r"\$": "$", r"\&": "&", r"\#": "#", r"\_": "_", r"\%": "%",
}  # fmt: skip
_MARKS = {
    "`": "GRAVE ACCENT", "'": "ACUTE ACCENT", "^": "CIRCUMFLEX ACCENT", "~": "TILDE", "=": "MACRON", "u": "BREVE",
    ".": "DOT ABOVE", '"': "DIAERESIS", "r": "RING ABOVE", "H": "DOUBLE ACUTE ACCENT", "v": "CARON",
    "d": "DOT BELOW", "c": "CEDILLA", "k": "OGONEK",
}  # fmt: skip
_TOKEN = re.compile(
    r"\{\\(?:[a-zA-Z]+)\}|\{\\(?P<accent>[`'^~=.\"])(?P<base>[a-zA-Z])\}"
    r"|\{\\(?P<letter>[uHvrdck])\{(?P<under>[a-zA-Z])\}\}|\\[$&#_%]"
)


def from_latex(text: str) -> str:
    """What LaTeX prints for a text in which nothing but the writer's commands may stand."""

    def printed(found: re.Match[str]) -> str:
        accent = found["accent"] or found["letter"]
        if not accent:
            return _LATEX[found[0]]
        mark = unicodedata.lookup(f"COMBINING {_MARKS[accent]}")
        return unicodedata.normalize("NFC", (found["base"] or found["under"]) + mark)

    bare = _TOKEN.sub("", text)
    assert not set(bare) & set("\\{}$&#_%^~"), f"LaTeX would trip over {bare!r}"
    return _TOKEN.sub(printed, text)


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Entries by key: their fields as they stand between the outer braces, and their kind under `@`."""
    found: dict[str, dict[str, str]] = {}
    for start in re.finditer(r"^@(\w+)\{([^,\s]+),$", text, re.MULTILINE):
        place, fields = start.end(), {"@": start[1]}
        while (field := re.compile(r"\s*(\w+) = \{").match(text, place)) is not None:
            end = _closing(text, field.end())
            fields[field[1]] = text[field.end() : end]
            assert text[end : end + 2] == "},"
            place = end + 2
        assert text[place:].lstrip().startswith("}")
        assert start[2] not in found
        found[start[2]] = fields
    return found


def _closing(text: str, place: int) -> int:
    """Where the brace closes that opened before a place; BibTeX counts every brace, also one after a backslash."""
    depth = 1
    while depth:
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        place += 1
    return place - 1


def people(field: str) -> list[str]:
    """Names of an author field, cut at each “and” that no brace holds together, as LaTeX prints them."""
    parts, depth, now = [], 0, ""
    for piece in re.split(r"([{}]|\s+and\s+)", field):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if depth == 0 and re.fullmatch(r"\s+and\s+", piece):
            parts.append(now)
            now = ""
        else:
            now += piece
    return [_name(part) for part in [*parts, now]]


def _name(text: str) -> str:
    """A name, or its family and given part joined by “|”."""
    depth = 0
    for place, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            return f"{_unbraced(text[:place])}|{_unbraced(text[place + 1 :].strip())}"
    return _unbraced(text)


def _unbraced(text: str) -> str:
    whole = text.startswith("{") and not text.startswith("{\\") and _closing(text, 1) == len(text) - 1
    if not whole and text.startswith("{\\") and _closing(text, 1) == len(text) - 1 and not _TOKEN.fullmatch(text):
        whole = True
    return from_latex(text[1:-1] if whole else text)


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Records as tags with values; fails on a line that is not `XX  - value` with CR LF, or an open record."""
    records: list[list[tuple[str, str]]] = []
    assert text == "" or text.endswith("\r\n")
    for line in text.split("\r\n")[:-1]:
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert found, line
        assert "\n" not in line
        assert "\r" not in line
        if found[1] == "TY":
            records.append([])
        records[-1].append((found[1], found[2]))
    assert all(record[-1] == ("ER", "") and [tag for tag, _ in record].count("ER") == 1 for record in records)
    return records
