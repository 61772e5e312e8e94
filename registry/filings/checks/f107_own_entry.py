"""F107: what is to end exists and is the applicant's own.

What it detects
    A withdrawal of an entry that is not in force, or that belongs to somebody else.
Why it matters
    Nobody may take another's port, signature or permit out of the registry.
Basis
    This registry's rule: companies see and change only their own.
Not a hit
    Either party of a delegation or a letter; owner and user of a permit.
Known gaps
    Entries that rest on this one are not ended with it: detection finds them.
What the reviewer does
    Looks at what else rests on the entry before it ends.
"""

import datetime as dt

from registry.filings.content import WithdrawalContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.WITHDRAWAL})
SEVERITY = Severity.HIGH
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_NOT_OWN = Sentence("没有属于申请人的生效登记 {subject}", "the applicant has no entry {subject} in force")
_FIX = Sentence("填写本企业的登记编号", "give the key of an entry of your own")


def check(content: WithdrawalContent, view: View) -> Outcome:
    """Whether the applicant is a party of the entry."""
    if view.entry is None or view.applicant not in view.entry.parties:
        return fails(_NOT_OWN.about(subject=content.subject), _FIX, "subject")
    return CLEAR
