"""How many messages findings speak of together, and who sends them. Pure.

Several rules speak of the same messages. Rows that count facts say which; rows that count links and numbers, and what a
day of evidence leaves out, say only how many there are of a signature, so the larger of both is taken.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Party = tuple[str, str]
"""Who is seen: a tenant and no signature; or nobody whom a rule names, and the signature."""
Line = tuple[dt.date, str, str, str, str]
"""Day, gateway, port, submitter, signature."""
Fact = tuple[Line, str, str]
"""Line, categories, and when the first message was sent."""
_LINE = ("gateway", "port", "submitter", "signature")


def messages_by_day(findings: Iterable[Any]) -> dict[dt.date, int]:
    """Messages of each day, each counted once; days of evidence that hold none are there too."""
    told = list(findings)
    found = Counter({each.day: 0 for finding in told for each in finding.evidence})
    for days in messages_by_party(told).values():
        found.update(days)
    return dict(sorted(found.items()))


def messages_by_party(findings: Iterable[Any]) -> dict[Party, dict[dt.date, int]]:
    """Messages of each day by who is seen: each counts for whom a rule names, else for its signature."""
    told = sorted(findings, key=lambda finding: -finding.messages)
    exact, loose = _exact(told), _loose(told)
    found: dict[Party, Counter[dt.date]] = defaultdict(Counter)
    for line in exact.keys() | loose.keys():
        facts, said = exact[line], loose[line]
        named = {tenant: max(facts[tenant], said[tenant]) for tenant in facts.keys() | said.keys() if tenant}
        for tenant, messages in named.items():
            found[tenant, ""][line[0]] += messages
        found["", line[-1]][line[0]] += max(0, max(facts.total(), said[""]) - sum(named.values()))
    return {party: dict(sorted((+days).items())) for party, days in found.items() if +days}


def _exact(told: Sequence[Any]) -> dict[Line, Counter[str]]:
    """Messages of each line by tenant, of rows that count facts: what one finding says of a fact adds up."""
    tenants: dict[Fact, str] = {}
    messages: Counter[Fact] = Counter()
    for finding in told:
        own: Counter[Fact] = Counter()
        for day, row in _rows(finding):
            if row.get("category"):
                own[_line(day, row), str(row["category"]), str(row.get("first_at"))] += int(row["messages"])
        messages |= own
        for fact in own:
            tenants[fact] = tenants.get(fact) or finding.tenant
    found: dict[Line, Counter[str]] = defaultdict(Counter)
    for fact, count in messages.items():
        found[fact[0]][tenants[fact]] += count
    return found


def _loose(told: Sequence[Any]) -> dict[Line, Counter[str]]:
    """Messages of each line by tenant, of the finding that has most: of rows that count no facts, and of none."""
    found: dict[Line, Counter[str]] = defaultdict(Counter)
    for finding in told:
        own: Counter[Line] = Counter()
        for day, row in _rows(finding):
            if not row.get("category"):
                own[_line(day, row)] += int(row["messages"])
        for each in finding.evidence:
            unlisted = each.messages - sum(int(row["messages"]) for row in each.rows)
            own[each.day, "", "", "", finding.signature] += unlisted
        for line, messages in own.items():
            found[line][finding.tenant] = max(found[line][finding.tenant], messages)
    return found


def _rows(finding: Any) -> Iterator[tuple[dt.date, Any]]:
    return ((each.day, row) for each in finding.evidence for row in each.rows)


def _line(day: dt.date, row: Any) -> Line:
    gateway, port, submitter, signature = (str(row.get(name)) for name in _LINE)
    return day, gateway, port, submitter, signature
