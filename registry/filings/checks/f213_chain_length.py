"""F213: the chain is not longer than allowed.

What it detects
    A hop that would stand further from the holder than the setting allows.
Why it matters
    With every hop the one who sends is further from the one who answers.
Basis
    Setting of this registry (`ports.delegations.most`), dated.
Not a hit
    Chains as long as the setting.
Known gaps
    Hops that nobody filed.
What the reviewer does
    Asks why so many stand between.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import Hop, View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.ports.values import DelegationValues

KINDS = frozenset({Kind.DELEGATION})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_LONG = Sentence("授权链为 {hops} 级，最多 {most} 级", "the chain would have {hops} hops, at most {most} are allowed")
_FIX = Sentence("由更靠近持有人的企业直接授权", "let an enterprise nearer to the holder delegate directly")


def check(content: DelegationValues, view: View) -> Outcome:
    """Whether the hop is near enough to the holder."""
    most = provisions.integer("ports.delegations.most", view.at)
    hops = 1 + _before(content.from_enterprise, view.chain(content.port), most + 1)
    return fails(_LONG.about(hops=hops, most=most), _FIX, "from_enterprise") if hops > most else CLEAR


def _before(taker: str, chain: list[Hop], most: int) -> int:
    """How many hops lead to an enterprise by the longest way; counted up to `most`, so that circles end."""
    steps = [hop for hop in chain if hop.taker == taker]
    if not steps or most == 0:
        return 0
    return 1 + max(_before(hop.giver, chain, most - 1) for hop in steps)
