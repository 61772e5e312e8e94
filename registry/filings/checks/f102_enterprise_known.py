"""F102: every enterprise named is registered.

What it detects
    A holder, owner, user or party of a hop that the registry does not know.
Why it matters
    Nobody can be held answerable for an entry whose enterprise is only a number.
Basis
    Rules on telecommunication codes: users are registered by their true names.
Not a hit
    An enterprise under a former name: it is known by its code.
Known gaps
    It does not prove that the enterprise still exists in the company register.
What the reviewer does
    Asks for the enterprise's registration to be filed first.
"""

import datetime as dt

from registry.filings.content import Content, parties
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.PORT, Kind.DELEGATION, Kind.SIGNATURE, Kind.LETTER, Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("{code} 尚未登记", "{code} is not registered")
_FIX = Sentence("先提交该企业的登记报备", "file that enterprise's registration first")


def check(content: Content, view: View) -> Outcome:
    """Whether the registry knows each enterprise named."""
    unknown = {field: code for field, code in parties(content).items() if code not in view.parties}
    if not unknown:
        return CLEAR
    return fails(_UNKNOWN.about(code=", ".join(unknown.values())), _FIX, *unknown)
