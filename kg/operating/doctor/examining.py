"""All that the doctor looks at, in order: from the settings down to the clock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.errors import BadInput, GapbridgeError
from kg.operating.doctor import base, machine, settings_in_force, shared
from kg.operating.finding import PROBLEM, Finding
from kg.settings import Settings, read_settings

Look = Callable[[Settings], Iterator[Finding]]
_LOOKS: Sequence[tuple[str, Look]] = (
    ("settings", settings_in_force.look),
    ("data folder", machine.folder),
    ("secret files", machine.secrets),
    ("free disk", machine.disk),
    ("layout", base.layout),
    ("lock", base.lock),
    ("snapshots", base.snapshots),
    ("journal", base.journal),
    ("ontology", base.ontology),
    ("index of the history", base.index),
    ("accounts", base.accounts),
    ("engine", base.engine),
    ("SPARQL server", shared.server),
    ("several machines", shared.machines),
    ("port", machine.port),
    ("libraries", machine.libraries),
    ("clock", machine.clock),
)


def examine(environ: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """Look at everything; what cannot be looked at is told as a problem, and the rest is looked at all the same.

    Args:
        environ: the environment with the settings; the process's own where none is given.
    """
    given = os.environ if environ is None else environ
    yield from settings_in_force.names(given)
    try:
        settings = read_settings(given)
    except BadInput as error:
        why = "With this nothing starts, so nothing else was looked at."
        yield Finding(
            "settings", PROBLEM, str(error), why, "Set it right, or leave it out; gapbridge settings lists all."
        )
        return
    for about, look in _LOOKS:
        try:
            yield from look(settings)
        except (GapbridgeError, OSError) as error:
            why = "What it stands for may fail as well."
            yield Finding(about, PROBLEM, f"It cannot be looked at: {error}", why, "See that it can be read.")
