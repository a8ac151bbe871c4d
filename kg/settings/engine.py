"""The SPARQL server that holds the base, where one does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import BadInput
from kg.settings.given import Given


@dataclass(frozen=True)
class EngineAddress:
    """A SPARQL 1.1 server that holds the base.

    Attributes:
        query, update, graphs: where it takes queries, updates and whole graphs; one of each for every replica, the one
            to ask first in front. No `graphs`: these are sent as updates.
        auth: `none`, `basic`, `digest` or `bearer`.
        user, password: for `basic` and `digest`.
        token: for `bearer`.
        seconds: how long one request of ours may take.
        answers: whether it answers visitors' queries; otherwise this machine's own copy does.
        token_file: where the token stands, if that is a file: it may be renewed there.
    """

    query: tuple[str, ...]
    update: tuple[str, ...]
    graphs: tuple[str, ...] = ()
    auth: str = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    seconds: int = 60
    answers: bool = True
    token_file: Path | None = field(default=None, repr=False)

    @property
    def replicas(self) -> tuple[EngineAddress, ...]:
        """Each replica by itself."""
        graphs: list[tuple[str, ...]] = [(url,) for url in self.graphs] or [()] * len(self.query)
        both = zip(self.query, self.update, strict=True)
        return tuple(
            replace(self, query=(query,), update=(update,), graphs=store)
            for (query, update), store in zip(both, graphs, strict=True)
        )


def read_engine(given: Given) -> EngineAddress | None:
    """The SPARQL server that holds the base, where one is named.

    Raises:
        BadInput: an address is none, or replicas, user or token are missing beside it.
    """
    query = given.addresses("ENGINE")
    if not query:
        return None
    update, graphs = given.addresses("ENGINE_UPDATE") or query, given.addresses("ENGINE_GRAPHS")
    if len(update) != len(query) or len(graphs) not in (0, len(query)):
        raise BadInput("GAPBRIDGE_ENGINE, …_UPDATE and …_GRAPHS must name as many addresses: one for each replica.")
    auth = given.choice("ENGINE_AUTH", ("none", "basic", "digest", "bearer"))
    password, token = given.secret("ENGINE_PASSWORD"), given.secret("ENGINE_TOKEN")
    if auth in ("basic", "digest") and not given["ENGINE_USER"]:
        raise BadInput(f"GAPBRIDGE_ENGINE_AUTH={auth} needs GAPBRIDGE_ENGINE_USER beside it.")
    if auth == "bearer" and not token:
        raise BadInput("GAPBRIDGE_ENGINE_AUTH=bearer needs GAPBRIDGE_ENGINE_TOKEN or its file beside it.")
    return EngineAddress(
        query,
        update,
        graphs,
        auth,
        given["ENGINE_USER"],
        password,
        token,
        given.number("ENGINE_SECONDS"),
        given.choice("ENGINE_QUERIES", ("engine", "mirror")) == "engine",
        given.secret_file("ENGINE_TOKEN"),
    )
