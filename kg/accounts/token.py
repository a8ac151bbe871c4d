"""A token: what lets a program in, as everything outside the database sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kg.accounts.account import ADMINISTRATOR, CONTRIBUTOR

UPDATE = "update"
"""The right to change the base with SPARQL Update and the Graph Store Protocol: nobody reviews that."""
CONTRIBUTE = "contribute"
"""The right to hand in contributions, which are reviewed as any other."""
ROLE_FOR = {UPDATE: ADMINISTRATOR, CONTRIBUTE: CONTRIBUTOR}
"""Which role somebody needs for a token of theirs to have a right."""
RIGHTS = tuple(ROLE_FOR)
PREFIX = "gapbridge_"
"""So begins every token; nothing else is looked for."""


@dataclass(frozen=True)
class Token:
    """What is known of a token.

    Attributes:
        id: how the database knows it.
        name: what its maker calls it.
        rights: what its holder may do.
        agent: address of who answers for what is done with it.
        created, expires, used: when, in UTC; `expires` is empty where it has no end, `used` where nobody used it.
        owner: mail address of whose it is; empty where it is the project's own.
        account: the id of that account.
        person: that person's name.
    """

    id: str
    name: str
    rights: tuple[str, ...]
    agent: str
    created: str
    expires: str
    used: str = ""
    owner: str = ""
    account: str = ""
    person: str = ""

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return bool(self.expires) and datetime.fromisoformat(self.expires) <= datetime.now(UTC)

    def may(self, right: str) -> bool:
        """Whether its holder has a right."""
        return right in self.rights
