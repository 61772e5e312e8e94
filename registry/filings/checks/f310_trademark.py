"""F310: a signature from a trademark names the trademark's number, and a number has its form.

What it detects
    A trademark as source without its registration number, or with one that can be none.
Why it matters
    With the number anybody can look the owner up; without it a certificate's picture is all there is.
Basis
    Trademark Law, article 4; lists of papers asked for by platforms (trademark not found, or another's owner).
Not a hit
    Other sources; numbers of seven or eight digits, with a letter behind them for divided applications, G for
    international ones.
Known gaps
    Whether it exists and whose it is: the trademark office is asked apart.
What the reviewer does
    Looks the number up and compares owner, name and class.
"""

import datetime as dt
import re

from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.signatures.kinds import SignatureSource

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_NUMBER = re.compile(r"(?:[0-9]{6,8}[A-Z]?|G[0-9]{6,7}[A-Z]?)\Z")
_MISSING = Sentence("未填写商标注册号", "the trademark's registration number is not given")
_GIVE = Sentence("填写商标注册证上的注册号", "copy it from the certificate")
_FORM = Sentence("{number} 不是商标注册号", "{number} is no registration number of a trademark")
_UNKNOWN = Sentence("登记中没有商标注册号", "no trademark number is on record for this entry")


def check(content: SignatureContent, view: View) -> Outcome:
    """Whether the number is there and can be one."""
    if content.values.source != SignatureSource.TRADEMARK:
        return CLEAR
    if not content.trademark:
        return unchecked(_UNKNOWN, _GIVE, "trademark") if view.registered else fails(_MISSING, _GIVE, "trademark")
    number = content.trademark
    return CLEAR if _NUMBER.match(number) else fails(_FORM.about(number=number[:40]), _GIVE, "trademark")
