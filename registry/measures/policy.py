"""What measures take from a permit, upon whom they fall, what they must say, and which are never automatic.

A measure never edits a permit: what is in force is the permit minus the measures in force.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from registry.kernel.sentence import Reason, Sentence
from registry.measures.kinds import Action, MeasureState, SubjectKind
from registry.measures.limits import Limit
from registry.permits.scope import UNLIMITED, Scope
from registry.ports.plan import PLAN, is_main_port
from registry.ports.prefix import covers, overlaps
from registry.texts.category import Category

STOPPING = frozenset({Action.SUSPEND, Action.REVOKE, Action.BLACKLIST})
LIMITING = frozenset({Action.THROTTLE, Action.LIMIT})
REFUSING_FILINGS = STOPPING | {Action.STOP_NEW}
MILD = frozenset({Action.WARN, Action.CORRECT})
# Anti Telecom Fraud Law, article 32(3): whoever limits a service says all four
STATEMENTS = ("reason", "remedy", "materials", "appeal_channel")

_NO_LIMIT = Limit()


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure by its values: times in milliseconds UTC, `[valid_from, valid_until)`."""

    subject_kind: SubjectKind
    subject: str
    action: Action
    valid_from: int
    valid_until: int = UNLIMITED
    limit: Limit = _NO_LIMIT
    state: MeasureState = MeasureState.IN_FORCE

    def in_force(self, first_at: int, last_at: int) -> bool:
        """Whether it counts at some moment from `first_at` to `last_at`."""
        touches = self.valid_from <= last_at and first_at < self.valid_until
        return self.state is MeasureState.IN_FORCE and touches


@dataclass(frozen=True, slots=True)
class Sending:
    """Who and what stands behind a message: whatever a measure may fall upon.

    `enterprises` are the holder, the user and the owner of the signature, and all in the chain between them.
    """

    port: str
    signature: str
    permit: str
    enterprises: frozenset[str] = frozenset()
    submitter: str = ""
    delegations: frozenset[str] = frozenset()
    template: str = ""


def concerns(measure: Measure, sending: Sending) -> bool:
    """Whether a measure falls upon a message. A port is that one number; a prefix is all that stands under it."""
    if measure.subject_kind is SubjectKind.PREFIX:
        return covers(measure.subject.removesuffix("*"), sending.port)
    named: dict[SubjectKind, frozenset[str]] = {
        SubjectKind.ENTERPRISE: sending.enterprises,
        SubjectKind.DELEGATION: sending.delegations,
        SubjectKind.PORT: frozenset({sending.port}),
        SubjectKind.SIGNATURE: frozenset({sending.signature}),
        SubjectKind.PERMIT: frozenset({sending.permit}),
        SubjectKind.SUBMITTER: frozenset({sending.submitter}),
        SubjectKind.TEMPLATE: frozenset({sending.template}),
    }
    return measure.subject in named[measure.subject_kind]


def reduced(scope: Scope, measures: Iterable[Measure]) -> Scope:
    """What is left of a scope under the measures that concern it and are in force at the time that is judged.

    Several stops become one, from the first one's beginning to the last one's end.
    """
    for measure in measures:
        if measure.action in LIMITING:
            scope = _limited(scope, measure.limit)
        elif measure.action in STOPPING:
            scope = replace(
                scope,
                stopped_from=min(scope.stopped_from, measure.valid_from),
                stopped_until=max(scope.stopped_until, measure.valid_until),
            )
    return scope


def _limited(scope: Scope, limit: Limit) -> Scope:
    return replace(
        scope,
        categories=scope.categories & limit.categories,
        hours=scope.hours & limit.hours,
        monthly_volume=min(scope.monthly_volume, limit.monthly_volume),
    )


def _reason(code: str, number: int, sentence: tuple[str, str], fix: tuple[str, str]) -> Reason:
    return Reason(code, number, Sentence(*sentence), Sentence(*fix))


_BY_A_PERSON = ("由有权限的人员决定", "a person with the permission decides")
FINAL = _reason(
    "MEASURE_FINAL",
    451,
    ("撤销和列入黑名单不得自动执行", "a revocation or a blacklisting is never automatic"),
    _BY_A_PERSON,
)
WHOLE_ENTERPRISE = _reason(
    "MEASURE_WHOLE_ENTERPRISE",
    452,
    (
        "对整个企业或提交账号的处置不得自动执行",
        "one on a whole enterprise or account is never automatic",
    ),
    _BY_A_PERSON,
)
PROTECTED = _reason(
    "MEASURE_PROTECTED_PORT",
    453,
    (
        "涉及银行、紧急、政府公共服务或公益号码，不得自动执行",
        "bank codes, emergency, public service and public good are never stopped automatically",
    ),
    _BY_A_PERSON,
)
MAIN_PORT = _reason(
    "MEASURE_MAIN_PORT",
    454,
    ("涉及主端口，不得自动执行", "a main port is never stopped automatically"),
    _BY_A_PERSON,
)
LIMIT_MISSING = _reason(
    "MEASURE_LIMIT_MISSING",
    455,
    ("限流、限制须写明保留的范围", "a throttle or a limit says what is left"),
    ("写明 categories、monthly_volume 或 hours", "give categories, monthly_volume or hours"),
)
LIMIT_UNWANTED = _reason(
    "MEASURE_LIMIT_UNWANTED",
    456,
    ("只有限流、限制可以写保留的范围", "only a throttle or a limit says what is left"),
    ("去掉限制内容，或改为限制", "leave the limit out, or make it a limit"),
)


def why_not_automatic(
    action: Action, subject_kind: SubjectKind, subject: str, ports: Sequence[str] = (), categories: int = 0
) -> Reason | None:
    """Why a measure needs a person, or None where it may be automatic.

    `ports` and `categories` are those that the subject reaches. To warn and to ask for correction is always possible.
    """
    if action in MILD:
        return None
    if action in {Action.REVOKE, Action.BLACKLIST}:
        return FINAL
    if subject_kind in {SubjectKind.ENTERPRISE, SubjectKind.SUBMITTER}:
        return WHOLE_ENTERPRISE
    return _why_port_needs_a_person(subject_kind, subject, ports, categories)


def _why_port_needs_a_person(
    subject_kind: SubjectKind, subject: str, ports: Sequence[str], categories: int
) -> Reason | None:
    own = [subject.removesuffix("*")] if subject_kind in {SubjectKind.PORT, SubjectKind.PREFIX} else []
    reached = [*own, *(port.removesuffix("*") for port in ports)]
    if categories & Category.PUBLIC_GOOD or any(_reaches_protected(prefix) for prefix in reached):
        return PROTECTED
    return MAIN_PORT if any(is_main_port(port) for port in own) else None


def _reaches_protected(prefix: str) -> bool:
    """Whether a port stands in a protected range, or one lies under a short prefix."""
    return any(entry.protected and overlaps(prefix, entry.prefix) for entry in PLAN)


def limit_issue(action: Action, limit: Limit) -> Reason | None:
    """What is wrong between an action and its limit, or None."""
    if action in LIMITING and limit == _NO_LIMIT:
        return LIMIT_MISSING
    return LIMIT_UNWANTED if action not in LIMITING and limit != _NO_LIMIT else None


def missing_statements(action: Action, stated: Mapping[str, str]) -> list[str]:
    """Which of reason, remedy, materials and appeal channel a measure does not state; a warning needs its reason."""
    needed = STATEMENTS[:1] if action is Action.WARN else STATEMENTS
    return [name for name in needed if not stated.get(name, "").strip()]
