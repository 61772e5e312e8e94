"""Who is told what of a filing: the applicant of every decision, in full; staff of what waits for a second reviewer."""

from collections.abc import Iterable, Mapping
from typing import Any

from registry.enterprises.queries import names_of
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.queries.reviewing import is_planted
from registry.filings.reasons import BY_CODE
from registry.filings.workflow import State
from registry.kernel.clock import write_moment
from registry.kernel.sentence import Sentence
from registry.notices import service as notices
from registry.permits.model import Permit

_SAID = {
    State.PROPOSED: Sentence(
        "{applicant} 提交的报备 {key} 需要贵司确认", "{applicant} files {key}, which you are asked to accept"
    ),
    State.AWAITING_SECOND: Sentence(
        "报备 {key} 已通过初审，等待另一位审核人复核", "Filing {key} was endorsed and waits for a second reviewer"
    ),
    State.APPROVED: Sentence("报备 {key} 已批准", "Filing {key} was approved"),
    State.RETURNED: Sentence(
        "报备 {key} 已退回，请补正后重新提交", "Filing {key} was returned: mend it and hand it in again"
    ),
    State.REJECTED: Sentence("报备 {key} 未获批准", "Filing {key} was rejected"),
    State.CLOSED: Sentence("报备 {key} 逾期未补正，已关闭", "Filing {key} was not mended in time and is closed"),
}


def tell_of(filing: Filing, *, reasons: Iterable[Mapping[str, Any]] = (), comment: str = "") -> None:
    """Tell of the state that a filing has come to, with every coded reason, the field and what mends it."""
    said = _SAID.get(filing.state)
    if said is None or (filing.state is not State.AWAITING_SECOND and is_planted(filing)):
        return  # a company hears nothing of what it never filed
    notices.tell(
        f"filing.{filing.state}",
        ("filing", filing.key),
        said.about(key=filing.key, applicant=_applicant(filing)),
        **_to(filing),
        reasons=[_full(each) for each in reasons],
        payload=_content(filing, comment),
    )


_MANY = Sentence(
    "{applicant} 提交的 {many} 份报备需要贵司确认，第一份为 {key}",
    "{applicant} files {many} requests which you are asked to accept, the first is {key}",
)


def tell_of_many(filings: Iterable[Filing]) -> None:
    """Tell of many that were just handed in together: each company that must accept some of them hears it once."""
    asked: dict[str, list[Filing]] = {}
    for filing in filings:
        if filing.state is State.PROPOSED and filing.counterparty:
            asked.setdefault(filing.counterparty, []).append(filing)
    for company, some in asked.items():
        first = some[0]
        if len(some) == 1:
            tell_of(first)
            continue
        said = _MANY.about(applicant=_applicant(first), many=len(some), key=first.key)
        payload = _content(first, "") | {"filings": [each.key for each in some]}
        notices.tell("filing.proposed", ("filing", first.key), said, enterprise=company, payload=payload)


_COUNTS = {
    Kind.TEMPORARY_PERMIT: Sentence(
        "备用通道已先行开通：签名【{signature}】经端口 {port} 发送，至 {until} 止（报备 {key}，待审核）",
        "A backup channel was opened: {signature} on port {port} until {until} (filing {key} is looked at afterwards)",
    ),
    Kind.SCOPE_CHANGE: Sentence(
        "签名【{signature}】在端口 {port} 的许可范围已先行缩小（报备 {key}，待审核）",
        "The scope of {signature} on port {port} was narrowed (filing {key} is looked at afterwards)",
    ),
}


def tell_at_once(filing: Filing, permit: Permit, concerned: Iterable[str]) -> None:
    """Tell staff, and everybody concerned but the applicant, of what counts before anybody has decided on it."""
    until = write_moment(permit.valid_until) if permit.valid_until else ""
    said = _COUNTS[filing.kind].about(signature=permit.signature, port=permit.port, until=until, key=filing.key)
    others = [{"enterprise": code} for code in concerned if code != filing.applicant]
    to: list[dict[str, Any]] = [{"office": filing.office or "", "needs": "filing.decide"}, *others]
    for each in to:
        notices.tell("filing.at_once", ("filing", filing.key), said, **each, payload=_content(filing, ""))


def _applicant(filing: Filing) -> str:
    if filing.state is not State.PROPOSED:
        return filing.applicant
    return names_of([filing.applicant]).get(filing.applicant) or filing.applicant


def _to(filing: Filing) -> dict[str, Any]:
    if filing.state is State.AWAITING_SECOND:
        return {"office": filing.office, "needs": "filing.decide"}
    return {"enterprise": filing.counterparty if filing.state is State.PROPOSED else filing.applicant}


def _content(filing: Filing, comment: str) -> dict[str, Any]:
    return {
        "filing": filing.key,
        "kind": filing.kind,
        "state": filing.state,
        "referenceId": filing.reference_id,
        "entry": {"kind": filing.entry_kind, "key": filing.entry_key} if filing.entry_key else None,
        "comment": comment,
    }


def _full(each: Mapping[str, Any]) -> dict[str, Any]:
    known = BY_CODE[each["code"]]
    field, comment = each.get("field") or "", each.get("comment") or ""
    return notices.reason(known.code, known.sentence, known.fix, field=field, comment=comment)
