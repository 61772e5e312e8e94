"""F305: a signature from the company's name is a continuous part of it.

What it detects
    A text, filed as full or short name, that does not stand in the owner's present or former names as it is.
Why it matters
    A short name put together from pieces can be made to read like somebody else's.
Basis
    Practice of carriers: the short name is a continuous part of the full name.
Not a hit
    Trademarks and government bodies; former names of the owner.
Known gaps
    Names are what the registry holds; the papers may show a change.
What the reviewer does
    Compares with the licence; asks for a trademark where the brand differs from the name.
"""

import datetime as dt

from registry.filings.checks._signature import objection
from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import Outcome, unchecked
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("所有人未登记，无法核对名称", "the owner is not registered, so its name is not known")


def check(content: SignatureContent, view: View) -> Outcome:
    """Whether the text stands in one of the owner's names."""
    if content.values.owner not in view.parties:
        return unchecked(_UNKNOWN, Sentence("", ""), "owner")
    return objection(content, view, "signature", "SIGNATURE_NOT_IN_NAME")
