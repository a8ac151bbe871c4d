"""A template gets one object and uses only what it declares; all thinking is done before."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta, nodes

import webui
from webui.contexts.about import AboutPage
from webui.contexts.about_changes import ChangesPage
from webui.contexts.about_evidence import EvidencePage
from webui.contexts.about_reading import ReadingPage
from webui.contexts.about_words import WordsPage
from webui.contexts.amending import AmendPage
from webui.contexts.assessment import AssessmentPage
from webui.contexts.catalog import DatasetPage, DumpsPage
from webui.contexts.cause import CausePage
from webui.contexts.claim import ClaimPage
from webui.contexts.claiming.form import ClaimFormPage
from webui.contexts.claiming.table import TablePage
from webui.contexts.claiming.thing import ThingFormPage
from webui.contexts.compare import ComparePage
from webui.contexts.coverage import CoveragePage
from webui.contexts.data import DataPage
from webui.contexts.diagnosing.asking import AskingPage
from webui.contexts.diagnosing.brief import BriefPage
from webui.contexts.diagnosing.result import ResultPage
from webui.contexts.diagnosing.saved import SavedPage
from webui.contexts.diagnosing.start import StartPage
from webui.contexts.document import DocumentPage
from webui.contexts.drawing import GraphPage
from webui.contexts.entity import EntityPage
from webui.contexts.evidence_map import MapPage
from webui.contexts.find import SearchPage
from webui.contexts.framework import FrameworkPage
from webui.contexts.gone import GonePage
from webui.contexts.history import HistoryPage
from webui.contexts.home import HomePage
from webui.contexts.importing.batch import ImportPage
from webui.contexts.importing.form import SourceFormPage
from webui.contexts.importing.merge import MarkPage, MergePage
from webui.contexts.importing.start import StartPage as AddingPage
from webui.contexts.listed import ListPage
from webui.contexts.lists import GapsPage, TacticsPage, WorklistPage
from webui.contexts.map_cell import CellPage
from webui.contexts.notices import NoticesPage
from webui.contexts.pack_upload import SendingPage, TakingPage
from webui.contexts.packs import PackChangePage, PackPage, PacksPage
from webui.contexts.page import Page
from webui.contexts.past import PastPage
from webui.contexts.people.account import AccountPage
from webui.contexts.people.accounts import AccountsPage
from webui.contexts.people.joining import JoinPage
from webui.contexts.people.signing import SignInPage
from webui.contexts.problem import ProblemPage
from webui.contexts.reference import ReferencePage
from webui.contexts.releases import ReleasePage, ReleasesPage
from webui.contexts.reviewing.batch import BatchPage
from webui.contexts.reviewing.meanwhile import MeanwhilePage
from webui.contexts.reviewing.one import OnePage
from webui.contexts.reviewing.queue import OwnPage, QueuePage
from webui.contexts.revision import ComparedPage, RevisionPage, RevisionsPage
from webui.contexts.source import SourcePage
from webui.contexts.sources import SourcesPage
from webui.contexts.tactic import TacticPage
from webui.contexts.ways import WaysPage
from webui.contexts.what_if import WhatIfPage
from webui.sparql.gallery import ExamplesPage
from webui.sparql.page import SparqlPage

FOLDERS = [Path(webui.__file__).parent / folder for folder in ("templates", "sparql/templates")]
FILES = {path.name: path for folder in FOLDERS for path in folder.glob("*.html")}
CONTEXTS: dict[str, type[Page]] = {
    "notices.html": NoticesPage,
    "amend.html": AmendPage,
    "compared_revisions.html": ComparedPage,
    "past.html": PastPage,
    "release.html": ReleasePage,
    "releases.html": ReleasesPage,
    "revision.html": RevisionPage,
    "revisions.html": RevisionsPage,
    "about.html": AboutPage,
    "about_changes.html": ChangesPage,
    "about_evidence.html": EvidencePage,
    "about_reading.html": ReadingPage,
    "about_words.html": WordsPage,
    "account.html": AccountPage,
    "accounts.html": AccountsPage,
    "assessment.html": AssessmentPage,
    "base.html": Page,
    "cause.html": CausePage,
    "claim.html": ClaimPage,
    "contributions.html": OwnPage,
    "compare.html": ComparePage,
    "contribute_claim.html": ClaimFormPage,
    "contribute_claims.html": TablePage,
    "contribute_thing.html": ThingFormPage,
    "coverage.html": CoveragePage,
    "data.html": DataPage,
    "dataset.html": DatasetPage,
    "diagnose.html": StartPage,
    "diagnose_brief.html": BriefPage,
    "diagnose_result.html": ResultPage,
    "diagnose_step.html": AskingPage,
    "document.html": DocumentPage,
    "dumps.html": DumpsPage,
    "examples.html": ExamplesPage,
    "framework.html": FrameworkPage,
    "gaps.html": GapsPage,
    "gone.html": GonePage,
    "graph.html": GraphPage,
    "history.html": HistoryPage,
    "home.html": HomePage,
    "joining.html": JoinPage,
    "list.html": ListPage,
    "map.html": MapPage,
    "map_cell.html": CellPage,
    "pack.html": PackPage,
    "pack_change.html": PackChangePage,
    "pack_taking.html": TakingPage,
    "pack_upload.html": SendingPage,
    "packs.html": PacksPage,
    "path.html": WaysPage,
    "problem.html": ProblemPage,
    "reference.html": ReferencePage,
    "saved.html": SavedPage,
    "review.html": QueuePage,
    "review_batch.html": BatchPage,
    "review_both.html": MeanwhilePage,
    "review_one.html": OnePage,
    "search.html": SearchPage,
    "sign_in.html": SignInPage,
    "source.html": SourcePage,
    "source_form.html": SourceFormPage,
    "source_import.html": ImportPage,
    "source_mark.html": MarkPage,
    "source_merge.html": MergePage,
    "source_start.html": AddingPage,
    "sources.html": SourcesPage,
    "sparql.html": SparqlPage,
    "tactic.html": TacticPage,
    "tactics.html": TacticsPage,
    "thing.html": EntityPage,
    "what_if.html": WhatIfPage,
    "worklist.html": WorklistPage,
}
WITHOUT_PAGE = {
    "about_parts.html",
    "cite.html",
    "contribute_parts.html",
    "form_parts.html",
    "pack_parts.html",
    "source_parts.html",
    "icons.html",
    "parts.html",
    "review_parts.html",
    "rings.html",
    "drawing.html",
    "differences.html",
}
THINKING = (nodes.Filter, nodes.Test, nodes.Compare, nodes.BinExpr, nodes.CondExpr, nodes.Assign, nodes.Getitem)


def test_every_template_has_a_context() -> None:
    assert set(FILES) == set(CONTEXTS) | WITHOUT_PAGE


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_template_uses_only_declared_fields(app: Flask, name: str) -> None:
    tree = app.jinja_env.parse(FILES[name].read_text(encoding="utf-8"))
    gets = [node for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name)]
    used = {node.attr for node in gets if node.node.name == "page"}
    assert used <= {field.name for field in fields(CONTEXTS[name])}
    imported = {name for node in tree.find_all(nodes.FromImport) for name in node.names}
    macros = {node.name for node in tree.find_all(nodes.Macro)}
    assert meta.find_undeclared_variables(tree) <= {"page", "asset", "csrf_token"} | imported | macros


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_every_declared_field_is_used(app: Flask, name: str) -> None:
    own = {f.name for f in fields(CONTEXTS[name])} - (set() if name == "base.html" else {f.name for f in fields(Page)})
    text = FILES[name].read_text(encoding="utf-8")
    assert {field for field in own if f"page.{field}" not in text} == set()


@pytest.mark.parametrize("name", sorted({*CONTEXTS, *WITHOUT_PAGE}))
def test_template_holds_loops_and_ifs_only(app: Flask, name: str) -> None:
    tree = app.jinja_env.parse(FILES[name].read_text(encoding="utf-8"))
    thinking = [type(node).__name__ for node in tree.find_all(THINKING)]
    assert thinking == []


@pytest.mark.parametrize("name", sorted({*CONTEXTS, *WITHOUT_PAGE}))
def test_our_own_words_promise_nothing(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8").lower()
    assert re.findall(r"\b(?:effective|proven|best practice|strong evidence|it works)\b", text) == []


@pytest.mark.parametrize("name", sorted({*CONTEXTS, *WITHOUT_PAGE}))
def test_no_inline_style_or_script(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text) == []
