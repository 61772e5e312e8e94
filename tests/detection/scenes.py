"""What the examples of the rules are made of: a small world, and the scenes that recur in them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from registry.kernel.clock import FOREVER
from registry.law.divisions import province_bits
from tests.detection.worlds import (
    CODE,
    DAY,
    KIN,
    MARKETING,
    NOTICE,
    OTHER,
    PORT,
    STRANGER,
    USER,
    at,
    by_hour,
    by_province,
    declares,
    letter,
    owned,
    party,
    permit,
    says,
    seen,
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
    past: list[dict[str, Any]] = field(default_factory=list)
    past_provinces: list[dict[str, Any]] = field(default_factory=list)
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


HALTED = {"gateway": "G1", "submitter": "S-HOLDER", "halted_from": at(9), "halted_until": FOREVER}


def grown(messages: int, signature: str = "甲银行贷款", category: int = MARKETING, **changed: Any) -> dict[str, Any]:
    return seen(signature=signature, category=category, messages=messages, **changed)


def rotating(names: int, messages: int) -> list[dict[str, Any]]:
    return [seen(signature=f"名{name}", messages=messages) for name in range(names)]


def slips(count: int, messages: int = 5) -> list[dict[str, Any]]:
    """So many different slips of the customer's name."""
    return [seen(signature=text, messages=messages) for text in ("甲银行行", "甲行银", "申银行", "甲艮行")[:count]]


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


def used(ago: int, **changed: Any) -> dict[str, Any]:
    """A fact so many days before the day of the examples."""
    return seen(day=DAY - dt.timedelta(days=ago), **changed)


def months(now: int, then: int, recently: int | None = None) -> dict[str, list[dict[str, Any]]]:
    """A month of working days of one volume, after three weeks of another; `recently` in the two days before it."""
    past = [on(place, messages=then) for place in range(21) if place % 7 < WEEKEND]
    past += [on(place, messages=then if recently is None else recently) for place in (21, 22)]
    return {"facts": [on(place, messages=now) for place in range(23, 53) if place % 7 < WEEKEND], "past": past}


WEEKEND = 5
SLEPT = [used(40)]
AWAKE = [used(ago, port=CODE, signature="丙服务") for ago in range(60)]
BUSY = [used(ago, signature="丙服务") for ago in range(1, 60)]


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


def everybody(late: int, of_others: int) -> dict[str, list[dict[str, Any]]]:
    """Two complaints about the number on the first of six days, so many on the last; those of others grew fourfold."""
    rows = [(0, PORT, 2), (5, PORT, late), (0, OTHER, of_others // 4), (5, OTHER, of_others)]
    day = dt.timedelta(days=1)
    return {
        "complained": [
            {"day": DAY + place * day, "port": port, "folded": "甲银行", "complaints": count}
            for place, port, count in rows
        ]
    }


def rented(count: int) -> list[dict[str, Any]]:
    """Numbers of as many customers."""
    return [seen(port=f"{CODE}2{place}", signature=f"客{place}") for place in range(count)]


def rented_words(count: int, messages: int, *, own: bool = False) -> list[dict[str, Any]]:
    """One link on all of their numbers, or one on each."""
    words = [f"x{place if own else ''}.cn" for place in range(count)]
    return [says(word, messages, port=f"{CODE}2{place}", signature=f"客{place}") for place, word in enumerate(words)]


def by_one_account(count: int, column: str = "submitter") -> list[dict[str, Any]]:
    """Ten messages of each customer on each of two days, by a stranger's account."""
    days = [DAY + dt.timedelta(days=place) for place in range(2)]
    return [each | {column: "S-STRANGER", "messages": 10, "day": day} for each in rented(count) for day in days]


def customers(count: int, handler: str = "", trade: int = 0) -> dict[str, list[dict[str, Any]]]:
    """As many customers with a permit each; the first so many are of one trade."""
    permits = [
        permit(permit=f"P{place}", folded=f"客{place}", digits=f"{CODE}2{place}", owner=f"E{place}", user=f"E{place}")
        for place in range(count)
    ]
    return {
        "permits": permits,
        "signatures": [owned(f"客{place}", f"E{place}") for place in range(count)],
        "parties": [
            party(f"E{place}", f"第{place}公司", handler, "D4511" if place < trade else "") for place in range(count)
        ],
    }


GUARDED = {"guarded": [{"folded": "甲银行", "owner": USER, "official": False}]}
PROTECTED = {"guarded": [{"folded": "乙商城", "owner": STRANGER, "official": False}]}
UNNAMED = [seen(), seen(signature="无名", messages=20)]
UNSIGNED = [seen(), seen(signature="", read="absent", messages=20)]
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
ONE_TRADE = [  # five of twelve, whose notices are read as marketing in part
    seen(port=f"{CODE}2{place}", signature=f"客{place}", category=category, messages=messages)
    for place in range(12)
    for category, messages in ((NOTICE, 60), (MARKETING, 40 if place < 5 else 0))
    if messages
]
AGENCY = permit(user=KIN, permit_letter="L1")
COMPLAINED_OF = [seen(), seen(port=OTHER, messages=401)]
SIX_DAYS = [seen(day=DAY + dt.timedelta(days=place)) for place in range(6)]
ELSEWHERE = [seen(port=OTHER, signature="丙服务")]
