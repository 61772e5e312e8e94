"""F122: the list of licences knows the licence, and whose it is.

What it detects
    A telecommunications licence that the ministry's list does not have, that is another's, or that has ended.
Why it matters
    F104 reads the number as it was filed; a number can be copied from somebody else.
Basis
    Telecommunications Regulations, article 7; the ministry's public list of licences.
Not a hit
    Enterprises that serve nobody; carriers without a licence number on record.
Known gaps
    The services that a licence covers are for F104.
    Where the source is not demanded (`lookups.demanded`, or a connector) and nobody looked, the check says nothing.
What the reviewer does
    Looks the number up and enters what the list shows.
"""

import datetime as dt

from registry.filings.checks._outside import asked, compared
from registry.filings.content import Content
from registry.filings.kinds import Kind
from registry.filings.outcome import Outcome
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.lookups.kinds import LookupKind
from registry.ports.values import DelegationValues, PortValues

KINDS = frozenset({Kind.ENTERPRISE, Kind.PORT, Kind.DELEGATION})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_FIELDS: dict[type, str] = {PortValues: "holder", DelegationValues: "to_enterprise"}


def applies(content: Content, view: View) -> bool:
    """Whether the source answered or must."""
    return asked(content, view, LookupKind.LICENCE)


def check(content: Content, view: View) -> Outcome:
    """What the source says."""
    return compared(content, view, LookupKind.LICENCE, _FIELDS.get(type(content), "licence"))
