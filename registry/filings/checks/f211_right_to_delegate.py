"""F211: who lets another use the port may do so.

What it detects
    A hop on a number that is not registered, or from an enterprise that neither holds it nor is an agent for it.
Why it matters
    A hop from nowhere is an invented agency relation: it makes a sublet port look declared.
Basis
    Anti Telecom Fraud Law, article 31 (no invented agency relations).
Not a hit
    Agents and integrators to whom the port was let by a hop in force.
Known gaps
    A hop that is agreed upon but not filed is not known.
What the reviewer does
    Draws the chain from the holder and looks for the missing hop.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.kinds import DelegationRole
from registry.ports.values import DelegationValues

KINDS = frozenset({Kind.DELEGATION})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_NO_PORT = Sentence("没有登记的端口包含 {port}", "no registered port covers {port}")
_REGISTER = Sentence("先报备该端口", "file the port first")
_NOT_THEIRS = Sentence("{giver} 不是 {port} 的持有人，也不是其代理", "{giver} neither holds {port} nor is its agent")
_FIX = Sentence("由持有人先报备授予该企业的授权", "let the holder file its hop to that enterprise first")


def check(content: DelegationValues, view: View) -> Outcome:
    """Whether the giver stands in the chain."""
    above = view.above(content.port)
    if not above:
        return fails(_NO_PORT.about(port=content.port), _REGISTER, "port")
    agents = {hop.taker for hop in view.chain(content.port) if hop.role != DelegationRole.END_USER}
    if content.from_enterprise in {above[0].holder, *agents}:
        return CLEAR
    return fails(_NOT_THEIRS.about(giver=content.from_enterprise, port=content.port), _FIX, "from_enterprise")
