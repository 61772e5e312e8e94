"""F108: the enterprise is not registered yet.

What it detects
    The registration of an enterprise whose code is registered already.
Why it matters
    One enterprise, one entry: a second one would split its history.
Basis
    GB 32100-2015: one code for life.
Not a hit
    An enterprise of the same name under another code: names repeat. A change of an enterprise that is registered.
Known gaps
    An enterprise that is registered under an old identity (OLD15) is not recognised by its new code.
What the reviewer does
    Nothing: what has changed of a registered enterprise is filed as a change of it.
"""

import datetime as dt

from registry.enterprises.values import EnterpriseValues
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.ENTERPRISE})
SEVERITY = Severity.MEDIUM
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_KNOWN = Sentence("{code} 已经登记", "{code} is registered already")
_FIX = Sentence("无需重复登记；如有变更请提交企业变更报备", "no need to file it again: file a change of the enterprise")


def check(content: EnterpriseValues, view: View) -> Outcome:
    """Whether the code is free."""
    if content.code in view.parties and not (view.registered or view.stood):
        return fails(_KNOWN.about(code=content.code), _FIX, "code")
    return CLEAR
