"""A diagnosis as a code for an address, and back."""

from __future__ import annotations

import base64
import json
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.diagnosis import (
    LONGEST_CODE,
    STEPS,
    Catalogue,
    Diagnosis,
    Policy,
    catalogue,
    clean,
    from_code,
    key_of,
    to_code,
)
from kg.errors import BadInput
from tests.data_support import whole

KNOWN = catalogue(whole())


def lines(most: int) -> st.SearchStrategy[str]:
    return st.text(max_size=most).map(lambda text: clean(text, 10 * most, "It"))


@st.composite
def diagnoses(draw: st.DrawFn) -> Diagnosis:
    own = st.builds(Policy, name=lines(20), level=st.sampled_from(["", "national"]), sentence=lines(40))
    policy = draw(own | st.just(Policy(slug="care-act-2014")))
    found = {}
    for step in STEPS:
        values = st.sampled_from(step.values) if step.values else lines(20).filter(bool)
        found[step.name] = draw(st.dictionaries(st.sampled_from(list(KNOWN.asked[step.name])), values, max_size=8))
    return Diagnosis(policy, {name: answers for name, answers in found.items() if answers})


@given(made=diagnoses())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_what_goes_in_comes_out(made: Diagnosis) -> None:
    read = from_code(KNOWN, to_code(made))
    assert (read.diagnosis, read.lost) == (made, 0)


def test_every_answer_there_is_fits_an_address(made: Diagnosis, known: Catalogue) -> None:
    whole_lot = {s.name: {iri: s.values[0] for iri in known.asked[s.name]} for s in STEPS if s.values}
    assert len(to_code(Diagnosis(made.policy, whole_lot))) < LONGEST_CODE
    assert len(to_code(made)) < 450


def test_no_two_things_asked_have_the_same_key(known: Catalogue) -> None:
    for asked in known.asked.values():
        assert len({key_of(iri) for iri in asked}) == len(asked)


def test_too_many_words_for_an_address_are_refused(known: Catalogue) -> None:
    words = {iri: "".join(chr(0x4E00 + (n * 37 + m * 101) % 20_000) for m in range(300))
             for n, iri in enumerate(known.asked["questions"])}  # fmt: skip
    with pytest.raises(BadInput, match=r"too long by about \d+ %"):
        to_code(Diagnosis(Policy(), {"questions": words}))


def packed(told: Any, given: Any, version: str = "1") -> str:
    text = json.dumps([told, given]).encode()
    return f"{version}.{base64.urlsafe_b64encode(zlib.compress(text)).decode().rstrip('=')}"


CAUSE = key_of(next(iter(KNOWN.asked["causes"])))
GOOD = ["", "", ""]


@pytest.mark.parametrize(
    "code",
    [
        "x", "1", "1.", "1.!!", "1.AAAA", ".", "²." + "A" * 8, "1." + "A" * 3000,
        packed(GOOD, []), packed(GOOD, {"99": ""}), packed(GOOD, {"x": ""}), packed(GOOD, {"-1": ""}),
        packed(7, {}), packed(["a"], {}), packed(["a", "b c", ""], {}), packed("no such/slug", {}),
        packed([None, "", ""], {}), packed(GOOD, {"2": "abc"}), packed(GOOD, {"2": CAUSE + "z"}),
        packed(GOOD, {"2": CAUSE + "i"}), packed(GOOD, {"2": f"{CAUSE}m{CAUSE}n"}), packed(GOOD, {"2": {"a": "b"}}),
        packed(GOOD, {"7": "abcd"}), packed(GOOD, {"7": {"abcd": 1}}), packed(["x" * 10_000, "", ""], {}),
        f"1.{base64.urlsafe_b64encode(zlib.compress(b'[' * 5000)).decode()}",
        f"1.{base64.urlsafe_b64encode(zlib.compress(b' ' * 9_000_000)).decode()[:1700]}",
    ],
)  # fmt: skip
def test_what_is_no_diagnosis_is_refused(code: str) -> None:
    with pytest.raises(BadInput, match=r"does not hold a diagnosis|may have 120"):
        from_code(KNOWN, code)


@given(code=st.text(max_size=60) | st.from_regex(r"1\.[A-Za-z0-9_-]{0,80}", fullmatch=True))
def test_whatever_stands_there_is_read_or_refused(code: str) -> None:
    with suppress(BadInput):
        assert from_code(KNOWN, code).diagnosis


def test_an_address_cut_off_in_copying_is_noticed(made: Diagnosis, known: Catalogue) -> None:
    code = to_code(made)
    for at in range(3, len(code) - 1, 7):
        with pytest.raises(BadInput, match="may have been lost"):
            from_code(known, code[:at])


def test_an_address_of_another_version_says_so(made: Diagnosis, known: Catalogue) -> None:
    with pytest.raises(BadInput, match="another version"):
        from_code(known, "2" + to_code(made)[1:])


def test_what_the_base_no_longer_asks_is_counted_and_the_rest_is_kept(known: Catalogue) -> None:
    read = from_code(known, packed(GOOD, {"2": f"AAAAm{CAUSE}m"}))
    assert read.lost == 1
    assert list(read.diagnosis.answers("causes").values()) == ["met"]


def test_text_is_one_line_without_what_cannot_be_seen_or_turns_it() -> None:
    assert clean(" a\n\tb\x00\u202ec\ud800\ufffe ", 20, "It") == "a b c"
    with pytest.raises(BadInput, match="It may have 3 characters; this has 4"):
        clean("abcd", 3, "It")
