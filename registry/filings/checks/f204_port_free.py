"""F204: the number is free for the period.

What it detects
    The same number registered in an overlapping period, an access code above or below other holders' codes, a new
    extension above an extension that another holds.
Why it matters
    Two holders of one number at one time: nobody could say who answers for a message.
Basis
    Telecommunications Regulations, chapter on resources: codes are assigned, one user each.
Not a hit
    The same number in another period; one's own extensions below; extensions that were let under a code that stands.
Known gaps
    Numbers that other carriers allotted are not known here.
What the reviewer does
    Looks at the present entry; ends it first where the holder changes.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import Allotment, View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.kinds import PortLevel
from registry.ports.values import PortValues

KINDS = frozenset({Kind.PORT})
SEVERITY = Severity.HIGH
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_TAKEN = Sentence("{port} 在该时段已有登记", "{port} is registered for a time that overlaps this one")
_BELOW = Sentence("其下已有接入码 {port}", "the access code {port} stands below it")
_LET = Sentence("其下的扩展 {port} 由 {holder} 持有", "the extension {port} below it is held by {holder}")
_FIX = Sentence("换一个号码，或待现有登记结束", "choose another number, or wait until that entry has ended")


def check(content: PortValues, view: View) -> Outcome:
    """Whether anything registered stands in its way."""
    for each in view.ports:
        if each.span.overlaps(view.span) and (why := _in_the_way(content, view, each)):
            return fails(why.about(port=each.port, holder=each.holder), _FIX, "port", "valid_from", entry=each.port)
    return CLEAR


def _in_the_way(content: PortValues, view: View, each: Allotment) -> Sentence | None:
    if each.port == content.port:
        return _TAKEN
    if not each.port.startswith(content.port):
        return None
    if each.level == PortLevel.ACCESS_CODE:
        return _BELOW
    new = not view.stood and any(above.port != content.port for above in view.above(content.port))
    return _LET if new and each.holder != content.holder else None
