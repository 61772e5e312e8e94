"""F411: there is no permit for the same signature, port and user at the same time.

What it detects
    A permit in force for the same owner's signature, on the same port, by the same user.
Why it matters
    A message is lawful if one permit allows it: a second, wider one silently widens the first.
Basis
    This registry's rule: what is tried is every permit that matches.
Not a hit
    The same signature on another port, or for another user.
Known gaps
    A prefix permit beside an exact one is lawful and not reported.
What the reviewer does
    Compares the two scopes; asks for a change of the first one instead.
"""

import datetime as dt

from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_THERE = Sentence("同一签名、端口、使用人已有许可 {key}", "there is a permit for the same signature, port, user: {key}")
_FIX = Sentence("先撤回现有许可，或改为申请变更其范围", "withdraw that one first, or ask for a change of its scope")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether such a permit is in force."""
    values = content.values
    wanted = (values.signature, values.owner, values.port, values.user)
    for each in view.scopes:
        if (each.signature, each.owner, each.port, each.user) == wanted and each.span.overlaps(view.span):
            return warns(_THERE.about(key=each.key), _FIX, "signature", "port", entry=each.key)
    return CLEAR
