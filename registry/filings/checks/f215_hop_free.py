"""F215: the same hop is not on record for the same time.

What it detects
    A hop between the same two, on the same number, in the same role, in an overlapping period.
Why it matters
    Two entries for one hop: ending one would leave the other in force unseen.
Basis
    This registry's rule: one thing, one entry at a time.
Not a hit
    The same hop after the first one has ended; another extension; another role.
Known gaps
    None known.
What the reviewer does
    Nothing: the applicant withdraws the old one or files from its end on.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.values import DelegationValues

KINDS = frozenset({Kind.DELEGATION})
SEVERITY = Severity.MEDIUM
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_THERE = Sentence("同一授权在该时段已有登记 {key}", "this hop is on record for a time that overlaps this one: {key}")
_FIX = Sentence("从现有授权结束之日起申请，或先撤回它", "file it from the end of that one on, or withdraw that one")


def check(content: DelegationValues, view: View) -> Outcome:
    """Whether such a hop is there."""
    wanted = (content.port, content.from_enterprise, content.to_enterprise, content.role)
    for hop in view.hops:
        if (hop.port, hop.giver, hop.taker, hop.role) == wanted and hop.span.overlaps(view.span):
            return fails(_THERE.about(key=hop.key), _FIX, "valid_from", entry=hop.key)
    return CLEAR
