"""Changes that somebody sends as SPARQL Update or as the content of a graph, through the one writer."""

from kg.store.trial import Proposal
from kg.updating.run import Outcome, Updates

__all__ = ["Outcome", "Proposal", "Updates"]
