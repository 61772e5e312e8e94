"""F409: the monthly volume is given and plausible.

What it detects
    A permit without a volume, with none at all, or with more than is plausible for one signature on one port.
Why it matters
    A volume out of all proportion is room for tenants.
Basis
    Setting of this registry (`permits.volume.plausible`), dated.
Not a hit
    Large senders below the setting.
Known gaps
    It is not compared with the sender's peers and its last months yet.
What the reviewer does
    Asks what is sent, to how many, how often.
"""

import datetime as dt

from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.LOW
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("未填写月发送量，将不设上限", "no monthly volume is given: there would be no cap")
_NONE = Sentence("月发送量为 0", "the monthly volume is 0")
_LARGE = Sentence("月发送量 {volume} 超过通常的 {most}", "a monthly volume of {volume} is beyond the usual {most}")
_FIX = Sentence("填写预计的月发送量并说明用途", "give the volume you expect and what it is for")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether the volume is there and believable."""
    volume = content.values.scope.monthly_volume
    most = provisions.integer("permits.volume.plausible", view.at)
    if volume is None:
        return warns(_UNKNOWN, _FIX, "monthly_volume")
    if volume == 0:
        return warns(_NONE, _FIX, "monthly_volume")
    return warns(_LARGE.about(volume=volume, most=most), _FIX, "monthly_volume") if volume > most else CLEAR
