"""Works through an import in a process of its own that can be killed: `python -m tests.batches.busy_import`.

It writes a line after each step, so that whoever kills it knows where it is.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from kg.batches import Batches, kept, working
from kg.contributing import open_base
from kg.database import Database
from kg.importing import Sources
from kg.settings import read_settings


def main(base: Path, address: str, id: str) -> None:
    working.AT_ONCE, kept.LEASE_SECONDS = 5, -1  # nobody waits until the one before is given up
    settings = replace(read_settings({}), data=base)
    batches = Batches(Database(address), settings, lambda: Sources(open_base(settings)))
    batches.run(id, lambda batch: print(batch.done, flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
