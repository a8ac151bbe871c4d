"""Releases, and news as Atom feeds."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from webui import feeds
from webui.base import base, opened
from webui.contexts.news import changes_feed, releases_feed, thing_feed
from webui.contexts.releases import release_page, releases_page
from webui.contexts.things import find_ever
from webui.hosts import public_root

blueprint = Blueprint("news", __name__)


@blueprint.get("/releases")
def releases() -> str:
    return render_template("releases.html", page=releases_page(opened()))


@blueprint.get("/releases/<slug>")
def release(slug: str) -> str:
    return render_template("release.html", page=release_page(opened(), slug))


@blueprint.get("/feeds/changes.atom")
def changes() -> Response:
    return _given(changes_feed(opened(), base().settings, public_root()))


@blueprint.get("/feeds/releases.atom")
def of_releases() -> Response:
    return _given(releases_feed(opened(), public_root()))


@blueprint.get("/feeds/of/<kind>/<path:slug>.atom")
def of_thing(kind: str, slug: str) -> Response:
    now, index = opened(), base().index
    return _given(thing_feed(now, index, find_ever(now, index, kind, slug), public_root()))


def _given(feed: feeds.Feed) -> Response:
    return Response(feeds.write(feed), content_type=f"{feeds.MEDIA}; charset=utf-8")
