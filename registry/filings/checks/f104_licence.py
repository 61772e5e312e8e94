"""F104: who serves others holds a licence that is valid and wide enough.

What it detects
    A holder of a port for customers, or the receiver of a hop as agent or integrator, without a value-added
    telecommunications licence, with an expired one, with one of another kind, or with a provincial one on a range
    that reaches across provinces.
Why it matters
    Serving customers with SMS without the licence is unlawful, whoever owns the port.
Basis
    Telecommunications Regulations, article 7; MIIT Order 31 (2015), article 5; catalogue of services, class B2.
Not a hit
    Carriers (basic licence A1); enterprises that send for themselves alone; end users.
Known gaps
    The licence's number is not looked up at the ministry; the papers show it.
What the reviewer does
    Compares number, services and dates with the licence's picture.
"""

import datetime as dt
import re

from registry.enterprises.kinds import Role
from registry.filings.content import Content, number_of
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import Party, View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.kinds import DelegationRole, PortUse
from registry.ports.plan import Assigner, classify
from registry.ports.values import DelegationValues, PortValues

KINDS = frozenset({Kind.PORT, Kind.DELEGATION})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_VALUE_ADDED = re.compile(r"(?:(?P<province>[\u4e00-\u9fff])\s*)?B[12]-[0-9]")
_MISSING = Sentence("{code} 没有登记电信业务经营许可证", "{code} has no telecommunications licence on record")
_ENDED = Sentence("{code} 的许可证已于 {day} 到期", "the licence of {code} ended on {day}")
_KIND = Sentence(
    "许可证 {licence} 看不出是增值电信业务（B2）许可", "{licence} does not read like a value-added licence (B2)"
)
_PROVINCIAL = Sentence(
    "许可证 {licence} 只限一省，该号段为跨省业务", "{licence} is one province's, the range reaches across provinces"
)
_FIX = Sentence("登记有效的 B2 类许可证并上传", "have a valid B2 licence put on record and upload it")


def check(content: Content, view: View) -> Outcome:
    """Whether the one who serves others may."""
    field, code = _serving(content)
    party = view.parties.get(code)
    if party is None or Role.CARRIER in party.roles:
        return CLEAR
    if not party.licence:
        return fails(_MISSING.about(code=code), _FIX, field)
    if party.licence_until is not None and party.licence_until <= view.span.start:
        return fails(_ENDED.about(code=code, day=party.licence_until.date()), _FIX, field)
    return _kind(party, number_of(content), field)


def _serving(content: Content) -> tuple[str, str]:
    if isinstance(content, PortValues) and content.use == PortUse.SERVICE:
        return "holder", content.holder
    if isinstance(content, DelegationValues) and content.role != DelegationRole.END_USER:
        return "to_enterprise", content.to_enterprise
    return "", ""


def _kind(party: Party, number: str, field: str) -> Outcome:
    found = _VALUE_ADDED.match(party.licence)
    if not found:
        return warns(_KIND.about(licence=party.licence), _FIX, field)
    if found["province"] and classify(number).assigned_by is Assigner.MINISTRY:
        return fails(_PROVINCIAL.about(licence=party.licence), _FIX, field)
    return CLEAR
