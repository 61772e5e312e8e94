"""F203: an extension lies in the holder's own allotment.

What it detects
    An extension under a code that neither holder nor applicant holds, and that no chain of hops lets them use.
Why it matters
    An extension under a stranger's code is a sublet port from its first day.
Basis
    Telecommunications Regulations, article 28; rules on telecommunication codes (no transfer, no lease).
Not a hit
    Extensions under a carrier's own code, which carriers allot to customers; declared agents of the holder.
Known gaps
    Whether the holder knows of the extension: the chain says so, a person may ask.
What the reviewer does
    Looks at the chain above the number.
"""

import datetime as dt

from registry.enterprises.kinds import Role
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.values import PortValues

KINDS = frozenset({Kind.PORT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_STRANGER = Sentence("上级号码 {above} 由 {holder} 持有", "the code above, {above}, is held by {holder}")
_FIX = Sentence("由持有人申请并授权，或先报备授权链", "let its holder file and delegate, or file the chain first")


def check(content: PortValues, view: View) -> Outcome:
    """Whether the code above is theirs to extend."""
    above = [each for each in view.above(content.port) if each.port != content.port]
    if not above:
        return CLEAR
    code, mine = above[0], {content.holder, view.applicant}
    owner = view.parties.get(code.holder)
    declared = {hop.taker for hop in view.chain(content.port)}
    if code.holder in mine or declared & mine or (owner and Role.CARRIER in owner.roles):
        return CLEAR
    return fails(_STRANGER.about(above=code.port, holder=code.holder), _FIX, "port", above=code.port)
