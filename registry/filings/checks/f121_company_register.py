"""F121: the company register knows the enterprise by this code and name.

What it detects
    An enterprise that the public register does not have, has under another name, or has struck off; the same of the
    owner whose name a signature is.
Why it matters
    A name on a paper agrees with itself; only the register says whether the enterprise is there.
Basis
    Practice of carriers: papers are held against the public credit information of enterprises.
Not a hit
    Names in another width or kind of brackets; former names; an answer within the days of `lookups.fresh`.
Known gaps
    Enterprises abroad have registers of their own.
    Where the source is not demanded (`lookups.demanded`, or a connector) and nobody looked, the check says nothing.
What the reviewer does
    Looks the code up, enters what the register shows, with its number and the hash of what was seen.
"""

import datetime as dt

from registry.filings.checks._outside import asked, compared
from registry.filings.content import Content, SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import Outcome
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.lookups.kinds import LookupKind

KINDS = frozenset({Kind.ENTERPRISE, Kind.SIGNATURE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)


def applies(content: Content, view: View) -> bool:
    """Whether the source answered or must."""
    return asked(content, view, LookupKind.COMPANY_REGISTER)


def check(content: Content, view: View) -> Outcome:
    """What the source says."""
    return compared(
        content, view, LookupKind.COMPANY_REGISTER, "owner" if isinstance(content, SignatureContent) else "code"
    )
