"""Printing: tables and cards for people, JSON for tools."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from threading import Event, Thread
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

console = Console(highlight=False, width=None if sys.stdout.isatty() else 1_000)
"""As wide as the window; so wide that nothing is cut where the output goes to a file or a pipe."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a tool.")


def print_json(value: Any) -> None:
    """A value as indented JSON; dataclasses become objects, tuples arrays."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table as wide as the window; plain lines where nobody is looking."""
    table = Table(*columns, title=title or None, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    console.print(table)


@contextmanager
def working(text: str) -> Iterator[Callable[[str], None]]:
    """Show that work goes on, once it has gone on for a second; silent where nobody is looking.

    Gives what takes another text, as the work goes on.
    """
    done, texts = Event(), deque([text], maxlen=1)
    shower = Thread(target=_show, args=(texts, done), daemon=True)
    if sys.stderr.isatty():
        shower.start()
    try:
        yield texts.append
    finally:
        done.set()
        if shower.is_alive():
            shower.join()


def _show(texts: deque[str], done: Event) -> None:
    if done.wait(1):
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(texts[0], total=None)
        while not done.wait(0.1):
            progress.update(task, description=texts[0])


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
