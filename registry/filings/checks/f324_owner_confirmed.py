"""F324: the owner itself has confirmed the letter.

What it detects
    A letter that its owner has not confirmed, has denied, or has revoked; it stands no more after a no, and whatever
    still rests on it is found.
Why it matters
    Letters are forged; the owner's own word is the only proof that costs nothing.
Basis
    This registry's rule: a declared hop is a claim until the owner of the signature confirms it.
Not a hit
    Letters that the owner confirmed.
Known gaps
    An owner who cannot be reached: the check warns and stays so.
What the reviewer does
    Waits for the owner's answer, or asks by a number from another source.
"""

import datetime as dt

from registry.filings.checks._letter import need
from registry.filings.content import Content
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.inquiries.workflow import NO, InquiryState
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.signatures.kinds import Confirmation

KINDS = frozenset({Kind.DELEGATION, Kind.SIGNATURE, Kind.PERMIT})
SEVERITY = Severity.CRITICAL
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_DENIED = Sentence("签名所有人否认该委托书", "the owner denies this letter")
_REVOKED = Sentence("签名所有人已撤销该委托书", "the owner revoked this letter")
_OTHER = Sentence("停止使用该签名，与所有人澄清", "stop using the signature and settle it with the owner")
_UNASKED = Sentence("签名所有人尚未确认该委托书", "the owner has not confirmed this letter yet")
_ASK = Sentence("请所有人在系统中确认", "ask the owner to confirm it here")


def check(content: Content, view: View) -> Outcome:
    """What the owner answered."""
    if need(content, view) is None:
        return CLEAR
    if view.word in NO:
        return fails(_REVOKED if view.word == InquiryState.REVOKED else _DENIED, _OTHER, "letter")
    if view.letter is None or view.letter.confirmation == Confirmation.CONFIRMED:
        return CLEAR
    if view.letter.confirmation == Confirmation.DENIED:
        return fails(_DENIED, _OTHER, "letter", letter=view.letter.key)
    return warns(_UNASKED, _ASK, "letter", letter=view.letter.key)
