"""Notices by mail, through a real SMTP server on loopback."""

import email
import email.policy
import socket
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from registry.accounts import service as accounts
from registry.kernel.actor import SYSTEM
from registry.notices import service
from registry.notices.model import Delivery
from registry.notices.workflow import DeliveryState
from registry.settings import Mail
from tests.conftest import actor
from tests.notices.conftest import SAID

PASSWORD = "correct horse battery staple"


class Box:
    """What came in; `refuse`: what the server says to a recipient."""

    def __init__(self) -> None:
        self.mails: list[email.message.EmailMessage] = []
        self.refuse = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - the library's name
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the library's name
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def box(setting) -> Iterator[Box]:
    """A mail server, and the application set to it."""
    handler = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=20)
    controller.start()
    try:
        setting(mail=Mail("127.0.0.1", port, "none", "Registry <no-reply@registry.example>"), base_url="https://reg")
        yield handler
    finally:
        controller.stop()


@pytest.fixture
def people(company):
    """Two people of the company; the second reads English."""
    for mailbox in ("wu@red.example", "he@red.example"):
        accounts.open_account(SYSTEM, mailbox, mailbox, ["company"], PASSWORD, enterprise=company)
    accounts.use_language("he@red.example", "en")


def deliver_all(session):
    service.spread()
    rows = session.scalars(sa.select(Delivery).order_by(Delivery.target)).all()
    for row in rows:
        service.deliver(row.key)
    return rows


def test_everybody_of_the_company_gets_it_in_their_own_language_with_every_reason(session, box, people, tell, company):
    tell(company)
    deliver_all(session)
    by = {mail["To"]: mail for mail in box.mails}
    chinese, english = by["wu@red.example"], by["he@red.example"]
    assert "报备已退回" in chinese["Subject"]
    assert "处理办法：更正名称" in chinese.get_content()
    assert "What to do: correct the name" in english.get_content()
    assert "https://reg/notices/NTC-" in english.get_content()
    assert english["Auto-Submitted"] == "auto-generated"


def test_who_wants_no_mail_gets_none(session, box, people, tell, company):
    service.by_mail(actor("company", name="wu@red.example", enterprise=company), "wu@red.example", wanted=False)
    tell(company)
    deliver_all(session)
    assert [mail["To"] for mail in box.mails] == ["he@red.example"]


def test_what_the_server_refuses_for_good_is_given_up_and_for_now_is_tried_again(session, box, people, tell, company):
    box.refuse = "550 no such mailbox"
    tell(company)
    rows = deliver_all(session)
    assert {row.state for row in rows} == {DeliveryState.GIVEN_UP}
    assert rows[0].attempts[0].status == 550
    box.refuse = "451 greylisted"
    for row in rows:
        service.replay(SYSTEM, row.key)
        service.deliver(row.key)
    assert {row.state for row in rows} == {DeliveryState.WAITING}


def test_a_link_for_somebody_without_a_log_in_is_only_in_the_mail_and_erased_afterwards(session, box, app):
    service.tell("letter.asked", ("letter", "LTR-1"), SAID, address="legal@brand.example", link="https://reg/once/4711")
    assert "4711" not in session.scalar(sa.text("SELECT string_agg(n::text, '') FROM notice n"))
    assert "brand" not in session.scalar(sa.text("SELECT string_agg(n::text, '') FROM notice n"))
    row = deliver_all(session)[0]
    assert box.mails[0]["To"] == "legal@brand.example"
    assert "https://reg/once/4711" in box.mails[0].get_content()
    assert (row.state, row.sealed) == (DeliveryState.DELIVERED, "")


def test_without_a_mail_server_no_mail_is_made(session, people, tell, company):
    tell(company)
    service.spread()
    assert session.scalars(sa.select(Delivery)).all() == []
