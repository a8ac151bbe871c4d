"""Figures by size: growth is told for a tenfold, and what grows more than it is meant to is marked."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from benchmarks.bases import copied, made_base, noted
from benchmarks.comparison import Cell
from benchmarks.growing import LINEAR, Kind, Sized, bends, growth, head, table
from benchmarks.growth import KINDS, Growth
from kg.contributing import home, open_base

SPEED = Kind("path")
WHOLE = Kind("map", bends=LINEAR)
RATE = Kind("rate", "/s", more_is_better=True)


def sized(statements: int, **cells: Cell) -> Sized:
    return Sized(statements, cells, head(statements))


def test_growth_is_told_for_a_tenfold() -> None:
    small, large = sized(1_000_000, path=Cell([0.001])), sized(100_000_000, path=Cell([0.004]))
    assert growth(SPEED, small, large) == pytest.approx(2)


@pytest.mark.parametrize(
    ("kind", "before", "after", "bent"),
    [
        (SPEED, 0.001, 0.0019, False),
        (SPEED, 0.001, 0.0021, True),
        (WHOLE, 0.1, 1.1, False),
        (WHOLE, 0.1, 1.3, True),
        (RATE, 1000, 3000, False),
        (RATE, 1000, 400, True),
    ],
)
def test_what_grows_more_than_it_is_meant_to_is_marked(kind: Kind, before: float, after: float, bent: bool) -> None:
    sizes = [sized(10**6, **{kind.what: Cell([before])}), sized(10**7, **{kind.what: Cell([after])})]
    assert (bends([kind], sizes) != []) is bent
    assert table([kind], sizes).endswith("**bends** |\n") is bent


def test_an_answer_that_is_lost_is_a_bend() -> None:
    sizes = [sized(10**6, map=Cell([9.0])), sized(10**7, map=Cell(words="none in 30 s"))]
    assert table([WHOLE], sizes).splitlines()[2] == "| map | 9 s | none in 30 s | **bends** |"
    assert bends([WHOLE], sizes) == ["map: 9 s with 1 M, none in 30 s with 10 M"]


def test_what_was_measured_before_comes_back_as_it_was(tmp_path: Path) -> None:
    found = sized(10**6, path=Cell([0.5, 1.5]), map=Cell(words="none in 30 s"), memory=Cell([200.0], unit="MB"))
    found.write(tmp_path / "measured.json")
    assert Sized.read(tmp_path / "measured.json") == found


def test_what_nobody_measured_has_no_line() -> None:
    assert len(table([SPEED, WHOLE], [sized(10**6, path=Cell([1.0]))]).splitlines()) == 3


def test_what_had_no_answer_is_not_asked_of_larger_bases() -> None:
    failed: set[str] = set()
    Growth(argparse.Namespace(seconds=1), failed).fail("map", "none in 30 s")
    larger = Growth(argparse.Namespace(seconds=1), failed)
    assert larger.knows("map")
    assert not larger.knows("path")


def test_every_kind_of_figure_has_a_name_of_its_own() -> None:
    assert len({kind.what for kind in KINDS}) == len(KINDS)


def test_a_base_too_large_for_a_file_comes_through_a_pipe_and_its_copy_may_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.bases._BYTES_OF_FILE_AND_STORE", 1 << 60)
    settings = made_base(tmp_path, 1000)
    assert not (tmp_path / "base.nq").exists()
    assert noted(tmp_path).keys() == {"load_seconds", "load_megabytes", "through_a_pipe"}
    copy = copied(settings, tmp_path / "copy")
    assert len(open_base(copy)) == len(open_base(settings)) > 1000
    (home(copy).folder / "journal" / "00000001.rdfp").unlink()
    assert home(settings).journal.head == 1
