"""A diagnosis as a short code for an address, and back: whoever has the address has all of it, and nobody else.

The form: a version, a dot, and packed JSON in the alphabet of addresses. The packing carries a checksum, so what was
cut off in copying is noticed. What was answered stands by the first 24 bits of a hash of its local name: that holds
while the base grows, where a number in a list would not.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.diagnosis.answers import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    LONGEST_SENTENCE,
    Diagnosis,
    Policy,
    clean,
)
from kg.diagnosis.steps import BY_NAME, STEPS, Catalogue, Step
from kg.errors import BadInput
from kg.namespaces import local_of
from kg.numbers import whole_number

VERSION = "1"
LONGEST_CODE = 1_800
"""Characters: with the rest of the address it stays under 2,000, which every browser and mail program takes."""
_LARGEST = 20_000
_KEY, _SLUG = 4, re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")
_LETTERS = {
    "low": "l", "high": "h", "met": "m", "partly-met": "p", "not-met": "n", "unknown": "u", "in-use": "i",
    "planned": "f",
}  # fmt: skip
_VALUES = {letter: value for value, letter in _LETTERS.items()}


@dataclass(frozen=True)
class Read:
    """What a code holds.

    Attributes:
        diagnosis: the policy and the answers.
        lost: how many answers are for what the base does not ask any more.
    """

    diagnosis: Diagnosis
    lost: int


def to_code(diagnosis: Diagnosis) -> str:
    """The code of a diagnosis.

    Raises:
        BadInput: its texts together are too long for an address.
    """
    policy = diagnosis.policy
    told: Any = policy.slug or [policy.name, policy.level, policy.sentence]
    given = {n: _packed(BY_NAME[s], found) for n, s in enumerate(BY_NAME) if (found := diagnosis.answers(s))}
    text = json.dumps([told, given], ensure_ascii=False, separators=(",", ":"))
    code = f"{VERSION}.{base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip('=')}"
    if len(code) > LONGEST_CODE:
        over = round(100 * (len(code) - LONGEST_CODE) / LONGEST_CODE) or 1
        raise BadInput(
            f"All your words together do not fit into one address; they are too long by about {over} %. "
            "Shorten the texts."
        )
    return code


def from_code(known: Catalogue, code: str) -> Read:
    """The diagnosis that a code holds; an empty code holds an empty one.

    Args:
        known: what the steps ask.
        code: as `to_code` makes it.

    Raises:
        BadInput: it is no such code, a part of it is missing, or a newer program wrote it.
    """
    if not code:
        return Read(Diagnosis(), 0)
    told, given = _unpacked(code)
    found, lost = dict[str, dict[str, str]](), 0
    for number, packed in given.items():
        step = _step(number)
        keys = {key_of(iri): iri for iri in known.asked[step.name]}
        answers = _read_words(packed) if not step.values else _read_values(packed, step)
        found[step.name] = {keys[key]: value for key, value in answers.items() if key in keys}
        lost += len(answers) - len(found[step.name])
    return Read(Diagnosis(_policy(told), {name: answers for name, answers in found.items() if answers}), lost)


def key_of(iri: str) -> str:
    """The short form of an address."""
    digest = hashlib.sha256(local_of(iri).encode()).digest()
    return base64.urlsafe_b64encode(digest[:3]).decode()


def _packed(step: Step, answers: Mapping[str, str]) -> str | dict[str, str]:
    if not step.values:
        return {key_of(iri): words for iri, words in answers.items()}
    return "".join(key_of(iri) + _LETTERS[value] for iri, value in answers.items())


def _unpacked(code: str) -> tuple[Any, dict[str, Any]]:
    version, _, packed = code.partition(".")
    if whole_number(version, len(version)) is not None and version != VERSION:
        told = f"This address was made by another version of this page ({version[:9]}) and cannot be read here."
        raise BadInput(f"{told} Start anew.")
    try:
        told, given = json.loads(_inflated(packed))
    except (ValueError, TypeError, RecursionError, zlib.error, binascii.Error):
        raise _broken() from None
    if version != VERSION or not isinstance(given, dict):
        raise _broken()
    return told, given


def _inflated(packed: str) -> bytes:
    """What was packed; never more than a code can hold, whatever it was made to unfold into."""
    if len(packed) > LONGEST_CODE or not re.fullmatch(r"[\w-]+", packed, re.ASCII):
        raise ValueError
    inflate = zlib.decompressobj()
    found = inflate.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), _LARGEST)
    if not inflate.eof:  # cut off, or too large
        raise ValueError
    return found


def _broken() -> BadInput:
    return BadInput(
        "This address does not hold a diagnosis that can be read. Part of it may have been lost when it was copied: "
        "copy the whole of it again, or start anew."
    )


def _step(number: str) -> Step:
    found = whole_number(number, 2)
    if found is None or found >= len(STEPS):
        raise _broken()
    return STEPS[found]


def _policy(told: Any) -> Policy:
    if isinstance(told, str) and _SLUG.fullmatch(told):
        return Policy(slug=told)
    if not (isinstance(told, list) and len(told) == 3 and all(isinstance(text, str) for text in told)):
        raise _broken()
    name, level, sentence = told
    if level and not _SLUG.fullmatch(level):
        raise _broken()
    return Policy(
        name=clean(name, LONGEST_NAME, "The name"),
        level=level,
        sentence=clean(sentence, LONGEST_SENTENCE, "The sentence"),
    )


def _read_words(packed: Any) -> dict[str, str]:
    if not isinstance(packed, dict) or not all(isinstance(words, str) for words in packed.values()):
        raise _broken()
    lines = {key: clean(words, LONGEST_ANSWER, "An answer") for key, words in packed.items()}
    return {key: words for key, words in lines.items() if words}


def _read_values(packed: Any, step: Step) -> dict[str, str]:
    if not isinstance(packed, str) or len(packed) % (_KEY + 1):
        raise _broken()
    parts = [packed[at : at + _KEY + 1] for at in range(0, len(packed), _KEY + 1)]
    pairs = [(part[:_KEY], _VALUES.get(part[_KEY:], "")) for part in parts]
    twice = any(times > 1 for times in Counter(key for key, _ in pairs).values())
    if twice or any(value not in step.values for _, value in pairs):
        raise _broken()
    return dict(pairs)
