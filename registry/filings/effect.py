"""What an approval would change for the messages that were sent lately.

Each line of usage is judged as the registry stands now, and as it would stand, by the rules of scope. The past is
taken for a forecast: what is in force now counts for all of it, and so does what is asked for.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from registry.permits.governing import Candidate, judge, matching
from registry.permits.scope import NO_PERMIT, Scope, Usage, reasons
from registry.ports.prefix import prefixes_of

MOST_SHOWN = 20
ALLOWED = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Usage of one port, signature and category: messages of all the days together. `folded` is empty if unread."""

    port: str
    signature: str
    folded: str
    category: int
    messages: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The part of the registry that lines of usage meet.

    holders: registered number to holder; hops: prefix and who may use it; owners: folded signature to its owners;
    permits: folded signature to its permits.
    """

    holders: Mapping[str, str] = field(default_factory=dict)
    hops: frozenset[tuple[str, str]] = frozenset()
    owners: Mapping[str, frozenset[str]] = field(default_factory=dict)
    permits: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)

    def with_permit(self, folded: str, permit: Candidate) -> "Standing":
        """The same with one more permit, in place of its earlier version."""
        kept = self.without_permit(permit.permit) if permit.permit else self
        return replace(kept, permits={**kept.permits, folded: (*kept.permits.get(folded, ()), permit)})

    def without_permit(self, key: str) -> "Standing":
        """The same without one permit."""
        left = {folded: tuple(each for each in rows if each.permit != key) for folded, rows in self.permits.items()}
        return replace(self, permits=left)


@dataclass(frozen=True, slots=True)
class Flow:
    """So many messages go from one judgement to another; an empty code is allowed."""

    before: str
    after: str
    messages: int


@dataclass(frozen=True, slots=True)
class Change:
    """One line of usage for which something changes."""

    line: Line
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Beyond:
    """Messages that a rule of scope would stop though the line is allowed: in other provinces, at other hours."""

    code: str
    messages: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What would be allowed, what stopped. `told`: this kind of filing changes what is allowed at all.

    days: calendar days with usage that were read; unread: days of the window left out, as they hold too many rows;
    messages: all within reach; unjudged: those of lines beyond the first ones.
    """

    told: bool
    from_day: dt.date
    to_day: dt.date
    days: int = 0
    unread: int = 0
    messages: int = 0
    unjudged: int = 0
    flows: tuple[Flow, ...] = ()
    changes: tuple[Change, ...] = ()
    beyond: tuple[Beyond, ...] = ()

    def _sum(self, *, before: bool | None = None, after: bool | None = None) -> int:
        """Messages of flows that are allowed or stopped, before and after."""
        kept = (flow for flow in self.flows if before is None or (flow.before == ALLOWED) is before)
        return sum(flow.messages for flow in kept if after is None or (flow.after == ALLOWED) is after)

    @property
    def allowed_before(self) -> int:
        """Messages allowed as things stand."""
        return self._sum(before=True)

    @property
    def allowed_after(self) -> int:
        """Messages allowed if this were approved."""
        return self._sum(after=True)

    @property
    def newly_allowed(self) -> int:
        """Stopped now, allowed then."""
        return self._sum(before=False, after=True)

    @property
    def newly_stopped(self) -> int:
        """Allowed now, stopped then."""
        return self._sum(before=True, after=False)

    @property
    def still_stopped(self) -> int:
        """Stopped either way."""
        return self._sum(before=False, after=False)


def flows(lines: Sequence[Line], before: Standing, after: Standing, at: int) -> tuple[list[Flow], list[Change]]:
    """Every line judged twice: messages by judgement, and the lines that change, the largest first."""
    judged = [Change(line, obstacle(line, before, at), obstacle(line, after, at)) for line in lines]
    counted = Counter[tuple[str, str]]()
    for each in judged:
        counted[each.before, each.after] += each.line.messages
    told = [Flow(*pair, messages) for pair, messages in counted.most_common()]
    changed = sorted((each for each in judged if each.before != each.after), key=lambda each: -each.line.messages)
    return told, changed[:MOST_SHOWN]


def obstacle(line: Line, standing: Standing, at: int) -> str:
    """The code of what stops a line of usage at a moment, empty where it is allowed."""
    above = prefixes_of(line.port)
    owners = standing.owners.get(line.folded, frozenset())
    if not any(prefix in standing.holders for prefix in above):
        return "PORT_NOT_REGISTERED"
    if not line.folded or not owners:
        return "SIGNATURE_NOT_REGISTERED"
    verdict = judge(Usage(line.category, 0, at, at), matching(standing.permits.get(line.folded, ()), line.port, None))
    if verdict.governing is None:
        return NO_PERMIT.code if owners & _declared(standing, above) else "UNDECLARED_TENANT"
    return verdict.reasons[0].code if verdict.reasons else ALLOWED


def _declared(standing: Standing, above: Iterable[str]) -> set[str]:
    prefixes = set(above)
    holders = {standing.holders[prefix] for prefix in prefixes if prefix in standing.holders}
    return holders | {taker for prefix, taker in standing.hops if prefix in prefixes}


def beyond(usages: Iterable[tuple[Usage, int]], scope: Scope) -> list[Beyond]:
    """Messages of usages within a scope's categories that break another rule of it, by rule."""
    counted = Counter[str]()
    for usage, messages in usages:
        broken = {rule.code for rule in reasons(usage, scope)}
        counted.update(dict.fromkeys(broken if "CATEGORY_NOT_PERMITTED" not in broken else (), messages))
    return [Beyond(code, messages) for code, messages in sorted(counted.items())]
