"""Telling the enterprise that answers for it of a finding, and until when it is to answer."""

from registry.detection.model import Finding
from registry.kernel.due import last_day
from registry.kernel.sentence import Sentence
from registry.notices import service as notices

_SAID = Sentence(
    "疑似问题 {key} 需要贵司说明，请最迟于 {due} 答复", "You are asked about finding {key}: answer by {due}"
)
_FIX = Sentence("登录后答复，并附上证明材料", "answer after log-in, with the papers that show it")


def tell_of(finding: Finding, text: str) -> None:
    """Tell of a finding that staff notified; the rule and its sentence are the reason."""
    if not finding.enterprise:
        return
    due = last_day(finding.due_at) if finding.due_at else ""
    found = Sentence(finding.summary_zh, finding.summary_en)
    notices.tell(
        "finding.notified",
        ("finding", finding.key),
        _SAID.about(key=finding.key, due=due),
        enterprise=finding.enterprise,
        reasons=[notices.reason(finding.rule, found, _FIX, field="port", comment=text)],
        payload={
            "finding": finding.key,
            "due_at": finding.due_at,
            "port": finding.port,
            "signature": finding.signature,
            "first_day": finding.first_day,
            "last_day": finding.last_day,
            "messages": finding.messages,
        },
    )
