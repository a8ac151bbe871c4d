"""People: accounts and roles, passwords, sessions, invitations, tokens, identities elsewhere.

All of it in the relational database, nothing of it in the graph: there a person is only the address of an agent. What
stands here is light; the modules that speak with the database are imported where they are needed.
"""

from kg.accounts.account import ADMINISTRATOR, CONTRIBUTOR, REVIEWER, ROLES, Account

__all__ = ["ADMINISTRATOR", "CONTRIBUTOR", "REVIEWER", "ROLES", "Account"]
