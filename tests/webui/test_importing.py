"""The pages that add sources: by DOI, out of files, by hand; imports; mergers and marks. Nothing typed is lost."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.contributions import Filters
from kg.errors import LookupFailed
from kg.importing import Reference, names_of
from kg.namespaces import thing
from kg.settings import Settings
from tests import people_support
from tests.people_support import signed_in
from webui.batching import batches
from webui.contexts.importing.start import LARGEST_FILE
from webui.desk import desk

BIB = "@article{a, title = {Quite a new study}, author = {Newcomer, Ann}, year = 2024, journal = {Journal}}"
MANY = BIB + (
    "@techreport{b, title = {Tracking Delivery Global Trends and Warning Signs in Delivery Units}, author = {Gold, J.},"
    "year = 2017}\n@article{c, title = {What Is Policy Failure?}, author = {McConnell, A.}, year = 2015}\n"
    "@book{d, author = {Nobody}}"
)
EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with people_support.site(seeded, str(tmp_path_factory.mktemp("importing"))) as made:
        yield made


@pytest.fixture(scope="module")
def here(site: Flask) -> FlaskClient:
    return signed_in(site)


class Told:
    """A registrar that says what a test wants."""

    is_on = True

    def __init__(self, found: Reference | None = None) -> None:
        self._found = found

    def look_up(self, text: str) -> Reference:
        if self._found is None:
            raise LookupFailed("The registrar cannot be reached. Fill in the form by hand; the DOI is kept.")
        return replace(self._found, doi=text)


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"|<textarea id="{name}"[^>]*>([^<]*)', page)
    found = found or re.search(rf'value="([^"]*)"[^>]*?name="{name}"', page)
    assert found, f"no field {name}"
    return html.unescape(next(part for part in found.groups() if part is not None))


def filled(page: str, **more: str) -> dict[str, str]:
    names = {*re.findall(r'<(?:input|textarea)[^>]*? name="([a-z]+)"', page)} - {"csrf_token", "different"}
    chosen = {
        name: next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
        for name, options in re.findall(r'<select id="(\w+)"(.*?)</select>', page, re.DOTALL)
    }
    return {**{name: value(page, name) for name in names}, **chosen, **more}


def contributions(site: Flask, **filters: str) -> list[str]:
    with site.test_request_context():
        return [row.id for row in desk().queue(Filters(state="submitted", **filters)).rows]


@pytest.mark.parametrize(
    "path", ["source", "source/new", "import/x", "source/gold-2017/merge", "source/gold-2017/mark"]
)
def test_who_is_not_signed_in_is_sent_to_sign_in(site: Flask, path: str) -> None:
    answer = site.test_client().get(f"/contribute/{path}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in")


def test_one_reference_fills_in_the_form_and_is_handed_in(site: Flask, here: FlaskClient) -> None:
    page = here.post("/contribute/source", data={"text": BIB, "go": "read"}).text
    assert (value(page, "title"), value(page, "authors")) == ("Quite a new study", "Newcomer, Ann")
    answer = here.post("/contribute/source/new", data=filled(page, go="submit"))
    assert (answer.status_code, answer.location) == (303, "/contributions")
    again = here.post("/contribute/source/new", data=filled(page, go="submit"))
    assert again.status_code == 303
    (made,) = contributions(site, source=thing("source", "newcomer-2024"))
    with site.test_request_context():
        assert desk().get(made).kind == "source"


def test_by_doi_and_with_no_network_by_hand_with_the_doi_kept(site: Flask, here: FlaskClient) -> None:
    work = Reference("JournalArticle", "Told by a registrar", authors=names_of("Teller, T."), year="2023")
    site.extensions["gapbridge.registrar"] = Told(work)
    page = here.post("/contribute/source", data={"doi": "10.5555/told", "go": "doi"}).text
    assert (value(page, "title"), value(page, "doi")) == ("Told by a registrar", "10.5555/told")
    site.extensions["gapbridge.registrar"] = Told()
    answer = here.post("/contribute/source", data={"doi": "https://doi.org/10.5555/told", "go": "doi"})
    assert (answer.status_code, value(answer.text, "doi")) == (422, "10.5555/told")
    assert "cannot be reached" in answer.text
    assert value(here.get("/contribute/source/new?doi=10.5555/told").text, "doi") == "10.5555/told"


def test_a_work_that_looks_the_same_is_shown_with_the_reasons_before_anything_is_kept(here: FlaskClient) -> None:
    text = "@article{c, title = {What Is Policy Failure?}, author = {McConnell, A.}, year = 2015}"
    page = here.post("/contribute/source", data={"text": text}).text
    assert "same title but for the subtitle, same year, same first author" in page
    answer = here.post("/contribute/source/new", data=filled(page, go="submit"))
    assert answer.status_code == 422
    assert 'href="#alike"' in answer.text
    sent = filled(answer.text, go="submit", different="yes")
    assert here.post("/contribute/source/new", data=sent).status_code == 303


def test_a_work_with_the_same_doi_cannot_be_added(here: FlaskClient) -> None:
    text = "@article{c, title = {X}, doi = {10.1080/25741292.2018.1540378}}"
    page = here.post("/contribute/source", data={"text": text}).text
    answer = here.post("/contribute/source/new", data=filled(page, go="submit", different="yes"))
    assert answer.status_code == 422
    assert "Hudson et al. 2019" in answer.text


def test_a_form_that_cannot_be_taken_comes_back_as_typed_with_what_would_do(here: FlaskClient) -> None:
    page = here.get("/contribute/source/new?kind=Book").text
    typed = {"title": "", "authors": "A, B", "year": "199", "doi": "nonsense", "url": "javascript:x", "isbn": "123",
             "language": "?", "evidence": "rumour", "reading": "half"}  # fmt: skip
    answer = here.post("/contribute/source/new", data=filled(page, go="submit", **typed))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    for name in ("title", "year", "doi", "url", "isbn", "language", "evidence", "reading"):
        assert f'href="#{name}"' in answer.text
    assert {name: value(answer.text, name) for name in ("authors", "year", "doi", "url")} == {
        "authors": "A, B", "year": "199", "doi": "nonsense", "url": "javascript:x",
    }  # fmt: skip


def test_a_draft_is_saved_and_opened_again_as_typed(site: Flask, here: FlaskClient) -> None:
    page = here.get("/contribute/source/new?kind=Thesis").text
    answer = here.post("/contribute/source/new", data=filled(page, go="save", title="A thesis", year="19"))
    draft = here.get(answer.location).text
    assert (value(draft, "title"), value(draft, "year")) == ("A thesis", "19")
    assert here.get(answer.location.partition("?")[0]).status_code == 200
    other = signed_in(site)
    assert other.get(answer.location).status_code == 403
    newer = here.post("/contribute/source/new", data=filled(draft, go="save", title="A thesis, now named"))
    assert newer.status_code == 303
    stale = here.post("/contribute/source/new", data=filled(draft, go="save", title="Typed in another window"))
    assert stale.status_code == 409
    assert value(stale.text, "title") == "Typed in another window"


def test_another_kind_shows_its_fields_and_keeps_what_was_typed(here: FlaskClient) -> None:
    page = here.get("/contribute/source/new?kind=JournalArticle").text
    shown = here.post("/contribute/source/new", data=filled(page, go="kind", kind="Book", volume="7")).text
    assert value(shown, "volume") == "7"
    assert 'name="isbn"' in shown


def test_many_references_make_an_import_told_row_by_row(site: Flask, here: FlaskClient) -> None:
    text = MANY.replace("Quite a", "Another").replace("Newcomer", "Latecomer")  # nothing that waits from another test
    text = text.replace("What Is Policy Failure?", "Tracking Delivery Global Trends").replace(
        "McConnell, A.", "Gold, J."
    )
    file = (io.BytesIO(text.replace("2015", "2017").encode()), f"../{EVIL}.bib")
    answer = here.post("/contribute/source", data={"file": file, "go": "read"}, content_type="multipart/form-data")
    id = answer.location.rpartition("/")[2]
    with site.test_request_context():
        batches().wait(id, 60)
    page = here.get(answer.location).text
    for outcome in ("Added", "Already there", "Needs a decision", "Refused"):
        assert f"{outcome} (1)" in page
    assert "Finished" in page
    assert EVIL not in page
    assert "It has no title" in here.get(f"{answer.location}?show=refused").text
    assert signed_in(site).get(answer.location).status_code == 403
    assert signed_in(site, "reviewer").get(answer.location).status_code == 200
    decided = here.post(f"{answer.location}/rows/3", data={"do": "leave"})
    assert decided.status_code == 303
    assert here.post(f"{answer.location}/rows/3", data={"do": "leave"}).status_code == 409
    assert here.post(f"{answer.location}/stop").status_code == 303


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7", "This is a PDF"),
        (b"PK\x03\x04" + b"\x00" * 100, "This is an archive"),
        (b"<!doctype html><p>x", "This is a web page"),
        (b"", "Paste references, or choose a file"),
        (b"@book{a, author = {X}}", "It has no title"),
    ],
)
def test_what_is_no_file_of_references_is_told_beside_the_field(here: FlaskClient, data: bytes, told: str) -> None:
    sent = {"file": (io.BytesIO(data), "refs.bib")}
    answer = here.post("/contribute/source", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert told in answer.text


def test_what_was_pasted_comes_back_where_it_cannot_be_read(here: FlaskClient) -> None:
    answer = here.post("/contribute/source", data={"text": f"Dear all, {EVIL}"})
    assert answer.status_code == 422
    assert EVIL not in answer.text
    assert html.escape(EVIL) in answer.text


def test_the_limit_is_told_before_and_after(here: FlaskClient) -> None:
    assert "up to 20 MB" in here.get("/contribute/source").text
    more = {"CONTENT_LENGTH": str(LARGEST_FILE + (2 << 20)), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = here.post("/contribute/source", data=b"x", environ_overrides=more)
    assert answer.status_code == 413
    assert "This is larger than 20 MB" in answer.text


def test_who_sends_too_much_by_hand_is_told_the_limit_of_that_form(here: FlaskClient) -> None:
    more = {"CONTENT_LENGTH": str(2 << 20), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = here.post("/contribute/source/new", data=b"x", environ_overrides=more)
    assert answer.status_code == 413
    assert "larger than 1 MB" in answer.text
    assert "up to 20 MB" in answer.text


def test_scripts_in_fields_are_shown_as_words(here: FlaskClient) -> None:
    page = here.post("/contribute/source", data={"text": f"@book{{a, title = {{{EVIL}}}, author = {{{EVIL}}}}}"}).text
    assert EVIL not in page
    assert value(page, "title") == EVIL


def test_a_merger_is_previewed_and_proposed(site: Flask, here: FlaskClient) -> None:
    address = "/contribute/source/weaver-2009/merge"
    shown = here.get(f"{address}?into=weaver-2010").text
    assert "Target Compliance" in shown
    assert "But Will It Work?" in shown
    refused = here.post(address, data={"into": "weaver-2010", "why": ""})
    assert refused.status_code == 422
    assert here.post(address, data={"into": "no-such-work", "why": "x"}).status_code == 422
    assert here.post(address, data={"into": "weaver-2010", "why": "The same text."}).status_code == 303
    (made,) = contributions(site, kind="merge")
    with site.test_request_context():
        assert desk().get(made).source == thing("source", "weaver-2010")


def test_a_work_is_marked_as_retracted(site: Flask, here: FlaskClient) -> None:
    address = "/contribute/source/gold-2017/mark"
    bad = here.post(address, data={"status": "retracted", "notice": "no address", "day": "yesterday"})
    assert bad.status_code == 422
    assert value(bad.text, "day") == "yesterday"
    sent = {"status": "retracted", "notice": "https://example.org/notice", "day": "2024-05-01"}
    assert here.post(address, data=sent).status_code == 303
    (made,) = contributions(site, kind="edit")
    with site.test_request_context():
        assert "publication-status/retracted" in desk().get(made).added


def test_the_page_of_a_source_offers_both_to_contributors_alone(site: Flask, here: FlaskClient) -> None:
    for name in ("merge", "mark"):
        link = f"/contribute/source/gold-2017/{name}"
        assert link in here.get("/id/source/gold-2017").text
        assert link not in site.test_client().get("/id/source/gold-2017").text
