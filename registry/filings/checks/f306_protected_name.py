"""F306: the signature does not borrow a protected name.

What it detects
    Names of government bodies, banks and carriers inside a signature.
Why it matters
    They are what swindlers imitate first, and what recipients believe most.
Basis
    Lists of protected words of this registry (`signatures.protected.*`), dated.
Not a hit
    Nothing is refused by it alone: a bank may well file its own name, two people decide.
Known gaps
    Words that are not on the lists; lookalikes.
What the reviewer does
    Asks for the body's proof, calls it by a number that is not from the filing.
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
    """Whether a protected word stands in it."""
    return objection(content, view, "signature", "SIGNATURE_PROTECTED_WORD")
