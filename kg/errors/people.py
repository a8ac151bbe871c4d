"""Who somebody is, and what they may do."""

from __future__ import annotations

from kg.errors.general import GapbridgeError


class SignInNeeded(GapbridgeError):
    """Only somebody who is signed in may do this."""


class SignInAgain(SignInNeeded):
    """Only somebody who has signed in a short while ago may do this."""


class NotAllowed(GapbridgeError):
    """Somebody wants to do what is for others to do, or what cannot be done as things stand."""


class WrongPassword(GapbridgeError):
    """Nobody has this mail address and password."""


class ProviderUnavailable(GapbridgeError):
    """A provider of identities does not answer, or not as it should."""


class IdentityRefused(GapbridgeError):
    """What a provider of identities sent back proves nothing; nobody was signed in."""


class TooManyAttempts(GapbridgeError):
    """There were too many wrong passwords.

    Args:
        seconds: after which the next one will be looked at.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = max(1, seconds)
        wait = f"{self.seconds} seconds" if self.seconds < 120 else f"{-(-self.seconds // 60)} minutes"
        super().__init__(f"There were too many attempts from where you are. Try again in {wait}.")
