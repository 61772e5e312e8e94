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
from registry.handlers.policy import objection
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.ENTERPRISE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_OWN = Sentence("更换为本企业的经办人", "name a handler of your own enterprise")


def check(content: EnterpriseValues, view: View) -> Outcome:
    """Whether nobody else is served."""
    if view.handler is None:
        return CLEAR
    said = objection(view.handler, content.code)
    return fails(said, _OWN, "handler", others=view.handler.others) if said else CLEAR
