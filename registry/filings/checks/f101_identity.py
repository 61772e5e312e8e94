"""F101: every enterprise named has a code that can be one.

What it detects
    A unified social credit code with a wrong length, character or check digit, or an unknown kind of identity.
Why it matters
    A wrong digit points at somebody else, or at nobody; everything that follows would hang on it.
Basis
    GB 32100-2015 (structure and check digit of the unified social credit code).
Not a hit
    Foreign, military and legacy identities in their own form (REG-XX, MIL, OLD15, LEI).
Known gaps
    A well-formed code may still belong to no enterprise: F102 asks the registry.
What the reviewer does
    Compares the code with the licence, character by character.
"""

import datetime as dt

from registry.enterprises import identity
from registry.enterprises.values import EnterpriseValues
from registry.filings.content import Content, parties
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence, Unreadable

KINDS = frozenset(Kind) - {Kind.WITHDRAWAL}
SEVERITY = Severity.CRITICAL
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_FIX = Sentence("按营业执照逐位核对", "compare it with the licence, character by character")


def check(content: Content, _: View) -> Outcome:
    """Whether each code named can be read."""
    named = {"code": content.code} if isinstance(content, EnterpriseValues) else parties(content)
    for field, code in named.items():
        try:
            identity.parse(code)
        except Unreadable as error:
            return fails(error.sentence, _FIX, field)
    return CLEAR
