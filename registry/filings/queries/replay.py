"""Replaying an approval on the usage of the last days: bounded, so that a page can wait for it; nothing is written."""

import datetime as dt
from dataclasses import replace
from typing import Any

import ibis
from ibis import _

from registry.filings import effect as judging
from registry.filings.content import Content, PermitContent, SignatureContent, WithdrawalContent, from_bag
from registry.filings.effect import Beyond, Effect, Line
from registry.filings.kinds import Kind
from registry.filings.queries.entries import content_of_entry, entry_of, rests_on
from registry.filings.queries.filings import find
from registry.filings.queries.standing import candidate, standing, with_it, without_it
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.law import provisions
from registry.law.divisions import BIT
from registry.permits.scope import Usage
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.folding import fold
from registry.texts.category import Category
from registry.traffic import duck
from registry.traffic import queries as traffic

MOST_ROWS = 8_000_000
"""Rows of usage read for one page: the newest days first, about a second of work; days beyond are named as unread."""
MOST_LINES = 2000
"""Ports, signatures and categories judged one by one, the largest first."""


def effect(actor: Actor, key: str) -> Effect:
    """What would be allowed and what stopped of the last days' messages, if a filing were approved. Raises NotFound."""
    filing = find(actor, key)
    content = _changed(from_bag(filing.kind, filing.content))
    to_day = clock.today()
    told = Effect(content is not None, to_day - _days(), to_day)
    return told if content is None else _replayed(told, content, ending=filing.kind is Kind.WITHDRAWAL)


def _days() -> dt.timedelta:
    return dt.timedelta(days=provisions.integer("filings.effect_days", clock.today()))


def _changed(content: Content) -> Content | None:
    """The content whose entry comes or goes; None for kinds that allow and stop nothing by themselves."""
    if isinstance(content, WithdrawalContent):
        try:
            kind = Kind(content.subject_kind)
            return _changed(content_of_entry(kind, entry_of(kind, content.subject, clock.now()), None))
        except NotFound:
            return None
    based = rests_on(content, clock.now())
    content = based[0] if based else content
    return content if isinstance(content, PermitContent | SignatureContent | PortValues | DelegationValues) else None


def _replayed(told: Effect, content: Content, *, ending: bool) -> Effect:
    files, days, unread = _files(told.from_day, told.to_day)
    told = replace(told, unread=unread)
    if not files:
        return told
    with duck.connected() as connection:
        usage = _within_reach(traffic.facts(connection, "base", min(days), max(days), files), content)
        lines, messages = _lines(usage)
        extra = [] if ending else _beyond(connection, content, min(days), max(days), messages)
    now = standing(lines)
    flows, changes = judging.flows(lines, now, without_it(now, content) if ending else with_it(now, content), _at())
    judged = sum(line.messages for line in lines)
    told = replace(told, days=len(days), messages=messages, unjudged=messages - judged)
    return replace(told, flows=tuple(flows), changes=tuple(changes), beyond=tuple(extra))


def _at() -> int:
    return clock.millis(clock.now())


def _files(from_day: dt.date, to_day: dt.date) -> tuple[list[int], set[dt.date], int]:
    """The files of the newest days that may be read together, their days, and how many days are left out."""
    by_day: dict[dt.date, list[Any]] = {}
    for file in traffic.listed("base", from_day, to_day):
        by_day.setdefault(file.day or to_day, []).append(file)
    files, days, rows = list[int](), set[dt.date](), 0
    for day in sorted(by_day, reverse=True):
        rows += sum(file.rows for file in by_day[day])
        if rows > MOST_ROWS:
            break
        days.add(day)
        files += [file.id for file in by_day[day]]
    return files, days, len(by_day) - len(days)


def _within_reach(facts: Any, content: Content) -> Any:
    """The usage that a content can touch: of its number and what stands below, of its signature."""
    number, signature = _reach(content)
    if number:
        exact = isinstance(content, PermitContent) and not content.values.port.endswith("*")
        facts = facts.filter(_.port == number if exact else _.port.startswith(number))
    return facts.filter(_.signature.isin(_written(signature))) if signature else facts


def _reach(content: Content) -> tuple[str, str]:
    match content:
        case PermitContent():
            return content.values.port.removesuffix("*"), content.values.signature
        case SignatureContent():
            return "", content.values.signature
        case PortValues() | DelegationValues():
            return content.port, ""
    raise TypeError("only what allows or stops messages has a reach")


def _written(signature: str) -> list[str]:
    return sorted({signature, signature.upper(), signature.lower(), fold(signature)})


def _lines(usage: Any) -> tuple[list[Line], int]:
    """The largest lines of usage, and the messages of all of it."""
    total = usage.agg(messages=_.messages.sum().fill_null(0)).to_pyarrow()["messages"][0].as_py()
    summed = usage.group_by("port", "signature", "read", "category").agg(messages=_.messages.sum())
    rows = summed.order_by(ibis.desc("messages"), "port", "signature").limit(MOST_LINES).to_pyarrow().to_pylist()
    return [_line(row) for row in rows], int(total)


def _line(row: dict[str, Any]) -> Line:
    folded = fold(row["signature"]) if row["read"] == "read" else ""
    return Line(row["port"], row["signature"], folded, row["category"], int(row["messages"]))


def _beyond(connection: Any, content: Content, first: dt.date, last: dt.date, messages: int) -> list[Beyond]:
    """What a permit's provinces, hours and monthly volume would stop of the messages within its reach."""
    if not isinstance(content, PermitContent):
        return []
    scope = candidate(content).scope
    tables = {kind: traffic.facts(connection, kind, first, last) for kind in ("province", "hour")}
    provinces = _within_reach(tables["province"], content)
    usages = [_by_province(row) for row in _rows_by(connection, provinces, "province")]
    hours = _within_reach(tables["hour"], content).filter((_.category & int(Category.MARKETING)) != 0)
    hours = hours.mutate(messages=_.messages - _.within_grace)
    usages += [_by_hour(row) for row in _rows_by(connection, hours, "hour")]
    over = Usage(0, 0, _at(), _at(), month_volume=messages), max(0, messages - scope.monthly_volume)
    return judging.beyond([*usages, over], scope)


def _rows_by(connection: Any, facts: Any, column: str) -> list[dict[str, Any]]:
    """Asked of the connection: facts of no file belong to none, and Ibis would ask one engine for all threads."""
    summed = facts.group_by(column, "category").agg(messages=_.messages.sum())
    rows: list[dict[str, Any]] = connection.to_pyarrow(summed).to_pylist()
    return rows


def _by_province(row: dict[str, Any]) -> tuple[Usage, int]:
    bits = 1 << BIT[row["province"]] if row["province"] in BIT else 0
    return Usage(row["category"], bits, _at(), _at()), int(row["messages"])


def _by_hour(row: dict[str, Any]) -> tuple[Usage, int]:
    return Usage(row["category"], 0, _at(), _at(), marketing_hours=1 << int(row["hour"])), int(row["messages"])
