"""F307: nobody else has the same signature.

What it detects
    The same text, however it is written (width, case, script), registered to another owner at the same time.
Why it matters
    Two senders under one name: the recipient can't tell them apart.
Basis
    Trade practice; trademark law where the name is a mark.
Not a hit
    Registrations that have ended before this one begins; one's own.
Known gaps
    Same names are lawful in different trades and places, so an ordinary one only warns; a protected one fails.
What the reviewer does
    Compares owners, trades and papers; sees to it that they never share a port.
"""

import datetime as dt

from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_TAKEN = Sentence("相同签名已登记在 {owner} 名下", "the same signature is registered to {owner}")
_FIX = Sentence("证明权利来源，或换一个能区分的签名", "prove your right to it, or choose one that tells you apart")


def check(content: SignatureContent, view: View) -> Outcome:
    """Whether another owner has the text in the same period."""
    others = [each for each in view.names if each.owner != content.values.owner and each.span.overlaps(view.span)]
    if not others:
        return CLEAR
    answer = fails if any(each.protected for each in others) else warns
    owners = sorted({each.owner for each in others})
    return answer(_TAKEN.about(owner=", ".join(owners)), _FIX, "signature", owners=owners)
