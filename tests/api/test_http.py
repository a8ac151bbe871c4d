"""What HTTP asks of every operation: conditions, HEAD, OPTIONS, pages on other hosts."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from webui.api.operations import OPERATIONS, ROOT

ADDRESSES = [ROOT + example for operation in OPERATIONS for example in operation.examples]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_same_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    tag = first.headers["ETag"]
    again = client.get(address, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    for answer in (first, again):
        assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == ("no-cache", "Accept, Accept-Encoding")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_order_is_always_the_same(client: FlaskClient, address: str) -> None:
    assert client.get(address).data == client.get(address).data


def test_other_addresses_have_other_tags(client: FlaskClient) -> None:
    assert len({client.get(address).headers["ETag"] for address in ADDRESSES}) == len(ADDRESSES)


def test_a_condition_hides_no_error(client: FlaskClient) -> None:
    for address, status in ((f"{ROOT}/things/tactic/none", 404), (f"{ROOT}/search?x", 400)):
        assert client.get(address, headers={"If-None-Match": "*"}).status_code == status


def test_head_is_get_without_a_body(client: FlaskClient) -> None:
    got, told = client.get(ADDRESSES[1]), client.head(ADDRESSES[1])
    assert (told.status_code, told.data) == (200, b"")
    assert told.headers["Content-Length"] == got.headers["Content-Length"]
    assert told.headers["ETag"] == got.headers["ETag"]


def test_a_page_elsewhere_may_ask_first(client: FlaskClient) -> None:
    answer = client.options(f"{ROOT}/assessments", headers={"Origin": "https://example.org"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_index_is_there_without_its_slash(client: FlaskClient) -> None:
    assert client.get(ROOT).get_json() == client.get(f"{ROOT}/").get_json()
