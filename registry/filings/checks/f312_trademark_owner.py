"""F312: the trademark is there, is this text, and belongs to the owner of the signature.

What it detects
    A trademark number that the trademark office does not have, that stands for another text, belongs to somebody
    else, or has ended.
Why it matters
    "Trademark not found" and "trademark of another owner" are among the most frequent causes of refusal.
Basis
    Trademark Law, articles 3 and 4; lists of papers asked for by platforms.
Not a hit
    Signatures of other sources.
Known gaps
    Licensed trademarks: the licence's letter is filed, and the reviewer says why it is approved all the same.
What the reviewer does
    Looks the number up and enters number, owner and text as the office has them.
"""

import datetime as dt

from registry.filings.checks._outside import asked, compared
from registry.filings.content import Content
from registry.filings.kinds import Kind
from registry.filings.outcome import Outcome
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.lookups.kinds import LookupKind

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)


def applies(content: Content, view: View) -> bool:
    """Whether the source answered or must."""
    return asked(content, view, LookupKind.TRADEMARK)


def check(content: Content, view: View) -> Outcome:
    """What the source says."""
    return compared(content, view, LookupKind.TRADEMARK, "trademark")
