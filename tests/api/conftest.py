"""The JSON interface over a base made of the seed data."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.settings import Settings
from webui import create_app
from webui.base import Base, Opened


@pytest.fixture(scope="session")
def app(seeded: Settings) -> Flask:
    made = create_app(seeded)
    made.testing = True
    return made


@pytest.fixture(scope="session")
def opened(app: Flask) -> Opened:
    base: Base = app.extensions["gapbridge"]
    return base.current()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
