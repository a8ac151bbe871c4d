"""People: accounts, roles, sessions, tokens."""
