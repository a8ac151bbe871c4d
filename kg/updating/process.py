"""The process that makes one change: `python -m kg.updating.process`, started by `kg.updating.run` alone.

What a stranger wrote is read and run by a child of it (`kg.store.trial`), which has ended before the writer's lock is
taken: the writer gets to see statements in and out, and nothing else.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from kg.contributing import commit, home, introduction, violations
from kg.errors import Conflict, GapbridgeError
from kg.settings import EngineAddress, Settings
from kg.store import Change, Quad, wire
from kg.store.failures import told
from kg.store.trial import Proposal, difference

SHOWN = 200
"""So many statements are told one by one."""


def main(control: socket.socket) -> None:
    """Take the job, do it, say what became of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    message = wire.receive(control)
    os.register_at_fork(after_in_child=control.close)  # what comes next on it is not for who tries a stranger's text
    try:
        answer = _outcome(message.head, message.files[0], control)
    except GapbridgeError as error:
        answer = told(error)
    wire.send(control, answer)


def _outcome(job: dict[str, Any], file: int, control: socket.socket) -> dict[str, Any]:
    settings = Settings(**{**job["settings"], "data": Path(job["settings"]["data"])})
    with os.fdopen(file, "rb") as data:
        data.seek(0)
        found = difference(home(settings), settings, _proposal(job["proposal"]), data)
    if job["base"] not in (None, found.base):
        raise Conflict(job["base"], found.base)
    change = Change(found.base, found.added, found.removed, job["agent"], job["message"])
    if job["person"] and (found.added or found.removed):
        known = introduction(home(settings).reader(0), job["agent"], job["person"])
        change = replace(change, added=change.added | known)
    outcome = {"base": found.base, "added": len(found.added), "removed": len(found.removed), "lines": _lines(change)}
    if not change.added and not change.removed:
        return {**outcome, "revision": found.base}
    if job["dry_run"]:
        wrong = [asdict(violation) for violation in violations(settings, change)]
        return {**outcome, "revision": found.base, "violations": wrong}
    return {**outcome, "revision": commit(_writing(settings, wire.receive(control).head), change)}


def _writing(settings: Settings, secrets: dict[str, Any]) -> Settings:
    """The settings under which it may be written."""
    if not secrets:
        return settings
    lists = {name: tuple(secrets["engine"][name]) for name in ("query", "update", "graphs")}
    engine = EngineAddress(**{**secrets["engine"], **lists})
    password = secrets["database_password"]
    return replace(settings, database=secrets["database"], database_password=password, engine=engine)


def _lines(change: Change) -> list[str]:
    def some(sign: str, quads: frozenset[Quad]) -> list[str]:
        return [f"{sign} {quad}" for quad in sorted(quads, key=str)[:SHOWN]]

    return some("-", change.removed) + some("+", change.added)


def _proposal(values: dict[str, Any]) -> Proposal:
    lists = {name: tuple(values[name]) for name in ("default_graphs", "named_graphs")}
    return Proposal(**{**values, **lists})


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
