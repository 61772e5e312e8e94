"""F401: the permit's signature is registered to its owner.

What it detects
    A signature that this owner has not registered, or not for the time asked.
Why it matters
    A permit for an unregistered name approves the name through the back door.
Basis
    Order of registering: signature first, then its use.
Not a hit
    A signature whose filing is approved by the time the permit is decided on.
Known gaps
    The text is compared as it is written; another writing is another signature.
What the reviewer does
    Decides on the signature's filing first.
"""

import datetime as dt

from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("{owner} 名下没有登记签名 {signature}", "{owner} has not registered the signature {signature}")
_FIX = Sentence("先报备签名", "file the signature first")
_SHORTER = Sentence("签名登记先于许可到期", "the signature's registration ends before the permit")
_RENEW = Sentence("缩短有效期，或先续期签名", "ask for a shorter time, or renew the signature first")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether the registration is there, and lasts."""
    values = content.values
    own = [each for each in view.names if (each.text, each.owner) == (values.signature, values.owner)]
    begun = [each for each in own if each.span.start <= view.span.start < each.span.end]
    if not begun:
        return fails(_UNKNOWN.about(owner=values.owner, signature=values.signature), _FIX, "signature", "owner")
    return CLEAR if view.span.within(begun[0].span) else warns(_SHORTER, _RENEW, "valid_until", entry=begun[0].key)
