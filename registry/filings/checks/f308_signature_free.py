"""F308: the owner does not have this signature already.

What it detects
    The very same text of the same owner, registered for an overlapping period.
Why it matters
    One thing, one entry: ending one of two would leave the other in force unseen.
Basis
    This registry's rule.
Not a hit
    The same signature after the first registration has ended.
Known gaps
    None known.
What the reviewer does
    Nothing: the signature is there.
"""

import datetime as dt

from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.LOW
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_THERE = Sentence("该签名在该时段已登记：{key}", "this signature is registered for a time that overlaps: {key}")
_FIX = Sentence(
    "无需重复报备，可直接申请许可；来源有变的，提交签名变更",
    "no need to file it again: go on to the permit; where its source has changed, file a change of the signature",
)


def check(content: SignatureContent, view: View) -> Outcome:
    """Whether the owner has it."""
    for each in view.names:
        same = (each.text, each.owner) == (content.values.signature, content.values.owner)
        if same and each.span.overlaps(view.span):
            return fails(_THERE.about(key=each.key), _FIX, "signature", "valid_from", entry=each.key)
    return CLEAR
