"""F321: whoever uses another's signature names a letter of authorisation.

What it detects
    A permit whose user is not the owner, or a signature filed for somebody else, without a letter, or with one that
    is neither registered nor on its way; a hop without one, in a role for which `ports.delegations.letter` asks it.
Why it matters
    Without the owner's word a signature is borrowed; most impersonation begins so.
Basis
    Practice of carriers: letter of authorisation for signatures of others.
Not a hit
    One's own signature; hops in other roles, where a letter is welcome and not required. A hop that stands already
    is warned about: it may be older than the rule.
Known gaps
    A letter can be forged: F324 looks for the owner's own word.
What the reviewer does
    Asks for the letter's filing; where it is on its way, decides on that first.
"""

import datetime as dt

from registry.filings.checks._letter import need
from registry.filings.content import Content, letter_of
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.values import DelegationValues

KINDS = frozenset({Kind.DELEGATION, Kind.SIGNATURE, Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_MISSING = Sentence("使用他人签名，未提供授权委托书", "a signature of another's, and no letter is named")
_HOP = Sentence("该角色的授权须有委托书，未提供", "a hop in this role needs a letter, and none is named")
_UNKNOWN = Sentence("没有生效的授权委托书 {letter}", "there is no letter {letter} in force")
_PENDING = Sentence("授权委托书 {letter} 尚在审核", "the letter {letter} is still being decided on")
_FIX = Sentence("先报备授权委托书，再填写其编号", "file the letter, then name its key here")
_WAIT = Sentence("待该委托书审核完成", "wait until it is decided")


def check(content: Content, view: View) -> Outcome:
    """Whether the letter that is needed is there."""
    key = letter_of(content)
    if need(content, view) is None or view.letter is not None:
        return CLEAR
    if not key:
        return _without(content, view)
    if key in view.pending:
        return warns(_PENDING.about(letter=key), _WAIT, "letter", letter=key)
    return fails(_UNKNOWN.about(letter=key), _FIX, "letter", letter=key)


def _without(content: Content, view: View) -> Outcome:
    if not isinstance(content, DelegationValues):
        return fails(_MISSING, _FIX, "letter")
    return (warns if view.registered else fails)(_HOP, _FIX, "letter")
