"""F408: the permit lasts no longer than the hops that let its user send.

What it detects
    A permit that outlasts every hop by which its user was declared on the port.
Why it matters
    When the hop ends, the permit would go on for a user who has nothing to do with the port any more.
Basis
    General rule: nobody gives more than they have.
Not a hit
    Users who hold the port themselves; open hops.
Known gaps
    Hops further up the chain.
What the reviewer does
    Shortens the permit, or waits for the hop's renewal.
"""

import datetime as dt

from registry.filings.content import PermitContent, number_of
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.LOW
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_SHORTER = Sentence("授权 {key} 先于许可到期", "the delegation {key} ends before the permit")
_FIX = Sentence("缩短有效期，或先续期授权", "ask for a shorter time, or renew the delegation first")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether one of the user's hops lasts as long."""
    number, user = number_of(content), content.values.user
    above = view.above(number)
    hops = [hop for hop in view.chain(number) if hop.taker == user]
    if not hops or (above and above[0].holder == user) or any(view.span.within(hop.span) for hop in hops):
        return CLEAR
    return warns(_SHORTER.about(key=hops[0].key), _FIX, "valid_until", entry=hops[0].key)
