"""Claims in words: what is put together from small questions is what one large question gives."""

from __future__ import annotations

from kg.queries import accepted_claims, cards
from kg.queries.cards import cards_at_once
from tests.data_support import whole


def test_claims_in_words_are_those_of_the_query_that_others_ask() -> None:
    every = accepted_claims(whole())
    assert cards(whole(), every) == cards_at_once(whole(), every)
