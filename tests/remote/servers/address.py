"""Where an engine answers, and the kinds of engines there are to start."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Address:
    """Where an engine answers, and as whom it is asked.

    Attributes:
        query, update, graphs: where it takes queries, updates and graphs; several of a kind, parted by spaces, for the
            replicas of a cluster, the one to ask first in front.
        auth: `none`, `basic`, `digest` or `bearer`.
        user, password: for `basic` and `digest`.
        token: for `bearer`.
    """

    query: str
    update: str
    graphs: str
    auth: str = "none"
    user: str = ""
    password: str = ""
    token: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of engine.

    Attributes:
        name: what people call it.
        missing: why it cannot run here; empty where it can.
        start: starts a server with nothing in it, whose files and logs lie in a folder, for a `with` block.
    """

    name: str
    missing: Callable[[], str]
    start: Callable[[Path], AbstractContextManager[Address]]
