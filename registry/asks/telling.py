"""Telling an enterprise which original is asked for, and until when."""

from registry.asks.model import Ask
from registry.detection.proof import SENTENCES
from registry.kernel.due import last_day
from registry.kernel.sentence import Sentence
from registry.notices import service as notices

_ASKED = Sentence("请最迟于 {due} 提供原件 {key}", "Hand over an original by {due}: {key}")
_REMINDED = Sentence(
    "第{count}次提醒：请最迟于 {due} 提供原件 {key}", "Reminder {count}: hand over an original by {due}: {key}"
)
_WHAT = Sentence("用于说明：{zh}", "it is to show: {en}")
_FIX = Sentence("登录后上传原件扫描件，或说明不提供的原因", "log in and upload a scan of it, or say why you do not")


def tell_of(ask: Ask, text: str) -> None:
    """Tell of what was asked, asked again, or not handed over yet."""
    due = last_day(ask.due_at)
    said = (_REMINDED if ask.reminders else _ASKED).about(key=ask.key, due=due, count=ask.reminders)
    element = SENTENCES[ask.element]
    reason = notices.reason(ask.element.value, _WHAT.about(zh=element.zh, en=element.en), _FIX, comment=text)
    notices.tell(
        "finding.original_asked",
        ("ask", ask.key),
        said,
        enterprise=ask.enterprise,
        reasons=[reason],
        payload={"ask": ask.key, "what": ask.what, "due_at": ask.due_at, "reminders": ask.reminders},
    )
