"""The console on a database that holds two companies; visitors log in through the page, as people do."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.accounts import service as accounts
from registry.kernel.actor import SYSTEM
from tests.api.conftest import app, worker_app, world
from tests.factories.two_companies import World

__all__ = ["app", "worker_app", "world"]

PASSWORD = "three columns two tables"
OF_COMPANIES = ("company",)


class Visitor:
    """A browser in which somebody is logged in."""

    def __init__(self, client: FlaskClient, email: str) -> None:
        self.client, self.email = client, email

    def get(self, path: str, **arguments):
        """A page."""
        return self.client.get(path, buffered=True, **arguments)  # a report that is streamed is read to its end

    def post(self, path: str, form=None, **arguments):
        """A sent form."""
        return self.client.post(path, data=form or {}, **arguments)

    def version(self, path: str) -> str:
        """The version that the page's forms carry."""
        return re.search(r'name="version" value="(\d+)"', self.get(path).text)[1]

    def act(self, page: str, action: str, **form):
        """Press a button of a page: the form goes out with the version that the page shows."""
        return self.post(f"{page}/{action}", {"version": self.version(page), **form})


@pytest.fixture
def visitor(app: Flask, world: World) -> Callable[..., Visitor]:
    """`visitor("reviewer")`: somebody with this role; a company's user belongs to the first company."""
    made: list[str] = []

    def enter(role: str, language: str = "zh_CN") -> Visitor:
        email = f"{role}{len(made)}@example.com"
        made.append(email)
        enterprise = world.one.code if role in OF_COMPANIES else None
        accounts.open_account(SYSTEM, email, role, [role], PASSWORD, enterprise=enterprise, must_change_password=False)
        accounts.use_language(email, language)
        client = app.test_client()
        answer = client.post("/login", data={"email": email, "password": PASSWORD, "next": "/"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        return Visitor(client, email)

    return enter
