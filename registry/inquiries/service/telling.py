"""Who is told what of an inquiry: the owner what it is asked, applicant and staff what it said."""

from typing import Any

from registry.enterprises.queries import names_of
from registry.inquiries.model import Inquiry
from registry.inquiries.workflow import ASK, InquiryState
from registry.kernel import clock
from registry.kernel.sentence import Sentence
from registry.notices import service as notices

MOST_NAMED = 5  # signatures in one sentence
_ASKED = Sentence(
    "{applicant} 提交授权委托书，拟以贵司签名 {names} 发送短信：请确认或否认",
    "{applicant} filed a letter by which it may send under your names {names}: confirm or deny it",
)
_LINK = Sentence(
    "可用一次性链接查看并变更以贵司签名发送短信的授权",
    "See and change who may send under your names by a one-time link",
)
NOT_REACHABLE = Sentence(
    "授权委托书的签名所有人 {owner} 没有账户：请另行查找其联系地址",
    "{owner}, the owner in a letter, has no log-in: find an address of it elsewhere",
)
NOT_ANSWERED = Sentence(
    "{owner} 未在期限内答复关于授权委托书的询问", "{owner} did not answer in time what it was asked about a letter"
)
_SAID = {
    InquiryState.CONFIRMED: Sentence(
        "{owner} 已确认给 {applicant} 的授权委托书", "{owner} confirmed the letter for {applicant}"
    ),
    InquiryState.DENIED: Sentence(
        "{owner} 否认给 {applicant} 的授权委托书", "{owner} denied the letter for {applicant}"
    ),
    InquiryState.REVOKED: Sentence(
        "{owner} 已撤销给 {applicant} 的授权委托书", "{owner} revoked the letter for {applicant}"
    ),
}
_WHY = Sentence("签名所有人的答复高于书面授权", "the owner's own word is worth more than the paper")
_STOP = Sentence("停止以该签名发送，并与签名所有人澄清", "stop sending under this name and settle it with the owner")
_LOOK = Sentence("核查依据该委托书的许可和报备", "look at the permits and filings that rest on it")
_ANSWER = Sentence("在“委托书”页面或通过一次性链接答复", "answer on the page of letters, or by the one-time link")


def tell_owner(row: Inquiry, *, enterprise: str | None = None, address: str | None = None, link: str = "") -> None:
    """Ask, in the words of whoever has to answer."""
    reason = notices.reason("LETTER_FILED", _WHY, _ANSWER, field="letter")
    notices.tell(
        "letter.asked",
        ("inquiry", row.key),
        _filled(_ASKED, row),
        enterprise=enterprise,
        address=address,
        link=link,
        reasons=[reason],
        payload=_content(row) | {"answer_by": row.expires_at},
    )


def tell_of_link(owner: str, address: str, link: str) -> None:
    """A new link for whoever asked for one."""
    notices.tell("letter.link", ("enterprise", owner), _LINK, address=address, link=link)


def tell_of_answer(row: Inquiry, permits: list[str]) -> None:
    """Tell applicant and staff what the owner said; of a no also what rests on the letter."""
    said, content = _filled(_SAID[row.state], row), _content(row) | {"permits": permits}
    no = row.state is not InquiryState.CONFIRMED
    code = f"OWNER_{row.state.upper()}"
    for to, fix in (({"enterprise": row.applicant}, _STOP), ({"office": "", "needs": ASK}, _LOOK)):
        reasons = [notices.reason(code, said, fix, field="letter", comment=row.reason)] if no else []
        who: dict[str, Any] = dict(to)
        notices.tell(f"letter.{row.state}", ("inquiry", row.key), said, reasons=reasons, payload=content, **who)


def tell_staff(row: Inquiry, event: str, said: Sentence) -> None:
    """A question to whoever may ask owners."""
    notices.tell(event, ("inquiry", row.key), _filled(said, row), office="", needs=ASK, payload=_content(row))


def _filled(said: Sentence, row: Inquiry) -> Sentence:
    names = names_of([row.owner, row.applicant])
    listed = "".join(f"【{each}】" for each in row.signatures[:MOST_NAMED])
    more = "…" if len(row.signatures) > MOST_NAMED else ""
    parties = {"owner": names.get(row.owner, row.owner), "applicant": names.get(row.applicant, row.applicant)}
    return said.about(names=listed + more, **parties)


def _content(row: Inquiry) -> dict[str, Any]:
    until = clock.write_moment(row.until) if row.until else None
    parties = {"owner": row.owner, "applicant": row.applicant, "signatures": row.signatures, "until": until}
    return {"inquiry": row.key, "letter": row.letter, "filing": row.filing, **parties}
