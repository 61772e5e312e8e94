"""F313: the app is there and belongs to the owner of the signature.

What it detects
    An app as source of a signature that no store has, or has for another owner.
Why it matters
    An app's name is chosen freely: whoever publishes it says whose it is.
Basis
    Practice of platforms while apps were accepted (`signatures.sources`, until 30 April 2026).
Not a hit
    Signatures of other sources; since apps are no source any more, F304 refuses new ones.
Known gaps
    Stores differ in how they write the publisher.
What the reviewer does
    Looks the app up and enters name and publisher.
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
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)


def applies(content: Content, view: View) -> bool:
    """Whether the source answered or must."""
    return asked(content, view, LookupKind.APP)


def check(content: Content, view: View) -> Outcome:
    """What the source says."""
    return compared(content, view, LookupKind.APP, "source")
