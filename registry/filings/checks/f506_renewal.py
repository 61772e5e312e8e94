"""F506: a renewal gives more time, and says when an entry has lapsed.

What it detects
    An end that is no later than the one that counts; an entry without an end; a backup channel; a renewal of what has
    lapsed, which is registered again and judged like a first filing.
Why it matters
    A renewal that changes nothing hides what was meant; a lapse breaks the right to what was approved.
Basis
    Practice of registries of names and certificates; this registry's rule on lapses.
Not a hit
    An entry that ends next month and is renewed until next year.
Known gaps
    What changed meanwhile with its parties: the other checks look at that.
What the reviewer does
    Of unchanged renewals a sample is looked at; of lapsed entries each one.
"""

import datetime as dt

from registry.filings.changing import RenewalContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked, warns
from registry.filings.view import ENDLESS, View
from registry.kernel.clock import local_day
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.RENEWAL})
SEVERITY = Severity.LOW
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("登记不存在", "there is no such entry")
_OPEN = Sentence("该登记没有到期日，无需续期", "the entry has no end: nothing is to be renewed")
_NO_LATER = Sentence("新的到期日不晚于现在的", "the new end is no later than the present one")
_BACKUP = Sentence("备用通道不续期", "a backup channel is not renewed")
_FILE = Sentence("为该端口报备正式许可", "file a permit of its own for that port")
_FIX = Sentence("填写更晚的到期日", "give a later end")
_LAPSED = Sentence(
    "已于 {day} 失效，按重新登记审核", "it lapsed on {day}: it is registered again, with the gap between"
)
_LOOK = Sentence("核对失效期间是否仍在使用", "look whether it was used meanwhile")


def check(content: RenewalContent, view: View) -> Outcome:
    """Whether it ends later than now, and whether it had ended."""
    if view.entry is None:
        return unchecked(_UNKNOWN)
    if view.entry.channel:
        return fails(_BACKUP, _FILE, "subject")
    end = view.entry.span.end
    if end == ENDLESS:
        return fails(_OPEN, _FIX, "subject")
    if content.valid_until is not None and content.valid_until <= max(end, view.at):
        return fails(_NO_LATER, _FIX, "valid_until")
    return warns(_LAPSED.about(day=local_day(end)), _LOOK, "subject", lapsed=True) if end <= view.at else CLEAR
