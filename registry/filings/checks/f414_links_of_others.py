"""F414: the links and contacts that a permit declares are no other owner's.

What it detects
    A link on a domain, or a number, that a permit in force of another owner declares already; of an owner that is
    tied to this one by ownership, franchise or merger it is pointed out.
Why it matters
    A declared link is lawful in every message under the permit: one that is another's carries the other's business.
Basis
    Controls of the three carriers, 2025 (unfiled links and contacts are blocked); MIIT meeting of 2021-10-25.
Not a hit
    Short-link hosts, shop builders and hotlines that many share, as the registry lists them; the same owner's other
    permits; what merchants of a platform declare.
Known gaps
    Who declared first need not be whose it is: the company register and the ICP list say so.
What the reviewer does
    Asks both whose it is; has the wrong one's permit changed.
"""

import datetime as dt

from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_OTHER = Sentence("{value} 已由其他签名所有人 {owner} 申报", "{value} is declared by {owner}, another owner")
_TIED = Sentence("{value} 已由关联企业 {owner} 申报", "{value} is declared by {owner}, which is tied to this owner")
_FIX = Sentence("去掉不属于本企业的链接和电话，或说明归属", "leave out what is not your own, or say whose it is")


def check(_content: PermitContent, view: View) -> Outcome:
    """Whether somebody else has declared one of them."""
    strange = [each for each in view.claims if not each.tied]
    if not view.claims:
        return CLEAR
    first = (strange or list(view.claims))[0]
    answer, sentence = (fails, _OTHER) if strange else (warns, _TIED)
    values = sorted({each.value for each in strange or view.claims})
    return answer(sentence.about(value=first.value, owner=first.owner), _FIX, first.field, values=values)
