"""A small trade: an SMS service company with a code, its customer, reviewers, and callers of the API for each."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from registry.filings import service
from registry.filings.content import PermitContent, SignatureContent
from registry.filings.workflow import State
from registry.papers import service as papers
from registry.permits.values import PermitValues, ScopeValues
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.values import LetterValues, SignatureValues
from tests.conftest import actor
from tests.factories import registered as made
from tests.papers.test_papers import PDF

LICENCE = "B2-20200001"


@pytest.fixture
def trade(app):
    """Company with licence, customer, stranger; each with an actor; two reviewers and a supervisor."""
    company = made.enterprise("红帆短信服务有限公司", "sms_service_company", licence=LICENCE).code
    customer = made.enterprise("京东贸易有限公司", "end_user").code
    stranger = made.enterprise("路人有限公司", "end_user").code
    return SimpleNamespace(
        company=company,
        customer=customer,
        stranger=stranger,
        by_company=actor("company", name="wu", enterprise=company),
        by_customer=actor("company", name="he", enterprise=customer),
        by_stranger=actor("company", name="lu", enterprise=stranger),
        li=made.reviewer("li"),
        wang=made.reviewer("wang"),
        boss=made.supervisor("zhang"),
    )


@pytest.fixture
def chain(trade):
    """The company holds a code, the customer is declared on it, has a signature, and the letter is confirmed."""
    made.port(trade.company)
    made.delegation(trade.company, trade.customer)
    made.signature(trade.customer, "京东贸易")
    return trade


def port_of(trade, digits="10690123", **values):
    return PortValues(**{"port": digits, "holder": trade.company, "use": "service"} | values)


def delegation_of(trade, digits="1069012301", **values):
    said = {"port": digits, "from_enterprise": trade.company, "to_enterprise": trade.customer}
    return DelegationValues(**said | values)


def signature_of(trade, text="京东贸易", letter="", **values):
    return SignatureContent(SignatureValues(**{"signature": text, "owner": trade.customer} | values), letter)


def letter_of(trade, **values):
    said = {"owner": trade.customer, "applicant": trade.company, "signatures": ("京东贸易",)}
    return LetterValues(**said | values)


CONSENT = {"consent": "会员注册时勾选", "consent_proof": "会员系统留存五年", "opt_out": "拒收请回复R"}
OFFER = "【京东贸易】新品上架，满100减50，拒收请回复R"


def marketing_of(trade, **values):
    """A permit for marketing that says all it must."""
    return replace(permit_of(trade, **{"categories": ("marketing",)} | values), **CONSENT, samples=(OFFER,))


def permit_of(trade, consent="", opt_out="", **values):
    names = ("categories", "provinces", "hours", "monthly_volume", "links", "contacts")
    scope = {"categories": ("notice",), "monthly_volume": 10000}
    scope |= {name: values.pop(name) for name in names if name in values}
    said = {"signature": "京东贸易", "owner": trade.customer, "port": "1069012301", "user": trade.customer} | values
    return PermitContent(PermitValues(**said, scope=ScopeValues(**scope)), consent, opt_out)


def paper(by, kind="letter"):
    return papers.upload(by, PDF, "paper.pdf", kind).key


def handed_in(by, content, **values):
    return service.file(by, content, submit=True, **values)


def approved(trade, filing, by=None, comment="材料齐全"):
    if filing.state is State.APPROVED:  # an unchanged renewal outside the sample
        return filing
    service.claim(by or trade.li, filing.key)
    return service.approve(by or trade.li, filing.key, comment=comment)
