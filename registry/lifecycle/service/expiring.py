"""Telling what ends soon: at 30, 15 and 2 days, each thing once for each of them, grouped by whom it concerns."""

import datetime as dt
from collections import defaultdict

from sqlalchemy.dialects.postgresql import insert

from registry.kernel import clock
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.lifecycle import policy, queries
from registry.lifecycle.model import ExpiryTold
from registry.lifecycle.queries import Ending
from registry.notices import service as notices
from registry.store import unit_of_work

MOST_LISTED = 200  # things in one notice; the others are counted
_WORDS = {
    "permit": Sentence("许可", "permit"),
    "letter": Sentence("授权委托书", "letter"),
    "signature": Sentence("签名", "signature"),
    "delegation": Sentence("授权使用", "delegation"),
    "port": Sentence("端口", "port"),
    "paper": Sentence("材料", "paper"),
    "licence": Sentence("许可证", "licence"),
}
_MANY = Sentence("贵司有 {count} 项登记即将到期", "{count} entries of yours are about to expire")
_USED = Sentence("，其中 {used} 项仍在使用", ", {used} of them still seen in use")
_ONE = Sentence(
    "{what} {label}（{key}）将于 {day} 到期，剩余 {left} 天", "{what} {label} ({key}) ends on {day}, in {left} days"
)
_STILL = Sentence("，{seen} 仍有使用", ", yet was seen in use on {seen}")
_FIX = Sentence(
    "如需继续使用，请在到期前续期；已上传的材料无需重交", "renew it before that day; papers on file need not come again"
)
_RENEW = Sentence("请上传新的有效材料", "upload one that is valid longer")


def tell_of_endings() -> int:
    """Tell every enterprise what of its things ends soon and was not told for this span; answers how many were told.

    Safe to run twice, also at once: whichever run notes a thing first tells of it.
    """
    tiers = [int(each) for each in provisions.words("permits.expiry_notice", clock.today())]
    found: dict[str, list[tuple[Ending, int]]] = defaultdict(list)
    for each in queries.ending(dt.timedelta(days=max(tiers) + 1)):
        due = policy.tier(each.days_left, tiers)
        for enterprise in each.enterprises if due is not None else ():
            found[enterprise].append((each, due or 0))
    return sum(_tell(enterprise, endings) for enterprise, endings in sorted(found.items()))


def _tell(enterprise: str, endings: list[tuple[Ending, int]]) -> bool:
    with unit_of_work():
        new = [(each, due) for each, due in endings if _note(enterprise, each, due)]
        if not new:
            return False
        things = [each for each, _due in new]
        used = sum(each.in_use for each in things)
        said = _MANY.about(count=len(things))
        more = _USED.about(used=used) if used else Sentence("", "")
        first = things[0]
        notices.tell(
            "expiry.near",
            (first.what.value, first.key) if len(things) == 1 else ("enterprise", enterprise),
            Sentence(said.zh + more.zh, said.en + more.en),
            enterprise=enterprise,
            reasons=[_reason(each, due) for each, due in new[:MOST_LISTED]],
            payload={"items": [_item(each, due) for each, due in new[:MOST_LISTED]], "count": len(new)},
        )
    return True


def _note(enterprise: str, each: Ending, due: int) -> bool:
    row = {
        "what": each.what,
        "key": each.key,
        "ends_on": clock.local_day(each.ends_at),
        "days_before": due,
        "enterprise": enterprise,
        "told_at": clock.now(),
    }
    with unit_of_work() as session:
        added = insert(ExpiryTold).values(row).on_conflict_do_nothing().returning(ExpiryTold.key)
        return session.scalar(added) is not None


def _reason(each: Ending, due: int) -> dict[str, object]:
    what = _WORDS[each.what.value]
    day, left = clock.local_day(each.ends_at), each.days_left
    said = Sentence(
        _ONE.zh.format(what=what.zh, label=each.label, key=each.key, day=day, left=left),
        _ONE.en.format(what=what.en, label=each.label, key=each.key, day=day, left=left),
    )
    if each.in_use:
        still = _STILL.about(seen=each.last_seen)
        said = Sentence(said.zh + still.zh, said.en + still.en)
    fix = _RENEW if each.what.value in ("paper", "licence") else _FIX
    return notices.reason(f"EXPIRES_IN_{due}_DAYS", said, fix, field=each.what.value)


def _item(each: Ending, due: int) -> dict[str, object]:
    return {
        "kind": each.what.value,
        "key": each.key,
        "label": each.label,
        "ends_at": each.ends_at.isoformat(),
        "days_before": due,
        "in_use": each.in_use,
        "last_seen": each.last_seen.isoformat() if each.last_seen else None,
    }
