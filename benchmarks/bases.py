"""Made-up bases on disk: made once, loaded as fast as the engine can, and copied for whoever writes to them."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat, Store

from benchmarks.generator import Generator
from kg.contributing import home
from kg.settings import Settings, read_settings
from kg.store import Change
from kg.store.change import provenance
from kg.store.patch import Patch

_BYTES_OF_FILE_AND_STORE = 900
"""What a statement takes at most while a base is made: its line, and the store twice while it is put in order."""
_NOTES = "made.json"
_MOMENT = datetime(2026, 11, 22, tzinfo=UTC)


def made_base(folder: Path, triples: int) -> Settings:
    """The settings of a made-up base of about this size in a folder; made there unless it is there already.

    Where the disk holds it, the N-Quads stay there as `base.nq`; else they go through a pipe.
    """
    settings = read_settings({"GAPBRIDGE_DATA": str(folder / "base")})
    if not home(settings).snapshots.revisions():
        folder.mkdir(parents=True, exist_ok=True)
        _make(settings, folder, triples)
    return settings


def data_of(folder: Path, triples: int) -> Path:
    """The N-Quads of a made-up base, as `made_base` leaves them; made again where they are not there."""
    data = folder / "base.nq"
    if not data.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / ".base.nq"
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(Generator(triples).lines())
        draft.rename(data)
    return data


def _make(settings: Settings, folder: Path, triples: int) -> None:
    fits = shutil.disk_usage(folder).free > triples * _BYTES_OF_FILE_AND_STORE
    try:
        took = load_apart(settings, data_of(folder, triples) if fits else None, folder, triples)
    except subprocess.CalledProcessError:
        shutil.rmtree(settings.data, ignore_errors=True)  # it may hold a part
        raise
    note(folder, took)


def load_apart(settings: Settings, data: Path | None, scratch: Path, triples: int) -> dict[str, float]:
    """As `take_in`, by a process of its own; gives the seconds it took and the most megabytes it held.

    Args:
        settings, scratch: as for `take_in`.
        data: a file; None where none would fit: then the statements come through a pipe, from another process.
        triples: how many to make up then.

    Raises:
        subprocess.CalledProcessError: one of the processes failed.
    """
    load = [sys.executable, "-m", "benchmarks.bases", str(settings.data), str(scratch), str(data or "-")]
    if data:
        return dict(json.loads(subprocess.run(load, check=True, stdout=subprocess.PIPE).stdout))
    make = [sys.executable, "-m", "benchmarks.generator", str(triples)]
    with subprocess.Popen(make, stdout=subprocess.PIPE) as maker:
        done = subprocess.run(load, check=True, stdin=maker.stdout, stdout=subprocess.PIPE)
    if maker.returncode:
        raise subprocess.CalledProcessError(maker.returncode, make)
    return dict(json.loads(done.stdout)) | {"through_a_pipe": 1.0}


def note(folder: Path, found: Mapping[str, float]) -> None:
    """Note what was found out about the base in a folder, for those who measure it later."""
    (folder / _NOTES).write_text(json.dumps(noted(folder) | dict(found)), encoding="utf-8")


def noted(folder: Path) -> dict[str, float]:
    """What was noted about the base in a folder."""
    path = folder / _NOTES
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def publish(settings: Settings, lines: Iterator[str], scratch: Path) -> int:
    """Make these statements revision 1 of a new base; gives how many there are.

    Args:
        settings: where the base lies; nothing may be there yet.
        lines: N-Quads.
        scratch: a folder for what is needed on the way.
    """
    data = scratch / "base.nq"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    return len(take_in(settings, data, scratch))


def take_in(settings: Settings, data: Path | IO[bytes], scratch: Path, *, optimize: bool = True) -> Store:
    """Make N-Quads revision 1 of a new base; gives the store that was filled.

    The journal records the revision but not the statements: such a base is for measuring, and is never mended.

    Args:
        settings: where the base lies; nothing may be there yet.
        data: a file, or a stream where no file would fit.
        scratch: a folder for what is needed on the way, on the same disk.
        optimize: whether to put the store in order, which takes its size on disk once more while it lasts.

    Raises:
        FileExistsError: another load is under way there, or broke off.
    """
    facts = provenance(1, Change(0, frozenset(), message="Made up for measuring"), _MOMENT)
    if (scratch / "work").exists():
        raise FileExistsError(
            f"{scratch / 'work'} is of a load that goes on, or broke off: wait for it, or take it away."
        )
    store = Store(str(scratch / "work"))
    if isinstance(data, Path):
        store.bulk_load(path=str(data), format=RdfFormat.N_QUADS)
    else:
        store.bulk_load(input=data, format=RdfFormat.N_QUADS)
    store.bulk_extend(facts)
    if optimize:
        store.optimize()
    place_ = home(settings)
    place_.mark()
    place_.journal.append(Patch(1, (), tuple(facts)))
    place_.snapshots.publish(store, 1)
    return store


def copied(settings: Settings, folder: Path) -> Settings:
    """The settings of a copy that may be written to; the snapshots are hard links where the disk is the same."""
    shutil.copytree(settings.data, folder, copy_function=_link, ignore=shutil.ignore_patterns("work*", "*.sqlite"))
    return read_settings({"GAPBRIDGE_DATA": str(folder)})


def _link(source: str, target: str) -> None:
    if Path(source).parent.parent.name != "snapshots":
        shutil.copy2(source, target)
        return
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


def _main(data: str, scratch: str, lines: str) -> None:
    begun = time.perf_counter()
    settings = read_settings({"GAPBRIDGE_DATA": data})
    if lines == "-":
        take_in(settings, sys.stdin.buffer, Path(scratch), optimize=False)
    else:
        take_in(settings, Path(lines), Path(scratch))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"load_seconds": time.perf_counter() - begun, "load_megabytes": most}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
