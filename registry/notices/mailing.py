"""Notices by mail: plain text in the reader's language, through the SMTP server of the settings."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from registry import settings
from registry.kernel import clock
from registry.kernel.sentence import Sentence
from registry.notices.model import Notice
from registry.notices.outcome import Outcome, failed

PATIENCE = 15.0  # seconds
FINAL = range(500, 600)  # by RFC 5321: the same again is refused again
_SUBJECT = Sentence("【短信端口登记】{said}", "[SMS registry] {said}")
_FIX = Sentence("处理办法：{fix}", "What to do: {fix}")
_LINK = Sentence("请打开一次性链接：{link}", "Open this link, which works once: {link}")
_MORE = Sentence("详情请登录查看：{link}", "More after log-in: {link}")
_END = Sentence(
    "这是系统自动发出的邮件。登录后可在“通知”页关闭邮件通知。",
    "Sent by the registry itself. After log-in, mail can be switched off on the page of notices.",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to be sent."""

    to: str
    subject: str
    text: str
    key: str

    def __call__(self) -> Outcome:
        """Hand it to the SMTP server. What it refuses for good is not tried again."""
        try:
            with _server() as (server, mail):
                server.send_message(self._message(mail.sender))
        except smtplib.SMTPRecipientsRefused as refusal:
            status, said = next(iter(refusal.recipients.values()))
            return failed(_plain(said), status, final=status in FINAL)
        except smtplib.SMTPResponseException as refusal:
            return failed(_plain(refusal.smtp_error), refusal.smtp_code, final=refusal.smtp_code in FINAL)
        except (OSError, smtplib.SMTPException) as error:
            return failed(f"{type(error).__name__}: {error}")
        return Outcome(arrived=True, status=250)

    def _message(self, sender: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, self.to, self.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = make_msgid(self.key, sender.rpartition("@")[2].strip("> ") or "registry")
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: out-of-office answers stay away
        message.set_content(self.text)
        return message


def letter(notice: Notice, to: str, language: str, link: str = "") -> Letter:
    """A notice as a mail: what happened, every reason with what mends it, and where to read more."""
    said = Sentence(**notice.sentence).said(language)
    lines = [said, "", *(line for each in notice.payload.get("reasons", ()) for line in _reason(each, language))]
    if link:
        lines += [_LINK.about(link=link).said(language), ""]
    base = settings.current().base_url
    if base and not notice.recipient.startswith("address:"):
        lines += [_MORE.about(link=f"{base}/notices/{notice.key}").said(language), ""]
    if not notice.recipient.startswith("address:"):
        lines.append(_END.said(language))
    subject = " ".join(_SUBJECT.about(said=said).said(language).split())
    return Letter(to, subject[:200], "\n".join(lines), notice.key)


def _reason(each: dict[str, object], language: str) -> Iterator[str]:
    reason, fix = (_both(each.get(name)).said(language) for name in ("reason", "fix"))
    field = f" ({each['field']})" if each.get("field") else ""
    yield f"- {reason}{field} [{each.get('code', '')}]"
    if fix:
        yield f"  {_FIX.about(fix=fix).said(language)}"
    if each.get("comment"):
        yield f"  {each['comment']}"
    yield ""


def _both(value: object) -> Sentence:
    found = value if isinstance(value, dict) else {}
    return Sentence(str(found.get("zh", "")), str(found.get("en", "")))


@contextmanager
def _server() -> Iterator[tuple[smtplib.SMTP, settings.Mail]]:
    mail = settings.current().mail
    if mail is None:
        raise OSError("no SMTP server is set")
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, timeout=PATIENCE, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE)
    with server:
        if mail.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if mail.user:
            server.login(mail.user, mail.password)
        yield server, mail


def _plain(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
