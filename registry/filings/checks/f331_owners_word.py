"""F331: the owner was asked about the letter that is filed, and says that it is its own.

What it detects
    A letter that its owner denied while it was being decided on; one that it has not confirmed yet.
Why it matters
    A forged letter is stopped before it stands, and everything that would rest on it.
Basis
    This registry's rule: a declared hop is a claim until the owner of the signature confirms it.
Not a hit
    Letters that the owner confirmed, by its log-in or by the one-time link.
Known gaps
    An owner who cannot be reached: the check warns and stays so.
What the reviewer does
    Waits for the owner's answer; where it has no log-in, finds an address of it that is not the applicant's, and asks.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.inquiries.workflow import NO, InquiryState
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.signatures.kinds import Confirmation
from registry.signatures.values import LetterValues

KINDS = frozenset({Kind.LETTER})
SEVERITY = Severity.CRITICAL
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_DENIED = Sentence("签名所有人否认该委托书", "the owner denies this letter")
_OTHER = Sentence("停止使用该签名，与所有人澄清", "stop using the signature and settle it with the owner")
_WAITS = Sentence("已询问签名所有人，尚未答复", "the owner was asked and has not answered yet")
_WAIT = Sentence("等待所有人答复，或另行查找其联系地址再询问", "wait for its answer, or find another address of it")
_UNASKED = Sentence("签名所有人尚未被询问", "the owner has not been asked yet")
_ASK = Sentence(
    "提交后系统将询问所有人；无账户的由审核人另查地址",
    "it is asked once this is handed in, by staff where it has no log-in",
)


def check(content: LetterValues, view: View) -> Outcome:
    """What the owner answered."""
    if view.word in NO or content.confirmation == Confirmation.DENIED:
        return fails(_DENIED, _OTHER, "owner")
    if InquiryState.CONFIRMED in (view.word, content.confirmation):
        return CLEAR
    if view.word == InquiryState.ASKED:
        return warns(_WAITS, _WAIT, "owner")
    return warns(_UNASKED, _ASK, "owner")
