"""F104: who serves others holds a licence of the right kind that is valid for all of the time asked for.

What it detects
    A holder of a port for customers, or the receiver of a hop as agent or integrator, without a value-added
    telecommunications licence, with one that has expired or ends before what is asked for does, with one of another
    kind, or with a provincial one on a range that reaches across provinces. Of a permit for another's signature it is
    the holder of its port who is asked.
Why it matters
    Serving customers with SMS without the licence is unlawful, whoever owns the port.
Basis
    Telecommunications Regulations, article 7; MIIT Order 31 (2015), article 5; catalogue of services, class B2.
Not a hit
    Carriers (basic licence A1) and numbers of theirs that they file for a customer; enterprises that send for
    themselves alone; end users; a licence that counts today, of an entry that stands already (its end is told
    beforehand).
Known gaps
    The licence's number is not looked up at the ministry; the papers show it.
What the reviewer does
    Compares number, services and dates with the licence's picture.
"""

import datetime as dt

from registry.enterprises.licence import read
from registry.filings.checks._serving import serving
from registry.filings.content import Content, number_of
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import ENDLESS, Party, View
from registry.kernel.clock import local_day
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.ports.plan import Assigner, classify

KINDS = frozenset({Kind.PORT, Kind.DELEGATION, Kind.PERMIT})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_MISSING = Sentence("{code} 没有登记电信业务经营许可证", "{code} has no telecommunications licence on record")
_ENDED = Sentence("{code} 的许可证已于 {day} 到期", "the licence of {code} ended on {day}")
_SHORTER = Sentence(
    "{code} 的许可证于 {day} 到期，早于所申请的有效期",
    "the licence of {code} ends on {day}, before what is asked for does",
)
_OPEN = Sentence(
    "{code} 的许可证于 {day} 到期，所申请的没有截止时间",
    "the licence of {code} ends on {day}; what is asked for has no end",
)
_KIND = Sentence(
    "许可证 {licence} 看不出是增值电信业务（B2）许可", "{licence} does not read like a value-added licence (B2)"
)
_PROVINCIAL = Sentence(
    "许可证 {licence} 只限一省，该号段为跨省业务", "{licence} is one province's, the range reaches across provinces"
)
_FIX = Sentence(
    "提交企业变更报备，登记有效的 B2 类许可证并上传",
    "file a change of the enterprise with a valid B2 licence, and upload it",
)
_UNTIL = Sentence(
    "截止时间不晚于许可证到期日，或先以企业变更报备换发的许可证",
    "end it with the licence, or file the renewed one first as a change of the enterprise",
)


def check(content: Content, view: View) -> Outcome:
    """Whether the one who serves others may, and for as long."""
    field, party = serving(content, view)
    if party is None:
        return CLEAR
    if not party.licence:
        return fails(_MISSING.about(code=party.code), _FIX, field)
    return _time(party, view, field) or _kind(party, number_of(content), field)


def _time(party: Party, view: View, field: str) -> Outcome | None:
    until, span = party.licence_until, view.span
    if until is None or span.end <= until:
        return None
    told = {"code": party.code, "day": local_day(until)}
    if until <= span.start:
        return fails(_ENDED.about(**told), _FIX, field)
    if view.registered:
        return None
    if span.end == ENDLESS:
        return warns(_OPEN.about(**told), _UNTIL, "valid_until")
    return fails(_SHORTER.about(**told), _UNTIL, "valid_until")


def _kind(party: Party, number: str, field: str) -> Outcome:
    found = read(party.licence)
    if not found.value_added:
        return warns(_KIND.about(licence=party.licence), _FIX, field)
    if found.province and classify(number).assigned_by is Assigner.MINISTRY:
        return fails(_PROVINCIAL.about(licence=party.licence), _FIX, field)
    return CLEAR
