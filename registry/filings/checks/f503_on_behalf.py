"""F503: merchants are declared where a permit is used on behalf of others.

What it detects
    Merchants, members, franchisees or branches for a permit that is used on nobody's behalf; one declared that is there
    already; one to be ended that is not there.
Why it matters
    Under a platform's signature everybody's content may hide: whose it is has to be known by name.
Basis
    MIIT meeting of 2021-10-25 (the scope of signatures must not grow); Order 74, article 21 (real identity of senders).
Not a hit
    The platform's own ids for its merchants.
Known gaps
    Whether the merchant exists, and sells what it says.
What the reviewer does
    Draws some and asks the platform for their contracts.
"""

import datetime as dt

from registry.filings.changing import BeneficiariesContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.permits.kinds import OnBehalf

KINDS = frozenset({Kind.BENEFICIARIES})
SEVERITY = Severity.MEDIUM
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_UNKNOWN = Sentence("许可不存在", "there is no such permit")
_NOBODY = Sentence("该许可不代他人使用", "this permit is used on nobody's behalf")
_FILE = Sentence(
    "另行报备代商户、会员、加盟商或分支机构使用的许可", "file a permit on behalf of merchants, members and so on"
)
_TWICE = Sentence("已登记：{names}", "declared already: {names}")
_LEAVE_OUT = Sentence("去掉这些", "leave them out")
_GONE = Sentence("未登记，无法终止：{names}", "not declared, so they cannot be ended: {names}")


def check(content: BeneficiariesContent, view: View) -> Outcome:
    """Whether the permit takes them, and each is new or there."""
    if view.entry is None:
        return unchecked(_UNKNOWN)
    if view.entry.on_behalf == OnBehalf.NONE:
        return fails(_NOBODY, _FILE, "permit")
    named = [str(each["beneficiary"]) for each in content.add]
    twice = sorted(
        {name for name in named if name in view.entry.beneficiaries - set(content.end) or named.count(name) > 1}
    )
    gone = sorted(set(content.end) - view.entry.beneficiaries)
    if twice:
        return fails(_TWICE.about(names=", ".join(twice)), _LEAVE_OUT, "add")
    return fails(_GONE.about(names=", ".join(gone)), _LEAVE_OUT, "end") if gone else CLEAR
