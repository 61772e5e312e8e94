"""F214: the hop lasts no longer than what it rests on.

What it detects
    A hop that begins before, or ends after, the port's entry or the hop to its giver.
Why it matters
    Nobody can let what is no longer theirs.
Basis
    General rule: nobody gives more than they have.
Not a hit
    An open hop on an open entry.
Known gaps
    Entries that are renewed before they end make the warning moot.
What the reviewer does
    Sees to it that the renewal of the port is under way, or shortens the hop.
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
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_LONGER = Sentence("授权期超出其依据 {entry} 的有效期", "it lasts longer than what it rests on: {entry}")
_FIX = Sentence("缩短授权期，或先办理续期", "shorten it, or have that entry renewed first")


def check(content: DelegationValues, view: View) -> Outcome:
    """Whether the port's entry and the giver's own hop last as long."""
    above = view.above(content.port)[:1]
    own = [hop for hop in view.chain(content.port) if hop.taker == content.from_enterprise]
    rests = [(each.port, each.span) for each in above] + [(hop.key, hop.span) for hop in own]
    shorter = next((entry for entry, span in rests if not view.span.within(span)), None)
    return fails(_LONGER.about(entry=shorter), _FIX, "valid_until", entry=shorter) if shorter else CLEAR
