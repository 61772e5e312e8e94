"""Examples of the rules about who sends on a number."""

import datetime as dt
from typing import Any

from registry.kernel.clock import FOREVER
from tests.detection.scenes import (
    AGENCY,
    GOOD,
    GUARDED,
    LOOSE,
    PROTECTED,
    UNNAMED,
    UNSIGNED,
    Example,
    crowd,
    customers,
    fanned,
    grown,
    near,
    on,
    rented,
    rotating,
    slips,
    stranger,
)
from tests.detection.worlds import (
    CODE,
    DAY,
    HOLDER,
    KIN,
    NOTICE,
    OTHER,
    PORT,
    STRANGER,
    USER,
    account,
    at,
    declares,
    hop,
    letter,
    owned,
    permit,
    port_row,
    says,
    seen,
)

RESOLD = {
    "delegations": [hop(CODE, KIN, role="agent")],
    "permits": [permit(), permit(permit="P2", folded="乙商城", owner=STRANGER, user=STRANGER)],
}
TIES = [
    {"one": one, "other": other, "valid_from": 0, "valid_until": FOREVER}
    for one, other in ((HOLDER, USER), (USER, HOLDER))
]
OWN = [port_row(CODE), port_row(PORT, use="own")]


DAYS = (DAY, DAY + dt.timedelta(days=1))


def staying(names: int, name: str = "名", first: int = 3, **more: Any) -> list[dict[str, Any]]:
    """Signatures that nobody registered, on two days each: `first` messages and two."""
    parts = ((0, first), (1, 2))
    return [on(day, signature=f"{name}{place}", messages=part) | more for place in range(names) for day, part in parts]


def apart(names: int) -> list[dict[str, Any]]:
    """The same, each on a number of its own under the access code."""
    return [each for place in range(names) for each in staying(1, f"名{place}", port=f"{CODE}7{place}")]


def lodging(messages: int, port: str = PORT) -> list[dict[str, Any]]:
    """A signature that nobody registered, on three days."""
    return [
        on(0, signature="无名", port=port, messages=messages - 2),
        *(on(day, signature="无名", port=port, messages=1) for day in (1, 2)),
    ]


def lost(until: int) -> dict[str, list[dict[str, Any]]]:
    """The user's hop has ended, and no other leads to it."""
    return {"delegations": [], "former": [{"prefix": PORT, "enterprise": USER, "until": until}]}


DOUBLY = [seen(), seen(signature="乙商城", read="ambiguous", messages=20)]
ROUND = [seen(port=f"{CODE}{ending}", signature="无名", messages=5) for ending in ("11", "12", "13")]
SEVERAL = {"ports": [port_row(CODE, signing="shared"), *(port_row(each["port"]) for each in ROUND)]}


def carried_round(link: str, least: int = 2) -> list[dict[str, Any]]:
    counts = (2, 2, least)
    return [says(link, count, port=each["port"], signature="无名") for count, each in zip(counts, ROUND, strict=True)]


POSING = [seen(port="1069888801", submitter="", signature="乙商城", messages=20)]
LOST = [seen(port="1069888801", submitter="", signature=name, messages=10) for name in ("无名", "有名")]
CODES = [seen(category=1, messages=200)]
OPENED = ("一牌应用", "二牌应用", "三牌应用")
APPS = {
    "permits": [permit(permit_categories=1)],
    "signatures": [owned("甲银行", USER), *(owned(name, f"APP{place}") for place, name in enumerate(OPENED))],
}


def opened(*counts: int, names: tuple[str, ...] = OPENED) -> list[dict[str, Any]]:
    return [says(name, count, kind="opens") for name, count in zip(names, counts, strict=False)]


EXAMPLES: list[tuple[str, Example]] = [
    ("S101", Example("a registered signature is clear", GOOD, 0, applied=100)),
    ("S101", Example("nobody's signature", [seen(signature="无名")], 100)),
    ("S101", Example("a writing of a registered one is that one", [seen(signature="甲銀行")], 0)),
    ("S101", Example("no signature was read", [seen(signature="", read="absent")], 0, applied=0)),
    ("S101", Example("its registration has ended", GOOD, 100, registry={"signatures": [owned("甲银行", USER, valid_until=at(9))]})),
    ("S102", Example("a registered port is clear", GOOD, 0, applied=100)),
    ("S102", Example("a port that nothing covers", [seen(port="1069888801")], 100)),
    ("S102", Example("a reserved range, though registered", [seen(port="10600001")], 100, registry={"ports": [port_row("10600001")]}, kind="impersonation")),
    ("S102", Example("a few on a reserved range", [seen(port="10600001", messages=19)], 19, kind="unregistered")),
    ("S102", Example("registered only later", GOOD, 100, registry={"ports": [port_row(CODE, valid_from=at(12)), port_row(PORT, valid_from=at(12))]})),
    *near("S103", lambda count: stranger(count, OTHER), 10),
    ("S103", Example("an extension that is registered", GOOD, 0, applied=100)),
    ("S103", Example("an extension that was delegated", stranger(100, OTHER), 0, registry={"delegations": [hop(OTHER, STRANGER)]})),
    ("S103", Example("an extension that a permit names", stranger(100, OTHER), 0, registry={"permits": [permit(digits=OTHER)]})),
    ("S103", Example("one whose permit has ended", stranger(100, OTHER), 0, registry={"permits": [permit(digits=OTHER, folded="乙商城", permit_valid_until=at(9))]})),
    ("S103", Example("where another's has", stranger(100, OTHER), 100, registry={"permits": [permit(digits=OTHER, permit_valid_until=at(9))]})),
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
    ("S112", Example("five on each of three numbers, six times one link", ROUND, 15, said=carried_round("x.cn"), kind="sublet", registry=SEVERAL)),
    ("S112", Example("14 messages", [*ROUND[:2], ROUND[2] | {"messages": 4}], 0, said=carried_round("x.cn"), registry=SEVERAL, applied=14)),
    ("S112", Example("two numbers", [each | {"messages": 9} for each in ROUND[:2]], 0, said=carried_round("x.cn"), registry=SEVERAL)),
    ("S112", Example("a third with two messages", [each | {"messages": count} for each, count in zip(ROUND, (9, 9, 2), strict=True)], 0, said=carried_round("x.cn"), registry=SEVERAL)),
    ("S112", Example("links of each number's own", ROUND, 0, said=[says(f"x{n}.cn", 5, port=each["port"], signature="无名") for n, each in enumerate(ROUND)], registry=SEVERAL)),
    ("S112", Example("five times the link", ROUND, 0, said=carried_round("x.cn", 1), registry=SEVERAL)),
    ("S112", Example("a shared link", ROUND, 0, said=carried_round("t.cn"), registry=SEVERAL | {"shared": [{"kind": "link", "value": "t.cn", "path": ""}]})),
    ("S112", Example("by accounts outside the chain", [each | {"submitter": "S-STRANGER"} for each in ROUND], 0, said=carried_round("x.cn"), registry=SEVERAL)),
    ("S112", Example("registered names", GOOD, 0, applied=0)),
    ("S113", Example("codes for two others", CODES, 20, said=opened(15, 5), kind="sublet", registry=APPS)),
    ("S113", Example("nobody registered them", CODES, 20, said=opened(15, 5), kind="sublet")),
    ("S113", Example("one of them begins as a party's name does", CODES, 0, said=opened(15, 5, names=("一牌应用", "杭州应用")))),
    ("S113", Example("two that begin alike are one", CODES, 0, said=opened(15, 5, names=("一牌应用", "一牌商城")))),
    ("S113", Example("19 of them", CODES, 0, said=opened(14, 5), registry=APPS, applied=200)),
    ("S113", Example("four of one", CODES, 0, said=opened(16, 4), registry=APPS)),
    ("S113", Example("for one", CODES, 0, said=opened(20), registry=APPS)),
    ("S113", Example("less than a fiftieth", [each | {"messages": 1001} for each in CODES], 0, said=opened(10, 5, 5), registry=APPS)),
    ("S113", Example("one of whom is a party", CODES, 0, said=opened(15, 5), registry=APPS | {"delegations": [hop(PORT, USER), hop(PORT, "APP1")]})),
    ("S113", Example("on behalf of others", CODES, 0, said=opened(10, 5, 5), registry=APPS | {"permits": [permit(permit_categories=1, on_behalf="merchants")]}, applied=0)),
    ("S113", Example("names beside links open nothing", CODES, 0, said=[each | {"kind": "name"} for each in opened(10, 5, 5)], registry=APPS)),
    ("S113", Example("notices are no codes", GOOD, 0, applied=0)),
    ("S114", Example("two names with strange links", LOST, 20, said=[says("x.cn", 5, port="1069888801", submitter="", signature=each["signature"]) for each in LOST], kind="sublet")),
    ("S114", Example("one of them with four", LOST, 0, said=[says("x.cn", 5, port="1069888801", submitter="", signature="无名"), says("x.cn", 4, port="1069888801", submitter="", signature="有名")], applied=20)),
    ("S114", Example("one alone of a number that never was held", LOST[:1], 0, said=[says("x.cn", 9, port="1069888801", submitter="", signature="无名")])),
    ("S114", Example("one alone of a number that went back", LOST[:1], 10, said=[says("x.cn", 9, port="1069888801", submitter="", signature="无名")], registry={"ports": [port_row("1069888801", valid_until=at(9))]}, kind="sublet")),
    ("S114", Example("its customer's own link there", LOST[:1], 0, said=[says("x.cn", 9, port="1069888801", submitter="", signature="无名")], registry={"ports": [port_row("1069888801", valid_until=at(9))], "values": [declares("x.cn", permit="P9", enterprise=HOLDER)]})),
    *[("S114", Example(f"a protected name on a number that went back is told once{told}", [POSING[0] | {"submitter": account}], 20, applied=20, said=[says("x.cn", 20, port="1069888801", submitter=account, signature="乙商城")], kind="impersonation", registry=PROTECTED | {"ports": [port_row("1069888801", valid_until=at(9))]})) for told, account in (("", ""), (", whoever hands it in", "S-9"))],
    *[("S114", Example(f"on a number that went back, handed in by {who}", [LOST[0] | {"submitter": account, "signature": name}], hit, registry={"ports": [port_row("1069888801", valid_until=at(9))]}, kind="sublet" if hit else "")) for who, account, name, hit in (("an outsider", "S-STRANGER", "无名", 10), ("an outsider under its own name", "S-STRANGER", "乙商城", 0), ("its former holder", "S-HOLDER", "无名", 0))],
    ("S114", Example("nine messages of one", [LOST[0], LOST[1] | {"messages": 9}], 0, said=[says("x.cn", 5, port="1069888801", submitter="", signature=each["signature"]) for each in LOST])),
    ("S114", Example("less than a fifth", [each | {"messages": 26} for each in LOST], 0, said=[says("x.cn", 5, port="1069888801", submitter="", signature=each["signature"]) for each in LOST])),
    ("S114", Example("a protected name", POSING, 20, said=[says("x.cn", 20, port="1069888801", submitter="", signature="乙商城")], kind="impersonation", registry=PROTECTED)),
    ("S114", Example("19 under it", [POSING[0] | {"messages": 19}], 0, said=[says("x.cn", 19, port="1069888801", submitter="", signature="乙商城")], registry=PROTECTED)),
    ("S114", Example("with a link of its owner's", POSING, 0, said=[says("x.cn", 20, port="1069888801", submitter="", signature="乙商城")], registry=PROTECTED | {"values": [declares("x.cn", STRANGER, permit="P9")]})),
    ("S114", Example("what known enterprises hand in", [each | {"submitter": "S-HOLDER"} for each in LOST], 0, said=[says("x.cn", 9, port="1069888801", signature=each["signature"]) for each in LOST])),
    ("S114", Example("a registered number", GOOD, 0, applied=0)),
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
    *[("S203", Example(f"a stranger's few on several numbers: {told}", [seen(port=f"{CODE}1{n}", signature="乙商城", messages=count, **more) for n, count in enumerate(counts, 1)], hit, registry=SEVERAL)) for told, counts, hit, more in (
        ("on three", (5, 5, 5), 15, {}), ("14 in all", (5, 5, 4), 0, {}), ("on two", (8, 8), 0, {}), ("two on one", (9, 9, 2), 0, {}), ("by strange accounts", (5, 5, 5), 0, {"submitter": "S-9"}))],
    ("S203", Example("strangers by a strange account", [each | {"submitter": "S-9"} for each in stranger(60)], 60, kind="sublet")),
    ("S203", Example("fewer may be forged", [each | {"submitter": "S-9"} for each in stranger(59)], 59, kind="other")),
    ("S203", Example("a slip that is another's name", [seen(signature="甲银川", messages=50)], 50, kind="other", registry={"signatures": [owned("甲银行", USER), owned("甲银川", STRANGER)]})),
    ("S203", Example("a name in another script than it is registered in", [seen(signature="乙商場", messages=50)], 50, kind="impersonation", registry={"signatures": [owned("甲银行", USER), owned("乙商场", STRANGER)]})),
    ("S203", Example("registered in that script", [seen(signature="乙商場", messages=50)], 50, kind="sublet", registry={"signatures": [owned("甲银行", USER), owned("乙商场", STRANGER)], "written": [{"folded": "乙商场", "text": "乙商場"}]})),
    ("S203", Example("other letters are no other script", [seen(signature="ＡＢ商场", messages=50)], 50, kind="sublet", registry={"signatures": [owned("甲银行", USER), owned("ab商场", STRANGER)]})),
    ("S203", Example("the declared user", GOOD, 0, applied=100)),
    ("S203", Example("the holder of the access code above", [seen(signature="丙服务")], 0)),
    ("S203", Example("declared by a hop", stranger(100), 0, registry={"delegations": [hop(CODE, STRANGER)]})),
    ("S203", Example("declared only until before", stranger(100), 100, registry={"delegations": [hop(CODE, STRANGER, valid_until=at(9))]})),
    ("S203", Example("named by a permit", stranger(100), 0, registry={"permits": [permit(folded="乙商城", owner=STRANGER)]})),
    ("S203", Example("on a port that is not registered", stranger(100, "1069888801"), 0, applied=0)),
    *near("S204", lambda count: [seen(submitter="S-STRANGER", messages=count)], 20),
    *[("S204", Example(f"an account that {who} has at all gateways and a stranger at this one", [seen()], hit, registry={"submitters": [account("S-HOLDER", one), account("S-HOLDER", STRANGER, gateway="G1")]})) for who, one, hit in (("the holder", HOLDER, 0), ("another stranger", KIN, 100))],
    ("S204", Example("one day of seven may be an outage", [on(day) for day in range(7)] + [on(6, submitter="S-STRANGER")], 100, kind="other")),
    ("S204", Example("two days are not", [on(day) for day in range(7)] + [on(day, submitter="S-STRANGER") for day in (5, 6)], 200, kind="sublet")),
    ("S204", Example("one of six days counts", [on(day) for day in range(6)] + [on(5, submitter="S-STRANGER")], 100, kind="sublet")),
    ("S204", Example("an unknown account in part of the line", [seen(), seen(submitter="S-9")], 100, kind="sublet")),
    ("S204", Example("99 by it", [seen(), seen(submitter="S-9", messages=99)], 99, kind="other")),
    ("S204", Example("more than four fifths by it", [seen(messages=24), seen(submitter="S-9")], 100, kind="other")),
    ("S204", Example("unknown and on two of four days", [on(day) for day in range(4)] + [on(day, submitter="S-9") for day in (2, 3)], 200, kind="other")),
    ("S204", Example("ten by each of one enterprise's two accounts", [seen(submitter="S-STRANGER", messages=10), seen(submitter="S-OTHER", messages=10)], 20, kind="sublet", registry={"submitters": [account("S-STRANGER", STRANGER), account("S-OTHER", STRANGER)]})),
    ("S204", Example("a protected name without a permit there", [seen(submitter="S-9", messages=20)], 20, kind="impersonation", registry=GUARDED | {"permits": []})),
    ("S204", Example("with one it is somebody's account", [seen(submitter="S-9", messages=20)], 20, kind="other", registry=GUARDED)),
    ("S204", Example("the holder's account", GOOD, 0, applied=100)),
    ("S204", Example("a declared agent's account", [seen(submitter="S-STRANGER")], 0, registry={"delegations": [hop(CODE, STRANGER)]})),
    ("S204", Example("an account that nobody knows", [seen(submitter="S-9")], 100)),
    ("S204", Example("a gateway that names no account is not judged", [seen(submitter="", missing=1)], 0, applied=0)),
    ("S204", Example("an account of that gateway only", [seen(submitter="S-G2")], 100, registry={"submitters": [account("S-G2", HOLDER, gateway="G2")]})),
    ("S208", Example("the hop ended a week before", GOOD, 100, registry=lost(at(10) - 7 * 86_400_000), kind="sublet")),
    ("S208", Example("a little less is a late renewal", GOOD, 0, applied=100, registry=lost(at(10) - 7 * 86_400_000 + 1))),
    ("S208", Example("the hop ended within the days looked at", [on(n, messages=10) for n in range(10)], 20, registry={"delegations": [hop(PORT, USER, valid_until=at(10, dt.date(2026, 3, 3)))]}, kind="sublet")),
    ("S208", Example("and was renewed", [on(n, messages=10) for n in range(10)], 0, applied=100, registry={"delegations": [hop(PORT, USER, valid_until=at(10, dt.date(2026, 3, 3))), hop(PORT, USER, valid_from=at(9, dt.date(2026, 3, 8)))]})),
    *near("S208", lambda count: [seen(messages=count)], 10, registry=lost(0)),
    ("S208", Example("another hop is in force", GOOD, 0, applied=100, registry=lost(0) | {"delegations": [hop(PORT, USER)]})),
    ("S208", Example("a hop to the owner", GOOD, 0, registry=lost(0) | {"delegations": [hop(PORT, KIN)], "permits": [permit(owner=KIN)]})),
    ("S208", Example("a customer whom the permit alone declares", GOOD, 0, registry={"delegations": []})),
    ("S208", Example("the holder's own number", GOOD, 100, registry={"delegations": [], "ports": OWN}, kind="sublet")),
    ("S208", Example("its own number", GOOD, 0, registry={"delegations": [], "ports": [port_row(CODE), port_row(PORT, use="own", holder=USER)]})),
    ("S208", Example("a sister's own number", GOOD, 100, registry={"delegations": [], "ports": OWN, "relations": TIES}, kind="other")),
    ("S208", Example("a signature without a permit", stranger(100), 0, applied=0, registry=lost(0))),
    ("S106", Example("grown into a trade of its own licence", [seen(), grown(20)], 20, kind="scope_expansion")),
    ("S106", Example("19 are a trial", [seen(), grown(19)], 0)),
    ("S106", Example("of a licensed trade a hundredth of the line is enough", [seen(messages=1980), grown(20)], 20)),
    ("S106", Example("less is a trial", [seen(messages=1981), grown(20)], 0)),
    *[("S106", Example(f"another name of the owner {told}", [seen(), seen(signature="甲信用卡", messages=count)], hit, registry={"permits": [AGENCY], "letters": [letter(), *more], "signatures": [owned("甲银行", USER), owned("甲信用卡", USER)]}, **({"kind": "scope_expansion"} if hit else {}))) for told, count, more, hit in (("than the letter lists", 20, [], 20), ("19 times", 19, [], 0), ("that a letter to the holder lists", 20, [letter(letter="L2", applicant=HOLDER, listed="甲信用卡")], 0))],
    ("S106", Example("the owner's own use of another name", [seen(), seen(signature="甲信用卡")], 0, registry={"letters": [letter()], "signatures": [owned("甲银行", USER), owned("甲信用卡", USER)]})),
    ("S106", Example("so is one a day", [seen(), *[grown(1, day=DAY + dt.timedelta(days=n)) for n in range(20)]], 0)),
    ("S106", Example("in the old trade 30 and a tenth of the line are enough", [seen(messages=270), grown(30, "甲银行生活", NOTICE)], 30)),
    ("S106", Example("less is a name to be filed", [seen(messages=271), grown(30, "甲银行生活", NOTICE)], 0)),
    ("S106", Example("fewer than 30 too", [seen(), grown(29, "甲银行生活", NOTICE)], 0)),
    ("S106", Example("and what is seen on two days of three", [on(0), on(1), on(2), *(grown(90, "甲银行生活", NOTICE) | on(day, signature="甲银行生活", messages=40) for day in (1, 2))], 0)),
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
    ("S108", Example("eight names, once each", rotating(8, 1), 8, kind="sublet")),
    ("S108", Example("less than one in two hundred", [*GOOD, seen(messages=1493), *rotating(8, 1)], 0)),
    ("S108", Example("one in two hundred", [*GOOD, seen(messages=1492), *rotating(8, 1)], 8)),
    ("S108", Example("seven, once each", rotating(7, 1), 0)),
    ("S108", Example("names that stay do not rotate", [seen(signature=f"名{name}", day=DAY + dt.timedelta(days=n)) for name in range(4) for n in range(4)], 0)),
    ("S108", Example("by a strange account a sender may be forged", [each | {"submitter": "S-9"} for each in rotating(4, 9)], 0, applied=36)),
    ("S108", Example("four slips of the customer's name, with a sixth of the line", [*GOOD, *slips(4)], 20, kind="sublet")),
    ("S108", Example("three slips", [*GOOD, *slips(3, 10)], 0)),
    ("S108", Example("less than a twentieth of the line", [seen(messages=381), *slips(4)], 0)),
    ("S108", Example("a twentieth", [seen(messages=380), *slips(4)], 20)),
    ("S108", Example("slips by a strange account may be forged", [*GOOD, *(each | {"submitter": "S-9"} for each in slips(4))], 0)),
    ("S108", Example("permitted ones", GOOD, 0, applied=0)),
    ("S110", Example("two names that stay", staying(2), 10, kind="sublet")),
    ("S110", Example("one may be a customer in a hurry", staying(1), 0, applied=5)),
    ("S110", Example("one that stays among others", [*GOOD, *lodging(40)], 40, kind="sublet")),
    ("S110", Example("one that passes for a protected name is another rule's", [*GOOD, *lodging(40)], 0, registry={"guarded": [{"folded": "吴名", "owner": STRANGER, "official": False}]})),
    ("S110", Example("39 may be a customer in a hurry", [*GOOD, *lodging(39)], 0)),
    ("S110", Example("and so may two days", [*GOOD, *(on(day, signature="无名", messages=20) for day in (0, 1))], 0)),
    ("S110", Example("on two numbers of one holder", [*GOOD, seen(port=OTHER), *lodging(20), *lodging(20, OTHER)], 40, registry={"permits": [permit(), permit(permit="P2", digits=OTHER)]})),
    ("S110", Example("below two holders it is a title", [*GOOD, seen(port=OTHER), *lodging(40), *lodging(40, OTHER)], 0, registry={"permits": [permit(), permit(permit="P2", digits=OTHER)], "ports": [port_row(CODE, signing="shared"), port_row(PORT), port_row(OTHER, holder=STRANGER)]})),
    ("S110", Example("where nobody has a permit it is a new customer", lodging(40), 0, registry={"permits": []})),
    ("S110", Example("four messages of one are a trial", [*staying(1), *staying(1, "店", 2)], 0, applied=9)),
    ("S110", Example("and so is one day", [seen(signature=f"名{name}") for name in range(2)], 0, applied=200)),
    ("S110", Example("by a strange account a sender may be forged", [each | {"submitter": "S-9"} for each in staying(2)], 0, applied=10)),
    ("S110", Example("slips of the permitted name", [*GOOD, *(each | {"day": day} for day in DAYS for each in slips(4))], 0)),
    ("S110", Example("somebody's are other rules'", [on(day, signature=name) for day in (0, 1) for name in ("乙商城", "名1")], 0)),
    ("S110", Example("three on three numbers without a permit", apart(3), 15, kind="sublet")),
    ("S110", Example("two on two of them", apart(2), 0)),
    ("S110", Example("a service number is the carrier's", [each | {"port": "1008611"} for each in staying(2)], 0, applied=0, registry={"ports": [port_row("10086")]})),
    ("S110", Example("permitted ones", GOOD, 0, applied=0)),
    ("S109", Example("20 with a strange link", UNNAMED, 20, said=[says("x.cn", 20, signature="无名")], kind="sublet")),
    ("S109", Example("19", UNNAMED, 0, said=[says("x.cn", 19, signature="无名")], applied=20)),
    ("S109", Example("less than a fifth of them", [seen(), seen(signature="无名", messages=101)], 0, said=[says("x.cn", 20, signature="无名")])),
    ("S109", Example("a fifth", [seen(), seen(signature="无名", messages=100)], 100, said=[says("x.cn", 20, signature="无名")])),
    ("S109", Example("the customer's own link", UNNAMED, 0, said=[says("x.cn", 20, signature="无名")], registry={"values": [declares("x.cn")]})),
    ("S109", Example("an unregistered insurer a character from a protected one", [seen(), seen(signature="无名人寿", messages=20)], 20, said=[says("x.cn", 20, signature="无名人寿")], kind="impersonation", registry={"guarded": [{"folded": "有名人寿", "owner": STRANGER, "official": False}]})),
    ("S109", Example("a shop a character from a protected one", [seen(), seen(signature="无名商城", messages=20)], 20, said=[says("x.cn", 20, signature="无名商城")], kind="sublet", registry={"guarded": [{"folded": "有名商城", "owner": STRANGER, "official": False}]})),
    ("S109", Example("an unregistered insurer like none", [seen(), seen(signature="无名人寿", messages=20)], 20, said=[says("x.cn", 20, signature="无名人寿")], kind="sublet", registry={"guarded": [{"folded": "大地财险", "owner": STRANGER, "official": False}]})),
    ("S109", Example("a second name of which it's not sure that it signs", [seen(), seen(signature="无名", read="ambiguous", messages=20)], 20, said=[says("x.cn", 20, signature="无名")], kind="sublet")),
    ("S109", Example("that is registered", [seen(), seen(signature="乙商城", read="ambiguous", messages=20)], 0, said=[says("x.cn", 20, signature="乙商城")])),
    ("S111", Example("20 with a strange link", UNSIGNED, 20, applied=20, said=[says("x.cn", 20, signature="")])),
    ("S111", Example("19", UNSIGNED, 0, applied=20, said=[says("x.cn", 19, signature="")])),
    ("S111", Example("less than a fifth of them", [seen(signature="", read="absent", messages=101)], 0, said=[says("x.cn", 20, signature="")])),
    ("S111", Example("the customer's own link", UNSIGNED, 0, said=[says("x.cn", 20, signature="")], registry={"values": [declares("x.cn")]})),
    ("S111", Example("by an account of a stranger", [each | {"submitter": "S-STRANGER"} for each in UNSIGNED], 0, said=[says("x.cn", 20, signature="")])),
    ("S111", Example("a part without its signature", [seen(signature="", read="part_missing")], 0, applied=0, said=[says("x.cn", 20, signature="")])),
    ("S109", Example("that is a protected one of a stranger", DOUBLY, 20, said=[says("x.cn", 20, signature="乙商城")], kind="impersonation", registry=PROTECTED)),
    ("S109", Example("that is a protected one of a party", DOUBLY, 0, said=[says("x.cn", 20, signature="乙商城")], registry={"guarded": [{"folded": "乙商城", "owner": USER, "official": False}], "signatures": [owned("乙商城", USER)]})),
    ("S109", Example("registered names", GOOD, 0, applied=0)),
    ("S205", Example("a giver who was given nothing", GOOD, 100, registry={"delegations": [hop(PORT, USER, from_enterprise=KIN)]}, kind="sublet")),
    ("S205", Example("an agent who was given nothing, behind it a permit on the exact number", GOOD, 100, registry={"delegations": [hop(CODE, KIN, role="agent", from_enterprise=STRANGER)]})),
    ("S205", Example("a permit on the exact number declares the last step below an agent", GOOD, 0, applied=100, registry={"delegations": [hop(CODE, KIN, role="agent")]})),
    *[("S205", Example(f"but not where {told} of twenty such permits stands without a hop", rented(20), hit, registry=customers(20) | {"delegations": [hop(CODE, KIN, role="agent"), *(hop(f"{CODE}2{place}", f"E{place}", from_enterprise=KIN) for place in range(20 - bare))]})) for told, bare, hit in (("one", 1, 100), ("two", 2, 0))],
    ("S205", Example("below the second of two agents too", GOOD, 0, applied=100, registry={"delegations": [hop(CODE, STRANGER, role="agent"), hop(CODE, KIN, role="integrator", from_enterprise=STRANGER)]})),
    ("S205", Example("but not where a hop on the very number leads to somebody else", GOOD, 100, registry={"delegations": [hop(CODE, STRANGER, role="agent"), hop(PORT, KIN, role="agent", from_enterprise=STRANGER)]}, kind="sublet")),
    ("S205", Example("a range below an agent needs its hop", GOOD, 100, registry={"delegations": [hop(CODE, KIN, role="integrator")], "permits": [permit(exact=False)]}, kind="sublet")),
    ("S205", Example("and has it", GOOD, 0, applied=100, registry={"delegations": [hop(CODE, KIN, role="agent"), hop(PORT, USER, from_enterprise=KIN)], "permits": [permit(exact=False)]})),
    ("S205", Example("a customer of the agent hands in for another", [seen(submitter="S-STRANGER")], 100, registry=RESOLD, kind="sublet")),
    ("S205", Example("or passes on for another", [seen(agent="S-STRANGER")], 100, registry=RESOLD)),
    ("S205", Example("for itself it may", [seen(submitter="S-STRANGER", signature="乙商城")], 0, applied=100, registry=RESOLD)),
    ("S205", Example("once the hop to it is declared it is an agent", [seen(submitter="S-STRANGER")], 0, applied=100, registry=RESOLD | {"delegations": [hop(CODE, KIN, role="agent"), hop(CODE, STRANGER, role="agent", from_enterprise=KIN)]})),
    ("S205", Example("a whole chain", GOOD, 0, applied=100, registry={"delegations": [hop(PORT, KIN, role="agent"), hop(PORT, USER, from_enterprise=KIN)]})),
    *near("S205", lambda count: [seen(messages=count)], 20, registry={"delegations": [hop(PORT, USER, from_enterprise=KIN)]}),
    *[("S205", Example(says, rented(20), hit, registry=customers(20) | {"delegations": [hop(f"{CODE}2{place}", f"E{place}", from_enterprise=KIN if place in broken else HOLDER) for place in range(20)]})) for says, broken, hit in (("one of twenty chains", (3,), 100), ("two are the registry's gap", (3, 4), 0))],
    ("S205", Example("no chain", GOOD, 0, applied=0, registry={"delegations": []})),
    *near("S206", lambda count: [seen(agent="S-STRANGER", messages=count)], 20),
    ("S206", Example("eight over three days are enough", [on(0, agent="S-STRANGER", messages=3), on(1, agent="S-STRANGER", messages=3), on(2, agent="S-STRANGER", messages=2)], 8)),
    ("S206", Example("over two they are not", [on(0, agent="S-STRANGER", messages=4), on(1, agent="S-STRANGER", messages=4)], 0)),
    ("S206", Example("nor seven over three", [on(0, agent="S-STRANGER", messages=3), on(1, agent="S-STRANGER", messages=3), on(2, agent="S-STRANGER", messages=1)], 0)),
    ("S206", Example("an agent of the chain", [seen(agent="S-STRANGER")], 0, applied=100, registry={"delegations": [hop(PORT, USER), hop(PORT, STRANGER)]})),
    ("S206", Example("an account that nobody knows", [seen(agent="77")], 0, applied=0)),
    ("S207", Example("five numbers", fanned(5, 4), 20, kind="other")),
    ("S207", Example("four", fanned(4, 5), 0, applied=20)),
    ("S207", Example("19 messages", fanned(5, 3), 0)),
    ("S207", Example("a permitted range", fanned(5, 4), 0, registry={"permits": [permit(exact=False)]})),
    ("S207", Example("the number itself", GOOD, 0, applied=0)),
]  # fmt: skip
