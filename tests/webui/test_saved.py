"""A diagnosis saved under an account: opened, called otherwise, taken away and deleted by its owner alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.diagnosis import Diagnosis, Policy, to_code
from kg.settings import Settings
from tests import people_support
from tests.people_support import signed_in

CODE = to_code(Diagnosis(Policy(name="Bus lanes")))
LIST = "/account/diagnoses"


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with people_support.site(seeded, str(tmp_path_factory.mktemp("saved"))) as made:
        yield made


@pytest.fixture
def here(site: Flask) -> FlaskClient:
    return signed_in(site)


def saved(client: FlaskClient, name: str = "Bus lanes") -> str:
    """Save one; gives its address."""
    answer = client.post(LIST, data={"name": name, "d": CODE})
    assert (answer.status_code, answer.location) == (303, LIST)
    found = re.search(rf'href="({LIST}/[0-9a-f]+)"', client.get(LIST).text)
    assert found
    return found[1]


def test_who_is_signed_in_can_save_what_follows_and_others_see_nothing_of_it(site: Flask, here: FlaskClient) -> None:
    mine, anybody = (client.get(f"/diagnose/result?d={CODE}").text for client in (here, site.test_client()))
    assert f'action="{LIST}"' in mine
    assert f'name="d" value="{CODE}"' in mine
    assert LIST not in anybody
    assert "csrf_token" not in anybody


def test_a_step_leads_to_the_form_that_saves_with_its_answers(here: FlaskClient) -> None:
    assert 'value="keep"' in here.get(f"/diagnose/type?d={CODE}").text
    answer = here.post("/diagnose/type", data={"d": CODE, "go": "keep"})
    assert answer.status_code == 303
    assert answer.location.startswith("/diagnose/result?d=")
    assert answer.location.endswith("#keep")


def test_it_opens_where_it_was_saved(here: FlaskClient) -> None:
    answer = here.get(saved(here))
    assert (answer.status_code, answer.location) == (303, f"/diagnose/result?d={CODE}")


@pytest.mark.parametrize(("way", "method"), [("", "get"), ("/rename", "post"), ("/delete", "post")])
def test_nobody_elses_is_found(site: Flask, here: FlaskClient, way: str, method: str) -> None:
    theirs = saved(here)
    answer = getattr(signed_in(site), method)(theirs + way, data={"name": "x"} if way == "/rename" else {})
    assert answer.status_code == 404
    assert "Bus lanes" not in answer.text
    assert here.get(theirs).status_code == 303


@pytest.mark.parametrize("address", [LIST, f"{LIST}.json", f"{LIST}/abc"])
def test_who_is_not_signed_in_is_asked_to(site: Flask, address: str) -> None:
    answer = site.test_client().get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")


def test_it_can_be_called_otherwise_and_deleted(here: FlaskClient) -> None:
    mine = saved(here)
    assert here.post(f"{mine}/rename", data={"name": "Cycle lanes"}).status_code == 303
    assert "Cycle lanes" in here.get(LIST).text
    assert here.post(f"{mine}/delete").status_code == 303
    assert "You have saved no diagnosis yet" in here.get(LIST).text


def test_a_name_that_cannot_be_used_comes_back_with_why_and_with_the_answers(here: FlaskClient) -> None:
    for address, data in ((LIST, {"name": "x" * 121, "d": CODE}), (f"{saved(here)}/rename", {"name": "x" * 121})):
        answer = here.post(address, data=data)
        assert answer.status_code == 422
        assert "data-first-focus" in answer.text
        assert f'value="{"x" * 121}"' in answer.text
        assert "Shorten it" in answer.text
    assert f'value="{CODE}"' in here.post(LIST, data={"name": "", "d": CODE}).text


def test_what_is_no_diagnosis_is_not_saved(here: FlaskClient) -> None:
    assert here.post(LIST, data={"name": "x", "d": "1.nonsense"}).status_code == 400
    assert here.post(LIST, data={"name": "x", "d": ""}).status_code == 422
    assert "You have saved no diagnosis yet" in here.get(LIST).text


def test_all_can_be_taken_away_with_whole_addresses(here: FlaskClient) -> None:
    saved(here)
    (told,) = json.loads(here.get(f"{LIST}.json").text)["diagnoses"]
    assert (told["name"], told["address"]) == ("Bus lanes", f"http://localhost/diagnose/result?d={CODE}")


def test_these_pages_are_kept_by_nobody(here: FlaskClient) -> None:
    for address in (LIST, f"{LIST}.json", f"/diagnose/result?d={CODE}"):
        assert "no-store" in here.get(address).headers["Cache-Control"]


def test_a_form_from_elsewhere_is_not_taken(here: FlaskClient) -> None:
    del here.environ_base["HTTP_X_CSRFTOKEN"]
    assert here.post(LIST, data={"name": "x", "d": CODE}).status_code == 400
