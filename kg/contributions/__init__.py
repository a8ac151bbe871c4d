"""What people contribute: drafts, the review queue, and the way of what is accepted into the base."""

from kg.contributions.changing import as_text, statements
from kg.contributions.desk import Desk
from kg.contributions.model import KINDS, OPEN, STATES, Contribution, Draft, Event, Person
from kg.contributions.queue import PER_PAGE, Filters, Listed

__all__ = [
    "KINDS",
    "OPEN",
    "PER_PAGE",
    "STATES",
    "Contribution",
    "Desk",
    "Draft",
    "Event",
    "Filters",
    "Listed",
    "Person",
    "as_text",
    "statements",
]
