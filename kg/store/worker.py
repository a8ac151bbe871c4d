"""The processes that answer strangers' queries: `python -m kg.store.worker`, started by `kg.store.pool` alone.

The first one, of a single thread, loads a snapshot in memory where it is small and then only forks: its children
answer, and share its pages. An on-disk store must not be open when a process forks (engines.md), so each child opens
it for itself, and even the looking whether it is small is done by a child. To a newer revision the first one moves on
by the journal's patches; children forked before go on with what they have.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, NoReturn, cast

from pyoxigraph import RdfFormat, Store

from kg.errors import GapbridgeError, QueryTooLong, StoreDamaged
from kg.store import confine, wire
from kg.store.engine import Engine, is_large, on_disk
from kg.store.journal import Journal
from kg.store.moving import Held
from kg.store.question import Question
from kg.store.spool import Spool

_TIRED = 64 << 20
"""A worker that has grown by more than this is replaced: it would reach its limit too soon."""
_TOO_LARGE = 3
_REAP_SECONDS, _REAP_TRIES = 0.02, 50


@dataclass(frozen=True)
class Task:
    """What a parent is told on its command line.

    Attributes:
        folder, revision: the snapshot.
        journal: where the patches lie that lead on from it.
        memory_limit: up to this many statements it is held in memory.
        seconds, megabytes, result_megabytes: the limits of one query.
    """

    folder: str
    revision: int
    journal: str
    memory_limit: int
    seconds: int
    megabytes: int
    result_megabytes: int


def main(control: socket.socket, task: Task) -> None:
    """Be the parent: load, then fork on request until the web process closes the socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine.die_with_peer(control, True)
    confine.leave_network()
    try:
        held = _loaded(task)
    except (GapbridgeError, OSError, ValueError) as error:
        wire.send(control, {"error": str(error)})
        return
    confine.die_with_peer(control, False)
    gc.freeze()
    wire.send(control, {"loaded": True})
    _oversee(control, held, task)


def _oversee(control: socket.socket, held: Held | None, task: Task) -> NoReturn:
    """Move on, fork and end workers as the web process asks."""
    ending: set[int] = set()
    while True:
        while ending and not wire.readable(control, _REAP_SECONDS):
            ending -= {child for child in ending if _reaped(child)}
        message = wire.receive(control)
        if message.files:
            answer = _fork(control, message.files[0], held, task)
        elif "folder" in message.head:
            moved = replace(task, folder=message.head["folder"], revision=message.head["revision"])
            answer = int(_moved(held, moved))
            task = moved if answer else task
        elif message.head["dead"]:
            answer = _died_from(message.head["end"])
        else:
            answer = 0
            os.kill(message.head["end"], signal.SIGKILL)  # its number is its own until it is reaped
            ending.add(message.head["end"])
        wire.send(control, {"value": answer, "revision": task.revision})


def _moved(held: Held | None, task: Task) -> bool:
    """Whether this process is at another revision now; what is on disk is opened by each child for itself."""
    if held is None:
        with tempfile.TemporaryFile() as dump:
            return _dumped(task, dump) == _TOO_LARGE
    patches = held.patches(task.revision)
    if patches is None:
        return False
    held.move(patches)
    gc.freeze()
    return True


def _loaded(task: Task) -> Held | None:
    """The snapshot in memory; None where it is too large for that."""
    with tempfile.TemporaryFile() as dump:
        code = _dumped(task, dump)
        if code == _TOO_LARGE:
            return None
        if code:
            raise StoreDamaged(f"The snapshot in {task.folder} cannot be opened.")
        dump.seek(0)
        store = Store()
        store.bulk_load(dump, RdfFormat.N_QUADS)
    return Held(store, task.revision, Journal(Path(task.journal)))


def _dumped(task: Task, dump: IO[bytes]) -> int:
    """The exit code of a child that writes the snapshot into a file, where it is not too large."""
    child = os.fork()
    if child == 0:
        _exit_with(lambda: _dump(task, dump))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _dump(task: Task, dump: IO[bytes]) -> int:
    store = Store.read_only(task.folder)
    if is_large(store, Path(task.folder), task.memory_limit):
        return _TOO_LARGE
    store.dump(dump, RdfFormat.N_QUADS)
    dump.flush()
    return 0


def _fork(control: socket.socket, channel: int, held: Held | None, task: Task) -> int:
    parent, child = os.getpid(), os.fork()
    if child == 0:
        confine.die_with_parent(parent)
        control.close()
        _exit_with(lambda: _serve(socket.socket(fileno=channel), held, task))
    os.close(channel)
    return child


def _died_from(child: int) -> int:
    """Reap a worker that has hung up by itself; gives the signal that ended it, or 0."""
    for _ in range(_REAP_TRIES):
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return max(0, -os.waitstatus_to_exitcode(status))
        time.sleep(_REAP_SECONDS)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 0


def _reaped(child: int) -> bool:
    """Whether an ended worker is gone for good; its memory takes a while, and nobody should wait for that."""
    return os.waitpid(child, os.WNOHANG)[0] == child


def _exit_with(work: Callable[[], int]) -> NoReturn:
    """End a forked process with the work's exit code, and without the parent's clean-up."""
    code = 1
    try:
        code = work()
    finally:
        os._exit(code)


def _serve(channel: socket.socket, held: Held | None, task: Task) -> int:
    """Be a worker: answer one query after the other until killed or told to go."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stderr.fileno())
    folder, revision = Path(task.folder), task.revision
    reader = Engine(held.store, held.revision) if held else on_disk(folder, revision, memory_limit=0)
    confine.limit(task.megabytes, task.result_megabytes)
    start = confine.memory()
    while True:
        try:
            message = wire.receive(channel)
        except wire.Closed:
            return 0
        signal.alarm(task.seconds + 1)  # should the web process fail to end this one
        with closing(Spool(task.result_megabytes << 20)) as spool:
            head = _reply(reader, Question(**message.head), spool)
            signal.alarm(0)
            head["tired"] = confine.memory() - start > _TIRED
            if "error" in head:
                wire.send(channel, head)
            else:
                wire.send(channel, head, spool.body, spool.files)


def _reply(reader: Engine, question: Question, spool: Spool) -> dict[str, object]:
    try:
        kind, form = reader.write(question, cast(IO[bytes], spool))
    except GapbridgeError as error:
        return {"error": type(error).__name__, "message": str(error)}
    except OSError as error:
        return {"error": StoreDamaged.__name__, "message": f"The answer cannot be read or kept: {error}."}
    except MemoryError:
        return {"error": QueryTooLong.__name__, "message": "This query needs more memory than it may have."}
    return {"kind": kind, "form": form, "size": spool.size}


if __name__ == "__main__":
    try:
        main(socket.socket(fileno=int(sys.argv[1])), Task(**json.loads(sys.argv[2])))
    except wire.Closed:
        sys.exit(0)
