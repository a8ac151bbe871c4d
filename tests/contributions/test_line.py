"""Writers have their turn in the order in which they came, or are told within their time."""

from __future__ import annotations

import threading
import time

import pytest

from kg.contributions.line import Line
from kg.errors import ServerBusy


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    line, served = Line(), list[int]()

    def come(number: int) -> None:
        with line.turn(60):
            served.append(number)

    with line.turn(60):
        threads = [threading.Thread(target=come, args=(number,)) for number in range(30)]
        for place, thread in enumerate(threads, 2):
            thread.start()
            while line.length < place:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert served == list(range(30))


def test_whoever_gives_up_holds_nobody_up() -> None:
    line = Line()
    with line.turn(1):
        with pytest.raises(ServerBusy, match="Nothing was changed"), line.turn(0.01):
            pass
        assert line.length == 1
    with line.turn(0):
        assert line.length == 1


def test_who_stands_in_a_line_that_moves_is_patient() -> None:
    line, begun = Line(), threading.Event()

    def come() -> None:
        with line.turn(60):
            begun.set()

    with line.turn(60):
        others = [threading.Thread(target=come) for _ in range(3)]
        for place, thread in enumerate(others, 2):
            thread.start()
            while line.length < place:
                time.sleep(0.001)
        quitting = threading.Thread(target=_quit, args=(line,))
        quitting.start()
        quitting.join()  # one who gave up moves the line as well, but hands the turn to nobody
        assert not begun.is_set()
    for thread in others:
        thread.join()
    assert line.length == 0


def _quit(line: Line) -> None:
    with pytest.raises(ServerBusy), line.turn(0.01):
        pass
