"""Making claims on the pages: kept as typed, told by field, nothing of a passage kept, one however often it is sent."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.claiming import KINDS, claim_form
from kg.contributing import open_base
from kg.contributions import records
from kg.database.table import now
from kg.namespaces import gap, local_of, thing
from kg.settings import Settings
from kg.store import Literal, NamedNode, text_of
from kg.validation import check
from tests import people_support
from tests.claiming.claiming_support import MINIMAL
from tests.people_support import signed_in
from tests.webui.page_support import Visited
from webui.base import Opened
from webui.desk import desk

CLAIM = "/contribute/claim"
WORDS = "What stands in the document, and nowhere else on earth: zyzzyva quagga."
PAGE = {"Accept": "text/html"}
TEXT = f"A line before it.\n{WORDS}\nA line after it."


@dataclass(frozen=True)
class Site:
    app: Flask
    folder: Path

    def somebody(self, role: str = "contributor", name: str = "Robin Example") -> FlaskClient:
        return signed_in(self.app, role, name)

    def kept(self, id: str) -> dict[str, list[str]]:
        with self.app.app_context():
            return dict(desk().get(id).form)

    def state(self, id: str) -> str:
        with self.app.app_context():
            return desk().get(id).state


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("people")
    with people_support.site(seeded, str(folder)) as app:
        yield Site(app, folder)


@pytest.fixture(scope="module")
def robin(site: Site) -> FlaskClient:
    return site.somebody()


_made = iter(range(10_000))


def send(client: FlaskClient, go: str, **more: str | list[str]) -> TestResponse:
    """A form as the page would send it, new unless it names a draft. `__` stands for a dot."""
    given = {key.replace("__", "."): value for key, value in more.items()}
    return client.post(CLAIM, data={"go": go, "key": f"key-{next(_made)}", "version": "0", **given})


def minimal(locator: str, **more: str) -> dict[str, str]:
    return MINIMAL | {"locator": locator} | more


def draft_in(answer: TestResponse) -> str:
    found = re.search(r"(?:draft=|/review/)([0-9a-f]+)", answer.headers.get("Location", "")) or re.search(
        r'name="draft" value="([0-9a-f]+)"', answer.text
    )
    assert found, answer.text[:500]
    return found[1]


def version_in(answer: TestResponse) -> str:
    found = re.search(r'name="version" value="(\d+)"', answer.text)
    assert found
    return found[1]


def told(answer: TestResponse) -> str:
    """The summary of what is wrong."""
    start = answer.text.find('class="summary"')
    return (
        unescape(re.sub(r"<[^>]+>", " ", answer.text[start : answer.text.find("</div>", start)])) if start > 0 else ""
    )


def test_only_who_is_signed_in_makes_claims(site: Site) -> None:
    answer = site.app.test_client().get(f"{CLAIM}?source=gold-2017", headers={"Accept": "text/html"})
    assert answer.status_code in (302, 303)
    assert "/sign-in?next=" in answer.location


def test_the_page_asks_what_the_shapes_ask_in_their_words(robin: FlaskClient, opened: Opened) -> None:
    page = unescape(robin.get(CLAIM).text)
    for field in claim_form(opened.reader).fields:
        assert field.label in page
        assert field.help in page
        assert all(choice.definition in page for choice in field.choices)


def test_the_page_is_well_formed_and_kept_by_nobody(robin: FlaskClient) -> None:
    answer = robin.get(f"{CLAIM}?source=gold-2017")
    page = Visited(CLAIM, answer.status_code, answer.text)
    assert page.faults == []
    assert [id for id, count in page.ids.items() if count > 1] == []
    assert "no-store" in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers


def test_what_was_typed_comes_back_and_nobody_else_sees_it(site: Site, robin: FlaskClient) -> None:
    answer = send(robin, "save", gist="Half a sentence", claimSubject__words="unheard-of thing")
    again = robin.get(answer.location)
    assert answer.status_code == 303
    assert "Half a sentence" in again.text
    assert "unheard-of thing" in again.text
    for other in (site.somebody(name="Kim Other"), site.somebody("reviewer", "Ray Reader")):
        assert other.get(f"{CLAIM}?draft={draft_in(answer)}").status_code == 404
        assert send(other, "save", draft=draft_in(answer), version="1", gist="Mine now.").status_code == 404
    assert site.kept(draft_in(answer))["gist"] == ["Half a sentence"]


def test_a_minimal_claim_is_handed_in(site: Site, robin: FlaskClient) -> None:
    answer = send(robin, "submit", **minimal("p. 1"))
    assert answer.status_code == 303, told(answer)
    assert site.state(draft_in(answer)) == "submitted"


def test_what_is_missing_is_told_by_field_and_kept(site: Site, robin: FlaskClient) -> None:
    answer = send(robin, "submit", **minimal("p. 2", stance="", gist="Too short."))
    page = Visited(CLAIM, answer.status_code, answer.text)
    assert answer.status_code == 422
    assert "Choose one stance" in told(answer)
    assert "15 to 300 characters" in told(answer)
    assert all(link.partition("#")[2] in page.ids for link in page.links if link.startswith(f"{CLAIM}#"))
    assert site.kept(draft_in(answer))["gist"] == ["Too short."]


def test_names_are_taken_for_what_they_name(site: Site, robin: FlaskClient) -> None:
    by_name = minimal("p. 3", claimSubject="", claimSubject__words="Routine use of action research",
                      assertedIn="", assertedIn__words="gold 2017")  # fmt: skip
    answer = send(robin, "submit", **by_name)
    assert answer.status_code == 303, told(answer)
    assert site.kept(draft_in(answer))["claimSubject"] == ["tactic/action-research"]


def test_words_that_name_nothing_are_looked_up(robin: FlaskClient) -> None:
    answer = send(robin, "submit", **minimal("p. 4", claimObject="", claimObject__words="drift"))
    assert answer.status_code == 422
    assert "name nothing here exactly" in told(answer)
    assert 'value="outcome/policy-drift"' in answer.text
    looked = send(robin, "look:backedBy", backedBy__words="gold")
    assert looked.status_code == 200
    assert 'value="source/gold-2017"' in looked.text


def test_words_by_which_something_was_chosen_are_done_with(site: Site, robin: FlaskClient) -> None:
    chosen = {
        "claimObject__words": "drift",
        "backedBy": "source/gold-2014",
        "backedBy__words": "international delivery",
    }
    answer = send(robin, "submit", **minimal("p. 40", claimBasis="cites-non-empirical", **chosen))
    assert answer.status_code == 303, told(answer)
    assert not [key for key in site.kept(draft_in(answer)) if key.endswith(".words")]


def test_what_is_offered_while_one_types_fits_the_field(robin: FlaskClient) -> None:
    offered = robin.get("/contribute/things?for=backedBy&q=support").json
    assert {one["value"].partition("/")[0] for one in offered} == {"source"}
    about = robin.get("/contribute/things?for=claimSubject&q=gold").json
    assert all(not one["value"].startswith(("source/", "person/", "claim/")) for one in about)
    assert robin.get("/contribute/things?for=none&q=x").status_code == 404


NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def test_scripts_in_every_field_stay_words(robin: FlaskClient, opened: Opened) -> None:
    keys = [field.key for field in claim_form(opened.reader).fields]
    every = {key: NASTY for key in (*keys, *(f"{key}.words" for key in keys))}
    ends = {f"claimSubject.{part}": NASTY for part in ("kind", "name", "definition", "inScheme", "outcomeKind")}
    for go in ("submit", "save", "look:claimSubject"):
        answer = send(robin, go, **every, **ends, start=NASTY, changeNote=NASTY, corrects=NASTY)
        page = robin.get(answer.location).text if answer.status_code == 303 else answer.text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_what_cannot_be_seen_is_left_out(site: Site, robin: FlaskClient) -> None:
    answer = send(robin, "save", gist="turned\u202eround\u2066 nul\x00 and\u200b all")
    assert site.kept(draft_in(answer))["gist"] == ["turnedround nul and all"]


def test_a_megabyte_is_told_and_the_rest_is_kept(site: Site, robin: FlaskClient) -> None:
    answer = send(robin, "submit", **minimal("p. 5", gist="long " * 200_000))
    assert answer.status_code == 422
    assert "2,000 characters" in told(answer)
    assert site.kept(draft_in(answer))["locator"] == ["p. 5"]


@pytest.mark.parametrize(
    "asked", ["about=tactic/none", "source=none", "copy=claim/none", "edit=<script>", "draft=none"]
)
def test_what_is_not_there_is_told(robin: FlaskClient, asked: str) -> None:
    answer = robin.get(f"{CLAIM}?{asked}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<x>" not in answer.text


def everything_kept(site: Site) -> bytes:
    return b"".join(path.read_bytes() for path in site.folder.iterdir())


def test_a_passage_is_measured_and_thrown_away(
    site: Site, robin: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = send(robin, "save", **minimal("p. 6"), passage=WORDS, text=TEXT)
    kept = site.kept(draft_in(answer))
    assert kept["start"] == ["18"]
    assert len(kept["quoteHash"][0]) == 64
    failed = send(robin, "submit", **minimal("p. 7", stance=""), passage=WORDS, text=f"{TEXT} {TEXT}")
    assert failed.status_code == 422
    assert "2 times" in told(failed)
    for page in (robin.get(answer.location).text, failed.text, caplog.text, everything_kept(site).decode("latin-1")):
        assert "zyzzyva" not in page


def test_a_gist_that_repeats_the_passage_is_warned_of(robin: FlaskClient) -> None:
    data = {"gist": "It says what stands in the document, and nowhere.", "passage": WORDS}
    answer = robin.post(f"{CLAIM}/advice", data=data)
    assert [one["text"] for one in answer.json["advice"] if "in a row" in one["text"]] != []


def test_a_mark_is_taken_away_again(site: Site, robin: FlaskClient) -> None:
    first = send(robin, "save", **minimal("p. 8"), passage=WORDS, text=TEXT)
    id = draft_in(first)
    kept = {key: site.kept(id)[key][0] for key in ("start", "end", "quoteHash", "textHash")}
    send(robin, "save", **minimal("p. 8"), draft=id, version="1", forget="yes", **kept)
    assert "quoteHash" not in site.kept(id)


def test_the_same_form_sent_twice_is_one_draft_however_many_were_made_in_that_second(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    second, quick = now(), site.somebody(name="Quick Example")
    monkeypatch.setattr(records, "now", lambda: second)
    first = send(quick, "save", key="at once", **minimal("p. 11"))
    for page in range(20, 32):
        send(quick, "save", **minimal(f"p. {page}"))
    assert draft_in(send(quick, "save", key="at once", **minimal("p. 11"))) == draft_in(first)


def test_the_same_form_sent_twice_is_one_draft_and_one_submission(site: Site, robin: FlaskClient) -> None:
    first, second = (send(robin, "save", key="twice", **minimal("p. 9")) for _ in range(2))
    assert draft_in(first) == draft_in(second)
    third, fourth = (send(robin, "submit", key="thrice", **minimal("p. 10")) for _ in range(2))
    assert third.location == fourth.location
    assert third.status_code == fourth.status_code == 303


def test_a_draft_saved_elsewhere_meanwhile_is_shown_beside_ones_own(site: Site, robin: FlaskClient) -> None:
    id = draft_in(send(robin, "save", gist="The first wording."))
    send(robin, "save", draft=id, version="1", gist="The wording in the other window.")
    stale = send(robin, "save", draft=id, version="1", gist="The wording in this window.")
    assert stale.status_code == 409
    assert "The wording in the other window." in stale.text
    assert "The wording in this window." in stale.text
    assert site.kept(id)["gist"] == ["The wording in the other window."]
    again = send(robin, "save", draft=id, version=version_in(stale), gist="The wording in this window.")
    assert again.status_code == 303
    assert site.kept(id)["gist"] == ["The wording in this window."]


def test_what_was_decided_meanwhile_takes_nothing_more_and_loses_nothing(site: Site, robin: FlaskClient) -> None:
    id = draft_in(send(robin, "save", gist="A wording to be given up."))
    robin.post(f"/review/{id}", data={"do": "give-up", "version": "1"})
    late = send(robin, "save", draft=id, version="2", gist="Typed too late.")
    assert late.status_code == 409
    assert "Typed too late." in late.text
    assert 'name="draft" value=""' in late.text


def test_the_next_claim_of_the_source_keeps_source_section_and_voice(robin: FlaskClient) -> None:
    answer = send(robin, "next", **minimal("§ 7", voicedBy="person/gold-j"))
    page = robin.get(answer.location).text
    assert 'value="§ 7"' in page
    assert 'value="source/gold-2017" checked' in page
    assert 'value="person/gold-j" checked' in page
    assert MINIMAL["gist"] not in page
    assert 'name="draft" value=""' in page


def test_saving_as_one_goes(site: Site, robin: FlaskClient) -> None:
    data = {"gist": "It proves a thing.", "key": "quiet"}
    first = robin.post(f"{CLAIM}/quiet", data=data).json
    assert "“proves”" in first["advice"][0]["text"]
    second = robin.post(f"{CLAIM}/quiet", data=data | {"draft": first["draft"], "version": str(first["version"])}).json
    assert second["draft"] == first["draft"]
    stale = robin.post(f"{CLAIM}/quiet", data=data | {"draft": first["draft"], "version": "1"})
    assert (stale.status_code, stale.json["stale"]) == (409, True)
    assert robin.post(f"{CLAIM}/quiet", data={}).json == {"advice": []}


def test_a_preview_shows_the_card_the_ways_and_the_turtle(robin: FlaskClient) -> None:
    answer = send(robin, "preview", **minimal("p. 11"))
    page = unescape(robin.get(answer.location).text)
    assert '<article class="claim stance-supports">' in page
    assert "is held to lead to" in page.partition("What will be found, from where")[2]
    assert "gap:claimSubject tactic:action-research" in page


def test_a_caution_is_said_to_write_no_link(robin: FlaskClient) -> None:
    answer = send(robin, "preview", **minimal("p. 12", stance="cautions"))
    assert "No link follows from this claim" in robin.get(answer.location).text


NEW = {
    "claimObject": "", "claimObject.kind": "outcome", "claimObject.name": "Drift in silence",
    "claimObject.definition": "A policy is left to itself, and nobody says so.", "claimObject.outcomeKind": "failure",
}  # fmt: skip


def test_something_new_is_taken_once_its_neighbours_were_looked_at(robin: FlaskClient) -> None:
    first = send(robin, "submit", **minimal("p. 13", **NEW))
    assert first.status_code == 422
    assert "Look at what comes near" in told(first)
    assert "Drift into full or partial failure" in first.text
    second = send(robin, "submit", **minimal("p. 13", **NEW, **{"claimObject.sure": "yes"}))
    assert second.status_code == 303, told(second)


def test_a_reading_on_record_is_not_entered_again(robin: FlaskClient) -> None:
    copied = robin.get(f"{CLAIM}?copy=claim/gold-weak-units-d3e57c69")
    assert "Gold 2017" in copied.text or "gold-2017" in copied.text
    chosen = re.findall(r'name="([\w.]+)" value="([^"]*)" checked', copied.text)
    checked = {name: unescape(value) for name, value in chosen}
    relation = re.findall(r'<option value="(\w+)" selected', copied.text)
    texts = re.findall(r'<textarea id="(\w+)"[^>]*>([^<]*)</textarea>', copied.text)
    lines = re.findall(r'<input id="(locator)" type="text" name="\w+" value="([^"]*)"', copied.text)
    values = checked | {"claimPredicate": relation[0]} | {key: unescape(text) for key, text in (*texts, *lines)}
    works = re.findall(r'name="backedBy" value="([^"]*)" checked', copied.text)
    answer = send(robin, "submit", **(values | {"backedBy": works, "passage": "", "text": ""}))
    assert answer.status_code == 422
    assert "on record already" in told(answer)


def upload(client: FlaskClient, data: bytes, **more: str) -> TestResponse:
    return client.post("/contribute/claims", data={"table": (io.BytesIO(data), "claims.csv"), **more})


def table(opened: Opened, rows: list[dict[str, str]], sign: str = ",") -> str:
    keys = list(MINIMAL)
    form = claim_form(opened.reader)
    lines = [sign.join(form[key].label for key in keys)]
    lines += [sign.join(f'"{row.get(key, "")}"' for key in keys) for row in rows]
    return "\r\n".join(lines)


def test_a_table_becomes_drafts_and_what_is_wrong_is_told_by_row(
    site: Site, robin: FlaskClient, opened: Opened
) -> None:
    rows = [minimal("p. 20"), minimal("p. 21", claimObject="no such thing"), minimal("p. 22", stance="neutral")]
    answer = upload(robin, table(opened, rows).encode())
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert "1 claim kept as drafts" in page
    assert "2 rows cannot be used yet" in page
    assert "Row 3" in page
    assert "names nothing here exactly" in page
    ids = re.findall(r"/contribute/claim\?draft=([0-9a-f]+)", page)
    assert [site.kept(id)["locator"] for id in ids] == [["p. 20"]]
    again = upload(robin, table(opened, rows).encode())
    assert re.findall(r"/contribute/claim\?draft=([0-9a-f]+)", again.text) == ids


def test_a_table_as_spreadsheets_write_it_is_handed_in_at_once(site: Site, robin: FlaskClient, opened: Opened) -> None:
    data = table(opened, [minimal("p. 23"), minimal("p. 24")], ";").encode("utf-16")
    ids = re.findall(r"/review/([0-9a-f]+)", upload(robin, data, submit="yes").text)
    assert [site.state(id) for id in ids] == ["submitted", "submitted"]


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04", b"a,b\r\n1,2", b'"open', b"\xff\xfe\x00"]
)
def test_what_is_no_table_is_refused_with_what_would_do(robin: FlaskClient, data: bytes) -> None:
    answer = upload(robin, data)
    assert answer.status_code == 422
    assert told(answer)


def test_the_template_is_taken_by_spreadsheets(robin: FlaskClient) -> None:
    answer = robin.get("/contribute/claims/template.csv")
    assert answer.data.startswith(b"\xef\xbb\xbfSubject,Relation,Object")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="claims.csv"'


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_thing_has_a_form(robin: FlaskClient, kind: str) -> None:
    answer = robin.get(f"/contribute/thing?kind={kind}&source=gold-2017")
    page = Visited("/contribute/thing", answer.status_code, answer.text)
    assert (answer.status_code, page.faults) == (200, [])
    refused = robin.post("/contribute/thing", data={"kind": kind, "go": "submit", "key": f"thing-{kind}"})
    assert refused.status_code == 422
    assert "name" in told(refused)


@pytest.fixture
def living(fresh: Settings, tmp_path: Path) -> Iterator[Site]:
    """A site whose base may be written to."""
    with people_support.site(fresh, str(tmp_path)) as app:
        yield Site(app, tmp_path)


def accept(site: Site, id: str) -> None:
    reviewer = site.somebody("reviewer", "Ray Reader")
    version = version_in(reviewer.get(f"/review/{id}"))
    answer = reviewer.post(f"/review/{id}", data={"do": "accept", "version": version})
    assert answer.status_code == 303, unescape(re.sub(r"<[^>]+>", " ", answer.text))[:3000]


def shadowing(locator: str, name: str) -> dict[str, str]:
    new = {"claimSubject": "", "claimSubject.kind": "tactic", "claimSubject.name": name, "claimSubject.sure": "yes",
           "claimSubject.definition": "Those who write a policy spend days with those who carry it out."}  # fmt: skip
    return minimal(locator, gist=f"{name} may slow the drift of a policy.", **new)


def test_from_the_form_to_the_pages(living: Site, fresh: Settings) -> None:
    """A claim, two new tactics at once, a correction: accepted one after the other, live at once, all in order."""
    robin = living.somebody()
    ids = [
        draft_in(send(robin, "submit", **minimal("p. 30"))),
        draft_in(send(robin, "submit", **shadowing("p. 31", "Shadowing at the front line"))),
        draft_in(send(robin, "submit", **shadowing("p. 32", "Swapping desks for a month"))),
    ]
    for id in ids:
        accept(living, id)
    base = open_base(fresh)
    assert check(base) == []
    gist = Literal(MINIMAL["gist"], language="en")
    claim = next(local_of(text_of(q.subject)) for q in base.quads(value=gist) if q.predicate.value == gap("gist"))
    assert MINIMAL["gist"] in living.app.test_client().get(f"/id/{claim}", headers=PAGE).text
    listed = base.quads(subject=NamedNode(thing("scheme", "gold-2017-tactic")))
    assert [text_of(q.object) for q in listed if q.predicate.value.endswith("listedCount")] == ["2"]
    better = minimal("p. 30", gist="Routine action research might slow down a drifting policy.")
    edited = send(robin, "submit", corrects=claim, changeNote="Put more plainly.", **better)
    assert edited.status_code == 303, told(edited)
    accept(living, draft_in(edited))
    assert better["gist"] in living.app.test_client().get(f"/id/{claim}", headers=PAGE).text
    other = send(robin, "submit", corrects=claim, changeNote="It warns.", **minimal("p. 30", stance="cautions"))
    assert other.status_code == 303, told(other)
    accept(living, draft_in(other))
    assert living.app.test_client().get(f"/id/{claim}", headers=PAGE).status_code == 410
    assert check(open_base(fresh)) == []
