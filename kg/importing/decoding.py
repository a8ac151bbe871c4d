"""Bytes as text: what a file is, in which letters it was written, and why it is refused where it is none of ours."""

from __future__ import annotations

import codecs
import re

from kg.errors import BadInput

_FOREIGN = (
    (b"%PDF", "a PDF: the text of a work, not a reference to it"),
    (b"PK\x03\x04", "an archive (zip, or an office document). Unpack it first"),
    (b"PK\x05\x06", "an empty archive"),
    (b"\x1f\x8b", "a packed file (gzip). Unpack it first"),
    (b"BZh", "a packed file (bzip2). Unpack it first"),
    (b"\xfd7zXZ\x00", "a packed file (xz). Unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a packed file (zstd). Unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z). Unpack it first"),
    (b"Rar!", "an archive (rar). Unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\x00", "a database. Export references from the program that made it"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "a formatted text (RTF)"),
)
_MARKUP = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|\?xml|xml|svg|!--)", re.IGNORECASE)
_EXPORT = "Export the references as BibTeX, RIS or CSL-JSON, which Zotero, Mendeley and EndNote all can."
_HEAD = 20_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def decode(data: bytes) -> tuple[str, str]:
    """Bytes as text, and the name of how they were written.

    Without a mark at its head a text is UTF-8 where it can be; else Windows-1252, of which Latin-1 is a part and
    which older programs write.

    Raises:
        BadInput: it is empty, or no text.
    """
    if not data.strip():
        raise BadInput("There is nothing in it.")
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise BadInput(f"This is {what}. {_EXPORT}")
    text, name = _text(data)
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text or _controls(text) > 5 + len(text[:_HEAD]) // 50:
        raise BadInput(f"This is no text. {_EXPORT}")
    if _MARKUP.match(text):
        raise BadInput(f"This is a web page or XML. {_EXPORT}")
    return text, name


def _text(data: bytes) -> tuple[str, str]:
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _by(data.removeprefix(mark) if codec == "utf-8" else data, codec, name)
    if half := _half_empty(data):
        return _by(data, half, "UTF-16")
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def _by(data: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        return data.decode(codec), name
    except UnicodeDecodeError as error:
        raise BadInput(f"It says it is {name}, but it is broken at byte {error.start}. Save it as UTF-8.") from error


def _half_empty(data: bytes) -> str:
    """UTF-16 without a mark: of letters of the West every second byte is nothing."""
    head = data[:2_000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 < len(head) * 4 or min(even, odd) * 10 > len(head):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _controls(text: str) -> int:
    head = text[:_HEAD]
    return sum(head.count(letter) for letter in _CONTROLS)


_CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\t\n\f"]
