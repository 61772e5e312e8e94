"""What a test may ask for: a migrated PostgreSQL, an application, a session that is rolled back, callers with roles.

One server a test run, one migrated template, one database a worker. A test works inside one connection whose
transaction is rolled back; what needs real commits (workers, CLI, browser, kills) asks for `own_database`.
"""

import base64
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from flask import Flask, g, request_started
from flask.testing import FlaskClient

from registry.accounts import service as accounts
from registry.accounts.roles import RoleName, permissions_of
from registry.app import create_app
from registry.kernel.actor import SYSTEM, Actor, ActorKind
from registry.settings import Settings
from registry.store import db, patience
from registry.store.embedded import EmbeddedPostgres

KEY = bytes(range(32))
AS_SERVED = patience.FOR_AN_ANSWER
patience.FOR_AN_ANSWER = 60.0  # the disks of a busy machine may stall for seconds: no test but one is about that
TEMPLATE = "template_of_tests"
hypothesis.settings.register_profile("patient", parent=hypothesis.settings(), deadline=None)  # no test is timed
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server's maintenance database; all workers of a run share the server."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared) / "postgres"
    with EmbeddedPostgres(folder, durable=False) as postgres:
        yield postgres.url


@pytest.fixture(scope="session")
def template(server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that has every migration, made once a run."""
    with _maintenance(server) as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(1)"))
        if not connection.scalar(sa.text("SELECT count(*) FROM pg_database WHERE datname = :name"), {"name": TEMPLATE}):
            draft = f"draft_{uuid.uuid4().hex}"
            connection.execute(sa.text(f"CREATE DATABASE {draft}"))
            _migrate(_url(server, draft), tmp_path_factory.mktemp("data"))
            connection.execute(sa.text(f"ALTER DATABASE {draft} RENAME TO {TEMPLATE}"))
    return TEMPLATE


def _migrate(url: str, folder: Path) -> None:
    from registry.store.upgrade import upgrade

    app = create_app(settings_of(url, folder))
    with app.app_context():
        upgrade()
        db.engine.dispose()


def settings_of(url: str, folder: Path) -> Settings:
    return Settings(
        database_url=url,
        data=folder,
        port=8000,
        secret_key=base64.b64encode(KEY).decode(),
        encryption_key=KEY,
        hashing_key=KEY,
        secure_cookies=False,
        largest_request=8 * 1024 * 1024,
    )


def settings_environment(settings: Settings) -> dict[str, str]:
    """The same settings as environment variables, for a process of its own."""
    key = base64.b64encode(KEY).decode()
    names = ("REGISTRY_SECRET_KEY", "REGISTRY_ENCRYPTION_KEY", "REGISTRY_HASHING_KEY")
    places = {"DATABASE_URL": settings.database_url, "REGISTRY_DATA": str(settings.data)}
    return dict.fromkeys(names, key) | places


@pytest.fixture(scope="session")
def worker_app(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """This worker's application over a database of its own."""
    name = f"tests_{uuid.uuid4().hex}"
    with _maintenance(server) as connection:
        _clone(connection, template, name)
    app = create_app(settings_of(_url(server, name), tmp_path_factory.mktemp("data")))
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    request_started.connect(_forget, app)
    yield app
    with app.app_context():
        db.engine.dispose()


def _forget(_app: Flask) -> None:
    # inside a pushed application context all requests share one `g`: nobody is to be taken for who asked before
    for name in list(g):
        g.pop(name)


@pytest.fixture
def app(worker_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application inside a context; everything that the test writes to the database is rolled back."""
    settings = worker_app.extensions["registry-settings"]
    monkeypatch.setitem(worker_app.extensions, "registry-settings", settings_of(settings.database_url, tmp_path))
    with rolled_back(worker_app):
        yield worker_app


@contextmanager
def rolled_back(app: Flask) -> Iterator[None]:
    """Inside the application's context; what is written to the database is rolled back at the end."""
    with app.app_context():
        connection = db.engine.connect()
        outer = connection.begin()
        db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield
        db.session.remove()
        db.session.configure(bind=None)
        outer.rollback()
        connection.close()


@pytest.fixture
def session(app: Flask):
    """The session of the test's rolled-back transaction."""
    return db.session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that is not logged in."""
    return app.test_client()


@pytest.fixture
def caller(app: Flask) -> Callable[..., "Caller"]:
    """`caller("reviewer")`, `caller("company_key", enterprise="9133…")`: requests with an API key of that role."""

    def make(*roles: str, enterprise: str | None = None) -> Caller:
        _key, text = accounts.open_key(SYSTEM, "test", list(roles), enterprise=enterprise)
        return Caller(app, text)

    return make


class Caller:
    """Requests with a key: `caller.get("/api/v1/ports")`."""

    def __init__(self, app: Flask, key: str) -> None:
        self._client = app.test_client()
        self._head = {"Authorization": f"Bearer {key}"}

    def __getattr__(self, method: str):
        def ask(path: str, **arguments):
            headers = self._head | arguments.pop("headers", {})
            return getattr(self._client, method)(path, headers=headers, **arguments)

        return ask


def actor(*roles: str, name: str = "", enterprise: str | None = None) -> Actor:
    """An actor with these roles, for tests that call services."""
    kind = ActorKind.COMPANY if enterprise else ActorKind.STAFF
    known = [RoleName(role).value for role in roles]
    return Actor(name or "-".join(roles), kind, permissions_of(known), enterprise)


@pytest.fixture
def own_database(server: str, template: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database and data folder that belong to one test: for commits, CLI, workers, browsers, kills."""
    name = f"own_{uuid.uuid4().hex}"
    with _maintenance(server) as connection:
        _clone(connection, template, name)
    yield settings_of(_url(server, name), tmp_path / "data")
    with _maintenance(server) as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def own_app(own_database: Settings) -> Iterator[Flask]:
    """The application over the test's own database: what the test sets up is committed."""
    app = create_app(own_database)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _url(server: str, name: str) -> str:
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


def _maintenance(server: str):
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    return engine.connect()


def _clone(connection: sa.Connection, template: str, name: str) -> None:
    connection.execute(sa.text("SELECT pg_advisory_lock(2)"))
    try:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    finally:
        connection.execute(sa.text("SELECT pg_advisory_unlock(2)"))
