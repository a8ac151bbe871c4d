"""How each benchmark is called: the options that several of them share."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path


def parser(part: str, description: str | None, more: str = "") -> argparse.ArgumentParser:
    """A parser for one benchmark; the description is its module's text, `more` is printed at the end as it stands."""
    called = f"python -m benchmarks {part}".strip()
    return argparse.ArgumentParser(
        prog=called, description=description, epilog=more, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def add_sizes(to: argparse.ArgumentParser, default: Sequence[int]) -> None:
    """Which made-up bases: `--triples`, `--keep`."""
    sizes = " ".join(map(str, default)) or "none"
    to.add_argument(
        "--triples", type=_size, nargs="+", default=list(default), metavar="N", help=f"sizes of the bases ({sizes})"
    )
    to.add_argument("--keep", type=_folder, metavar="FOLDER", help="where made-up bases stay for the next run")


def add_write(to: argparse.ArgumentParser) -> None:
    """`--write`."""
    to.add_argument("--write", action="store_true", help="keep the table in benchmarks/results")


def seconds(text: str) -> float:
    """A time above nothing.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 86_400:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of seconds above 0")
    return value


def _size(text: str) -> int:
    try:
        value = int(text.replace("_", "").replace(",", ""))
    except ValueError:
        value = 0
    if value < 1000:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of statements; a base has 1000 at least")
    return value


def _folder(text: str) -> Path:
    folder = Path(text)
    if folder.exists() and not folder.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is no folder")
    folder.mkdir(parents=True, exist_ok=True)
    return folder.absolute()
