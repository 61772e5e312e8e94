"""Reads over HTTP against an empty view, through the gunicorn that serves: the middle and the slowest of each.

The empty view has the same door, log-in by key, query and answer schemas as a list of permits, and asks the database
for no permit; a bare view answers a constant to anybody. All are asked in turn over one kept connection, so that a
noisy machine slows all alike. `times` is the middle request against the empty view's; below 1 it is quicker.
"""

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import bundle
import click
from flask import Flask

from registry.accounts.service.opening_keys import open_key
from registry.app import create_app
from registry.exchange.service import import_bundle
from registry.http import Blueprint
from registry.http.asking import PUBLIC, permission
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import Page
from registry.permits.schemas import PermitPage, PermitQuery
from registry.store import db
from registry.store.embedded import EmbeddedPostgres
from registry.store.upgrade import upgrade
from registry.supervisor import gunicorn

EMPTY = "the empty view"
WARM = 20  # requests of each that are not counted


def served() -> Flask:
    """The application with the two views that do nothing; gunicorn calls this."""
    app = create_app(bundle.settings_of(os.environ["DATABASE_URL"], Path(os.environ["REGISTRY_DATA"])))
    blueprint = Blueprint("measured", __name__, url_prefix="/api/v1", description="Views that do nothing.")
    blueprint.read("/measured", "registry.read", answers=PermitPage, query=PermitQuery)(_empty)
    app.register_blueprint(blueprint)
    app.add_url_rule("/measured-bare", "bare", permission(PUBLIC)(lambda: "{}"))
    return app


def _empty(query: dict[str, object]) -> Page[object]:  # noqa: ARG001 - the door hands it in
    """No permit at all."""
    return Page([], None)


def paths(permits: int) -> dict[str, str]:
    """What is asked, by name."""
    middle = permits // 2
    port = f"10690001{middle // bundle.PERMITS_OF_PORT:07}"
    governing = f"port={port}&signature={quote(f'签名{middle}')}"
    return {
        EMPTY: "/api/v1/measured",
        "a bare view": "/measured-bare",
        "one permit": f"/api/v1/permits/P{middle:09}",
        "permits of a port and signature": f"/api/v1/permits?{governing}",
        "the permits that govern them": f"/api/v1/permits/governing?{governing}",
        "permits, first page of 50": "/api/v1/permits?limit=50",
        "permits, a page in the middle": f"/api/v1/permits?limit=50&after=P{middle:09}",
        "signatures, first page of 50": "/api/v1/signatures?limit=50",
        "ports, first page of 50": "/api/v1/ports?limit=50",
        "changes, first page of 50": "/api/v1/changes?limit=50",
    }


@click.command(help=__doc__)
@click.option("--permits", default=10_000, show_default=True)
@click.option("--requests", default=300, show_default=True, help="Of each path.")
def bench(permits: int, requests: int) -> None:
    """Bring the bundle in, serve it, ask."""
    with tempfile.TemporaryDirectory() as name, EmbeddedPostgres(Path(name) / "postgres") as server:
        key = _filled(server.url, Path(name), permits)
        with _serving(server.url, Path(name)) as port:
            took = _asked(port, key, paths(permits), requests)
    base = statistics.median(took[EMPTY])
    shown = {what: _shown(times, base) for what, times in took.items()}
    click.echo(json.dumps({"permits": permits, "requests": requests, "paths": shown}, ensure_ascii=False, indent=1))


def _filled(url: str, folder: Path, permits: int) -> str:
    (folder / "in").mkdir()
    bundle.write(folder / "in", permits)
    app = create_app(bundle.settings_of(url, folder))
    with app.app_context():
        upgrade()
        if not import_bundle(SYSTEM, folder / "in", report_to=folder / "report.csv").kept:
            raise click.ClickException("the bundle was not kept")
        _, key = open_key(SYSTEM, "measured", ["analyst"])
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("analyze")
        db.session.remove()
        db.engine.dispose()
    return key


@contextmanager
def _serving(url: str, folder: Path) -> Iterator[int]:
    """The port on which gunicorn answers, with one worker so that one connection has all of it."""
    places = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    told = os.environ | {
        "DATABASE_URL": url,
        "REGISTRY_DATA": str(folder),
        "REGISTRY_WORKERS": "1",
        "PYTHONPATH": places,
    }
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        words = ["over_http:served()" if word == "wsgi:app" else word for word in gunicorn(listener.fileno())]
        child = subprocess.Popen(words, env=told, pass_fds=[listener.fileno()])
        try:
            _wait_for(listener.getsockname()[1])
            yield listener.getsockname()[1]
        finally:
            child.terminate()
            child.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=10), "/measured-bare", {})
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise click.ClickException("gunicorn does not answer")


def _asked(port: int, key: str, asked: dict[str, str], requests: int) -> dict[str, list[float]]:
    """Milliseconds of every request, by what was asked."""
    connection, chance = http.client.HTTPConnection("127.0.0.1", port, timeout=30), random.Random(1)  # noqa: S311
    took: dict[str, list[float]] = {what: [] for what in asked}
    for turn in range(WARM + requests):
        for what in chance.sample(list(asked), len(asked)):
            start = time.perf_counter()
            _ask(connection, asked[what], {"Authorization": f"Bearer {key}"})
            if turn >= WARM:
                took[what].append((time.perf_counter() - start) * 1000)
    return took


def _ask(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> None:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != HTTPStatus.OK:
        raise click.ClickException(f"{path}: {answer.status} {body[:300]!r}")


def _shown(times: list[float], base: float) -> dict[str, float]:
    middle, slowest = statistics.median(times), statistics.quantiles(times, n=100)[98]
    return {"median ms": round(middle, 2), "p99 ms": round(slowest, 2), "times": round(middle / base, 2)}
