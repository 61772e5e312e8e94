"""F302: the signature has only characters that a signature may have.

What it detects
    Symbols, blanks, invisible characters, brackets; digits alone; traditional script.
Why it matters
    Odd characters are how one name is dressed up as another, and how filters are passed.
Basis
    Practice of carriers and platforms; the general standard of simplified characters.
Not a hit
    Number names that are known brands (12306, 360); characters that both scripts share.
Known gaps
    Lookalikes among ordinary characters (己, 已) are another question.
What the reviewer does
    Asks for the plain form of the name.
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
    """Whether every character is allowed."""
    codes = ("SIGNATURE_CHARACTERS", "SIGNATURE_ALL_DIGITS", "SIGNATURE_TRADITIONAL")
    return objection(content, view, "signature", *codes)
