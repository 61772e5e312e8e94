"""F206: an extension that another one had until lately rests first.

What it detects
    An extension, or a number below it, that ended for another enterprise within the quarantine.
Why it matters
    People who know the number, replies to it and opt-outs still mean whoever had it before.
Basis
    Practice of carriers and platforms (EXT_CODE_RECYCLE): recycled extensions are kept back; the days are a setting.
Not a hit
    One's own extension taken up again; a holder who takes back what it had let; an access code; a longer rest.
Known gaps
    Extensions that were never registered here.
What the reviewer does
    Offers another extension, or waits until the day that is said.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.clock import local_day
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.lifecycle.policy import free_on
from registry.ports.values import DelegationValues, PortValues

KINDS = frozenset({Kind.PORT, Kind.DELEGATION})
SEVERITY = Severity.HIGH
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_RESTS = Sentence(
    "号码 {port} 刚由他人停用，{day} 起方可分配", "{port} was another's until lately: it is free from {day} on"
)
_FIX = Sentence("换一个号码，或将开始日期改为该日以后", "choose another number, or begin on that day or later")


def check(content: PortValues | DelegationValues, view: View) -> Outcome:
    """Whether whoever gets the number begins before its rest is over."""
    hop = isinstance(content, DelegationValues)
    taker = content.to_enterprise if isinstance(content, DelegationValues) else content.holder
    for each in view.ended:
        day = free_on(each.at, provisions.integer("ports.quarantine", each.at))
        if each.hop is hop and each.enterprise != taker and local_day(view.span.start) < day:
            return fails(_RESTS.about(port=each.port, day=day), _FIX, "port", "valid_from", entry=each.port)
    return CLEAR
