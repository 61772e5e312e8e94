"""F212: the chain does not come back to itself.

What it detects
    A hop to somebody who already stands above its giver, the holder included: on the number, on one below it, now or
    later while the hop counts.
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
from collections.abc import Iterator

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import Hop, View
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
    """Whether the taker stands above the giver on the number, or on one below it, at any time."""
    above = view.above(content.port)
    held = {above[0].holder} if above else set()
    hops = [each for each in (*view.hops, *view.below) if each.span.overlaps(view.span)]
    upstream = held.union(*(_upstream(content.from_enterprise, chain) for chain in _chains(content.port, hops, view)))
    if content.to_enterprise in upstream:
        return fails(_LOOP.about(taker=content.to_enterprise), _FIX, "to_enterprise")
    return CLEAR


def _chains(port: str, hops: list[Hop], view: View) -> Iterator[list[Hop]]:
    """The hops that cover the number, and each number below it, whenever one of them has begun."""
    moments = {max(each.span.start, view.span.start) for each in hops}
    for number in {port, *(each.port for each in view.below)}:
        covering = [each for each in hops if number.startswith(each.port)]
        yield from ([each for each in covering if each.span.start <= at < each.span.end] for at in moments)


def _upstream(giver: str, chain: list[Hop]) -> set[str]:
    found = {giver}
    while further := {hop.giver for hop in chain if hop.taker in found} - found:
        found |= further
    return found
