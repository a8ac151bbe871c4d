"""Advice on a gist while it is typed: what a second reader would ask. It warns and never refuses.

A gist is one plain sentence of our own, no stronger than the text (CONTRIBUTING.md, “Data”). What the shapes refuse is
said by the shapes; this is about what no shape can see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.claiming.form import Field

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_END = re.compile(r"[.!?…]+[\"'”’)]*\s+(?=[A-Z“\"'‘(])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|etc|al|St|Dr|Mr|Mrs|Ms|No|no|p|pp|Fig|ch|ed|eds|vol)|\b[A-Z])\.$")
SHARED_RUN = 6
"""So many words in a row from the passage are worth a warning; 11 are a quotation (tests/data/test_claims.py)."""
_STRONG = """
    prove proves proved proven proof demonstrate demonstrates demonstrated demonstrably establish establishes
    established confirm confirms confirmed guarantee guarantees guaranteed ensure ensures ensured always never must
    undoubtedly certainly clearly obviously inevitably invariably fact truth
"""
_JUDGING = "effective effectively ineffective successful successfully best optimal works worked"
_SOFT = """
    may might can could seem seems seemed appear appears suggest suggests suggested likely unlikely perhaps possibly
    often sometimes tend tends said reported held thought believed expected should argued suspected roughly partly some
    probably hypothesise hypothesised hypothesises hope hopes would question questions whether
"""
_RECOMMENDING = """
    should ought recommend recommends recommended recommendation call calls advise advises urge urges need needs meant
    aims aim suggest suggests suggested propose proposes proposed put must
"""
_LACKING = """
    unclear unknown lack lacks lacking little no not missing few gap gaps without yet open question questions scarce
    uncertain limited whether hardly rarely thin
"""
_CONDITION = "if where when while provided unless only depends depend given as long once under"


_LONGEST = 8_000
"""So many characters are looked at."""


@dataclass(frozen=True)
class Advice:
    """Something to look at again.

    Attributes:
        code: which advice it is.
        text: what to look at, for the person at the form.
        words: the words it is about; empty where it is about the whole.
    """

    code: str
    text: str
    words: tuple[str, ...] = ()


def advise(gist: str, field: Field, *, stance: str = "", force: str = "", passage: str = "") -> tuple[Advice, ...]:
    """What to look at again in a gist.

    Args:
        gist: as typed so far.
        field: what the shapes ask of it.
        stance, force: the slugs chosen; empty where none is yet.
        passage: the words of the document, where they were pasted; they are compared and not kept.
    """
    gist, passage = gist[:_LONGEST], passage[:_LONGEST]
    if not gist.strip():
        return ()
    return tuple(
        advice
        for advice in (
            _length(gist, field),
            _sentences(gist),
            _form(gist),
            _strong(gist),
            _judging(gist),
            _against(gist, stance, force),
            _copied(gist, passage),
        )
        if advice
    )


def _length(gist: str, field: Field) -> Advice | None:
    if field.longest and len(gist) > field.longest:
        return Advice("long", f"{len(gist)} characters; {field.longest} are the most. Say the one thing it is about.")
    return None


def _sentences(gist: str) -> Advice | None:
    ends = [m for m in _END.finditer(gist) if not _ABBREVIATION.search(gist[: m.start() + 1])]
    if not ends:
        return None
    return Advice("sentences", f"{len(ends) + 1} sentences. One claim is one sentence: make a claim of each.")


def _form(gist: str) -> Advice | None:
    text = gist.strip()
    if len(text) > 15 and (not text[0].isupper() or text[-1] not in ".!?"):
        return Advice("form", "Begin with a capital letter and end with a full stop.")
    return None


def _strong(gist: str) -> Advice | None:
    found = _those(gist, _STRONG)
    if not found:
        return None
    told = f"{_quoted(found)}: hardly any source goes so far. Keep the text’s own caution (may, tends to, is said to)."
    return Advice("strong", told, found)


def _judging(gist: str) -> Advice | None:
    found = _those(gist, _JUDGING)
    if not found:
        return None
    return Advice("judging", f"{_quoted(found)}: say what happened or is held to happen, not how good it is.", found)


def _against(gist: str, stance: str, force: str) -> Advice | None:
    """Where the sentence says more than the stance and the force that were chosen for it."""
    said = set(_words(gist))
    if stance == "gap" and said.isdisjoint(_LACKING.split()):
        return Advice("stance", "You chose “reports an evidence gap”, but the sentence does not say what is unknown.")
    if stance == "conditional" and said.isdisjoint(_CONDITION.split()):
        return Advice("stance", "You chose “supports with conditions”, but the sentence names no condition.")
    if force == "hypothesises" and said.isdisjoint(_SOFT.split()):
        return Advice("force", "You chose “hypothesises”, but the sentence states it as so. Write may, might or could.")
    if force == "recommends" and said.isdisjoint(_RECOMMENDING.split()):
        return Advice(
            "force", "You chose “recommends”, but the sentence states it as so. Write should, or is recommended."
        )
    return None


def _copied(gist: str, passage: str) -> Advice | None:
    run = longest_run(_words(gist), _words(passage))
    if len(run) < SHARED_RUN:
        return None
    return Advice(
        "copied", f"{len(run)} words in a row stand in the passage too. Say it in your own words.", tuple(run)
    )


def longest_run(said: list[str], text: list[str]) -> list[str]:
    """The longest run of words that stands in both."""
    best, at = 0, 0
    before = [0] * (len(text) + 1)
    for i, word in enumerate(said):
        row = [0] * (len(text) + 1)
        for j, other in enumerate(text):
            if word == other:
                row[j + 1] = before[j] + 1
                if row[j + 1] > best:
                    best, at = row[j + 1], i + 1
        before = row
    return said[at - best : at]


def _those(gist: str, words: str) -> tuple[str, ...]:
    known = set(words.split())
    return tuple(dict.fromkeys(word for word in _words(gist) if word in known))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)
