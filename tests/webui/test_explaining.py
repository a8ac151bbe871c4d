"""What a page says is read for words of ours; what it only shows as code, or says nowhere, is not explained."""

from __future__ import annotations

from flask.testing import FlaskClient

from webui.explaining import MARK, used


def names(html: str) -> list[str]:
    return [word.anchor for word in used(html)]


def test_words_are_found_in_text_alone() -> None:
    assert names('<p>Two <b>claims</b></p><code>gap</code><a href="/tactics">here</a>') == ["claim"]
    assert names("<p>They join forces on that basis.</p>") == []
    assert names("<dt>Force</dt>") == ["force"]


def test_the_query_behind_a_page_is_not_explained() -> None:
    assert names('<details class="query"><summary>A claim</summary></details>') == []


def test_the_page_of_words_explains_itself(client: FlaskClient) -> None:
    assert 'class="words"' not in client.get("/about/words").text
    assert MARK not in client.get("/tactics").text
