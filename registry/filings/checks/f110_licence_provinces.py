"""F110: who serves others serves within the provinces of its licence.

What it detects
    A port for customers, or a permit on another's port, for provinces that the licence of the port's holder does not
    reach: a licence of one province, and more provinces, or all of them, asked for.
Why it matters
    Outside its provinces the company serves without a licence, whatever the port allows.
Basis
    Telecommunications Regulations, article 7; measures on licences: a provincial licence counts in its province alone.
Not a hit
    National licences; carriers; who sends its own signature on its own port; numbers that a province assigned, where
    no provinces are named.
Known gaps
    The province is read from the licence's number; recipients who moved are found in the records alone.
What the reviewer does
    Has the provinces narrowed, or asks for the national licence.
"""

import datetime as dt

from registry.enterprises.licence import read
from registry.filings.checks._serving import serving
from registry.filings.content import PermitContent, number_of
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law.divisions import PROVINCES
from registry.ports.plan import Assigner, classify
from registry.ports.values import PortValues

KINDS = frozenset({Kind.PORT, Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_BEYOND = Sentence(
    "许可证 {licence} 只限{zh}，申请的省份超出该范围",
    "the licence {licence} counts in {en} alone: more provinces are asked for",
)
_FIX = Sentence(
    "省份限于许可证范围，或以企业变更报备跨地区许可证",
    "name that province alone, or file a national licence as a change of the enterprise",
)


def check(content: PortValues | PermitContent, view: View) -> Outcome:
    """Whether the licence reaches as far as the provinces."""
    _field, party = serving(content, view)
    province = read(party.licence).province if party else ""
    if party is None or not province or _asked(content) <= {province}:
        return CLEAR
    zh, en = PROVINCES[province]
    return fails(_BEYOND.about(licence=party.licence, zh=zh, en=en), _FIX, "provinces")


def _asked(content: PortValues | PermitContent) -> set[str]:
    """The provinces asked for; of a number that a province assigned none are beyond it where none are named."""
    named = content.values.scope.provinces if isinstance(content, PermitContent) else content.provinces
    everywhere = set(PROVINCES) if classify(number_of(content)).assigned_by is Assigner.MINISTRY else set()
    return set(named) or everywhere
