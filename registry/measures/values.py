"""What is said of a measure: checked before it is kept."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from registry.enterprises.values import code
from registry.kernel.checking import Checking
from registry.kernel.sentence import Unreadable
from registry.measures import policy
from registry.measures.kinds import Action, SubjectKind
from registry.measures.limits import Limit, limit_of
from registry.ports.prefix import parse

LONGEST = 100
LONGEST_STATEMENT = 2000
_OF_DIGITS = frozenset({SubjectKind.PORT, SubjectKind.PREFIX})


@dataclass(frozen=True, slots=True)
class MeasureValues:
    """On what, what it does, why, how to end it and where to appeal.

    `subject` is a code, digits, a text or a key, by its kind; a signature is named by its key or by its text (then all
    its owners are meant). `limits`: what a throttle or limit leaves, by name. `enterprise`: who answers for it; empty:
    it follows from the subject.
    """

    subject_kind: str
    subject: str
    action: str
    reason: str
    remedy: str = ""
    materials: str = ""
    appeal_channel: str = ""
    limits: Mapping[str, str] = field(default_factory=dict)
    finding: str = ""
    enterprise: str = ""
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "MeasureValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        kind = check.one_of("subject_kind", SubjectKind, self.subject_kind)
        stated: dict[str, Any] = {
            name: check.text(name, getattr(self, name), LONGEST_STATEMENT) for name in policy.STATEMENTS
        }
        checked = replace(
            self,
            subject_kind=kind,
            subject=_subject(check, kind, self.subject),
            action=check.one_of("action", Action, self.action),
            finding=check.text("finding", self.finding, LONGEST),
            enterprise=code(check, "enterprise", self.enterprise) if self.enterprise else "",
            **stated,
        )
        _refuse_unstated(check, checked, stated)
        check.finish("measure")
        return checked


def _subject(check: Checking, kind: SubjectKind, text: str) -> str:
    if kind is SubjectKind.ENTERPRISE:
        return code(check, "subject", text)
    if kind in _OF_DIGITS:
        return check.read("subject", parse, text.removesuffix("*"), text, "the digits alone")
    return check.text("subject", text, LONGEST, needed=True)


def _refuse_unstated(check: Checking, values: MeasureValues, stated: Mapping[str, str]) -> None:
    action = Action(values.action) if values.action in list(Action) else Action.WARN
    for name in policy.missing_statements(action, stated):
        fix = "Anti Telecom Fraud Law, article 32(3): say reason, remedy, materials and where to appeal"
        check.refuse(name, "missing", f"{action} without its {name.replace('_', ' ')} is not possible", fix)
    issue = policy.limit_issue(action, _limit(check, values.limits))
    if issue:
        check.refuse("limits", issue.code.lower(), issue.sentence.en, issue.fix.en)


def _limit(check: Checking, parts: Mapping[str, str]) -> Limit:
    try:
        return limit_of(parts)
    except Unreadable as error:
        check.refuse("limits", error.code.lower(), str(error))
        return Limit()
