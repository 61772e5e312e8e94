"""F501: the entry that a filing starts from is there and concerns the applicant.

What it detects
    Another scope, a text, merchants, a backup channel, more time, other terms, for an entry that is not there, or is a
    stranger's.
Why it matters
    Nobody may widen, bind or prolong what is another's.
Basis
    This registry's rule: companies see and change only their own.
Not a hit
    Owner and user of a permit; either party of a hop; the owner of a letter, whose word is to count longer; an entry
    that lapsed, for which a renewal is asked.
Known gaps
    The holder of the port above may not file for its customer's permit: the customer does.
What the reviewer does
    Nothing: it cannot be filed so.
"""

import datetime as dt

from registry.filings.content import Content, subject_of
from registry.filings.kinds import CHANGING, Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = CHANGING - {Kind.WITHDRAWAL, Kind.SUCCESSION}
SEVERITY = Severity.HIGH
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_NOT_OWN = Sentence("没有属于申请人的登记 {subject}", "the applicant has no entry {subject}")
_FIX = Sentence("填写本企业的登记编号", "give the key of an entry of your own")


def check(content: Content, view: View) -> Outcome:
    """Whether the applicant is a party of the entry."""
    subject = subject_of(content)
    if view.entry is not None and view.applicant in view.entry.parties:
        return CLEAR
    field = next(name for name in ("subject", "enterprise", "permit", "port") if hasattr(content, name))
    return fails(_NOT_OWN.about(subject=subject[1] if subject else ""), _FIX, field)
