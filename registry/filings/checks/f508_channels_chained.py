"""F508: backup channels are not chained into a permit that nobody approved.

What it detects
    A temporary permit while an earlier one of the same permit, or of the same signature on the same port, is not
    approved by a reviewer; more of them within some days than are allowed.
Why it matters
    A channel counts from its handing in: one after another would make a permanent one of it that nobody looked at.
Basis
    This registry's settings `permits.temporary.window` and `permits.temporary.most`, dated.
Not a hit
    Channels of other permits on other ports in the same outage; one's own that was sent back and is mended.
Known gaps
    A new signature for each channel: every one of them needs its own approval first.
What the reviewer does
    Decides on the earlier channel; asks for a permit of its own where outages repeat.
"""

import datetime as dt

from registry.filings.changing import TemporaryPermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions

KINDS = frozenset({Kind.TEMPORARY_PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNSEEN = Sentence("前一备用通道 {key} 尚未获批", "the earlier backup channel {key} was not approved")
_WAIT = Sentence("待其审核批准，或报备正式许可", "wait until it is approved, or file a permit of its own")
_OFTEN = Sentence("{days} 天内已有 {count} 个备用通道", "there were {count} backup channels within {days} days")
_FILE = Sentence("为备用端口报备正式许可", "file a permit of its own for the backup's port")


def check(_content: TemporaryPermitContent, view: View) -> Outcome:
    """Whether every earlier channel was looked at, and how many there were."""
    unseen = [each.key for each in view.channels if not each.approved]
    if unseen:
        return fails(_UNSEEN.about(key=unseen[-1]), _WAIT, "permit", "port", entry=unseen[-1])
    most, days = (provisions.integer(f"permits.temporary.{name}", view.at) for name in ("most", "window"))
    count = len(view.channels)
    return fails(_OFTEN.about(count=count, days=days), _FILE, "permit", "port") if count >= most else CLEAR
