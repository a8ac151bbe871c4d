"""What readers want to know of each kind of thing: in which order claims are told, and what is missed aloud."""

from __future__ import annotations

from dataclasses import dataclass

from webui.addresses import short

TO, FROM = "to", "from"


@dataclass(frozen=True)
class Topic:
    """One thing a reader wants to know.

    Attributes:
        anchor, heading: where it stands on the page, and under which words.
        relations: the relations that tell it, each with the side on which the thing stands.
        missing: what the page says where no claim tells it; empty where nobody would look for it.
        intro: what must be said before the claims.
        noted: whether curators' notes on scope stand with the claims.
    """

    anchor: str
    heading: str
    relations: tuple[tuple[str, str], ...]
    missing: str = ""
    intro: str = ""
    noted: bool = False


_FIGURES = (
    "Figures stand as the document prints them, and none was checked here. That something came with a policy or "
    "after it does not say that the policy brought it about."
)

_POLICY = (
    Topic(
        "causes",
        "Causes and difficulties it is said to show",
        (("exhibitsCause", TO),),
        "What went wrong with it: no document here ties it to a cause or difficulty.",
    ),
    Topic("tactics", "Tactics it is said to use", (("usesTactic", TO),), "Which support tactics it used."),
    Topic(
        "outcomes",
        "What is said to have come of it",
        (("hadOutcome", TO), ("leadsTo", TO)),
        "What came of it: no document here tells an outcome.",
        _FIGURES,
        noted=True,
    ),
    Topic("aims", "What it is meant to bring about", (("aimsAt", TO),), "What it was meant to bring about."),
    Topic(
        "support",
        "Who or what is there to support it, or is supported by it",
        (("supportsPolicy", FROM), ("supportsPolicy", TO)),
    ),
    Topic("needs", "What it is held to need", (("requires", TO),)),
    Topic("example", "What it is named as an example of", (("exemplifiedBy", FROM),)),
)

_OUTCOME = (
    Topic(
        "brought",
        "What is held to bring it about",
        (("leadsTo", FROM), ("contributesTo", FROM)),
        "What brings it about: no document here says.",
        noted=True,
    ),
    Topic("had", "Policies said to have had it", (("hadOutcome", FROM),), "Which policies had it.", _FIGURES, True),
    Topic("aimed", "What is meant to bring it about", (("aimsAt", FROM),), "Who or what aims at it."),
    Topic("against", "Tactics held to work against it", (("addresses", FROM),)),
    Topic(
        "depends",
        "What it depends on",
        (("variesWith", TO), ("requires", TO)),
        "Under which conditions it comes about.",
    ),
    Topic("leads", "What it is held to lead to in turn", (("leadsTo", TO),)),
)

_BODY = (
    Topic("aims", "What it is meant to bring about", (("aimsAt", TO),)),
    Topic("tactics", "Tactics it is said to use", (("usesTactic", TO),)),
    Topic("supports", "Policies it is there to support", (("supportsPolicy", TO),)),
    Topic("outcomes", "What is said to have come of it", (("leadsTo", TO), ("hadOutcome", TO)), "", _FIGURES, True),
    Topic("example", "What it is named as an example of", (("exemplifiedBy", FROM),)),
)

_TOPICS = {"Policy": _POLICY, "Outcome": _OUTCOME, "SupportBody": _BODY}


def topics_of(classes: tuple[str, ...]) -> tuple[Topic, ...]:
    """The topics of the first class that has some."""
    return next((_TOPICS[short(cls)] for cls in classes if short(cls) in _TOPICS), ())
