"""F212: the chain does not come back to itself.

What it detects
    A hop to somebody who already stands above its giver, the holder included.
Why it matters
    In a circle everybody is somebody else's customer, and nobody answers.
Basis
    Rules on telecommunication codes: a code has one user who answers for it.
Not a hit
    Two hops to the same enterprise on different extensions.
Known gaps
    Circles through enterprises tied by ownership.
What the reviewer does
    Sends it back with the chain drawn.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.values import DelegationValues

KINDS = frozenset({Kind.DELEGATION})
SEVERITY = Severity.HIGH
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_LOOP = Sentence("{taker} 已在授权链上游", "{taker} already stands above in the chain")
_FIX = Sentence("核对授权双方", "check who lets whom use the port")


def check(content: DelegationValues, view: View) -> Outcome:
    """Whether the taker stands above the giver."""
    chain, upstream = view.chain(content.port), {content.from_enterprise}
    while further := {hop.giver for hop in chain if hop.taker in upstream} - upstream:
        upstream |= further
    above = view.above(content.port)
    upstream |= {above[0].holder} if above else set()
    if content.to_enterprise in upstream:
        return fails(_LOOP.about(taker=content.to_enterprise), _FIX, "to_enterprise")
    return CLEAR
