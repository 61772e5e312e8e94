"""F202: the range is for holders of this kind.

What it detects
    An access code of a commercial or platform range for somebody who is no SMS service company, of an own-use range
    for a trader, of a public-good range for a company, of the carriers' own ranges for somebody else; a number that is
    called a carrier's with a customer behind it, and is not.
Why it matters
    The range says what the number may be used for; a holder of the wrong kind is the first step to subletting.
Basis
    Plan of telecommunication codes: who may apply, by range.
Not a hit
    Extensions: they follow the code above them. A number in a range of the carriers or under a carrier's code that a
    carrier holds or files for its customer.
Known gaps
    Roles are what the enterprise's entry says.
What the reviewer does
    Compares the range's purpose with the applicant's licence and business.
"""

import datetime as dt

from registry.filings.checks._carriers import carrier_allotted
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.kinds import PortUse
from registry.ports.plan import classify
from registry.ports.values import PortValues

KINDS = frozenset({Kind.PORT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_NOT_FOR = Sentence("{title}：该主体类型不可持有", "{title}: not for a holder of this kind")
_FIX = Sentence("改用与主体类型相符的号段", "apply in a range that is for this kind of holder")
_NOT_ALLOTTED = Sentence(
    "{port} 不是基础电信企业以自有码号分配给客户的号码", "{port} is no carrier's own number with a customer behind it"
)
_SAY = Sentence("用途改为自用或服务，或由基础电信企业报备", "say own or service, or let the carrier file it")
_UNKNOWN = Sentence("持有人未登记，无法核对", "the holder is not registered, so its kind is not known")


def check(content: PortValues, view: View) -> Outcome:
    """Whether the range is for this holder; extensions and the carrier's own codes for a customer are not asked."""
    if carrier_allotted(content, view):
        return CLEAR
    if content.use == PortUse.CARRIER_ALLOTTED:
        return fails(_NOT_ALLOTTED.about(port=content.port), _SAY, "use")
    if any(each.port != content.port for each in view.above(content.port)):
        return CLEAR
    party = view.parties.get(content.holder)
    if party is None:
        return unchecked(_UNKNOWN)
    entry = classify(content.port)
    if entry.may_hold(party.roles, party.legal_form):
        return CLEAR
    said = Sentence(_NOT_FOR.zh.format(title=entry.title.zh), _NOT_FOR.en.format(title=entry.title.en))
    return fails(said, _FIX, "holder", "port", range=entry.prefix)
