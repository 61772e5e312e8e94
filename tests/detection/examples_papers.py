"""Examples of the rules about letters, complaints and what hangs together."""

from typing import Any

from tests.detection.scenes import (
    AGENCY,
    COMPLAINED_OF,
    ELSEWHERE,
    GOOD,
    SIX_DAYS,
    Example,
    by_one_account,
    complained,
    customers,
    everybody,
    lettered,
    near,
    rented,
    rented_words,
    stranger,
)
from tests.detection.worlds import (
    CODE,
    DAY,
    HOLDER,
    KIN,
    OTHER,
    PERIOD,
    PORT,
    STRANGER,
    USER,
    at,
    hop,
    letter,
    permit,
    seen,
)

UNCONFIRMED = lettered(confirmed=False) | {"delegations": [hop(PORT, KIN)]}


def by_letter(count: int, asked: int) -> dict[str, list[dict[str, Any]]]:
    """As many customers through one agency, each by a letter of its own; so many owners have confirmed theirs."""
    made = customers(count)
    permits = [each | {"user": KIN, "permit_letter": f"L{place}"} for place, each in enumerate(made["permits"])]
    letters = [
        letter(letter=f"L{place}", letter_owner=f"E{place}", listed=f"客{place}", confirmed=place < asked)
        for place in range(count)
    ]
    return made | {"permits": permits, "letters": letters}


EXAMPLES: list[tuple[str, Example]] = [
    *near("S401", lambda count: [seen(messages=count)], 10, registry=lettered(denied=True)),
    ("S401", Example("a letter that stands", GOOD, 0, applied=100, registry=lettered())),
    ("S401", Example("denied beside one that stands", GOOD, 0, registry={"permits": [AGENCY], "letters": [letter(denied=True), letter(letter="L2")]})),
    ("S401", Example("denied over a hop", GOOD, 100, registry={"delegations": [hop(PORT, USER, hop_letter="L1")], "letters": [letter(denied=True)]}, kind="sublet")),
    ("S401", Example("no letter", GOOD, 0, applied=0)),
    ("S401", Example("beside an earlier one for the same name", GOOD, 100, registry={"permits": [AGENCY], "letters": [letter(denied=True, valid_from=at(1)), letter(letter="L2")]}, kind="sublet")),
    ("S401", Example("beside a later one", GOOD, 0, registry={"permits": [AGENCY], "letters": [letter(denied=True, valid_from=at(1)), letter(letter="L2", valid_from=at(2))]})),
    ("S402", Example("ended three weeks before", GOOD, 100, registry=lettered(valid_until=at(10) - 21 * 86_400_000), kind="sublet")),
    ("S402", Example("the hop's letter is no reason", GOOD, 100, registry=lettered(valid_until=at(9) - 90 * 86_400_000) | {"delegations": [hop(PORT, USER, hop_letter="L2")], "letters": [letter(valid_until=at(9) - 90 * 86_400_000), letter(letter="L2", applicant=HOLDER)]}, kind="sublet")),
    ("S402", Example("the hop's letter was renewed, the permit's was not", GOOD, 100, registry=lettered(valid_until=at(9) - 90 * 86_400_000) | {"delegations": [hop(PORT, USER, hop_letter="L2")], "letters": [letter(valid_until=at(9) - 90 * 86_400_000), letter(letter="L2", applicant=HOLDER, valid_until=at(9) - 90 * 86_400_000), letter(letter="L3", applicant=HOLDER)]}, kind="sublet")),
    ("S402", Example("ended a little less before", GOOD, 100, registry=lettered(valid_until=at(10) - 21 * 86_400_000 + 1), kind="unregistered")),
    ("S402", Example("renewed late", GOOD, 100, registry={"permits": [AGENCY], "letters": [letter(valid_until=at(10) - 90 * 86_400_000), letter(letter="L2", valid_from=at(12))]}, kind="unregistered")),
    *near("S402", lambda count: [seen(messages=count)], 10, registry=lettered(valid_until=at(9))),
    ("S402", Example("in force", GOOD, 0, applied=100, registry=lettered())),
    ("S402", Example("no letter", GOOD, 0, applied=0)),
    ("S403", Example("another name of the owner", GOOD, 100, registry=lettered(listed="甲信用卡"), kind="sublet")),
    ("S403", Example("another name, though an earlier letter lists it", GOOD, 100, registry={"permits": [AGENCY], "letters": [letter(listed="甲信用卡", valid_from=at(1)), letter(letter="L2")]}, kind="sublet")),
    ("S403", Example("somebody else's letter", GOOD, 100, registry=lettered(letter_owner=STRANGER), kind="sublet")),
    *near("S403", lambda count: [seen(messages=count)], 10, registry=lettered(listed="甲信用卡")),
    ("S403", Example("it lists the name", GOOD, 0, applied=100, registry={"permits": [AGENCY], "letters": [letter(listed="甲信用卡"), letter()]})),
    ("S403", Example("a letter to somebody else", GOOD, 100, registry=lettered(applicant=STRANGER), kind="sublet")),
    ("S403", Example("to the holder of the number", GOOD, 0, applied=100, registry=lettered(applicant=HOLDER))),
    ("S403", Example("and another to the user", GOOD, 0, applied=100, registry={"permits": [AGENCY], "letters": [letter(applicant=STRANGER), letter(letter="L2")]})),
    ("S403", Example("no letter", GOOD, 0, applied=0)),
    *near("S404", lambda count: [seen(messages=count)], 10, registry=UNCONFIRMED),
    ("S404", Example("a confirmed letter", GOOD, 0, applied=100, registry=lettered() | {"delegations": [hop(PORT, KIN)]})),
    ("S404", Example("a confirmed one beside it", GOOD, 0, registry=UNCONFIRMED | {"letters": [letter(confirmed=False), letter(letter="L2")]})),
    ("S404", Example("a hop to the owner", GOOD, 0, applied=100, registry=UNCONFIRMED | {"delegations": [hop(PORT, USER)]})),
    ("S404", Example("a hop to the owner that rests on the same letter", GOOD, 100, registry=UNCONFIRMED | {"delegations": [hop(PORT, USER, hop_letter="L1")]})),
    ("S404", Example("the owner uses its own permit", GOOD, 0, applied=100, registry=UNCONFIRMED | {"permits": [AGENCY, permit(permit="P2")]})),
    ("S404", Example("denied is another rule's", GOOD, 0, applied=100, registry=lettered(denied=True, confirmed=False) | {"delegations": [hop(PORT, KIN)]})),
    *[("S404", Example(says, rented(20), hit, registry=by_letter(20, asked))) for says, asked, hit in (("five of twenty letters", 15, 500), ("where six are unconfirmed nobody has asked yet", 14, 0))],
    ("S404", Example("no letter", GOOD, 0, applied=0)),
    ("S501", Example("three complaints at five times the rate", COMPLAINED_OF, 100, registry=complained(3))),
    ("S501", Example("two", COMPLAINED_OF, 0, applied=100, registry=complained(2))),
    ("S501", Example("a rate that is usual", [seen(), seen(port=OTHER, messages=400)], 0, registry=complained(3))),
    *[("S501", Example(f"3 complaints of {sent:,} messages", [seen(messages=sent)], hit, registry=complained(3))) for sent, hit in ((999_999, 0), (1_000_000, 1_000_000), (11_999_999, 11_999_999), (12_000_000, 0))],
    ("S501", Example("a rate that the provisions of the day bear", [seen(messages=1_000_000)], 0, registry=complained(3) | {"rates": [{"suspend": 3.0, "shut": 4.0}]})),
    ("S501", Example("nobody complained", GOOD, 0, applied=0)),
    ("S502", Example("five late ones", SIX_DAYS, 100, registry=complained(5, day=5))),
    ("S502", Example("four", SIX_DAYS, 0, applied=600, registry=complained(4, day=5))),
    ("S502", Example("less than four times the pace before", SIX_DAYS, 0, registry={"complained": complained(5, day=5)["complained"] + complained(3)["complained"]})),
    ("S502", Example("when complaints rise for all", SIX_DAYS + ELSEWHERE, 0, registry=everybody(9, of_others=40))),
    ("S502", Example("when it rises four times as much as all", SIX_DAYS + ELSEWHERE, 100, registry=everybody(40, of_others=40))),
    ("S502", Example("others with too few to tell", SIX_DAYS + ELSEWHERE, 100, registry=everybody(9, of_others=9))),
    ("S502", Example("five days", SIX_DAYS[:5], 0, registry=complained(5, day=4))),
    ("S502", Example("nobody complained", GOOD, 0, applied=0)),
    ("S601", Example("three customers with one strange link", rented(3), 15, said=rented_words(3, 5), registry=customers(3), kind="sublet")),
    ("S601", Example("two", rented(2), 0, applied=200, said=rented_words(2, 5), registry=customers(2))),
    ("S601", Example("four messages each are chance", rented(3), 0, said=rented_words(3, 4), registry=customers(3))),
    ("S601", Example("customers of one house", rented(3), 0, said=rented_words(3, 5), registry=customers(3) | {"relations": [{"one": "E0", "other": "E1"} | PERIOD]})),
    ("S601", Example("a shared host", rented(3), 0, said=rented_words(3, 5), registry=customers(3) | {"shared": [{"kind": "link", "value": "x.cn", "path": ""}]})),
    *[("S601", Example(f"a shared host with the path {path}", rented(3), hit, said=[each | {"value": f"x.cn{path}"} for each in rented_words(3, 5)], registry=customers(3) | {"shared": [{"kind": "link", "value": "x.cn", "path": ""}]})) for path, hit in (("/xFnEAx", 15), ("/double11", 0), ("/aBcd", 0))],
    ("S601", Example("three customers by one account outside their chains, on two days", by_one_account(3), 60, registry=customers(3), kind="sublet")),
    ("S601", Example("or passed on for it", by_one_account(3, "agent"), 60, registry=customers(3))),
    ("S601", Example("two by it", by_one_account(2), 0, registry=customers(2))),
    ("S601", Example("by it on one day", [each | {"day": DAY} for each in by_one_account(3)], 0, registry=customers(3))),
    ("S601", Example("by an account that nobody knows", [each | {"submitter": "S-9"} for each in by_one_account(3)], 0, registry=customers(3))),
    ("S601", Example("it belongs to the chain", by_one_account(3), 0, registry=customers(3) | {"delegations": [hop(CODE, STRANGER, role="agent")]})),
    ("S601", Example("one person acts for three whose links are nobody's", rented(3), 15, said=rented_words(3, 5, own=True), registry=customers(3, handler="H1"), kind="sublet")),
    ("S601", Example("links of nobody alone", rented(3), 0, said=rented_words(3, 5, own=True), registry=customers(3))),
    ("S601", Example("one person alone is another rule's", rented(3), 0, registry=customers(3, handler="H1"))),
    ("S601", Example("where most have undeclared links the registry lacks them", rented(20), 0, said=rented_words(20, 5, own=True), registry=customers(20, handler="H1"))),
    ("S601", Example("no permit", stranger(100), 0, applied=0)),
    ("S602", Example("two unrelated companies", rented(2), 200, registry=customers(2, handler="H1"), kind="other")),
    ("S602", Example("two of one house", rented(2), 0, registry=customers(2, handler="H1") | {"relations": [{"one": "E0", "other": "E1"} | PERIOD, {"one": "E1", "other": "E0"} | PERIOD]})),
    ("S602", Example("one company", rented(1), 0, applied=100, registry=customers(1, handler="H1"))),
    ("S602", Example("no handler is named", GOOD, 0, applied=0)),
]  # fmt: skip
