"""F410: an extension carries the signatures of one owner, or one signature, as it was allotted.

What it detects
    A permit on a port that is signed by one owner, where another owner's permit applies in the same period; on a port
    of one fixed signature, where a permit for another signature applies, the same owner's too.
Why it matters
    Several owners on one extension are the plainest sign of a sublet port.
Basis
    Trade rule: fixed signature, fixed number.
Not a hit
    Several signatures of one owner, unless the port was allotted for one alone; ports allotted as shared; permits that
    end before this one begins.
Known gaps
    The same brand under several companies of a group.
What the reviewer does
    Has the applicant choose another extension, or the port filed as shared with its users declared.
"""

import datetime as dt

from registry.filings.content import PermitContent, number_of
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.permits.policy import in_common
from registry.ports.kinds import Signing
from registry.signatures.folding import fold

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_OTHER = Sentence("该号码已用于 {owner} 的签名", "this number already carries signatures of {owner}")
_SIGNED = Sentence("该号码固定用于签名【{signature}】", "this number is fixed to the signature {signature}")
_FIX = Sentence(
    "换一个扩展号，或以端口变更改为多签名并报备使用人",
    "choose another extension, or file a change of the port to shared, with its users declared",
)


def check(content: PermitContent, view: View) -> Outcome:
    """Whether another owner's permit applies there."""
    above = view.above(number_of(content))
    if above and above[0].signing == Signing.SHARED:
        return CLEAR
    values, meeting = content.values, [each for each in view.scopes if each.span.overlaps(view.span)]
    found = in_common(values.port, {each.port: each.owner for each in meeting if each.owner != values.owner})
    if found:
        return fails(_OTHER.about(owner=found), _FIX, "port", "owner", owner=found)
    if not above or above[0].signing != Signing.FIXED:
        return CLEAR
    signed = {each.port: each.signature for each in meeting if fold(each.signature) != fold(values.signature)}
    other = in_common(values.port, signed)
    return fails(_SIGNED.about(signature=other), _FIX, "port", "signature", signature=other) if other else CLEAR
