"""Whoever is limited is told: what, why, how to end it, which papers that needs, where to appeal.

Source of what has to be said: Anti Telecom Fraud Law (2022), Art 32(3).
"""

from registry.kernel import clock
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.law.calendar import add_working_days
from registry.measures.kinds import SENTENCES
from registry.measures.model import Measure
from registry.notices import service as notices

_SAID = {
    "notified": Sentence("拟对 {subject} 采取措施：{zh}", "A measure is intended upon {subject}: {en}"),
    "imposed": Sentence("对 {subject} 的措施已生效：{zh}", "A measure upon {subject} is in force: {en}"),
    "stayed": Sentence("对 {subject} 的措施在申诉期间暂停执行：{zh}", "The measure upon {subject} is put aside: {en}"),
    "resumed": Sentence("对 {subject} 的措施恢复执行：{zh}", "The measure upon {subject} counts again: {en}"),
    "lifted": Sentence("对 {subject} 的措施已解除：{zh}", "The measure upon {subject} was lifted: {en}"),
}


OPEN_TO_APPEAL = ("notified", "imposed")


def tell_of(measure: Measure, done: str, reason: str = "") -> None:
    """Tell the enterprise that answers for the subject what became of a measure; what is only proposed is not told."""
    if done not in _SAID or not measure.enterprise:
        return
    words = SENTENCES[measure.action]
    said = _SAID[done].about(subject=measure.subject, zh=words.zh, en=words.en)
    why = reason or measure.reason
    notices.tell(
        f"measure.{done}",
        ("measure", measure.key),
        said,
        enterprise=measure.enterprise,
        reasons=[
            notices.reason(
                measure.action.value.upper(),
                Sentence(why, why),
                Sentence(measure.remedy, measure.remedy),
                field=f"{measure.subject_kind}",
            )
        ],
        payload={
            "measure": measure.key,
            "action": measure.action,
            "subject_kind": measure.subject_kind,
            "subject": measure.subject,
            "limits": measure.limits,
            "materials": measure.materials,
            "appeal_channel": measure.appeal_channel,
            "appeal_by": _appeal_by() if done in OPEN_TO_APPEAL else "",
            "finding": measure.finding,
        },
    )


def _appeal_by() -> str:
    """The last day on which an appeal is heard."""
    today = clock.today()
    return add_working_days(today, provisions.integer("measures.appeal_due", today)).isoformat()
