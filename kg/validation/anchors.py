"""Anchors: whether each passage stands where the data say, in documents that somebody holds.

A passage is known by its start and end in the document's normalised text, the SHA-256 of that text and the
SHA-256 of the passage. So anybody with the document can check it, and nobody needs a copy of its words.
Source: architecture.md, decision 9; Web Annotation Data Model, §4.2.5 (positions count code points).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadInput
from kg.namespaces import local_of
from kg.queries import Passage


@dataclass(frozen=True)
class AnchorReport:
    """What came of checking anchors.

    Attributes:
        checked: how many passages were found where they should be.
        broken: passages whose words are others than those hashed, or that lie outside the text.
        missing: sources with passages whose document is not in the folder, with how many passages.
    """

    checked: int
    broken: tuple[str, ...]
    missing: dict[str, int]

    @property
    def holds(self) -> bool:
        """Whether every passage was checked and found."""
        return not self.broken and not self.missing


def normalise(text: str) -> str:
    """The text that positions count in: Unicode NFC, every run of white space one space, none at the ends."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_documents(folder: Path) -> dict[str, str]:
    """The normalised texts in a folder (`*.txt`, `*.md`), by their hash.

    Raises:
        BadInput: there is no such folder, or a document is not UTF-8 text.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder} is not a folder.")
    texts = {}
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md")):
        try:
            text = normalise(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise BadInput(f"{path} is not UTF-8 text: {error.reason} at byte {error.start}.") from error
        texts[sha256(text)] = text
    return texts


def check_anchors(passages: Sequence[Passage], folder: Path) -> AnchorReport:
    """Check passages against the documents in a folder, which are known by their hash, not by name."""
    texts = read_documents(folder)
    checked, broken, missing = 0, [], dict[str, int]()
    for passage in passages:
        text = texts.get(passage.textHash)
        if text is None:
            source = local_of(passage.source)
            missing[source] = missing.get(source, 0) + 1
        elif _holds(passage, text):
            checked += 1
        else:
            broken.append(local_of(passage.passage))
    return AnchorReport(checked, tuple(broken), missing)


def anchor_facts(document: Path, words: str) -> dict[str, int | str]:
    """What a passage with these words in this document must say: start, end and the two hashes.

    Raises:
        BadInput: the words do not occur, or occur more than once.
    """
    text, wanted = normalise(document.read_text(encoding="utf-8")), normalise(words)
    count = text.count(wanted) if wanted else 0
    if count != 1:
        raise BadInput(f"These words occur {count} times in {document}; give words that occur just once.")
    start = text.index(wanted)
    hashes = {"quoteHash": sha256(wanted), "textHash": sha256(text)}
    return {"start": start, "end": start + len(wanted), **hashes}


def _holds(passage: Passage, text: str) -> bool:
    inside = 0 <= passage.start < passage.end <= len(text)
    return inside and sha256(text[passage.start : passage.end]) == passage.quoteHash
