"""Claims as people make them: the form out of the shapes, what was typed as statements, what is wrong, what follows.

Nothing here keeps anything: drafts are `kg.contributions`’, and only what a second person accepts goes into the base.
"""

from kg.claiming.addresses import Reading, slug
from kg.claiming.advice import Advice, advise
from kg.claiming.anchor import KEYS as ANCHOR_KEYS
from kg.claiming.anchor import PASSAGE, TEXT, Anchor, Placed, anchor_of, place_passage
from kg.claiming.checking import check_proposal, check_thing, same_reading
from kg.claiming.filling import correcting, settled, typed_from
from kg.claiming.following import Following, Link, following
from kg.claiming.form import Choice, Field, Form, address_of, claim_form, groups, read_form
from kg.claiming.many import RowResult, check_sheet, label_of, lines
from kg.claiming.near import Near
from kg.claiming.proposal import ENDS, Curator, Kit, Proposal, new_end, propose
from kg.claiming.sheet import Sheet, SheetRow, read_sheet, template
from kg.claiming.terms import as_turtle
from kg.claiming.things import KINDS, Kind, NewThing, ThingForm, new_thing, thing_forms
from kg.claiming.typed import Fault, Typed, clean, first, read_typed

__all__ = [
    "ANCHOR_KEYS",
    "ENDS",
    "KINDS",
    "PASSAGE",
    "TEXT",
    "Advice",
    "Anchor",
    "Choice",
    "Curator",
    "Fault",
    "Field",
    "Following",
    "Form",
    "Kind",
    "Kit",
    "Link",
    "Near",
    "NewThing",
    "Placed",
    "Proposal",
    "Reading",
    "RowResult",
    "Sheet",
    "SheetRow",
    "ThingForm",
    "Typed",
    "address_of",
    "advise",
    "anchor_of",
    "as_turtle",
    "check_proposal",
    "check_sheet",
    "check_thing",
    "claim_form",
    "clean",
    "correcting",
    "first",
    "following",
    "groups",
    "label_of",
    "lines",
    "new_end",
    "new_thing",
    "place_passage",
    "propose",
    "read_form",
    "read_sheet",
    "read_typed",
    "same_reading",
    "settled",
    "slug",
    "template",
    "thing_forms",
    "typed_from",
]
