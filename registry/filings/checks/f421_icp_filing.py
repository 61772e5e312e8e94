"""F421: the domains that a permit declares are filed for its user or the owner of the name.

What it detects
    A link whose domain has no ICP filing, or one of somebody else.
Why it matters
    A stranger's link under a lawful signature is how recipients are led away.
Basis
    Measures on the filing of non-commercial internet services; controls of the three carriers, 2025 (links filed).
Not a hit
    Permits without links; domains of the owner of the name where another sends.
Known gaps
    Short-link hosts are filed for whoever runs them.
    Where the source is not demanded (`lookups.demanded`, or a connector) and nobody looked, the check says nothing.
What the reviewer does
    Looks the domain up and enters whose it is.
"""

import datetime as dt

from registry.filings.checks._outside import asked, compared
from registry.filings.content import Content
from registry.filings.kinds import Kind
from registry.filings.outcome import Outcome
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.lookups.kinds import LookupKind

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)


def applies(content: Content, view: View) -> bool:
    """Whether the source answered or must."""
    return asked(content, view, LookupKind.ICP)


def check(content: Content, view: View) -> Outcome:
    """What the source says."""
    return compared(content, view, LookupKind.ICP, "links")
