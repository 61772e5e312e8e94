"""F405: the categories fit the range of the port.

What it detects
    Anything but public good on a public-good range, marketing or dunning on public-service and emergency numbers, any
    message to people on a machines' range; somebody else than the holder on an own-use range; dunning by somebody
    outside finance.
Why it matters
    The range tells the recipient what kind of sender it is; an own-use number let to others is a sublet port.
Basis
    Plan of telecommunication codes: purpose of the ranges.
Not a hit
    Marketing on own-use and platform ranges: "non-commercial" there means that the service is not sold to others.
Known gaps
    Ranges that the plan is silent about; branches of the holder on an own-use range are shown as a warning.
What the reviewer does
    Asks for a port of another range, for another category, or how user and holder belong together.
"""

import datetime as dt

from registry.filings.content import PermitContent, number_of
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import industries
from registry.ports.plan import Use, classify
from registry.texts.category import category_bits, category_said

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_FINANCE = "J"
_NOT_THERE: dict[Use, frozenset[str]] = {
    Use.PUBLIC_GOOD: frozenset({"verification", "notice", "marketing", "dunning"}),
    Use.EMERGENCY: frozenset({"verification", "marketing", "dunning"}),
    Use.GOVERNMENT: frozenset({"marketing", "dunning"}),
    Use.MACHINE: frozenset({"verification", "notice", "marketing", "dunning", "public_good"}),
}
_WRONG = Sentence("该号段（{title}）不可用于 {names}", "the range ({title}) is not for {names}")
_FIX = Sentence("改用其他号段，或去掉该类别", "use a port of another range, or leave the category out")
_DUNNING = Sentence("催收类仅见于金融业，使用人行业不符", "dunning is usual in finance; the user is none of it")
_OWN_USE = Sentence("自用号段由持有人 {holder} 以外的企业使用", "an own-use range, used by another than {holder}")
_BELONG = Sentence("说明使用人与持有人的关系，或改用经营性号段", "say how the two belong together, or move away")
_EXPLAIN = Sentence("说明债权关系并上传材料", "explain whose debts they are and hand in papers")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether the range is for these categories."""
    entry, asked = classify(number_of(content)), set(content.values.scope.categories)
    wrong = asked & _NOT_THERE.get(entry.use, frozenset())
    if wrong:
        names = category_said(category_bits(wrong))
        return fails(_WRONG.about(title=entry.title, names=names), _FIX, "categories")
    above = view.above(number_of(content))
    if entry.use is Use.OWN and above and above[0].holder != content.values.user:
        return warns(_OWN_USE.about(holder=above[0].holder), _BELONG, "user", "port")
    if "dunning" in asked and not _finance(content.values.user, view):
        return warns(_DUNNING, _EXPLAIN, "categories")
    return CLEAR


def _finance(user: str, view: View) -> bool:
    party = view.parties.get(user)
    known = party is not None and industries.is_industry(party.industry)
    return known and industries.section_of(view.parties[user].industry).letter == _FINANCE
