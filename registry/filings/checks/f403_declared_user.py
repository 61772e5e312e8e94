"""F403: the user holds the port, or is declared on it by a chain of hops.

What it detects
    A permit for a user whom no hop from the holder reaches; a prefix permit for one to whom it was not let alone.
Why it matters
    An undeclared user is a tenant: this is what a sublet port is.
Basis
    Telecommunications Regulations, article 28; MIIT meeting of 2021-10-25.
Not a hit
    Users who are reached over agents.
Known gaps
    Whether the hop serves this signature: the letter says so.
What the reviewer does
    Asks the holder to file the hop.
"""

import datetime as dt

from registry.filings.content import PermitContent, number_of
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.kinds import DelegationRole

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNDECLARED = Sentence(
    "{user} 不是 {port} 的持有人或已报备的使用人", "{user} neither holds {port} nor is declared there"
)
_FIX = Sentence("先报备对该使用人的授权", "file the delegation to this user first")
_SHARED = Sentence("号段 {port} 还授权给了 {others}", "the range {port} is let to {others} as well")
_EXACT = Sentence("填写具体号码，或单独授权号段", "name the exact number, or have a range let to this user alone")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether a chain from the holder reaches the user."""
    number, user = number_of(content), content.values.user
    reached = reached_from_holder(view, number)
    if user not in reached:
        return fails(_UNDECLARED.about(user=user, port=number), _FIX, "user")
    if not content.values.port.endswith("*"):
        return CLEAR
    hops = view.chain(number)
    others = {hop.taker for hop in hops if hop.role == DelegationRole.END_USER and hop.port == number} - {user}
    shared = _SHARED.about(port=number, others=", ".join(sorted(others)))
    return fails(shared, _EXACT, "port", others=sorted(others)) if others else CLEAR


def reached_from_holder(view: View, number: str) -> set[str]:
    """Holder and everybody whom a chain of hops reaches from there."""
    above = view.above(number)
    reached = {above[0].holder} if above else set()
    chain = view.chain(number)
    while further := {hop.taker for hop in chain if hop.giver in reached} - reached:
        reached |= further
    return reached
