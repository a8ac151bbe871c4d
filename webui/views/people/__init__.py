"""Signing in and out, one's own account, all accounts: what these show depends on the person, nobody keeps it."""

from webui.views.people import administering, elsewhere, own, signing
from webui.views.people.part import blueprint

__all__ = ["administering", "blueprint", "elsewhere", "own", "signing"]
