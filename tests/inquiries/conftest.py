"""A letter between two companies, a mail server, and what is needed to answer by a link."""

import re

import pytest
import sqlalchemy as sa

from registry.accounts import service as accounts
from registry.kernel.actor import SYSTEM
from registry.notices import service as notices
from registry.notices.model import Delivery
from registry.store import db
from tests.filings.conftest import trade  # noqa: F401 - a fixture
from tests.notices.conftest import setting  # noqa: F401 - a fixture
from tests.notices.test_mail import box  # noqa: F401 - a fixture

ADDRESS = "legal@owner.example"
PASSWORD = "correct horse battery staple"
_LINK = re.compile(r"https://reg(/owner/\S+)")


def person(enterprise, email="he@customer.example"):
    """A log-in of a company."""
    accounts.open_account(SYSTEM, email, "何", ["company"], PASSWORD, enterprise=enterprise)
    return email


@pytest.fixture
def link(box):  # noqa: F811
    """`link()`: the path of the last link that was mailed."""

    def last():
        notices.spread()
        for key in db.session.scalars(sa.select(Delivery.key)).all():
            notices.deliver(key)
        found = [match[1] for mail in box.mails if (match := _LINK.search(mail.get_content()))]
        return found[-1] if found else ""

    return last


@pytest.fixture
def visitor_of(app):
    """`visitor_of("reviewer")`: a client in which somebody with this role is logged in."""

    def enter(role):
        email = f"{role}@registry.example"
        accounts.open_account(SYSTEM, email, role, [role], PASSWORD, must_change_password=False)
        client = app.test_client()
        assert client.post("/login", data={"email": email, "password": PASSWORD, "next": "/"}).status_code == 302
        return client

    return enter
