"""F402: the permit's port is registered, and the number is not too long for it.

What it detects
    A number that no registered port covers, one that is longer than the entry allows, or a permit that outlasts it.
Why it matters
    Who sends from a number that nobody holds can't be found.
Basis
    Rules on telecommunication codes: use follows the assignment.
Not a hit
    Numbers below a registered code, within its length.
Known gaps
    Extensions that were given out without an entry of their own: the holder of the code answers for them.
What the reviewer does
    Decides on the port's filing first.
"""

import datetime as dt

from registry.filings.content import PermitContent, number_of
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("没有登记的端口包含 {port}", "no registered port covers {port}")
_FIX = Sentence("先报备端口", "file the port first")
_LONG = Sentence("{port} 超过端口 {above} 允许的 {most} 位", "{port} is longer than the {most} digits of {above}")
_SHORTEN = Sentence("使用较短的扩展号", "use a shorter extension")
_SHORTER = Sentence("端口登记先于许可到期", "the port's entry ends before the permit")
_RENEW = Sentence("缩短有效期，或先续期端口", "ask for a shorter time, or renew the port first")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether an entry covers the number, and lasts."""
    number = number_of(content)
    above = view.above(number)
    if not above:
        return fails(_UNKNOWN.about(port=number), _FIX, "port")
    if len(number) > above[0].max_length:
        said = _LONG.about(port=number, above=above[0].port, most=above[0].max_length)
        return fails(said, _SHORTEN, "port", above=above[0].port)
    return CLEAR if view.span.within(above[0].span) else warns(_SHORTER, _RENEW, "valid_until", entry=above[0].port)
