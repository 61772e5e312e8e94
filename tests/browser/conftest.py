"""A running registry of its own, a real Chromium, and people who sit before it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from registry.settings import Settings
from registry.supervisor import is_healthy, registry_command
from tests.browser.person import Person
from tests.browser.world import World, make
from tests.conftest import settings_environment

ROOT = Path(__file__).resolve().parents[2]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 120.0  # seconds until the server answers, or a page shows what it should: others may use the machine too
Log = list[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window. Where there is none: skipped, on a machine that promised one (CI) failed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        miss = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        miss("there is no Chromium on this machine (package chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture
def world(own_app: Flask) -> World:
    """Companies and people before anything is filed."""
    return make()


@pytest.fixture
def address(own_database: Settings, world: World) -> Iterator[str]:
    """Where the registry answers; its worker runs beside it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        web = [sys.executable, "-m", "gunicorn", "wsgi:app", "--no-control-socket", "--log-level", "warning"]
        web += ["--bind", f"fd://{listener.fileno()}", "--worker-class", "gthread", "--threads", "4"]
        with _running(web, own_database, (listener.fileno(),)):
            _wait_for(listener)
            with _running(registry_command("worker"), own_database):
                yield "http://127.0.0.1:{1}".format(*listener.getsockname())


@contextmanager
def _running(command: list[str], settings: Settings, sockets: tuple[int, ...] = ()) -> Iterator[None]:
    environment = os.environ | settings_environment(settings)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=sockets)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(listener: socket.socket) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_healthy(listener):
        assert time.monotonic() < deadline, "the server does not answer"
        time.sleep(0.1)


@pytest.fixture
def sit_down(browser: Browser, address: str) -> Iterator[Callable[..., Person]]:
    """`sit_down("reviewer1@…")`: somebody with a browser of their own; a page that breaks fails the test."""
    said: Log = []
    contexts = []
    expect.set_options(timeout=PATIENCE * 1000)

    def open_browser(email: str, *, scripts: bool = False) -> Person:
        context = browser.new_context(base_url=address, java_script_enabled=scripts, locale="zh-CN")
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        _listen(page, said)
        return Person(page, email)

    yield open_browser
    for context in contexts:
        context.close()
    assert not said


def _listen(page: Page, said: Log) -> None:
    page.on("console", lambda told: said.append(f"{page.url}: {told.text}") if _is_fault(told.text) else None)
    page.on("pageerror", lambda fault: said.append(f"{page.url}: {fault}"))
    page.on("response", lambda got: said.append(f"{got.status} {got.url}") if got.status >= 500 else None)


def _is_fault(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text
