"""F105: the period asked for lies ahead.

What it detects
    A beginning in the past, and an end that is already behind us; a succession from a day that is past.
Why it matters
    A permit filed today cannot make last month's messages lawful.
Basis
    This registry's rule: entries take effect from their approval; the past is corrected by two people.
Not a hit
    Entries that stand in the registry already (look-back, a change of them); open ends.
Known gaps
    The span between filing and approval is not counted.
What the reviewer does
    Tells the applicant that the entry begins with its approval.
"""

import datetime as dt

from registry.filings.content import Content, asked_period
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.PORT, Kind.DELEGATION, Kind.SIGNATURE, Kind.LETTER, Kind.PERMIT, Kind.SUCCESSION})
SEVERITY = Severity.LOW
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_OVER = Sentence("截止时间早于开始时间或现在", "the end lies before the beginning, or behind us")
_LATER = Sentence("填写将来的截止时间，或留空", "give an end in the future, or leave it empty")
_PAST = Sentence("开始时间已过：将自批准时起生效", "the beginning is past: the entry will count from its approval on")
_AWARE = Sentence("无需修改；补记过去须由两人更正", "nothing to do; the past is corrected by two people")


def check(content: Content, view: View) -> Outcome:
    """Whether something of the period is left."""
    start, end = asked_period(content)
    if view.registered:
        return CLEAR
    if end is not None and end <= max(start or view.at, view.at):
        return fails(_OVER, _LATER, "valid_until")
    if start is not None and start < view.at and not view.stood:
        return warns(_PAST, _AWARE, "valid_from")
    return CLEAR
