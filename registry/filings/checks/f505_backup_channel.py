"""F505: a backup channel is short, elsewhere, and no channel of a channel.

What it detects
    A temporary permit for more hours than allowed, on the port that is down itself, or for a permit that is a backup or
    not in force.
Why it matters
    In an outage traffic has to go on at once; what goes on for weeks is another permit that nobody approved.
Basis
    This registry's setting `permits.temporary`; same user and signature, notified, looked at afterwards.
Not a hit
    Another carrier's number that is registered here.
Known gaps
    Whether there is an outage: gateways' records show it afterwards.
What the reviewer does
    Looks afterwards whether the first channel was silent meanwhile.
"""

import datetime as dt

from registry.filings.changing import TemporaryPermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.permits.kinds import Purpose

KINDS = frozenset({Kind.TEMPORARY_PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("许可不存在", "there is no such permit")
_LONG = Sentence("最长 {most} 小时", "{most} hours at most")
_SHORTEN = Sentence("缩短时间，或报备新的许可", "shorten it, or file a permit of its own")
_SAME = Sentence("备用通道与原端口相同", "the backup is the port itself")
_OTHER = Sentence("填写另一个端口", "name another port")
_ENDED = Sentence("原许可未生效或本身是临时许可", "the permit is not in force, or is a backup itself")
_FIRST = Sentence("填写正在生效的正式许可", "name a regular permit that is in force")


def check(content: TemporaryPermitContent, view: View) -> Outcome:
    """Whether it bridges an outage of a permit in force, for a short time, elsewhere."""
    if view.entry is None:
        return unchecked(_UNKNOWN)
    most = provisions.integer("permits.temporary", view.at)
    if content.hours > most:
        return fails(_LONG.about(most=most), _SHORTEN, "hours")
    if content.port == view.entry.port:
        return fails(_SAME, _OTHER, "port")
    regular = view.entry.purpose == Purpose.NORMAL and view.entry.span.start <= view.at < view.entry.span.end
    return CLEAR if regular else fails(_ENDED, _FIRST, "permit")
