"""Every rule: what it hits, what it leaves alone, and both sides of each of its thresholds."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from registry.detection.catalogue import catalogue
from registry.kernel.clock import FOREVER
from registry.kernel.rule import HEADINGS
from registry.law.divisions import province_bits
from tests.detection.worlds import (
    CODE,
    DAY,
    HOLDER,
    KIN,
    MARKETING,
    NOTICE,
    OTHER,
    PERIOD,
    PORT,
    STRANGER,
    USER,
    account,
    at,
    by_hour,
    by_province,
    declares,
    hop,
    judge,
    letter,
    owned,
    party,
    permit,
    port_row,
    says,
    seen,
    world,
)


@dataclass
class Example:
    """A small world and how many messages the rule hits in it; `applied` where that is the point."""

    says: str
    facts: list[dict[str, Any]]
    hit: int
    applied: int | None = None
    provinces: list[dict[str, Any]] = field(default_factory=list)
    hours: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    kind: str = ""
    registry: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def near(code: str, fact: Callable[[int], list[dict[str, Any]]], least: int, **rest: Any) -> list[tuple[str, Example]]:
    """Both sides of a threshold."""
    return [
        (code, Example(f"{least} messages are enough", fact(least), least, **rest)),
        (code, Example(f"{least - 1} are not", fact(least - 1), 0, **rest)),
    ]


def stranger(messages: int, port: str = PORT) -> list[dict[str, Any]]:
    return [seen(port=port, signature="乙商城", messages=messages)]


def crowd(signatures: int, *, longer: bool = True) -> list[dict[str, Any]]:
    return [
        seen(port=f"{LOOSE[:8]}{each if longer else ''}", signature=f"名{each}", messages=10)
        for each in range(signatures)
    ]


GOOD = [seen()]
LOOSE = "1069888801"
NIGHT = [by_hour(10, 900), by_hour(22, 20)]
MARKETING_PERMIT = {"permits": [permit(permit_categories=MARKETING)]}
BEIJING = {"permits": [permit(permit_provinces=province_bits(["11"]))]}
SUSPENDED = {"stops": [{"permit": "P1", "stopped_from": at(9), "stopped_until": FOREVER}]}


def grown(messages: int, signature: str = "甲银行贷款", category: int = MARKETING, **changed: Any) -> dict[str, Any]:
    return seen(signature=signature, category=category, messages=messages, **changed)


def rotating(names: int, messages: int) -> list[dict[str, Any]]:
    return [seen(signature=f"名{name}", messages=messages) for name in range(names)]


def fanned(numbers: int, messages: int) -> list[dict[str, Any]]:
    return [seen(port=f"{PORT}{number:02}", messages=messages) for number in range(numbers)]


def offer(messages: int, bare: int) -> dict[str, Any]:
    return seen(category=MARKETING, messages=messages, without_opt_out=bare)


def on(place: int, **changed: Any) -> dict[str, Any]:
    """A fact so many days after a Monday in March, far from every festival."""
    day = dt.date(2026, 3, 2) + dt.timedelta(days=place)
    return seen(day=day, first_at=at(10, day), last_at=at(11, day), **changed)


def risen(late: int, early: int) -> list[dict[str, Any]]:
    """Three weeks of working days, the last of them with another volume."""
    days = [place for place in range(21) if place % 7 < 5]
    return [on(place, messages=late if place >= 14 else early) for place in days]


def woken(days: int, messages: int) -> list[dict[str, Any]]:
    """Somebody else sends all along; the number sleeps so many days."""
    start = at(10)
    later = {"day": DAY + dt.timedelta(days=days), "first_at": start + days * 86_400_000}
    return [seen(port=CODE, signature="丙服务", first_at=start), seen(messages=messages, **later)]


def mixed(percent: int, before: int = 20) -> list[dict[str, Any]]:
    """Three weeks of notices, with marketing in the last of them."""
    early = [on(place, messages=before) for place in range(14) if place % 7 < 5]
    late = [on(place, messages=20 if place < 18 else 20 - percent % 20) for place in range(14, 19)]
    return [*early, *late, on(18, messages=percent, category=MARKETING)]


def moved(away: int, late: int = 200) -> list[dict[str, Any]]:
    """Recipients of Beijing, and in the last days so many of Guangdong among them."""
    early, last = (dt.date(2026, 3, day) for day in (2, 18))
    return [
        by_province("11", 200, day=early),
        by_province("11", late - away, day=last),
        by_province("44", away, day=last),
    ]


def lettered(**changed: Any) -> dict[str, list[dict[str, Any]]]:
    return {"permits": [AGENCY], "letters": [letter(**changed)]}


def complained(complaints: int, day: int = 0) -> dict[str, list[dict[str, Any]]]:
    row = {"day": DAY + dt.timedelta(days=day), "port": PORT, "folded": "甲银行", "complaints": complaints}
    return {"complained": [row]}


def rented(count: int) -> list[dict[str, Any]]:
    """Numbers of as many customers."""
    return [seen(port=f"{CODE}2{place}", signature=f"客{place}") for place in range(count)]


def rented_words(count: int, messages: int) -> list[dict[str, Any]]:
    return [says("x.cn", messages, port=f"{CODE}2{place}", signature=f"客{place}") for place in range(count)]


def customers(count: int, handler: str = "") -> dict[str, list[dict[str, Any]]]:
    """As many customers with a permit each."""
    permits = [
        permit(permit=f"P{place}", folded=f"客{place}", digits=f"{CODE}2{place}", owner=f"E{place}", user=f"E{place}")
        for place in range(count)
    ]
    return {
        "permits": permits,
        "signatures": [owned(f"客{place}", f"E{place}") for place in range(count)],
        "parties": [party(f"E{place}", f"第{place}公司", handler) for place in range(count)],
    }


GUARDED = {"guarded": [{"folded": "甲银行", "owner": USER, "official": False}]}
UNNAMED = [seen(), seen(signature="无名", messages=20)]
OF_STRANGER = {"values": [declares("x.cn", STRANGER, permit="P9")]}
PLATFORM = {
    "permits": [permit(on_behalf="merchants")],
    "values": [declares("shop.cn", "M1", beneficiary=True)],
}
MERCHANTS = [says(f"m{place}.cn", 5) for place in range(4)]
TWENTY = [
    each | {"category": category, "messages": 20 if category == MARKETING else 100}
    for each in rented(20)
    for category in (NOTICE, MARKETING)
]
AGENCY = permit(user=KIN, permit_letter="L1")
COMPLAINED_OF = [seen(), seen(port=OTHER, messages=401)]
SIX_DAYS = [seen(day=DAY + dt.timedelta(days=place)) for place in range(6)]

EXAMPLES: list[tuple[str, Example]] = [
    ("S101", Example("a registered signature is clear", GOOD, 0, applied=100)),
    ("S101", Example("nobody's signature", [seen(signature="无名")], 100)),
    ("S101", Example("a writing of a registered one is that one", [seen(signature="甲銀行")], 0)),
    ("S101", Example("no signature was read", [seen(signature="", read="absent")], 0, applied=0)),
    ("S101", Example("its registration has ended", GOOD, 100, registry={"signatures": [owned("甲银行", USER, valid_until=at(9))]})),
    ("S102", Example("a registered port is clear", GOOD, 0, applied=100)),
    ("S102", Example("a port that nothing covers", [seen(port="1069888801")], 100)),
    ("S102", Example("a reserved range, though registered", [seen(port="10600001")], 100, registry={"ports": [port_row("10600001")]})),
    ("S102", Example("registered only later", GOOD, 100, registry={"ports": [port_row(CODE, valid_from=at(12)), port_row(PORT, valid_from=at(12))]})),
    *near("S103", lambda count: stranger(count, OTHER), 10),
    ("S103", Example("an extension that is registered", GOOD, 0, applied=100)),
    ("S103", Example("an extension that was delegated", stranger(100, OTHER), 0, registry={"delegations": [hop(OTHER, STRANGER)]})),
    ("S103", Example("an extension that a permit names", stranger(100, OTHER), 0, registry={"permits": [permit(digits=OTHER)]})),
    ("S103", Example("the holder's own signature", [seen(port=OTHER, signature="丙服务")], 0)),
    ("S103", Example("the access code itself", [seen(port=CODE)], 0, applied=0)),
    ("S104", Example("two signatures with two messages each", [seen(port=LOOSE, messages=2), *stranger(2, LOOSE)], 4)),
    ("S104", Example("one message is a slip", [seen(port=LOOSE, messages=2), *stranger(1, LOOSE)], 0, applied=3)),
    ("S104", Example("one signature alone", [seen(port=LOOSE)], 0, applied=100)),
    ("S104", Example("two writings of one", [seen(port=LOOSE), seen(port=LOOSE, signature="甲銀行")], 0, applied=200)),
    ("S104", Example("a registered number is other rules'", [seen(), *stranger(100)], 0, applied=0)),
    ("S105", Example("five signatures under eight digits", crowd(5), 50)),
    ("S105", Example("four are not many", crowd(4), 0, applied=40)),
    ("S105", Example("the eight digits themselves are a number, no range", crowd(5, longer=False), 0, applied=50)),
    ("S105", Example("a registered range is other rules'", [seen(signature=f"名{each}") for each in range(5)], 0, applied=0)),
    *near("S201", lambda count: [seen(signature="丙服务", messages=count)], 5),
    ("S201", Example("a permitted signature is clear", GOOD, 0, applied=100)),
    ("S201", Example("a stranger's is another rule's", stranger(100), 0)),
    ("S201", Example("an unregistered one is another rule's", [seen(signature="无名")], 0, applied=0)),
    *near("S202", lambda count: [seen(), *stranger(count)], 20),
    ("S202", Example("a party to the number without a permit", [seen(), seen(signature="丙服务")], 100, kind="other")),
    ("S202", Example("one owner alone", GOOD, 0, applied=100)),
    ("S202", Example("two signatures of one owner", [seen(), seen(signature="甲信用卡")], 0, registry={"signatures": [owned("甲银行", USER), owned("甲信用卡", USER)]})),
    ("S202", Example("a shared port", [seen(), *stranger(100)], 0, applied=0, registry={"ports": [port_row(CODE), port_row(PORT, signing="shared")]})),
    ("S202", Example("both have permits", [seen(), *stranger(100)], 0, registry={"permits": [permit(), permit(permit="P2", folded="乙商城", owner=STRANGER)]})),
    *near("S203", stranger, 10),
    ("S203", Example("strangers by a strange account", [each | {"submitter": "S-9"} for each in stranger(60)], 60, kind="sublet")),
    ("S203", Example("fewer may be forged", [each | {"submitter": "S-9"} for each in stranger(59)], 59, kind="other")),
    ("S203", Example("a slip that is another's name", [seen(signature="甲银川", messages=50)], 50, kind="other", registry={"signatures": [owned("甲银行", USER), owned("甲银川", STRANGER)]})),
    ("S203", Example("the declared user", GOOD, 0, applied=100)),
    ("S203", Example("the holder of the access code above", [seen(signature="丙服务")], 0)),
    ("S203", Example("declared by a hop", stranger(100), 0, registry={"delegations": [hop(CODE, STRANGER)]})),
    ("S203", Example("declared only until before", stranger(100), 100, registry={"delegations": [hop(CODE, STRANGER, valid_until=at(9))]})),
    ("S203", Example("named by a permit", stranger(100), 0, registry={"permits": [permit(folded="乙商城", owner=STRANGER)]})),
    ("S203", Example("on a port that is not registered", stranger(100, "1069888801"), 0, applied=0)),
    *near("S204", lambda count: [seen(submitter="S-STRANGER", messages=count)], 20),
    ("S204", Example("one day of seven may be an outage", [on(day) for day in range(7)] + [on(6, submitter="S-STRANGER")], 100, kind="other")),
    ("S204", Example("two days are not", [on(day) for day in range(7)] + [on(day, submitter="S-STRANGER") for day in (5, 6)], 200, kind="sublet")),
    ("S204", Example("one of six days counts", [on(day) for day in range(6)] + [on(5, submitter="S-STRANGER")], 100, kind="sublet")),
    ("S204", Example("an unknown account in part of the line", [seen(), seen(submitter="S-9")], 100, kind="sublet")),
    ("S204", Example("99 by it", [seen(), seen(submitter="S-9", messages=99)], 99, kind="other")),
    ("S204", Example("more than four fifths by it", [seen(messages=24), seen(submitter="S-9")], 100, kind="other")),
    ("S204", Example("unknown and on two of four days", [on(day) for day in range(4)] + [on(day, submitter="S-9") for day in (2, 3)], 200, kind="other")),
    ("S204", Example("the holder's account", GOOD, 0, applied=100)),
    ("S204", Example("a declared agent's account", [seen(submitter="S-STRANGER")], 0, registry={"delegations": [hop(CODE, STRANGER)]})),
    ("S204", Example("an account that nobody knows", [seen(submitter="S-9")], 100)),
    ("S204", Example("a gateway that names no account is not judged", [seen(submitter="", missing=1)], 0, applied=0)),
    ("S204", Example("an account of that gateway only", [seen(submitter="S-G2")], 100, registry={"submitters": [account("S-G2", HOLDER, gateway="G2")]})),
    *near("S301", lambda count: [seen(), seen(category=MARKETING, messages=count)], 20),
    ("S301", Example("5 per cent are enough", [seen(messages=950), seen(category=MARKETING, messages=50)], 50)),
    ("S301", Example("it counts in the last third alone too", [on(0, messages=900), on(1, messages=900), on(2, messages=380), on(2, category=MARKETING, messages=20)], 20)),
    ("S301", Example("the usual reading of texts", TWENTY, 0, registry=customers(20))),
    ("S301", Example("twice the usual", [*TWENTY, seen(port=f"{CODE}20", signature="客0", category=MARKETING, messages=400)], 420, registry=customers(20))),
    ("S301", Example("codes beside notices", [seen(), seen(category=1, messages=50)], 50, kind="other")),
    ("S301", Example("less is noise", [seen(messages=951), seen(category=MARKETING, messages=49)], 0)),
    ("S301", Example("the permitted category", GOOD, 0, applied=100)),
    ("S301", Example("a second permit allows it", [seen(category=MARKETING)], 0, registry={"permits": [permit(), permit(permit="P2", permit_categories=MARKETING)]})),
    ("S301", Example("no permit at all is another rule's", [seen(signature="丙服务", category=MARKETING)], 0, applied=0)),
    ("S301", Example("a measure left less than the permit", GOOD, 100, registry={"limits": [{"permit": "P1", "left_categories": 1, "limited_from": at(9), "limited_until": FOREVER}]})),
    ("S302", Example("within its period", GOOD, 0, applied=100)),
    ("S302", Example("after its end", GOOD, 100, registry={"permits": [permit(permit_valid_until=at(9))]})),
    ("S302", Example("before its beginning", GOOD, 100, registry={"permits": [permit(permit_valid_from=at(12))]})),
    ("S302", Example("two in turn cover it", GOOD, 0, registry={"permits": [permit(permit_valid_until=at(10) + 5), permit(permit="P2", permit_valid_from=at(10) + 5)]})),
    ("S302", Example("two with a gap do not", GOOD, 100, registry={"permits": [permit(permit_valid_until=at(9)), permit(permit="P2", permit_valid_from=at(12))]}, kind="unregistered")),
    ("S302", Example("a day within which it ends", GOOD, 0, registry={"permits": [permit(permit_valid_until=at(10) + 5)]})),
    ("S302", Example("three weeks after its end", GOOD, 100, registry={"permits": [permit(permit_valid_until=at(10) - 21 * 86_400_000)]}, kind="scope_expansion")),
    ("S302", Example("a little less", GOOD, 100, registry={"permits": [permit(permit_valid_until=at(10) - 21 * 86_400_000 + 1)]}, kind="unregistered")),
    ("S303", Example("an hour after the measure began", GOOD, 100, registry={"stops": [{"permit": "P1", "stopped_from": at(9), "stopped_until": FOREVER}]})),
    ("S303", Example("it had no time to reach the gateway", GOOD, 0, registry={"stops": [{"permit": "P1", "stopped_from": at(9) + 1, "stopped_until": FOREVER}]})),
    *near("S303", lambda count: [seen(messages=count)], 10, registry=SUSPENDED),
    ("S303", Example("nothing stops it", GOOD, 0, applied=100)),
    ("S303", Example("suspended since before", GOOD, 100, registry=SUSPENDED)),
    ("S303", Example("the measure came later", GOOD, 0, registry={"stops": [{"permit": "P1", "stopped_from": at(12), "stopped_until": FOREVER}]})),
    ("S303", Example("the measure was lifted before", GOOD, 0, registry={"stops": [{"permit": "P1", "stopped_from": 0, "stopped_until": at(10)}]})),
    *[("S304", Example(says, GOOD, hit, provinces=[by_province("11", home), by_province("44", away)], registry=BEIJING)) for says, home, away, hit in (("30 away, twelve in a hundred", 220, 30, 30), ("29 away", 100, 29, 0), ("less than that", 221, 30, 0))],
    ("S304", Example("no limit of provinces", GOOD, 0, applied=130, provinces=[by_province("11", 100), by_province("44", 30)])),
    ("S304", Example("recipients without a known home", GOOD, 0, applied=0, provinces=[by_province("", 100)], registry=BEIJING)),
    ("S305", Example("20 at night", GOOD, 20, hours=NIGHT, registry=MARKETING_PERMIT)),
    ("S305", Example("19 at night", GOOD, 0, hours=[by_hour(10, 900), by_hour(22, 19)], registry=MARKETING_PERMIT)),
    ("S305", Example("a tenth in the hour after the end is the queue's", GOOD, 0, hours=[by_hour(10, 900), by_hour(20, 100)], registry=MARKETING_PERMIT)),
    ("S305", Example("nor do the first minutes count", GOOD, 0, hours=[by_hour(10, 900), by_hour(20, 201, within_grace=101)], registry=MARKETING_PERMIT)),
    ("S305", Example("more is not", GOOD, 101, hours=[by_hour(10, 900), by_hour(20, 101)], registry=MARKETING_PERMIT)),
    ("S305", Example("the permit's own hours count", GOOD, 0, applied=920, hours=NIGHT, registry={"permits": [permit(permit_hours=FOREVER)]})),
    ("S305", Example("notices may come at night", GOOD, 0, applied=0, hours=[by_hour(22, 900, category=2)], registry=MARKETING_PERMIT)),
    ("S106", Example("grown into a trade of its own licence", [seen(), grown(20)], 20, kind="scope_expansion")),
    ("S106", Example("19 are a trial", [seen(), grown(19)], 0)),
    ("S106", Example("less than a twentieth of the line is a trial", [seen(messages=381), grown(20)], 0)),
    ("S106", Example("so are two a day", [seen(), *[grown(2, day=DAY + dt.timedelta(days=n)) for n in range(10)]], 0)),
    ("S106", Example("in the old trade a quarter of the line is enough", [seen(messages=300), grown(100, "甲银行生活", NOTICE)], 100)),
    ("S106", Example("less is a name to be filed", [seen(messages=301), grown(100, "甲银行生活", NOTICE)], 0)),
    ("S106", Example("fewer than a hundred too", [seen(), grown(99, "甲银行生活", NOTICE)], 0)),
    ("S106", Example("a slip is no growth", [seen(), seen(signature="甲银行行", messages=100)], 0)),
    ("S106", Example("the permitted one itself", GOOD, 0, applied=0)),
    ("S106", Example("a stranger's is another rule's", [seen(), *stranger(100)], 0, applied=100)),
    *near("S107", lambda count: [seen(signature="甲银行网", port=OTHER, messages=count)], 10, registry=GUARDED),
    ("S107", Example("a slip at home", [seen(signature="甲银行网")], 0, applied=100, registry=GUARDED)),
    ("S107", Example("nothing is guarded", [seen(signature="甲银行网", port=OTHER)], 0)),
    ("S107", Example("an authority's own name", [seen(signature="乙商城")], 100, registry={"guarded": [{"folded": "乙商城", "owner": STRANGER, "official": True}]})),
    ("S107", Example("a protected brand's own name is a tenant's", [seen(signature="乙商城")], 0, registry={"guarded": [{"folded": "乙商城", "owner": STRANGER, "official": False}]})),
    ("S107", Example("permitted ones", GOOD, 0, applied=0, registry=GUARDED)),
    ("S108", Example("four names with 20 in all", rotating(4, 5), 20, kind="sublet")),
    ("S108", Example("three are not many", rotating(3, 10), 0)),
    ("S108", Example("19 in all are not", [*rotating(3, 5), seen(signature="名4", messages=4)], 0)),
    ("S108", Example("names that stay do not rotate", [seen(signature=f"名{name}", day=DAY + dt.timedelta(days=n)) for name in range(4) for n in range(4)], 0)),
    ("S108", Example("by a strange account a sender may be forged", [each | {"submitter": "S-9"} for each in rotating(4, 9)], 0, applied=36)),
    ("S108", Example("permitted ones", GOOD, 0, applied=0)),
    ("S109", Example("20 with a strange link", UNNAMED, 20, said=[says("x.cn", 20, signature="无名")], kind="sublet")),
    ("S109", Example("19", UNNAMED, 0, said=[says("x.cn", 19, signature="无名")], applied=20)),
    ("S109", Example("less than a fifth of them", [seen(), seen(signature="无名", messages=101)], 0, said=[says("x.cn", 20, signature="无名")])),
    ("S109", Example("a fifth", [seen(), seen(signature="无名", messages=100)], 100, said=[says("x.cn", 20, signature="无名")])),
    ("S109", Example("the customer's own link", UNNAMED, 0, said=[says("x.cn", 20, signature="无名")], registry={"values": [declares("x.cn")]})),
    ("S109", Example("registered names", GOOD, 0, applied=0)),
    ("S205", Example("a giver who was given nothing", GOOD, 100, registry={"delegations": [hop(PORT, USER, from_enterprise=KIN)]}, kind="sublet")),
    ("S205", Example("a user whom the agents' hops do not reach", GOOD, 100, registry={"delegations": [hop(PORT, KIN, role="agent")]})),
    ("S205", Example("a whole chain", GOOD, 0, applied=100, registry={"delegations": [hop(PORT, KIN, role="agent"), hop(PORT, USER, from_enterprise=KIN)]})),
    *near("S205", lambda count: [seen(messages=count)], 20, registry={"delegations": [hop(PORT, USER, from_enterprise=KIN)]}),
    ("S205", Example("no chain", GOOD, 0, applied=0, registry={"delegations": []})),
    *near("S206", lambda count: [seen(agent="S-STRANGER", messages=count)], 20),
    ("S206", Example("an agent of the chain", [seen(agent="S-STRANGER")], 0, applied=100, registry={"delegations": [hop(PORT, USER), hop(PORT, STRANGER)]})),
    ("S206", Example("an account that nobody knows", [seen(agent="77")], 0, applied=0)),
    ("S207", Example("five numbers", fanned(5, 4), 20, kind="other")),
    ("S207", Example("four", fanned(4, 5), 0, applied=20)),
    ("S207", Example("19 messages", fanned(5, 3), 0)),
    ("S207", Example("a permitted range", fanned(5, 4), 0, registry={"permits": [permit(exact=False)]})),
    ("S207", Example("the number itself", GOOD, 0, applied=0)),
    ("S306", Example("ten that another declared", [seen(messages=500)], 10, said=[says("x.cn", 10)], registry=OF_STRANGER, kind="sublet")),
    ("S306", Example("nine", [seen(messages=100)], 0, applied=100, said=[says("x.cn", 9)], registry=OF_STRANGER)),
    ("S306", Example("less than a fiftieth", [seen(messages=501)], 0, said=[says("x.cn", 10)], registry=OF_STRANGER)),
    ("S306", Example("30 that nobody declared, a twentieth", [seen(messages=600)], 30, said=[says("x.cn", 30)], registry={"values": [declares("own.cn")]}, kind="sublet")),
    ("S306", Example("less than a twentieth", [seen(messages=601)], 0, said=[says("x.cn", 30)], registry={"values": [declares("own.cn")]})),
    ("S306", Example("29", GOOD, 0, said=[says("x.cn", 29)], registry={"values": [declares("own.cn")]})),
    ("S306", Example("a permit that declares nothing", GOOD, 30, said=[says("x.cn", 30)], kind="other")),
    ("S306", Example("a shared host", GOOD, 0, said=[says("t.cn/a", 90)], registry=OF_STRANGER | {"shared": [{"kind": "link", "value": "t.cn", "path": ""}]})),
    ("S306", Example("its own", GOOD, 0, said=[says("own.cn", 90), says("010-1234567", 90, kind="contact")], registry={"values": [declares("own.cn"), declares("0101234567", kind="contact")]})),
    ("S306", Example("another path of a host", GOOD, 90, said=[says("m.cn/b", 90)], registry={"values": [declares("m.cn", path="/a")]})),
    ("S306", Example("a courier's mobile number", GOOD, 0, said=[says("13800138000", 29, kind="contact")], registry={"values": [declares("13800138000", STRANGER, permit="P9", kind="contact")]})),
    ("S306", Example("no permit", stranger(100), 0, applied=0, said=[says("x.cn", 90, signature="乙商城")])),
    ("S307", Example("over the cap", [seen(messages=1051)], 1051, registry={"permits": [permit(permit_monthly_volume=1000)]})),
    ("S307", Example("nearly met, and a little more", [seen(messages=1050)], 0, applied=1050, registry={"permits": [permit(permit_monthly_volume=1000)]})),
    ("S307", Example("two months", [seen(messages=600), seen(messages=600, day=DAY + dt.timedelta(days=30))], 0, registry={"permits": [permit(permit_monthly_volume=1000)]})),
    ("S307", Example("a second permit without a cap", [seen(messages=9000)], 0, registry={"permits": [permit(permit_monthly_volume=1000), permit(permit="P2", user=KIN)]})),
    ("S307", Example("what a measure left", [seen(messages=106)], 106, registry={"limits": [{"permit": "P1", "left_categories": FOREVER, "left_volume": 100, "left_hours": FOREVER, "limited_from": 0, "limited_until": FOREVER}]})),
    ("S307", Example("no permit", stranger(9000), 0, applied=0)),
    ("S308", Example("20 without, a half", [offer(40, 20)], 20)),
    ("S308", Example("less than half", [offer(41, 20)], 0, applied=41)),
    ("S308", Example("19 without", [offer(19, 19)], 0)),
    ("S308", Example("notices need none", [seen(without_opt_out=100)], 0, applied=0)),
    ("S309", Example("three times the usual day", risen(60, 20), 60 * 5)),
    ("S309", Example("less", risen(59, 20), 0, applied=59 * 5 + 20 * 10)),
    ("S309", Example("a trickle", risen(19, 2), 0)),
    ("S309", Example("thirteen days", risen(60, 20)[-9:], 0)),
    ("S309", Example("no permit", stranger(100), 0, applied=0)),
    ("S310", Example("thirty days' sleep and 50", woken(30, 50), 50, kind="other")),
    ("S310", Example("twenty-nine", woken(29, 50), 0)),
    ("S310", Example("49", woken(30, 49), 0)),
    ("S310", Example("eight days later it is no burst any more", [*woken(30, 49), seen(day=DAY + dt.timedelta(days=37), first_at=at(10) + 37 * 86_400_000)], 0)),
    ("S310", Example("a standby sender", woken(30, 50), 0, applied=50, registry={"permits": [permit(sleeps=True)]})),
    ("S310", Example("no permit", stranger(100, OTHER), 0, applied=0)),
    ("S311", Example("20 of whom nobody declared", GOOD, 20, said=MERCHANTS, registry=PLATFORM, kind="sublet")),
    ("S311", Example("19", GOOD, 0, applied=100, said=[*MERCHANTS[1:], says("m0.cn", 4)], registry=PLATFORM)),
    ("S311", Example("values with fewer than five are slips", GOOD, 0, said=[says(f"m{n}.cn", 4) for n in range(5)], registry=PLATFORM)),
    ("S311", Example("less than a fiftieth", [seen(messages=1001)], 0, said=MERCHANTS, registry=PLATFORM)),
    ("S311", Example("the declared one", GOOD, 0, said=[says("shop.cn", 90)], registry=PLATFORM)),
    ("S311", Example("a platform that declared nobody", GOOD, 20, said=MERCHANTS, registry=PLATFORM | {"values": []}, kind="other")),
    ("S311", Example("a permit for oneself", GOOD, 0, applied=0, said=MERCHANTS)),
    ("S312", Example("15 per cent more", mixed(15), 15)),
    ("S312", Example("14", mixed(14), 0, applied=300)),
    ("S312", Example("too little before", mixed(50, before=4), 0)),
    ("S312", Example("thirteen days", mixed(50)[-5:], 0)),
    ("S312", Example("no permit", stranger(100), 0, applied=0)),
    ("S313", Example("half of them moved", GOOD, 200, provinces=moved(100))),
    ("S313", Example("less than half", GOOD, 0, applied=400, provinces=moved(99))),
    ("S313", Example("199 late", GOOD, 0, provinces=moved(199, late=199))),
    ("S313", Example("thirteen days", GOOD, 0, provinces=[each | {"day": DAY} for each in moved(200)])),
    ("S313", Example("no permit", stranger(100), 0, applied=0, provinces=[by_province("11", 900, signature="乙商城")])),
    *near("S401", lambda count: [seen(messages=count)], 10, registry=lettered(denied=True)),
    ("S401", Example("a letter that stands", GOOD, 0, applied=100, registry=lettered())),
    ("S401", Example("denied beside one that stands", GOOD, 0, registry={"permits": [AGENCY], "letters": [letter(denied=True), letter(letter="L2")]})),
    ("S401", Example("denied over a hop", GOOD, 100, registry={"delegations": [hop(PORT, USER, hop_letter="L1")], "letters": [letter(denied=True)]}, kind="impersonation")),
    ("S401", Example("no letter", GOOD, 0, applied=0)),
    ("S402", Example("ended three weeks before", GOOD, 100, registry=lettered(valid_until=at(10) - 21 * 86_400_000), kind="scope_expansion")),
    ("S402", Example("ended a little less before", GOOD, 100, registry=lettered(valid_until=at(10) - 21 * 86_400_000 + 1), kind="unregistered")),
    ("S402", Example("renewed late", GOOD, 100, registry={"permits": [AGENCY], "letters": [letter(valid_until=at(10) - 90 * 86_400_000), letter(letter="L2", valid_from=at(12))]}, kind="unregistered")),
    *near("S402", lambda count: [seen(messages=count)], 10, registry=lettered(valid_until=at(9))),
    ("S402", Example("in force", GOOD, 0, applied=100, registry=lettered())),
    ("S402", Example("no letter", GOOD, 0, applied=0)),
    ("S403", Example("another name of the owner", GOOD, 100, registry=lettered(listed="甲信用卡"), kind="impersonation")),
    ("S403", Example("somebody else's letter", GOOD, 100, registry=lettered(letter_owner=STRANGER))),
    *near("S403", lambda count: [seen(messages=count)], 10, registry=lettered(listed="甲信用卡")),
    ("S403", Example("it lists the name", GOOD, 0, applied=100, registry={"permits": [AGENCY], "letters": [letter(listed="甲信用卡"), letter()]})),
    ("S403", Example("no letter", GOOD, 0, applied=0)),
    ("S501", Example("three complaints at five times the rate", COMPLAINED_OF, 100, registry=complained(3))),
    ("S501", Example("two", COMPLAINED_OF, 0, applied=100, registry=complained(2))),
    ("S501", Example("a rate that is usual", [seen(), seen(port=OTHER, messages=400)], 0, registry=complained(3))),
    ("S501", Example("nobody complained", GOOD, 0, applied=0)),
    ("S502", Example("five late ones", SIX_DAYS, 100, registry=complained(5, day=5))),
    ("S502", Example("four", SIX_DAYS, 0, applied=600, registry=complained(4, day=5))),
    ("S502", Example("less than four times the pace before", SIX_DAYS, 0, registry={"complained": complained(5, day=5)["complained"] + complained(3)["complained"]})),
    ("S502", Example("five days", SIX_DAYS[:5], 0, registry=complained(5, day=4))),
    ("S502", Example("nobody complained", GOOD, 0, applied=0)),
    ("S601", Example("three customers with one strange link", rented(3), 15, said=rented_words(3, 5), registry=customers(3), kind="sublet")),
    ("S601", Example("two", rented(2), 0, applied=200, said=rented_words(2, 5), registry=customers(2))),
    ("S601", Example("four messages each are chance", rented(3), 0, said=rented_words(3, 4), registry=customers(3))),
    ("S601", Example("customers of one house", rented(3), 0, said=rented_words(3, 5), registry=customers(3) | {"relations": [{"one": "E0", "other": "E1"} | PERIOD]})),
    ("S601", Example("a shared host", rented(3), 0, said=rented_words(3, 5), registry=customers(3) | {"shared": [{"kind": "link", "value": "x.cn", "path": ""}]})),
    ("S601", Example("no permit", stranger(100), 0, applied=0)),
    ("S602", Example("two unrelated companies", rented(2), 200, registry=customers(2, handler="H1"), kind="other")),
    ("S602", Example("two of one house", rented(2), 0, registry=customers(2, handler="H1") | {"relations": [{"one": "E0", "other": "E1"} | PERIOD, {"one": "E1", "other": "E0"} | PERIOD]})),
    ("S602", Example("one company", rented(1), 0, applied=100, registry=customers(1, handler="H1"))),
    ("S602", Example("no handler is named", GOOD, 0, applied=0)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[f"{code} {each.says}" for code, each in EXAMPLES])
def test_a_rule_says_what_its_document_says(code: str, example: Example, tmp_path: Path):
    made = world(tmp_path, example.facts, example.provinces, example.hours, example.said, **example.registry)
    outcome = judge(code, made)
    assert outcome.failed == ""
    assert outcome.hit == example.hit
    if example.applied is not None:
        assert outcome.applied == example.applied
    if example.kind:
        assert {row["kind"] or catalogue()[code].module.KIND for row in outcome.rows} == {example.kind}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_rule_has_examples_that_hit_that_are_clear_and_that_do_not_apply(code: str):
    mine = [each for one, each in EXAMPLES if one == code]
    assert any(each.hit for each in mine)
    assert any(each.applied and not each.hit for each in mine)
    needs = catalogue()[code].module.applies.__doc__
    assert needs
    assert any(each.applied == 0 for each in mine) or code in ("S102", "S302", "S303"), "an example must lie outside it"


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_rule_has_a_whole_document_and_counts_only_from_its_day(code: str, tmp_path: Path):
    rule = catalogue()[code]
    assert all(rule.document.sections[heading] for heading in HEADINGS)
    from registry.detection import engine

    outcome = engine.apply(rule, world(tmp_path, GOOD), rule.module.IN_FORCE_FROM - dt.timedelta(days=1))
    assert not outcome.in_force


def test_what_a_gateway_does_not_deliver_is_counted_as_not_judged(tmp_path: Path):
    made = world(tmp_path, [seen(), seen(gateway="G2", submitter="", missing=1, messages=7)])
    outcome = judge("S204", made)
    assert [(each.gateway, each.column, each.messages) for each in outcome.not_judged] == [("G2", "submitter", 7)]
    assert outcome.clear == 100


def test_affiliation_lowers_the_severity_and_never_silences(tmp_path: Path):
    from registry.detection.engine import severity

    ties = [{"one": HOLDER, "other": STRANGER, "valid_from": 0, "valid_until": FOREVER}]
    kin = judge("S203", world(tmp_path, stranger(50), relations=ties))
    assert (kin.hit, kin.rows[0]["affiliated"]) == (50, True)
    rule = catalogue()["S203"]
    assert severity(rule, affiliated=True) != severity(rule, affiliated=False)


def test_a_rule_that_crashes_is_named_and_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def crash(_world: Any, _parameters: Any) -> Any:
        raise ZeroDivisionError

    made = world(tmp_path, GOOD)
    monkeypatch.setattr(catalogue()["S101"].module, "hits", crash)
    assert judge("S101", made).failed == "ZeroDivisionError"
    assert judge("S102", made).failed == ""


def test_the_day_of_the_examples_lies_after_every_rule_began():
    assert all(rule.module.IN_FORCE_FROM <= DAY for rule in catalogue().values())
    assert KIN not in (HOLDER, USER)
