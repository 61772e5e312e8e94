"""F131: the handler serves this enterprise alone.

What it detects
    A handler whose ID or telephone number stands behind another enterprise too, or whose key is another's.
Why it matters
    Whoever acts for several enterprises lends its name, or theirs: brokers of ports are found by it.
Basis
    Trade rule of platforms and carriers (one handler serves one company; equity ties do not matter).
Not a hit
    The same person again for the same enterprise; one that acts for the other enterprise no longer.
Known gaps
    Opaque keys that were brought in by bundles are compared as they are; a second telephone is another number.
What the reviewer does
    Asks for a handler of its own. Affiliation is no excuse.
"""

import datetime as dt

from registry.enterprises.values import EnterpriseValues
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.ENTERPRISE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_ANOTHERS = Sentence("该经办人登记在其他企业名下", "this handler is registered for another enterprise")
_SEVERAL = Sentence(
    "经办人的证件或电话同时用于其他 {count} 家企业", "the handler's ID or telephone stands behind {count} others"
)
_OWN = Sentence("更换为本企业的经办人", "name a handler of your own enterprise")


def check(content: EnterpriseValues, view: View) -> Outcome:
    """Whether nobody else is served."""
    if view.handler is None:
        return CLEAR
    if view.handler.known and view.handler.enterprise != content.code:
        return fails(_ANOTHERS, _OWN, "handler")
    count = view.handler.others
    return fails(_SEVERAL.about(count=count), _OWN, "handler", others=count) if count else CLEAR
