"""How to cite what this base records: the data as a whole, a thing, a claim; each with its revision and address."""

from __future__ import annotations

from kg.citation import TITLE, cite, edition
from kg.errors import NotFound
from kg.namespaces import BASE, kind_of
from kg.queries import cards, names
from kg.store import Reader

__all__ = ["TITLE", "cite_claim", "cite_data", "cite_thing"]


def cite_data(reader: Reader, address: str = BASE) -> str:
    """The citation of the data, or of a list or table out of them.

    Args:
        reader: the base at one revision.
        address: where it stands.
    """
    return cite(edition(reader), address=address)


def cite_thing(reader: Reader, thing: str) -> str:
    """The citation of what the base records of anything; claims are told with their source and place.

    Raises:
        NotFound: it has no name here.
    """
    if kind_of(thing) == "claim":
        return cite_claim(reader, thing)
    label = names(reader, [thing]).get(thing)
    if not label:
        raise NotFound(thing)
    return f"“{label}”. {_recorded(reader, thing)}"


def cite_claim(reader: Reader, claim: str) -> str:
    """The citation of a claim: gist, how it stands, document, place, revision, address.

    Raises:
        NotFound: there is no such claim.
    """
    card = next(iter(cards(reader, [claim])), None)
    if card is None:
        raise NotFound(claim)
    voice = f"said by {card.voiceLabel}, " if card.voiceLabel else ""
    marks = "; ".join(
        label.lower() for label in (card.stanceLabel, card.forceLabel, card.basisLabel, card.standingLabel)
    )
    status = "" if card.status == "Accepted" else f" {card.status}."
    read = f"{voice}read in {card.documentLabel}, {card.locator}"
    return f"“{card.gist}” Claim in a curator’s words ({marks}), {read}.{status} {_recorded(reader, claim)}"


def _recorded(reader: Reader, address: str) -> str:
    return f"Recorded in Gapbridge, {edition(reader).version}. {address}"
