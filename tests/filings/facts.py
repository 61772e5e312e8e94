"""Facts written down by hand, and contents to hold against them: what the checks are shown on."""

import datetime as dt
from dataclasses import replace

from registry.enterprises.values import EnterpriseValues
from registry.filings.changing import (
    BeneficiariesContent,
    EnterpriseChangeContent,
    RenewalContent,
    ScopeChangeContent,
    SuccessionContent,
    TemplateContent,
    TemporaryPermitContent,
)
from registry.filings.content import PermitContent, SignatureContent, WithdrawalContent
from registry.filings.kinds import Verdict
from registry.filings.port_change import PortChangeContent
from registry.filings.signature_change import SignatureChangeContent
from registry.filings.view import Allotment, Allowance, Entry, Hop, Lookalike, Name, Party, Scope, Span, View
from registry.kernel.sentence import Sentence
from registry.permits.values import PermitValues, ScopeValues, TemplateValues
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.values import LetterValues, SignatureValues

PASS, WARN, FAIL, NOT_CHECKED = Verdict.PASS, Verdict.WARN, Verdict.FAIL, Verdict.NOT_CHECKED
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
OPEN = Span(NOW - 100 * DAY)
ENDING = Span(NOW - 100 * DAY, NOW + 30 * DAY)
PAST = Span(NOW - 100 * DAY, NOW - DAY)
A, B, C, CARRIER = "91110000802100433B", "914403001922038216", "91110108MA01G0FB09", "91110000710939135P"


def party(code, name, role, **values):
    said = {"legal_form": "company", "industry": "", "licence": "", "licence_until": None} | values
    return Party(code, (name,), frozenset({role}), **said)


PARTIES = {
    A: party(A, "红帆短信服务有限公司", "sms_service_company", licence="B2-20200001"),
    B: party(B, "京东贸易有限公司", "end_user", industry="F51"),
    C: party(C, "中间代理有限公司", "agent", licence="粤B2-20200002"),
    CARRIER: party(CARRIER, "某通信集团", "carrier", licence="A1-1"),
}
CODE = Allotment("10690123", "access_code", A, "service", "single", 14, OPEN)
HOP = Hop("DLG-1", "1069012301", A, B, "end_user", OPEN)
NAME = Name("SIG-1", "京东贸易", B, "company_name", protected=False, span=OPEN)
LIKE = Lookalike("京东", 0.9, "contains", Sentence("完整包含", "holds it whole"), protected=False)
LETTER = Allowance("LTR-1", B, A, frozenset({"京东贸易"}), "confirmed", Span(NOW - DAY, NOW + 700 * DAY))
SCOPE = Scope("PMT-1", "京东贸易", B, "1069012301", B, frozenset({"notice"}), frozenset(), None, OPEN)
VIEW = View(NOW, A, Span(NOW), PARTIES, papers={})

PORT = PortValues("10690123", A, "service")
DELEGATION = DelegationValues("1069012301", A, B)
SIGNATURE = SignatureContent(SignatureValues("京东贸易", B))
OWNS = LetterValues(B, A, ("京东贸易",), valid_from=NOW, valid_until=NOW + 365 * DAY)
PERMIT = PermitContent(PermitValues("京东贸易", B, "1069012301", B, ScopeValues(("notice",), monthly_volume=1000)))
NEW = EnterpriseValues("91310115MA1K4XQ69E", "新来有限公司")
END = WithdrawalContent("port", "10690123")


PERMITTED = Entry(
    frozenset({B}), OPEN, scope=PERMIT.values.scope, port="1069012301", beneficiaries=frozenset({"shop-1"})
)
RENEW = RenewalContent("permit", "PMT-1", NOW + 60 * DAY)
BACKUP = TemporaryPermitContent("PMT-1", "1069012302", 72, "主通道中断")
RETOLD = PortChangeContent("10690123", signing="shared")
RESOURCED = SignatureChangeContent("SIG-1", source="company_name")
CHANGED = EnterpriseChangeContent(B, licence="B2-20260001")
SUCCEED = SuccessionContent(A, B)
MERCHANTS = BeneficiariesContent("PMT-1", add=({"beneficiary": "shop-2"},))
MARKET = replace(PERMIT.values.scope, categories=("notice", "marketing"))


MARKETED = {
    "categories": ("marketing",),
    "consent": "会员注册时勾选",
    "consent_proof": "会员系统留存五年",
    "opt_out": "拒收请回复R",
}


def template(body="【京东贸易】您的订单{1}已发货。", **values):
    return TemplateContent(TemplateValues("PMT-1", body, **values))


STARTING = (
    template(),
    MERCHANTS,
    ScopeChangeContent("PMT-1", MARKET),
    BACKUP,
    RENEW,
    SUCCEED,
    CHANGED,
    RETOLD,
    RESOURCED,
)


def standing(**values):
    return seen(applicant=B, entry=replace(PERMITTED, **values))


def signed(text="京东贸易", **values):
    beside = {name: values.pop(name) for name in {"letter", "trademark"} & set(values)}
    return SignatureContent(replace(SIGNATURE.values, signature=text, **values), **beside)


def scoped(**values):
    names = {"categories", "hours", "monthly_volume", "links", "contacts"}
    scope = replace(PERMIT.values.scope, **{name: values.pop(name) for name in names & set(values)})
    beside = {name: values.pop(name) for name in {"consent", "opt_out", "consent_proof", "samples"} & set(values)}
    return PermitContent(replace(PERMIT.values, scope=scope, **values), **beside)


def seen(**values):
    return replace(VIEW, **values)


def without(*codes):
    return seen(parties={code: each for code, each in PARTIES.items() if code not in codes})


def changed(code, **values):
    return seen(parties=PARTIES | {code: replace(PARTIES[code], **values)})


BORROWED = scoped(user=A, letter="LTR-1")
FULL = seen(ports=(CODE,), hops=(HOP,), names=(NAME,), letter=LETTER)
LONG_CHAIN = tuple(Hop(f"DLG-{n}", "10690123", f"E{n}", f"E{n + 1}", "agent", OPEN) for n in range(3))
