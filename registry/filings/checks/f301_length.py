"""F301: the signature is neither too short nor too long.

What it detects
    A text with fewer or more characters than allowed on the day.
Why it matters
    Handsets cut long ones off; one character names nobody.
Basis
    Practice of carriers and platforms: 2 to 18 characters (`signatures.length.*`).
Not a hit
    Exactly as many as the limits.
Known gaps
    Characters are counted as code points, not by their width on a screen.
What the reviewer does
    Asks for the company's short name or a trademark.
"""

import datetime as dt

from registry.filings.checks._signature import objection
from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import Outcome
from registry.filings.view import View
from registry.kernel.rule import Severity

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.MEDIUM
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)


def check(content: SignatureContent, view: View) -> Outcome:
    """Whether the length is allowed."""
    return objection(content, view, "signature", "SIGNATURE_LENGTH")
