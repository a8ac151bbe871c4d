"""Files of references: which form one has, and what each of its rows says, or why it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from kg.errors import BadInput
from kg.importing import bibtex, csl, ris
from kg.importing.decoding import decode
from kg.importing.references import Reference, clean

LARGEST_BYTES, MOST_ROWS = 64_000_000, 20_000
"""Of one file. Ten thousand records with their abstracts take about 30 MB."""
FORMS = {"bib": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}
_SUFFIXES = {".bib": "bib", ".bibtex": "bib", ".biblatex": "bib", ".ris": "ris", ".json": "csl", ".csljson": "csl"}


@dataclass(frozen=True)
class Row:
    """One row of a file.

    Attributes:
        number: from 1 on.
        line: where it begins in the file; 0 where the form has no lines.
        reference: what it says; None where it is refused.
        refused: why, and what would do; empty where it is not.
    """

    number: int
    line: int
    reference: Reference | None
    refused: str = ""


@dataclass(frozen=True)
class File:
    """A file of references, split into rows that are not yet read.

    Attributes:
        form: a key of `FORMS`.
        encoding: how it was written, in words.
        rows: what to do to read each, with the line in which it begins.
    """

    form: str
    encoding: str
    rows: tuple[tuple[int, Callable[[], Reference]], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def read(self) -> Iterator[Row]:
        """Each row; what is wrong with one does not keep the others."""
        for number, (line, read) in enumerate(self.rows, 1):
            yield _row(number, line, read)

    @property
    def remark(self) -> str:
        """What its reader should know of how it was read; empty where all was as it should be."""
        if self.encoding != "Windows-1252":
            return ""
        return "The file is not UTF-8; it was read as Windows-1252 (Latin-1). Look at the accents before you go on."


def open_file(data: bytes, name: str = "") -> File:
    """A file of references, in whichever form it has.

    Args:
        data: the file.
        name: how it is called; its suffix decides where the content leaves it open.

    Raises:
        BadInput: it is too large, no text, in no form known here, or holds nothing.
    """
    if len(data) > LARGEST_BYTES:
        raise BadInput(f"It is larger than {LARGEST_BYTES // 1_000_000} MB. Split it into several files.")
    text, encoding = decode(data)
    form = _form(text, name)
    rows = _SPLIT[form](text)
    if not rows:
        raise BadInput(f"It looks like {FORMS[form]}, but there is no reference in it.")
    if len(rows) > MOST_ROWS:
        raise BadInput(f"It holds {len(rows):,} references; {MOST_ROWS:,} can be taken in at once. Split the file.")
    return File(form, encoding, tuple(rows))


def _form(text: str, name: str) -> str:
    """The form: what the content begins with decides, the suffix where that could be several."""
    head = text.lstrip()[:1]
    if head in ("[", "{") and not bibtex.START.match(text.lstrip()):
        return "csl"
    found = [(match.start(), form) for form, start in _STARTS if (match := start.search(text))]
    if found:
        by_suffix = _SUFFIXES.get(PurePath(name).suffix.lower())
        forms = {form for _, form in found}
        return by_suffix if by_suffix in forms else min(found)[1]
    raise BadInput(
        "No reference was found in it. It must be BibTeX (entries begin with @article{ or the like), RIS (records "
        "begin with TY  -) or CSL-JSON (begins with [ )."
    )


_STARTS = (("bib", bibtex.START), ("ris", ris.START))


def _row(number: int, line: int, read: Callable[[], Reference]) -> Row:
    try:
        reference = read()
    except BadInput as error:
        return Row(number, line, None, str(error))
    problems = reference.problems()
    if problems:
        return Row(number, line, None, " ".join(words for _, words in problems))
    return Row(number, line, reference)


def _split_bibtex(text: str) -> list[tuple[int, Callable[[], Reference]]]:
    entries = bibtex.split(text)
    return [(line, partial(bibtex.parse, block, entries)) for line, block in entries.texts]


def _split_ris(text: str) -> list[tuple[int, Callable[[], Reference]]]:
    return [(line, partial(ris.parse, block)) for line, block in ris.split(text)]


def _split_csl(text: str) -> list[tuple[int, Callable[[], Reference]]]:
    return [(0, partial(csl.parse, record)) for record in csl.read_json(text)]


_SPLIT = {"bib": _split_bibtex, "ris": _split_ris, "csl": _split_csl}


def safe_name(name: str) -> str:
    """How a file that somebody sent is called, without folders and signs that mean something elsewhere."""
    last = PurePath(clean(name).replace("\\", "/")).name
    return "".join(letter for letter in last if letter not in '<>:"|?*').strip(" .")[-120:] or "references"
