"""A table of claims: a template that spreadsheets open, and reading back what each of them makes of it."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.claiming import RowResult, check_sheet, lines, read_sheet, template
from kg.claiming.sheet import MOST_ROWS, safe
from kg.cli.main import main
from kg.errors import BadInput
from kg.search import Search
from kg.settings import Settings
from tests.claiming.claiming_support import CURATOR, DAY, MINIMAL, kit
from tests.data_support import whole


def table(*rows: dict[str, str], sign: str = ",", columns: tuple[str, ...] = ()) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign)
    keys = list(MINIMAL)
    writer.writerow(columns or [kit().claim[key].label for key in keys])
    writer.writerows([MINIMAL.get(key, "") if key not in row else row[key] for key in keys] for row in rows)
    return out.getvalue()


@cache
def search() -> Search:
    return Search(whole())


def checked(text: str) -> list[RowResult]:
    return check_sheet(kit(), search(), read_sheet(text.encode(), kit().claim), CURATOR, DAY)


def test_the_template_has_a_column_a_field_with_help_and_choices() -> None:
    header, needs, helps, writes = csv.reader(io.StringIO(template(kit().claim).decode("utf-8-sig")))
    fields = kit().claim.fields
    assert header[: len(fields)] == [field.label for field in fields]
    assert needs[0] == "# must be filled"
    assert helps[1 : len(fields)] == [field.help for field in fields[1:]]
    assert "cautions" in writes[header.index("Stance")]


def test_the_template_read_back_holds_no_row() -> None:
    assert read_sheet(template(kit().claim), kit().claim).rows == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(encoding: str, sign: str) -> None:
    text = table({"gist": "Größe, “quoted”; and more than that."}, sign=sign)
    sheet = read_sheet(text.encode(encoding), kit().claim)
    assert [row.typed["gist"] for row in sheet.rows] == [("Größe, “quoted”; and more than that.",)]
    assert sheet.notes == ()


def test_letters_of_windows_are_read_and_told() -> None:
    sheet = read_sheet(table({"gist": "Größe of a thing."}).encode("cp1252"), kit().claim)
    assert sheet.rows[0].typed["gist"] == ("Größe of a thing.",)
    assert "letters of Windows" in sheet.notes[0]


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    text = table({"gist": "One\r\nin two lines of a cell."}, {}, {"gist": ""}).replace("\r\n" + "p. 4", "\r\np. 4")
    assert [row.number for row in read_sheet(text.encode(), kit().claim).rows] == [2, 3, 4]


def test_remarks_and_empty_rows_are_passed_over() -> None:
    text = table({}) + "# a remark,,\r\n,,,\r\n'# one more\r\n"
    assert len(read_sheet(text.encode(), kit().claim).rows) == 1


@pytest.mark.parametrize("text", ["=1+1", "+44", "-x", "@SUM(A1)", "\tx", "＝1"])
def test_what_a_spreadsheet_would_run_is_made_safe_and_given_back(text: str) -> None:
    assert safe(text) == f"'{text}"
    row = read_sheet(table({"locator": safe(text)}).encode(), kit().claim).rows[0]
    assert row.typed["locator"] == (text.strip(),)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"Subject,Relation\n1,2", "Missing: Object"),
        (b"\xff\xfeodd", "no text that can be read"),
        (b"a\x00b,c", "no spreadsheet writes"),
        (b'"never closed', "cannot be read"),
        (b"x" * (9 << 20), "8 MB are the most"),
        ((table() + "x\r\n" * (MOST_ROWS + 1)).encode(), "5,000 are the most"),
    ],
    ids=range(7),
)
def test_what_is_no_table_is_told(data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read_sheet(data, kit().claim)


def test_names_are_taken_for_things_and_what_is_wrong_is_told_by_row_and_field() -> None:
    results = checked(
        table(
            {"claimSubject": "Routine use of action research"}, {"claimObject": "no such thing"}, {"stance": "neutral"}
        )
    )
    assert results[0].refused == ()
    assert results[0].row.typed["claimSubject"] == ("tactic/action-research",)
    told = lines(kit().claim, results)
    assert told[0].startswith("Row 3, Object: “no such thing” names nothing here exactly.")
    assert told[1].startswith("Row 4, Stance: Choose one stance")


def test_the_same_reading_in_two_rows_is_told() -> None:
    results = checked(table({}, {"gist": "The same reading in other words."}))
    assert [bool(result.refused) for result in results] == [False, True]
    assert "same reading as in row 2" in str(results[1].refused[0])


def test_on_the_command_line(seeded: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAPBRIDGE_DATA", str(seeded.data))
    runner = CliRunner()
    empty = runner.invoke(main, ["claims", "template"])
    assert empty.stdout_bytes == template(kit().claim)
    file = tmp_path / "claims.csv"
    file.write_text(table({}), encoding="utf-8")
    fine = runner.invoke(main, ["validate", str(file)])
    assert (fine.exit_code, "1 in order, 0 refused" in " ".join(fine.output.split())) == (0, True)
    file.write_text(table({}, {"stance": "neutral"}), encoding="utf-8")
    wrong = runner.invoke(main, ["validate", str(file)])
    assert wrong.exit_code == 1
    assert "Row 3, Stance: Choose one stance" in " ".join(wrong.output.split())
