"""What a stranger's update or graph would change: found on a copy, by a process that can be killed.

The copy is made in memory where the base is small, else by hard links in a folder of its own; the base itself is only
read. Source: engines.md, “no time limit” and “deep or long queries”, which hold for updates as well.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

import pyoxigraph
from pyoxigraph import RdfFormat, Store

from kg.errors import GapbridgeError, QueryProblem, QueryTooLong, ServerBusy, StoreDamaged
from kg.namespaces import BASE
from kg.settings import Settings
from kg.store import confine
from kg.store.failures import heard, told
from kg.store.files import read_graph
from kg.store.graphs import graphs_of, place
from kg.store.guard import check_update
from kg.store.home import SCRATCH, Home
from kg.store.operations import operations
from kg.store.terms import DefaultGraph, Literal, NamedNode, Quad, canonical

_FILE_MEGABYTES = 4096

Files = Sequence[IO[bytes]]


@dataclass(frozen=True)
class Proposal:
    """What somebody wants changed.

    Attributes:
        kind: `update` for a SPARQL update; `put`, `post` or `delete` for the content of one graph.
        graph: that graph; empty for the default graph, to which can be added alone: each statement has its place.
        suffix: the format of its content, as a file's suffix.
        default_graphs, named_graphs: the graphs that an update shall read, in place of all.
    """

    kind: str
    graph: str = ""
    suffix: str = ".ttl"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What a proposal would change.

    Attributes:
        base: the revision it was tried on.
        added, removed: statements in and out.
    """

    base: int
    added: frozenset[Quad]
    removed: frozenset[Quad]


def difference(home: Home, settings: Settings, proposal: Proposal, data: IO[bytes]) -> Difference:
    """What a proposal would change in the newest revision; forks, so no store may be open in this process.

    Args:
        home: the store's folder.
        settings: the limits.
        proposal: what is wanted.
        data: the update's text, or the graph's content.

    Raises:
        QueryProblem, SyntaxProblem: the text is wrong, or asks for what may not be asked.
        QueryTooLong: a limit was reached.
        StoreMissing, StoreDamaged: there is nothing to read.
    """
    _sweep(home)
    with ExitStack() as stack:
        report, added, removed = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(3))
        me, child = os.getpid(), os.fork()
        if child == 0:
            confine.die_with_parent(me)
            _work(home, settings, proposal, data, (report, added, removed))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        shutil.rmtree(_scratch(home, me), ignore_errors=True)
        if status:
            raise _fate(status, settings.query_seconds)
        report.seek(0)
        found: dict[str, Any] = json.load(report)
        if "error" in found:
            raise heard(found)
        return Difference(found["base"], _read(added), _read(removed))


def _work(home: Home, settings: Settings, proposal: Proposal, data: IO[bytes], files: Files) -> NoReturn:
    """Be the process that tries it, and end."""
    code = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        confine.leave_network()
        report, *quads = files
        report.write(json.dumps(_tried(home, settings, proposal, data, quads)).encode())
        for file in files:
            file.flush()
        code = 0
    finally:
        os._exit(code)


def _tried(home: Home, settings: Settings, proposal: Proposal, data: IO[bytes], files: Files) -> dict[str, Any]:
    try:
        is_update = proposal.kind == "update"  # the content of a graph needs no copy that can be written to
        reader = home.reader(settings.memory_limit_quads if is_update else 0)
        before = Store.read_only(str(home.snapshots.path(reader.revision)))
        store = _copy(reader.store, home, settings) if is_update else None
        confine.limit(settings.query_megabytes, _FILE_MEGABYTES)
        signal.alarm(settings.query_seconds)  # for what a stranger wrote; opening and comparing take what they take
        if store is not None:
            update(store, _text(data), proposal)
            added: Iterable[Quad] = (quad for quad in store if quad not in before)
            removed: Iterable[Quad] = (quad for quad in before if quad not in store)
        else:
            added, removed = _of_graph(before, proposal, data)
        signal.alarm(0)
        pyoxigraph.serialize(added, files[0], format=RdfFormat.N_QUADS)
        pyoxigraph.serialize(removed, files[1], format=RdfFormat.N_QUADS)
    except GapbridgeError as error:
        return told(error)
    except MemoryError:
        return told(_too_much())
    except OSError as error:
        return told(StoreDamaged(f"What would change cannot be found out: {error}. Nothing was changed."))
    except (RuntimeError, ValueError) as error:
        return told(QueryProblem(str(error)))
    return {"base": reader.revision}


def update(store: Store, text: str, proposal: Proposal) -> None:
    """Run an update on a copy, its default graph being the union of our graphs.

    Raises:
        QueryProblem: it is wrong, or asks for what may not be asked.
    """
    text = check_update(text)
    parts = operations(text, proposal.default_graphs, proposal.named_graphs, graphs_of(store))
    for part in parts:
        try:
            store.update(part, base_iri=BASE)
        except SyntaxError as error:
            raise QueryProblem(_fault(text) or str(error)) from error
        except (ValueError, RuntimeError) as error:
            raise QueryProblem(str(error)) from error
        _place(store)


def _fault(text: str) -> str:
    """What is wrong with an update's syntax, with the place in the text as it was sent."""
    try:
        Store().update(text, base_iri=BASE)
    except SyntaxError as error:
        return str(error)
    except (ValueError, RuntimeError):
        pass  # what does not stand in an empty store
    return ""


def _place(store: Store) -> None:
    """Move what was put into the default graph to where its subject belongs."""
    for quad in list(store.quads_for_pattern(None, None, None, DefaultGraph())):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            store.remove(quad)
            store.add(place((quad.subject, quad.predicate, quad.object)))


def _of_graph(before: Store, proposal: Proposal, data: IO[bytes]) -> tuple[frozenset[Quad], frozenset[Quad]]:
    graph = NamedNode(proposal.graph) if proposal.graph else None
    sent = [] if proposal.kind == "delete" else read_graph(data.read(), proposal.suffix, graph)
    wanted = canonical(Quad(*s, graph) if graph else place(s) for s in sent)
    added = frozenset(quad for quad in wanted if quad not in before)
    if proposal.kind == "post":
        return added, frozenset()
    return added, frozenset(before.quads_for_pattern(None, None, None, graph)) - wanted


def _copy(store: Store, home: Home, settings: Settings) -> Store:
    """A copy to try things on: the one in memory is our own already."""
    if len(store) <= settings.memory_limit_quads:
        return store
    folder = _scratch(home, os.getppid())
    store.backup(str(folder))
    return Store(str(folder))


def _text(data: IO[bytes]) -> str:
    try:
        return data.read().decode()
    except UnicodeDecodeError:
        raise QueryProblem("The update is not in UTF-8.") from None


def _read(file: IO[bytes]) -> frozenset[Quad]:
    file.seek(0)
    return frozenset(pyoxigraph.parse(file, RdfFormat.N_QUADS))


def _scratch(home: Home, process: int) -> Path:
    return home.folder / f"{SCRATCH}{process}"


def _sweep(home: Home) -> None:
    """Clear away what trials left that were killed together with the process above them."""
    for folder in home.folder.glob(f"{SCRATCH}*"):
        if not Path(f"/proc/{folder.name.removeprefix(SCRATCH).partition('-')[0]}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _fate(status: int, seconds: int) -> GapbridgeError:
    """Why the process died, as an error for whoever asked."""
    if status == -signal.SIGALRM:
        return QueryTooLong(f"This ran for {seconds} seconds, the most it may, and was stopped. Nothing was changed.")
    if status == -signal.SIGABRT:
        return _too_much()
    if status == -signal.SIGSEGV:
        return QueryProblem("This is nested or chained too far to be read. Nothing was changed.")
    return ServerBusy("The process that tried this was ended. Nothing was changed; please try again.")


def _too_much() -> QueryTooLong:
    return QueryTooLong("This needs more memory than it may have, and was stopped. Nothing was changed.")
