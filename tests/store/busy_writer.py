"""Commits one known change after the other until it is killed; says each number when the change was accepted.

Run as `python -m tests.store.busy_writer FOLDER KEEP MEMORY_LIMIT`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.store import Home
from tests.store.store_support import go_on, opened


def main(folder: str, keep: str, limit: str) -> None:
    with opened(Home(Path(folder), int(keep)), limit=int(limit)) as writer:
        print(writer.reader.revision, flush=True)
        while True:
            go_on(writer, 1)
            print(writer.reader.revision, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
