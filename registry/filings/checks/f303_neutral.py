"""F303: the signature names somebody.

What it detects
    Words that any sender could use: 温馨提示, 验证码, 客服中心.
Why it matters
    A neutral signature hides who sends; it is what subletters like best.
Basis
    MIIT Order 31 (2015), article 15 (the sender must be recognisable); lists of platforms (`signatures.neutral`).
Not a hit
    A neutral word beside a name: 京东客服.
Known gaps
    Words that are not on the list yet.
What the reviewer does
    Asks for the name of the company, body or trademark.
"""

import datetime as dt

from registry.filings.checks._signature import objection
from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import Outcome
from registry.filings.view import View
from registry.kernel.rule import Severity

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)


def check(content: SignatureContent, view: View) -> Outcome:
    """Whether the text is more than a neutral word."""
    return objection(content, view, "signature", "SIGNATURE_NEUTRAL")
