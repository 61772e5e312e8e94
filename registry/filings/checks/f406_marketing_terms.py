"""F406: marketing says how recipients consent, where the proof is kept, how they say no, in which hours it is sent.

What it detects
    Marketing without a basis of consent, without a place where the proof of it is kept, without an opt-out wording, or
    with hours outside those allowed at the widest.
Why it matters
    Commercial messages without consent are unlawful, and consent that nobody can show is none; complaints begin at
    night.
Basis
    MIIT Order 31 (2015), articles 18 and 20; Order 74 (2026), articles 21 to 23 (the sender holds commitment or proof
    of consent and gives it to the provider); `marketing.hours`, `marketing.hours.widest`.
Not a hit
    Permits without marketing; empty hours, for which the general rule counts.
Known gaps
    Whether the consents exist: look-back asks for samples of them.
What the reviewer does
    Reads how consent is got and kept; looks at the opt-out's wording.
"""

import datetime as dt

from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.permits.scope_values import hours_bits

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_HOURS = Sentence("营销时段超出 {widest}", "the hours of marketing go beyond {widest}")
_WITHIN = Sentence("时段限于 {widest} 之内", "stay within {widest}")
_CONSENT = Sentence("未说明如何取得用户同意", "it does not say how consent is got")
_SAY = Sentence("填写同意的取得方式", "say how consent is got")
_PROOF = Sentence("未说明同意的证明保存在何处", "it does not say where the proof of consent is kept")
_KEEP = Sentence("填写证明的保存方式、地点和期限", "say how, where and how long the proof is kept")
_OPT_OUT = Sentence("未填写退订用语", "no wording for the opt-out is given")
_WORDING = Sentence("填写退订用语，如“拒收请回复R”", "give the wording, like 拒收请回复R")
_UNKNOWN = Sentence("登记中没有营销同意方式的记载", "how consent is got is not on record for this entry")
_UNKNOWN_PROOF = Sentence("登记中没有同意证明的保存方式", "where the proof of consent is kept is not on record")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether a marketing permit says what it must."""
    scope = content.values.scope
    if "marketing" not in scope.categories:
        return CLEAR
    widest = provisions.text("marketing.hours.widest", view.at)
    if scope.hours and hours_bits(scope.hours) & ~hours_bits(widest):
        return fails(_HOURS.about(widest=widest), _WITHIN.about(widest=widest), "hours")
    if not content.consent:
        return unchecked(_UNKNOWN, _SAY, "consent") if view.registered else fails(_CONSENT, _SAY, "consent")
    if not content.consent_proof:
        return _without_proof(view)
    return CLEAR if content.opt_out else fails(_OPT_OUT, _WORDING, "opt_out")


def _without_proof(view: View) -> Outcome:
    if view.registered:
        return unchecked(_UNKNOWN_PROOF, _KEEP, "consent_proof")
    return fails(_PROOF, _KEEP, "consent_proof")
