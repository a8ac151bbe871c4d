"""A person's account, as everything outside the database sees it."""

from __future__ import annotations

from dataclasses import dataclass

CONTRIBUTOR, REVIEWER, ADMINISTRATOR = "contributor", "reviewer", "administrator"
ROLES = (CONTRIBUTOR, REVIEWER, ADMINISTRATOR)
"""Each may do all that those before it may."""


@dataclass(frozen=True)
class Account:
    """A person with a part in the work.

    Attributes:
        id: how the database knows them.
        name: as it stands in what they contribute.
        mail: where they are reached, and how they sign in.
        role: one of `ROLES`.
        agent: the address that stands for them in the provenance of what they contribute.
        interest: what others should know of their interests; kept with each contribution.
        disabled: whether they are kept out.
        has_password: whether they can sign in with one.
    """

    id: str
    name: str
    mail: str
    role: str
    agent: str
    interest: str = ""
    disabled: bool = False
    has_password: bool = True

    def may(self, role: str) -> bool:
        """Whether they have a role, or one that may more."""
        return not self.disabled and ROLES.index(self.role) >= ROLES.index(role)
