"""F201: the number stands in a range that the plan has opened.

What it detects
    Digits that are no port, a number outside the plan, in a range kept in reserve, or in one that must be verified; an
    access code that is shorter than the plan's codes of its range.
Why it matters
    A number nobody assigned cannot be lawfully used, whoever claims it. A code that is too short holds many codes, of
    which others may be somebody else's.
Basis
    Plan of telecommunication codes (2010 edition) and its amendments.
Not a hit
    Extensions under an access code of an open range, as far as the twenty digits of the protocols.
Known gaps
    Ranges marked "to verify" are in use without a line in the plan; the check warns.
What the reviewer does
    Asks for the assignment certificate of a number in a range to verify.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence, Unreadable
from registry.ports import prefix
from registry.ports.plan import Status, classify
from registry.ports.values import PortValues

KINDS = frozenset({Kind.PORT})
SEVERITY = Severity.HIGH
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_CLOSED = Sentence("{port} 所在号段不可使用：{title}", "the range of {port} is not open: {title}")
_CHOOSE = Sentence("使用号码规划中已开放的号段", "use a number of a range that the plan has opened")
_VERIFY = Sentence("{port} 所在号段须核实：{title}", "the range of {port} must be verified: {title}")
_PROVE = Sentence("提交该号码的分配文件", "hand in the document by which the number was assigned")
_SHORT = Sentence(
    "{title}的码号为 {least} 位，{port} 只有 {length} 位", "{title}: codes have {least} digits, {port} has {length}"
)
_WHOLE = Sentence("填写分配的完整码号", "give the whole code as it was assigned")
_DIGITS = Sentence("端口为3至20位数字", "a port has 3 to 20 digits")


def check(content: PortValues, _: View) -> Outcome:
    """Whether the plan has such a number."""
    try:
        entry = classify(prefix.parse(content.port))
    except Unreadable as error:
        return fails(error.sentence, _DIGITS, "port")
    said = Sentence(entry.title.zh, entry.title.en)
    if entry.status in (Status.OUTSIDE, Status.RESERVED):
        return fails(_filled(_CLOSED, content.port, said), _CHOOSE, "port", range=entry.prefix)
    if entry.status is Status.VERIFY:
        return warns(_filled(_VERIFY, content.port, said), _PROVE, "port", range=entry.prefix)
    if len(content.port) < entry.least_digits:
        counted = {"port": content.port, "least": entry.least_digits, "length": len(content.port)}
        return fails(_SHORT.about(title=said, **counted), _WHOLE, "port", range=entry.prefix)
    return CLEAR


def _filled(sentence: Sentence, port: str, title: Sentence) -> Sentence:
    return Sentence(sentence.zh.format(port=port, title=title.zh), sentence.en.format(port=port, title=title.en))
