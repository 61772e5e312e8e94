"""F123: the handler's name and ID number belong together, says a real-name service.

What it detects
    A handler whose name and ID number do not match, or whom the service does not know.
Why it matters
    A made-up person answers to nobody.
Basis
    Rules on real-name registration of telephone users; practice of carriers for handlers.
Not a hit
    Handlers without data here (opaque keys); an answer within the days of `lookups.fresh`.
Known gaps
    Whether the person works there: the enterprise's letter says so.
    Where the source is not demanded (`lookups.demanded`, or a connector) and nobody looked, the check says nothing.
What the reviewer does
    Asks the service, and enters what it says; nobody types the ID number for that.
"""

import datetime as dt

from registry.enterprises.values import EnterpriseValues
from registry.filings.checks._outside import asked, compared
from registry.filings.kinds import Kind
from registry.filings.outcome import Outcome
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.lookups.kinds import LookupKind

KINDS = frozenset({Kind.ENTERPRISE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)


def applies(content: EnterpriseValues, view: View) -> bool:
    """Whether the source answered or must."""
    return asked(content, view, LookupKind.REAL_NAME)


def check(content: EnterpriseValues, view: View) -> Outcome:
    """What the service says."""
    return compared(content, view, LookupKind.REAL_NAME, "handler")
