"""What people contribute: drafts, the review queue, and the way of what is accepted into the base."""

from kg.contributions.changing import as_text, statements
from kg.contributions.desk import Desk
from kg.contributions.model import KINDS, OPEN, STATES, Contribution, Draft, Event, Person
from kg.contributions.queue import PER_PAGE, Filters, Listed
from kg.contributions.sampling import Batch, Sampled, sample_size
from kg.contributions.trying import Trial, Trials
from kg.contributions.wording import Line, Said, Wording, as_turtle, in_words

__all__ = [
    "KINDS",
    "OPEN",
    "PER_PAGE",
    "STATES",
    "Batch",
    "Contribution",
    "Desk",
    "Draft",
    "Event",
    "Filters",
    "Line",
    "Listed",
    "Person",
    "Said",
    "Sampled",
    "Trial",
    "Trials",
    "Wording",
    "as_text",
    "as_turtle",
    "in_words",
    "sample_size",
    "statements",
]
