"""F502: a change of scope changes something, of a permit that has not ended; what takes effect at once is narrower.

What it detects
    A permit that has ended, a backup channel that is over among them; a scope that is the same as before; one that is
    to count at once although it allows more in some field.
Why it matters
    Only less may be taken without asking; a wider scope is a new approval. A change of what has lapsed would bring it
    back without anybody who judges it.
Basis
    This registry's rule: what is approved counts until the next is approved; a narrower scope may count at once.
Not a hit
    A wider or mixed change that waits for its approval.
Known gaps
    Whether a link that is left out still stands in messages on their way.
What the reviewer does
    Reads field by field what becomes wider.
"""

import datetime as dt

from registry.filings.changing import ScopeChangeContent, compared
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked, warns
from registry.filings.view import View
from registry.kernel.clock import local_day
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence, listed
from registry.law import provisions

KINDS = frozenset({Kind.SCOPE_CHANGE})
SEVERITY = Severity.MEDIUM
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("许可不存在，无法比较", "there is no permit to compare it with")
_ENDED = Sentence("许可已于 {day} 失效，不能变更", "the permit ended on {day}: there is nothing to change")
_RENEW = Sentence("先续期，再申请变更", "renew it first, then ask for the change")
_SAME = Sentence("与现行范围相同", "it is the scope that counts already")
_CHANGE = Sentence("写明要改变的内容", "say what is to be another")
_WIDER = Sentence("{fields} 扩大了范围，不能立即生效", "{fields} would allow more: that cannot count at once")
_WAIT = Sentence("取消立即生效，等待审核", "file it without at_once, and it is reviewed")
_WIDENS = Sentence("扩大范围：{fields}", "it widens: {fields}")
_FIELDS = {
    "categories": Sentence("短信类别", "categories"),
    "provinces": Sentence("省份", "provinces"),
    "hours": Sentence("营销发送时段", "hours"),
    "monthly_volume": Sentence("月发送量", "monthly volume"),
    "links": Sentence("链接", "links"),
    "contacts": Sentence("联系方式", "contacts"),
}


def check(content: ScopeChangeContent, view: View) -> Outcome:
    """Whether the scope is another, and no wider where it is to count at once."""
    if view.entry is None or view.entry.scope is None:
        return unchecked(_UNKNOWN)
    if view.entry.span.end <= view.at:
        return fails(_ENDED.about(day=local_day(view.entry.span.end)), _RENEW, "permit")
    found = compared(view.entry.scope, content.scope, provisions.text("marketing.hours", view.at))
    if not (found.wider or found.narrower):
        return fails(_SAME, _CHANGE, "permit")
    wider = listed(_FIELDS[name] for name in found.wider)
    if found.wider and content.at_once:
        return fails(_WIDER.about(fields=wider), _WAIT, *found.wider)
    return warns(_WIDENS.about(fields=wider), _CHANGE, *found.wider) if found.wider else CLEAR
