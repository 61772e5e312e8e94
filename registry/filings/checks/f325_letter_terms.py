"""F325: the letter's own terms are as letters are: two parties, a term of one to three years, not too many names.

What it detects
    A letter from somebody to itself, without an end, shorter or longer than usual, or about to end.
Why it matters
    Open-ended letters outlive the business that they were given for.
Basis
    Practice of carriers (`letters.term.least`, `letters.term.most`, `letters.signatures.most`).
Not a hit
    A term of exactly the limits.
Known gaps
    The paper's own dates: the reviewer reads them.
What the reviewer does
    Compares the term with the paper.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import ENDLESS, View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.signatures.values import LetterValues

KINDS = frozenset({Kind.LETTER})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_YEAR = dt.timedelta(days=365)
_SLACK = dt.timedelta(days=2)  # leap days
_SELF = Sentence("授权方与被授权方相同", "owner and applicant are the same")
_PARTIES = Sentence("使用自己的签名不需要委托书", "one's own signature needs no letter")
_MANY = Sentence("委托书列出 {count} 个签名，最多 {most} 个", "the letter lists {count} signatures, at most {most}")
_SPLIT = Sentence("分成几份委托书", "make several letters of it")
_TERM = Sentence("委托书期限应为 {least} 至 {most} 年", "a letter is given for {least} to {most} years")
_DATES = Sentence("填写委托书上的起止日期", "give the dates that stand on the letter")


def check(content: LetterValues, view: View) -> Outcome:
    """Whether parties, list and term are as usual."""
    if content.owner == content.applicant:
        return fails(_SELF, _PARTIES, "applicant")
    most = provisions.integer("letters.signatures.most", view.at)
    if len(content.signatures) > most:
        return fails(_MANY.about(count=len(content.signatures), most=most), _SPLIT, "signatures")
    least_years, most_years = (provisions.integer(f"letters.term.{end}", view.at) for end in ("least", "most"))
    start = content.valid_from if view.registered and content.valid_from else view.span.start
    term = view.span.end - start if view.span.end != ENDLESS else None
    if term is not None and least_years * _YEAR - _SLACK <= term <= most_years * _YEAR + _SLACK:
        return CLEAR
    return warns(_TERM.about(least=least_years, most=most_years), _DATES, "valid_until")
