"""F405: the categories fit the range of the port.

What it detects
    Marketing or dunning on a range for non-commercial or public-good SMS; anything but public good on a public-good
    range; dunning by somebody outside finance.
Why it matters
    The range tells the recipient what kind of sender it is; commercial messages there deceive.
Basis
    Plan of telecommunication codes: purpose of the ranges.
Not a hit
    Notices and verification on an enterprise's own range; carriers' and commercial ranges.
Known gaps
    Ranges that the plan is silent about.
What the reviewer does
    Asks for a port of the commercial range, or for another category.
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

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_FINANCE = "J"
_NOT_THERE: dict[Use, frozenset[str]] = {
    Use.OWN: frozenset({"marketing", "dunning"}),
    Use.PLATFORM: frozenset({"marketing", "dunning"}),
    Use.PUBLIC_GOOD: frozenset({"verification", "notice", "marketing", "dunning"}),
    Use.EMERGENCY: frozenset({"verification", "marketing", "dunning"}),
    Use.GOVERNMENT: frozenset({"marketing", "dunning"}),
    Use.MACHINE: frozenset({"verification", "notice", "marketing", "dunning", "public_good"}),
}
_WRONG = Sentence("该号段（{title}）不可用于 {names}", "the range ({title}) is not for {names}")
_FIX = Sentence("改用经营性号段，或去掉该类别", "use a port of a commercial range, or leave the category out")
_DUNNING = Sentence("催收类仅见于金融业，使用人行业不符", "dunning is usual in finance; the user is none of it")
_EXPLAIN = Sentence("说明债权关系并上传材料", "explain whose debts they are and hand in papers")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether the range is for these categories."""
    entry, asked = classify(number_of(content)), set(content.values.scope.categories)
    wrong = sorted(asked & _NOT_THERE.get(entry.use, frozenset()))
    if wrong:
        zh = _WRONG.zh.format(title=entry.title.zh, names="、".join(wrong))
        return fails(Sentence(zh, _WRONG.en.format(title=entry.title.en, names=", ".join(wrong))), _FIX, "categories")
    if "dunning" in asked and not _finance(content.values.user, view):
        return warns(_DUNNING, _EXPLAIN, "categories")
    return CLEAR


def _finance(user: str, view: View) -> bool:
    party = view.parties.get(user)
    known = party is not None and industries.is_industry(party.industry)
    return known and industries.section_of(view.parties[user].industry).letter == _FINANCE
