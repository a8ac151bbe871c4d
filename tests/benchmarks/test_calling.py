"""How benchmarks are called: each has a help of its own, and what is wrong is said before anything is measured."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import PARTS, main


@pytest.mark.parametrize("part", ["", *PARTS])
def test_each_has_a_help(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*filter(None, [part]), "--help"])
    assert ended.value.code == 0
    called = part if part not in ("", "table") else "[table]"
    assert capsys.readouterr().out.startswith(f"usage: python -m benchmarks {called} ")


def test_the_help_names_every_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(f"  {part} " in said for part in PARTS)


def test_an_unknown_benchmark_is_named_with_those_that_there_are() -> None:
    with pytest.raises(SystemExit, match=r"no benchmark “speed”\. There are: table, growth"):
        main(["speed"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--triples", "few"], "“few” is no number of statements"),
        (["--triples", "10"], "a base has 1000 at least"),
        (["--seconds", "0"], "“0” is no number of seconds above 0"),
        (["--keep", __file__], "is no folder"),
        (["--peers", "Nobody"], "invalid choice: 'Nobody'"),
    ],
)
def test_what_is_wrong_is_said(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
