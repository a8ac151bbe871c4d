"""The pages of the evidence base: everything a person sees, read from the library and nothing else."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask
from jinja2 import StrictUndefined

from kg.answering import graph_names
from kg.cataloguing import Shelf
from kg.contributing import home
from kg.settings import Settings, read_settings
from webui import (
    api,
    assets,
    errors,
    explaining,
    forgery,
    graph_store,
    headers,
    marking,
    pack_marks,
    packing,
    prefix,
    remembered,
    representations,
    signed_in,
    stored,
    watching,
)
from webui.base import Base, let_go
from webui.gate import Gate
from webui.health import Health, Readiness
from webui.proxied import Behind
from webui.sparql import Endpoint, Front, create_blueprint
from webui.sparql.gallery import blueprint as gallery
from webui.views import BLUEPRINTS
from webui.watching import Watching

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from webui.metrics import Metrics


def _graph_names(base: Base) -> tuple[str, ...]:
    """The addresses of the named graphs that there are now."""
    return graph_names(base.current().reader)


class Site(Flask):
    """A site whose log tells of what failed without the address, which may be a secret."""

    def log_exception(self, exc_info: Any) -> None:
        logging.getLogger("gapbridge").error("A request failed", exc_info=exc_info)


_PASSED = (
    watching,
    signed_in,
    remembered,
    packing,
    prefix,
    assets,
    errors,
    headers,
    representations,
    explaining,
    marking,
    pack_marks,
)
"""What an answer passes, the last one first."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application.

    Args:
        settings: what is in force; read from the environment when not given.
    """
    settings = settings or read_settings()
    app = Site(__name__)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["gapbridge"] = base = Base(settings)
    app.teardown_appcontext(let_go)
    app.extensions["gapbridge.shelf"] = Shelf(home(settings))  # makes nothing before somebody asks
    people = stored.init_app(app, settings)
    metrics = _metrics(settings, base, people)
    _add_pages(app, settings)
    endpoint = _add_endpoint(app, settings, people, metrics)
    forgery.exempt(app)
    if metrics:
        app.extensions["gapbridge.pages"].counted = metrics.kept("pages")
    prefix.check(app, settings.prefix)
    app.wsgi_app = _before(app, settings, endpoint, metrics)  # type: ignore[method-assign]
    return app


def _add_pages(app: Flask, settings: Settings) -> None:
    for part in _PASSED:
        part.init_app(app)
    forgery.init_app(app, settings)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.init_app(app)


def _add_endpoint(app: Flask, settings: Settings, people: stored.Stored, metrics: Metrics | None) -> Endpoint:
    """Where others ask and change the base in SPARQL; its processes start with the first query."""
    base: Base = app.extensions["gapbridge"]
    named = partial(_graph_names, base)
    endpoint = Endpoint(settings, base.reader_at_hand, people, named, metrics.counted if metrics else None)
    app.extensions["gapbridge.endpoint"] = endpoint
    app.register_blueprint(create_blueprint(endpoint))
    app.register_blueprint(gallery)
    app.register_blueprint(graph_store.create_blueprint(settings, endpoint.pool, endpoint.changes, named))
    if metrics:
        endpoint.kept.counted = metrics.kept("queries")
    return endpoint


def _before(app: Flask, settings: Settings, endpoint: Endpoint, metrics: Metrics | None) -> WSGIApplication:
    """What a request passes before it comes to the site, the last one first."""
    site: WSGIApplication = Watching(Gate(Front(app.wsgi_app, endpoint)), settings, metrics)
    readiness = Readiness(app.extensions["gapbridge"], stored.stored(app), endpoint)
    site = Health(site, readiness, metrics, near_only=settings.metrics == "loopback")
    site = prefix.Reached(site, settings.public_url) if settings.public_url else site
    return Behind(settings.proxies, site) if settings.proxies else site


def _metrics(settings: Settings, base: Base, people: stored.Stored) -> Metrics | None:
    if settings.metrics == "off":
        return None
    from webui.metrics import Metrics  # its library is for those who want numbers

    return Metrics(base, people)
