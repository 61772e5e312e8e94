"""F323: the letter is in force and lasts long enough.

What it detects
    A letter that does not cover the beginning, that ends before the entry does, or within the least time left.
Why it matters
    When it ends, the right to send under the name ends with it.
Basis
    Setting of this registry (`letters.left.least`); practice of carriers.
Not a hit
    A letter that lasts as long as the entry.
Known gaps
    A renewal that is under way.
What the reviewer does
    Asks for a renewed letter, or shortens the entry.
"""

import datetime as dt

from registry.filings.checks._letter import need
from registry.filings.content import Content
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions

KINDS = frozenset({Kind.DELEGATION, Kind.SIGNATURE, Kind.PERMIT})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_DAYS_A_MONTH = 30
_NOT_IN_FORCE = Sentence("委托书在开始时未生效或已到期", "the letter is not in force when the entry begins")
_ENDS_SOON = Sentence("委托书剩余有效期不足 {months} 个月", "the letter has less than {months} months left")
_SHORTER = Sentence("委托书先于所申请的有效期到期", "the letter ends before the entry does")
_FIX = Sentence("提供续期后的委托书，或缩短有效期", "name a renewed letter, or ask for a shorter time")


def check(content: Content, view: View) -> Outcome:
    """Whether the letter's period serves."""
    if need(content, view) is None or view.letter is None:
        return CLEAR
    span, key = view.letter.span, view.letter.key
    if not span.start <= view.span.start < span.end:
        return fails(_NOT_IN_FORCE, _FIX, "letter", letter=key)
    months = provisions.integer("letters.left.least", view.at)
    if not view.registered and span.end < view.span.start + dt.timedelta(days=_DAYS_A_MONTH * months):
        return warns(_ENDS_SOON.about(months=months), _FIX, "letter", letter=key)
    return CLEAR if view.span.within(span) else warns(_SHORTER, _FIX, "letter", "valid_until", letter=key)
