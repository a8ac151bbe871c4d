"""Many claims at once, in a table: a template out of the form, and reading what a spreadsheet made of it.

The template's columns are the fields of the form; help and choices stand below the header in rows that begin with `#`
and are passed over. Spreadsheets write such tables with commas, semicolons or tabs, in UTF-8 with or without a mark, in
UTF-16, or in the letters of Windows; all of these are read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.claiming.anchor import KEYS
from kg.claiming.form import CHOICE, REQUIRED, THING, WANTED, Field, Form
from kg.claiming.typed import Fault, clean, read_typed
from kg.errors import BadInput

LARGEST, MOST_ROWS = 8 << 20, 5_000
_REMARK = "#"
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_SIGNS = ",;\t"
_NEEDS = {REQUIRED: "must be filled", WANTED: "should be filled"}
_POSITION = "Only with `gapbridge anchor`: the four values that it prints."


@dataclass(frozen=True)
class SheetRow:
    """A row of a table.

    Attributes:
        number: as a spreadsheet counts it, the header being 1.
        typed: texts by field.
        faults: what of it cannot be read.
    """

    number: int
    typed: Mapping[str, tuple[str, ...]]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Sheet:
    """A table that was read.

    Attributes:
        rows: those that hold something.
        notes: how it was read, where that is not just as it stood; for the person who made it.
    """

    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...]


def template(form: Form) -> bytes:
    """An empty table to fill in, with help and choices below its header (CSV in UTF-8 with a mark, RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([field.label for field in form.fields] + list(KEYS))
    for remark in _remarks(form):
        cells = [safe(cell) for cell in remark]
        writer.writerow([f"{_REMARK} {cells[0]}", *cells[1:]])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _remarks(form: Form) -> Iterable[list[str]]:
    yield [_NEEDS.get(field.need, "may be left out") for field in form.fields] + ["may be left out"] * len(KEYS)
    yield [field.help for field in form.fields] + [_POSITION, *[""] * (len(KEYS) - 1)]
    yield [_what_to_write(field) for field in form.fields] + [""] * len(KEYS)


def _what_to_write(field: Field) -> str:
    several = " Several: put ; between them." if field.many else ""
    if field.kind == CHOICE:
        return "One of: " + "; ".join(_end(choice.value) for choice in field.choices) + "." + several
    if field.kind == THING:
        return "The exact name, or kind/name as in its address (tactic/two-way-communication)." + several
    bounds = f"{field.shortest} to {field.longest} characters" if field.longest else "Words"
    return f"{bounds}.{several}"


def _end(value: str) -> str:
    return value.rpartition("/")[2]


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV Injection); `_plain` gives it back."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def read_sheet(data: bytes, form: Form) -> Sheet:
    """The rows of a table.

    Args:
        data: the file.
        form: what is asked of each row.

    Raises:
        BadInput: it is no such table, or too large.
    """
    if len(data) > LARGEST:
        raise BadInput(f"This table has {len(data) >> 20} MB; {LARGEST >> 20} MB are the most. Divide it.")
    text, notes = _decoded(data)
    lines = _cells(text)
    header = next(lines, None)
    if header is None:
        raise BadInput("This table is empty. `gapbridge claims template` gives one to fill in.")
    columns, unknown = _columns(header[1], form)
    if unknown:
        notes.append(f"Columns that no field is called by were passed over: {', '.join(unknown)}.")
    rows = [row for number, cells in lines if (row := _row(number, cells, columns, form))]
    if len(rows) > MOST_ROWS:
        raise BadInput(f"This table has {len(rows):,} rows; {MOST_ROWS:,} are the most. Divide it.")
    return Sheet(tuple(rows), tuple(notes))


def _decoded(data: bytes) -> tuple[str, list[str]]:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or b"\x00" in data:
            raise BadInput("This is no text that can be read. Save the table as “CSV UTF-8”.") from error
    note = "The table is not in UTF-8; it was read in the letters of Windows. Look at names with accents."
    return data.decode("cp1252", "replace"), [note]


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that hold something, with the number of each; remarks are left out."""
    if "\x00" in text:
        raise BadInput("This table holds characters that no spreadsheet writes. Save it as “CSV UTF-8”.")
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = max(_SIGNS, key=first.count)
    csv.field_size_limit(LARGEST)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True), start=1):
            if any(cell.strip() for cell in cells) and not cells[0].lstrip("'").startswith(_REMARK):
                yield number, cells
    except csv.Error as error:
        raise BadInput(f"This table cannot be read: {error}. Save it as “CSV UTF-8”.") from error


def _columns(header: Sequence[str], form: Form) -> tuple[list[str], list[str]]:
    """The field of each column, by its name or its key; empty where it is none of them.

    Raises:
        BadInput: a column that is needed is not there, or one is there twice.
    """
    names = {clean(f.label).casefold(): f.key for f in reversed(form.fields)}
    names |= {f.key.casefold(): f.key for f in form.fields} | {key.casefold(): key for key in KEYS}
    found = [names.get(clean(cell).casefold(), "") for cell in header]
    missing = [f.label for f in form.fields if f.need == REQUIRED and f.key not in found]
    if missing:
        told = "The first row must name the columns. Missing: "
        raise BadInput(f"{told}{', '.join(missing)}. `gapbridge claims template` gives them all.")
    twice = sorted({key for key in found if key and found.count(key) > 1})
    if twice:
        raise BadInput(f"Columns that stand there twice: {', '.join(twice)}.")
    return found, [clean(cell)[:60] for cell, key in zip(header, found, strict=True) if not key and cell.strip()]


def _row(number: int, cells: Sequence[str], columns: Sequence[str], form: Form) -> SheetRow | None:
    given: dict[str, list[str]] = {}
    for key, cell in zip(columns, cells, strict=False):
        text = _plain(cell)
        if key and text.strip():
            several = key in form and form[key].many
            given[key] = _SEVERAL.split(text.strip()) if several else [text]
    if not given:
        return None
    typed, faults = read_typed(given)
    over = [cell for cell in cells[len(columns) :] if cell.strip()]
    if over:
        told = f"This row has {len(cells)} cells, the header {len(columns)}."
        faults = (*faults, Fault("", told, "Put texts that hold the separator in quotes."))
    return SheetRow(number, typed, faults)


def _plain(cell: str) -> str:
    """A cell as it was before somebody made it safe."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell
