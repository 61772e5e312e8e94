"""The story of a case as values: a tree of who let whom send, and days with what was permitted beside. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from registry.detection.counting import messages_by_day, messages_by_party
from registry.kernel import clock
from registry.kernel.due import last_day
from registry.kernel.sentence import Sentence
from registry.measures.kinds import SENTENCES as ACTIONS

MOST_BRANCHES = 6  # parties drawn under one
MOST_ROOTS = 6  # enterprises that answer, each with its tree
MOST_BANDS = 6  # of one kind
SHORTEST = dt.timedelta(days=13)  # a time line shows two weeks at least

NOTHING = Sentence("", "")
HOLDS = Sentence("持有号码", "holds the number")
DECLARED = Sentence("已报备使用", "declared")
PERMITTED = Sentence("有许可", "has a permit")
SEEN = Sentence("实际出现·未报备", "is seen · undeclared")
BEYOND = Sentence("超出许可", "beyond the permit")
UNKNOWN = Sentence("未登记的主体", "nobody the registry knows")
HOLDER = "holder"
"""The key of the first box."""

MEASURE = Sentence("{action} {subject}", "{action} {subject}")
MORE = Sentence("另有{count}个", "{count} more")
MESSAGES = Sentence("{count}条，自{since}起", "{count} messages since {since}")


@dataclass(frozen=True, slots=True)
class Party:
    """One step of the chain: who, under whom (a key), what it is there, and whether the step was declared."""

    key: str
    under: str
    name: Sentence
    role: Sentence
    declared: bool = True
    note: Sentence = NOTHING


@dataclass(frozen=True, slots=True)
class Band:
    """A span of days in which something counted; `until` is the day after the last one, None while it is open."""

    kind: str
    name: Sentence
    since: dt.date
    until: dt.date | None

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it counted."""
        return self.until - dt.timedelta(days=1) if self.until else None


@dataclass(frozen=True, slots=True)
class Story:
    """Who holds, who was declared, who is seen (`chain`), since when, how much (`days`), and what was permitted."""

    chain: tuple[Party, ...]
    days: dict[dt.date, int]
    bands: tuple[Band, ...]

    @property
    def messages(self) -> int:
        """How many messages the findings speak of, each counted once."""
        return sum(self.days.values())

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """First and last day of the time line, both included."""
        first, last = min(self.days), max(self.days)
        return first - (max(SHORTEST - (last - first), dt.timedelta()) // 2 + dt.timedelta(days=1)), max(
            last + dt.timedelta(days=1), first + SHORTEST // 2
        )


def told(case: Any, registered: Any) -> Story:
    """The story of a case (with its findings' evidence) and of what the registry says of it."""
    findings = case.told or case.findings
    days = messages_by_day(findings) or {case.first_day: 0}
    return Story(tuple(_chain(case, findings, registered)), days, tuple(_bands(registered)))


def _chain(case: Any, findings: Sequence[Any], registered: Any) -> Iterator[Party]:
    """A tree for each enterprise that answers for some of the findings, that of the case first."""
    answering: dict[str, list[Any]] = {case.enterprise: []}
    for finding in findings:
        answering.setdefault(finding.enterprise, []).append(finding)
    shared = len(answering) > 1
    for place, (holder, group) in enumerate(list(answering.items())[:MOST_ROOTS]):
        root = f"{HOLDER} {place}" if place else HOLDER
        seen = sorted({finding.port for finding in group}) if shared and group else case.ports
        ports = "、".join(seen[:2]) + ("…" if len(seen) > 2 else "")  # noqa: PLR2004 - as many as a box shows
        name = registered.name(holder)
        yield Party(root, "", Sentence(name, name) if holder else UNKNOWN, HOLDS, note=Sentence(ports, ports))
        yield from _few(_declared(root, holder, seen, registered))
        yield from _few(_seen(root, group, registered))
    if len(answering) > MOST_ROOTS:
        yield Party("more", "", MORE.about(count=len(answering) - MOST_ROOTS), HOLDS)


def _declared(root: str, holder: str, ports: Sequence[str], registered: Any) -> Iterator[Party]:
    keys = {holder: root}
    stood = [hop for hop in registered.delegations if registered.stood(hop) and _over(hop.port, ports)]
    hops = {(hop.from_enterprise, hop.to_enterprise): hop for hop in stood}
    for _ in hops:
        for (one, other), hop in hops.items():
            if one in keys and other not in keys:
                keys[other] = f"{root} {other}"
                role = Sentence(f"{DECLARED.zh}·{hop.port}", f"{DECLARED.en} · {hop.port}")
                yield Party(keys[other], keys[one], _named(registered, other), role)
    for permit in registered.permits:
        if permit.user not in keys and registered.stood(permit) and _over(permit.port.removesuffix("*"), ports):
            keys[permit.user] = f"{root} {permit.user}"
            sign = Sentence(f"【{permit.signature}】", f"【{permit.signature}】")
            yield Party(keys[permit.user], root, _named(registered, permit.user), PERMITTED, note=sign)


def _over(prefix: str, ports: Sequence[str]) -> bool:
    return any(port.startswith(prefix) for port in ports)


def _seen(root: str, findings: Sequence[Any], registered: Any) -> Iterator[Party]:
    """Each message counts for one party: what the boxes say adds up to what the time line says."""
    shares = messages_by_party(findings)
    for (tenant, signature), days in sorted(shares.items(), key=lambda each: -sum(each[1].values())):
        group = [each for each in findings if each.tenant == tenant and (tenant or signature in _signatures(each))]
        wider = bool(group) and all(each.kind.value == "scope_expansion" for each in group)
        sign = f"【{signature}】" if signature else ""
        named = _named(registered, tenant) if tenant else Sentence(sign or UNKNOWN.zh, sign or UNKNOWN.en)
        note = MESSAGES.about(count=f"{sum(days.values()):,}", since=min(days))
        role = BEYOND if wider else SEEN
        yield Party(f"{root} seen {tenant or signature}", root, named, role, declared=False, note=note)


def _signatures(finding: Any) -> set[str]:
    return {finding.signature} | {str(row["signature"]) for day in finding.evidence for row in day.rows}


def _few(parties: Iterable[Party]) -> Iterator[Party]:
    under: Counter[str] = Counter()
    over: Counter[str] = Counter()
    declared = True
    for party in parties:
        declared = party.declared
        if under[party.under] < MOST_BRANCHES:
            under[party.under] += 1
            yield party
        else:
            over[party.under] += 1
    for key, count in over.items():
        role = DECLARED if declared else SEEN
        yield Party(f"more {declared} {key}", key, MORE.about(count=count), role, declared=declared)


def _named(registered: Any, code: str) -> Sentence:
    return Sentence(registered.name(code), registered.name(code))


def _bands(registered: Any) -> Iterator[Band]:
    """Permits, measures and letters; hops only where they had ended, for those in force are the chain."""
    for permit in _latest(registered.permits, registered)[:MOST_BANDS]:
        scope = f"【{permit.signature}】{permit.port}"
        yield Band("permit", Sentence(scope, scope), *_days(permit))
    imposed = [each for each in registered.measures if each.state.value in ("in_force", "stayed", "lifted")]
    for measure in imposed[:MOST_BANDS]:
        yield Band("measure", MEASURE.about(action=ACTIONS[measure.action], subject=measure.subject), *_days(measure))
    letters: dict[str, list[Any]] = {}
    for letter in registered.letters:
        letters.setdefault(letter.key, []).append(letter)
    for versions in list(letters.values())[:MOST_BANDS]:
        between = _between(registered, versions[0].owner, versions[0].applicant)
        yield Band("letter", between, _days(versions[0])[0], _days(versions[-1])[1])
    for hop in _ended(registered)[:MOST_BANDS]:
        between = _between(registered, hop.from_enterprise, hop.to_enterprise)
        yield Band("hop", Sentence(f"{between.zh} {hop.port}", f"{between.en} {hop.port}"), *_days(hop))


def _latest(permits: Iterable[Any], registered: Any) -> list[Any]:
    """Without versions from before or after the days, where another version of the same permit stood in them."""
    stood = {each.key for each in permits if registered.stood(each)}
    return [each for each in permits if registered.stood(each) or each.key not in stood]


def _ended(registered: Any) -> list[Any]:
    """The last of each hop that had ended, the latest first, where the same two had no other in the days."""
    stood = {(each.from_enterprise, each.to_enterprise) for each in registered.delegations if registered.stood(each)}
    over = [each for each in registered.delegations if (each.from_enterprise, each.to_enterprise) not in stood]
    last = {(each.from_enterprise, each.to_enterprise, each.port): each for each in over}
    return sorted(last.values(), key=lambda each: each.valid_until, reverse=True)


def _between(registered: Any, giver: str, taker: str) -> Sentence:
    name = f"{registered.name(giver)} → {registered.name(taker)}"
    return Sentence(name, name)


def _days(row: Any) -> tuple[dt.date, dt.date | None]:
    until = row.valid_until
    return clock.local_day(row.valid_from), last_day(until) + dt.timedelta(days=1) if until else None
