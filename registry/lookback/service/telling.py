"""Telling holders that a look-back asks them: once for a run, and for an item that staff asks about by itself."""

from registry.kernel.due import last_day
from registry.kernel.sentence import Sentence
from registry.lookback.model import Item
from registry.notices import service as notices

_RUN = Sentence(
    "回头看 {run} 中有登记需要贵司说明，请最迟于 {due} 答复",
    "Look-back {run} has questions about entries of yours, to be answered by {due}",
)
_ITEM = Sentence(
    "回头看需要贵司说明：{label}，请最迟于 {due} 答复", "The look-back asks you about {label}: answer by {due}"
)
_FIX = Sentence("登录后逐项答复", "answer item by item after log-in")


def tell_of_run(item: Item) -> None:
    """Tell the holder of an item that its run has questions: once for run and holder, however many items there are."""
    due = last_day(item.due_at) if item.due_at else ""
    notices.tell(
        "lookback.asked",
        ("lookback_item", item.key),
        _RUN.about(run=item.run, due=due),
        enterprise=item.enterprise,
        payload={"run": item.run, "due_at": item.due_at},
        reasons=_reasons(item),
        once=f"lookback.asked {item.run} {item.enterprise}",
    )


def tell_of_item(item: Item, text: str) -> None:
    """Tell the holder what staff asks about one item, or that its answer is overdue."""
    due = last_day(item.due_at) if item.due_at else ""
    notices.tell(
        "lookback.reminded" if item.reminders else "lookback.asked",
        ("lookback_item", item.key),
        _ITEM.about(label=item.label, due=due),
        enterprise=item.enterprise,
        payload={"run": item.run, "item": item.key, "due_at": item.due_at, "text": text, "reminders": item.reminders},
        reasons=_reasons(item),
    )


def _fix(each: dict[str, str]) -> Sentence:
    return Sentence(each["fix_zh"], each["fix_en"]) if each.get("fix_zh") else _FIX


def _reasons(item: Item) -> list[dict[str, object]]:
    """Each reason as the item keeps it: what the holder is told to mend."""
    return [
        notices.reason(each["code"], Sentence(each["zh"], each["en"]), _fix(each), field=item.subject_kind)
        for each in item.reasons
    ]
