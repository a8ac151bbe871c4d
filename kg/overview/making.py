"""Answering all questions about the whole base into a file that pages are read from: once, then by what changes touch.

A question's query tells in its header which rows a changed statement can touch (`kg.queries.narrowed`): these go out of
the file, and what the query gives for them now comes in. So what a change costs goes by what it touches.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.overview.answers import Answers
from kg.overview.counting import COUNTS, IN_PHASES, STATUSES
from kg.overview.maps import MAP_CELLS, MAP_CLAIMS, MAP_COLUMNS, MAP_LEFT_OUT, MAP_ROWS, MAP_TOLD
from kg.overview.questions import (
    CAUSES,
    COVERED,
    COVERING,
    GAPS,
    GAPS_ALONE,
    LISTS,
    PHASES,
    SHOWN_BY,
    SIGNS,
    SOURCE_VALUES,
    SOURCES,
    TACTICS,
    UNBACKED,
    WANTED_AT_MOST,
    WANTED_KEPT,
    WORK,
    Question,
)
from kg.overview.sums import Sums
from kg.overview.touching import Touched, changed
from kg.overview.whole import Whole
from kg.queries import WORKLISTS
from kg.store import Engine, Patch, sync

ASKED: tuple[Question[Any], ...] = (
    CAUSES, SIGNS, SHOWN_BY, PHASES, COVERED, COVERING, TACTICS, UNBACKED, GAPS_ALONE, SOURCES, SOURCE_VALUES, WORK,
    GAPS, COUNTS, *LISTS.values(),
    *(asked[across] for across in MAP_CELLS for asked in (MAP_CELLS, MAP_CLAIMS)),
)  # fmt: skip
"""What queries answer, those of one map after the other."""
_SUMMED: tuple[Question[Any], ...] = (
    STATUSES, IN_PHASES,
    *(asked[across] for across in MAP_CELLS for asked in (MAP_ROWS, MAP_COLUMNS, MAP_LEFT_OUT, MAP_TOLD)),
)  # fmt: skip
QUESTIONS = (*ASKED, *_SUMMED)
MOST_STATEMENTS = 5000
"""A change of more statements than this is faster answered whole."""


def make(engine: Engine, path: Path) -> None:
    """Write the file; it appears when it is whole.

    Args:
        engine: the revision.
        path: where the file is to lie.
    """
    draft = _draft(path)
    answers, whole = Answers(draft, engine), Whole(engine)
    sums = Sums(answers)
    for question in ASKED:
        rows = list(question.ask(whole, None))
        sums.tell(question, (), rows)
        answers.put_in(question, () if question is COUNTS else rows)
    sums.write()
    _publish(answers, draft, path)


def update(engine: Engine, patches: Sequence[Patch], before: Path, path: Path) -> bool:
    """Write the file out of that of an older revision; gives whether that is worth it, else nothing is written.

    Args:
        engine: the revision.
        patches: the changes since the older one, in their order.
        before: the older one's file.
        path: where the file is to lie.
    """
    removed, added = changed(patches)
    if len(removed) + len(added) > MOST_STATEMENTS:
        return False
    draft = _draft(path)
    shutil.copyfile(before, draft)
    answers, whole = Answers(draft, engine), Whole(engine)
    sums, touched = Sums(answers), Touched(engine, removed, added)
    for question in ASKED:
        _ask_again(question, answers, whole, sums, touched)
    sums.write()
    _publish(answers, draft, path)
    return True


def _ask_again(question: Question[Any], answers: Answers, whole: Whole, sums: Sums, touched: Touched) -> None:
    """Have what a change touches of a question answered as it is now."""
    keys = touched.keys(question.query)
    new = list(question.ask(whole, keys))
    if question is COUNTS:
        gone = answers.take_out(question) if keys is None else list(question.ask(touched.before, keys))
        sums.tell(question, () if keys is None else gone, new)
        return
    about = None if keys is None else [" ".join(key) for key in keys]
    go_on = _lists_that_go_on(answers) if question is WORK else set()
    sums.tell(question, answers.take_out(question, about), new)
    answers.put_in(question, new)
    if go_on - _lists_that_go_on(answers):
        answers.take_out(WORK)
        answers.put_in(WORK, WORK.ask(whole, None))
    for kind in go_on:
        answers.cut(WORK, kind, WANTED_KEPT)


def _lists_that_go_on(answers: Answers) -> set[str]:
    """The work lists of which as much is kept as is shown: there may be more, of which no more is kept."""
    return {kind for kind in WORKLISTS if answers.of_key(WORK, kind) >= WANTED_AT_MOST}


def _publish(answers: Answers, draft: Path, path: Path) -> None:
    answers.close(QUESTIONS)
    sync(draft)  # or a power cut might leave half a file under the whole one's name
    draft.rename(path)


def _draft(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    return draft
