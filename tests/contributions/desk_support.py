"""People and things for the tests of the desk."""

from __future__ import annotations

from kg.contributions import Draft, Person, as_text
from kg.namespaces import PREFIXES, gap, thing
from kg.store import Literal, NamedNode, Statement, placed

ANNA = Person("a1", "Anna Author", thing("agent", "anna-author"), "contributor", "Works for the department.")
BEN = Person("b2", "Ben Checker", thing("agent", "ben-checker"), "reviewer")
CLARA = Person("c3", "Clara Checker", thing("agent", "clara-checker"), "reviewer")
ADA = Person("d4", "Ada Keeper", thing("agent", "ada-keeper"), "administrator")
SOURCE = thing("source", "hudson-2019")


def claim(slug: str = "desk-test-claim", gist: str = "The desk is tested with a claim of its own.") -> list[Statement]:
    """A claim as its form would make it."""
    me, place = NamedNode(thing("claim", slug)), NamedNode(thing("passage", slug))
    said = {
        PREFIXES["rdf"] + "type": gap("Claim"),
        gap("assertedIn"): SOURCE,
        gap("originSource"): SOURCE,
        gap("claimSubject"): thing("tactic", "action-research"),
        gap("claimPredicate"): gap("addresses"),
        gap("claimObject"): thing("failure-cause", "dispersed-governance"),
        gap("claimBasis"): thing("claim-basis", "uncited-argument"),
        gap("force"): thing("force", "asserts"),
        gap("stance"): thing("stance", "supports"),
        gap("linkBasis"): thing("link-basis", "as-stated"),
        gap("informs"): thing("dimension", "effect"),
        gap("reviewStatus"): thing("review-status", "draft"),
        gap("locatedAt"): place.value,
    }
    of_place = {PREFIXES["rdf"] + "type": gap("Passage"), PREFIXES["oa"] + "hasSource": SOURCE}
    return [
        *((me, NamedNode(p), NamedNode(o)) for p, o in said.items()),
        (me, NamedNode(gap("gist")), Literal(gist, language="en")),
        *((place, NamedNode(p), NamedNode(o)) for p, o in of_place.items()),
        (place, NamedNode(gap("locator")), Literal("§4")),
    ]


def draft(slug: str = "desk-test-claim", gist: str = "The desk is tested with a claim of its own.", **more) -> Draft:  # type: ignore[no-untyped-def]
    """A draft of that claim."""
    added = as_text(placed(claim(slug, gist)))
    return Draft("claim", f"Claim {slug}", {"gist": gist}, added, base=1, source=SOURCE, **more)


def note(text: str, of: str = thing("tactic", "action-research")) -> Statement:
    """A note on a thing that is there."""
    return NamedNode(of), NamedNode(PREFIXES["skos"] + "editorialNote"), Literal(text, language="en")
