"""The pages of the evidence base: everything a person sees, read from the library and nothing else."""

from __future__ import annotations

from functools import partial

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
    remembered,
    representations,
    signed_in,
    stored,
)
from webui.base import Base
from webui.gate import Gate
from webui.sparql import Endpoint, Front, create_blueprint
from webui.sparql.gallery import blueprint as gallery
from webui.views import BLUEPRINTS


def _graph_names(base: Base) -> tuple[str, ...]:
    """The addresses of the named graphs that there are now."""
    return graph_names(base.current().reader)


def create_app(settings: Settings | None = None) -> Flask:
    """The application.

    Args:
        settings: what is in force; read from the environment when not given.
    """
    app = Flask(__name__)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    settings = settings or read_settings()
    app.extensions["gapbridge"] = base = Base(settings)
    app.extensions["gapbridge.shelf"] = Shelf(home(settings))  # makes nothing before somebody asks
    people = stored.init_app(app, settings)
    # answers pass them in reverse
    for part in (
        signed_in,
        remembered,
        packing,
        assets,
        errors,
        headers,
        representations,
        explaining,
        marking,
        pack_marks,
    ):
        part.init_app(app)
    forgery.init_app(app, settings)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.init_app(app)
    named = partial(_graph_names, base)
    endpoint = Endpoint(settings, base.reader_at_hand, people, named)  # its processes start with the first query
    app.extensions["gapbridge.endpoint"] = endpoint
    app.register_blueprint(create_blueprint(endpoint))
    app.register_blueprint(gallery)
    app.register_blueprint(graph_store.create_blueprint(settings, endpoint.pool, endpoint.changes, named))
    forgery.exempt(app)
    app.wsgi_app = Gate(Front(app.wsgi_app, endpoint))  # type: ignore[method-assign]
    return app
