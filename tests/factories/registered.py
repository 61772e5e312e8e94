"""Things of the registry, made through the services as everybody makes them."""

import datetime as dt
from itertools import count
from typing import Any

from stdnum.cn import uscc

from registry.enterprises import service as enterprises
from registry.enterprises.model import Enterprise
from registry.enterprises.values import EnterpriseValues
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.measures import service as measures
from registry.measures.model import Measure
from registry.measures.values import MeasureValues
from registry.permits import service as permits
from registry.permits.model import Permit
from registry.permits.values import PermitValues, ScopeValues
from registry.ports import service as ports
from registry.ports.model import Delegation, Port
from registry.ports.values import DelegationValues, PortValues
from registry.signatures import service as signatures
from registry.signatures.model import Letter, Signature
from registry.signatures.values import LetterValues, SignatureValues
from tests.conftest import actor

_numbers = count(1)
ACCESS_CODE = "10690123"
STATED = {
    "reason": "向未报备的用户转租端口",
    "remedy": "停止转租并补报备",
    "materials": "授权链材料",
    "appeal_channel": "10010",
}


def reviewer(name: str = "li"):
    """A reviewer by name."""
    return actor("reviewer", name=name)


def supervisor(name: str = "zhang"):
    """A supervisor by name: the only one who corrects the past."""
    return actor("supervisor", name=name)


def code() -> str:
    """A well-formed unified social credit code that no test had before."""
    body = f"91110108{next(_numbers):09d}"
    return body + str(uscc.calc_check_digit(body))


def enterprise(name: str = "甲科技有限公司", *roles: str, **values: Any) -> Enterprise:
    """A registered enterprise."""
    said = {"code": code(), "name": name, "roles": roles or ("end_user",)} | values
    return enterprises.register(SYSTEM, EnterpriseValues(**said))


def port(holder: str, digits: str = ACCESS_CODE, *, standing: str = "verified", **values: Any) -> Port:
    """An allotted port."""
    from registry.store.standing import Standing

    return ports.allot(SYSTEM, PortValues(port=digits, holder=holder, **values), standing=Standing(standing))


def delegation(giver: str, taker: str, digits: str = ACCESS_CODE, role: str = "end_user", **values: Any) -> Delegation:
    """A declared hop."""
    return ports.delegate(SYSTEM, DelegationValues(digits, giver, taker, role, **values))


def signature(owner: str, text: str = "甲科技", **values: Any) -> Signature:
    """A registered signature."""
    return signatures.register(SYSTEM, SignatureValues(text, owner, **values))


def letter(owner: str, applicant: str, *texts: str, **values: Any) -> Letter:
    """A letter whose owner is not asked yet."""
    return signatures.add_letter(SYSTEM, LetterValues(owner, applicant, texts or ("甲科技",), **values))


def permit(owner: str, user: str, digits: str = ACCESS_CODE, text: str = "甲科技", **values: Any) -> Permit:
    """A granted permit for notices; `categories` and the other parts of the scope as in ScopeValues."""
    names = ("categories", "provinces", "hours", "monthly_volume", "links", "contacts")
    scope = {name: values.pop(name) for name in names if name in values}
    said = PermitValues(text, owner, digits, user, ScopeValues(**{"categories": ("notice",)} | scope), **values)
    return permits.grant(SYSTEM, said)


def measure(subject_kind: str, subject: str, action: str = "suspend", **values: Any) -> Measure:
    """A measure in force, imposed by an analyst."""
    said = MeasureValues(**STATED | {"subject_kind": subject_kind, "subject": subject, "action": action} | values)
    return measures.impose_at_once(actor("analyst", name="wang"), said)


def standing_permit() -> tuple[Enterprise, Permit]:
    """An SMS service company that sends under its own signature on its own access code."""
    company = enterprise("甲科技有限公司", "sms_service_company")
    port(company.code)
    signature(company.code)
    return company, permit(company.code, company.code)


def days_ago(days: float) -> dt.datetime:
    """So many days before now."""
    return clock.now() - dt.timedelta(days=days)
