"""F205: the number and its extensions fit into what the code above allows.

What it detects
    A number longer than the code above it allows, or extensions that would become longer than that; registered
    extensions below it that are longer than its own entry allows.
Why it matters
    Digits beyond the allowed length are cut off on the way: the sender that is shown is then another one.
Basis
    CMPP Src_Id holds 20 usable digits; the holder's entry says how many of them it may use.
Not a hit
    A code without another one above it; extensions below that have ended.
Known gaps
    What single gateways cut off earlier.
What the reviewer does
    Asks for a shorter number.
"""

import datetime as dt

from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import Allotment, View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.values import PortValues

KINDS = frozenset({Kind.PORT})
SEVERITY = Severity.MEDIUM
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_LONG = Sentence(
    "上级号码 {above} 最多允许 {most} 位，此处为 {length} 位",
    "{above} above it allows {most} digits, these are {length}",
)
_BELOW = Sentence(
    "其下的扩展 {below} 有 {length} 位，超过 {most} 位",
    "the extension {below} has {length} digits, more than {most}",
)
_LENGTHEN = Sentence("加大最长位数，或先收回该扩展", "allow as many digits, or have that extension taken back first")
_FIX = Sentence("缩短号码或扩展位数", "make the number, or the length of its extensions, shorter")


def check(content: PortValues, view: View) -> Outcome:
    """Whether the longest number below it stays within the code above."""
    if (below := _longer_below(content, view)) is not None:
        said = _BELOW.about(below=below.port, length=len(below.port), most=content.max_length)
        return fails(said, _LENGTHEN, "max_length", entry=below.port)
    above = [each for each in view.above(content.port) if each.port != content.port]
    if not above or max(content.max_length, len(content.port)) <= above[0].max_length:
        return CLEAR
    said = _LONG.about(above=above[0].port, most=above[0].max_length, length=content.max_length)
    return fails(said, _FIX, "max_length", above=above[0].port)


def _longer_below(content: PortValues, view: View) -> Allotment | None:
    below = (each for each in view.ports if each.port.startswith(content.port) and each.span.overlaps(view.span))
    return next((each for each in below if len(each.port) > max(content.max_length, len(content.port))), None)
