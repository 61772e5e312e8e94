"""The doors are tried on a database of their own, filled once with two companies; each test is rolled back on top."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask, request_started

from registry.app import create_app
from registry.jobs.queue import _application
from registry.store import db
from tests.conftest import _clone, _forget, _maintenance, _url, rolled_back, settings_of
from tests.factories import two_companies
from tests.factories.two_companies import World


@pytest.fixture(scope="session")
def worker_app(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """This worker's application over a database that holds the two companies."""
    name = f"doors_{uuid.uuid4().hex}"
    with _maintenance(server) as connection:
        _clone(connection, template, name)
    others = list(_application)
    app = create_app(settings_of(_url(server, name), tmp_path_factory.mktemp("data")))
    _application[:] = others or [app]  # other tests' tasks run in the application that they made
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    request_started.connect(_forget, app)
    try:
        with app.app_context():
            app.extensions["tests-world"] = two_companies.make(tmp_path_factory.mktemp("records"))
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(worker_app: Flask) -> Iterator[Flask]:
    """The application inside a context; what the test writes is rolled back, what the world holds stays."""
    with rolled_back(worker_app):
        yield worker_app


@pytest.fixture
def connection(app: Flask) -> sa.Connection:
    """The connection whose transaction is rolled back at the end."""
    found = db.session.connection()
    db.session.remove()
    return found


@pytest.fixture
def world(app: Flask) -> World:
    """The two companies."""
    world: World = app.extensions["tests-world"]
    return world


@contextmanager
def aside(connection: sa.Connection) -> Iterator[None]:
    """What is written inside is rolled back at the end, whatever became of it."""
    db.session.remove()  # an open session's own savepoint would lie around ours, and end it
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        if savepoint.is_active:
            savepoint.rollback()
