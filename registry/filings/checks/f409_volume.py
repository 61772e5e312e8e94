"""F409: the monthly volume is given and plausible beside the volumes of its peers.

What it detects
    A permit without a volume, with none at all, with more than is plausible for one signature on one port, or with
    many times what most permits of the same category allow in the owner's section of industries.
Why it matters
    A volume out of all proportion is room for tenants.
Basis
    Settings of this registry, dated: `permits.volume.plausible`; `permits.volume.peers.share`, `.times`, `.least`.
Not a hit
    Large senders among large ones: what most of the peers allow is a quantile, which no single giant moves.
Known gaps
    Peers are counted once a day, by section of industry; what the sender has sent so far is not looked at.
What the reviewer does
    Asks what is sent, to how many, how often.
"""

import datetime as dt

from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, warns
from registry.filings.view import Peers, View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.law.industries import SECTIONS
from registry.texts.category import category_bits, category_said

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.LOW
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("未填写月发送量，将不设上限", "no monthly volume is given: there would be no cap")
_NONE = Sentence("月发送量为 0", "the monthly volume is 0")
_LARGE = Sentence("月发送量 {volume} 超过通常的 {most}", "a monthly volume of {volume} is beyond the usual {most}")
_BESIDE = Sentence(
    "月发送量 {volume}：{industry_zh}同类（{category}）许可 {permits} 个，其中 {share}% 不超过 {most}",
    "{volume} a month; of {permits} permits for {category} in {industry_en}, {share} in 100 allow at most {most}",
)
_FIX = Sentence("填写预计的月发送量并说明用途", "give the volume you expect and what it is for")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether the volume is there and believable."""
    volume = content.values.scope.monthly_volume
    most = provisions.integer("permits.volume.plausible", view.at)
    if volume is None:
        return warns(_UNKNOWN, _FIX, "monthly_volume")
    if volume == 0:
        return warns(_NONE, _FIX, "monthly_volume")
    if volume > most:
        return warns(_LARGE.about(volume=volume, most=most), _FIX, "monthly_volume")
    beside = _largest(view)
    times = provisions.integer("permits.volume.peers.times", view.at)
    return _out_of_proportion(volume, beside, view) if beside and volume > beside.most * times else CLEAR


def _largest(view: View) -> Peers | None:
    """Of the categories asked for the one whose peers allow most, where they are enough to say so."""
    least = provisions.integer("permits.volume.peers.least", view.at)
    return max((each for each in view.peers if each.permits >= least), key=lambda each: each.most, default=None)


def _out_of_proportion(volume: int, peers: Peers, view: View) -> Outcome:
    section = SECTIONS.get(peers.section)
    told = {
        "volume": volume,
        "industry_zh": section.zh if section else "行业未知的",
        "industry_en": section.en if section else "an unknown industry",
        "category": category_said(category_bits([peers.category])),
        "permits": peers.permits,
        "share": provisions.integer("permits.volume.peers.share", view.at),
        "most": peers.most,
    }
    return warns(_BESIDE.about(**told), _FIX, "monthly_volume", permits=peers.permits, most=peers.most)
