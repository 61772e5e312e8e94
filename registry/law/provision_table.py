"""The provisions as rows: name, value, unit, first day, day after the last, source, how sure.

Values of practice that were there before anybody wrote them down count from `_EARLIEST`, so that old records can be
judged. A row whose law was replaced and whose successor's wording is not yet read stays open and says so.
"""

import datetime as dt

from registry.law.provision import Provision, Sure, Value

_EARLIEST = dt.date(2000, 1, 1)
_ORDER_31 = dt.date(2015, 6, 30)
_ORDER_74 = dt.date(2026, 5, 1)
_CONTROLS = dt.date(2025, 1, 1)

_O31 = "MIIT Order 31 (2015), provisions on SMS service"
_O31_74 = f"{_O31}; whether Order 74 (2026) keeps it is to be read"
_O74 = "MIIT Order 74 (2026), provisions on SMS service"
_CODES = "rules on telecommunication codes"
_TRADE = "practice of carriers and platforms"
_CARRIERS_2025 = "controls of the three carriers, 2025"
_OURS = "this registry's setting"
_HOPS = "roles whose hop needs a letter though its receiver has accepted it here"


def _always(name: str, value: Value, unit: str, source: str = _TRADE, sure: Sure = Sure.SECONDARY) -> Provision:
    return Provision(name, value, unit, _EARLIEST, None, source, sure)


def _ours(name: str, value: Value, unit: str) -> Provision:
    return Provision(name, value, unit, _EARLIEST, None, _OURS, Sure.SETTING)


def _since(day: dt.date, name: str, value: Value, unit: str, source: str, sure: Sure) -> Provision:
    return Provision(name, value, unit, day, None, source, sure)


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split("|"))


# Chinese characters, Latin letters, ASCII digits
_CHARACTERS = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323afA-Za-z0-9"
_SOURCES = ("company_name", "short_name", "trademark", "government")
_OF_PLATFORMS = ("official_account", "mini_program", "website", "shop")
_NEUTRAL = _listed(
    "温馨提示|温馨提醒|友情提示|友情提醒|验证码|通知|提醒|提示|公告|客服|客服中心|客服通知|客户服务|客户您好|会员|"
    "会员通知|会员中心|最新资讯|资讯|信息|信息平台|短信|短信平台|短信通知|系统通知|系统消息|服务通知|活动通知|重要通知|"
    "测试|优惠|活动|快递|物流|商城|平台|官方|您好|先生|女士|祝福|节日快乐"
)
_GOVERNMENT = _listed(
    "政府|公安|警察|交警|派出所|法院|检察院|税务|海关|财政|工商局|市场监管|人社|社保|医保|卫健委|疾控|教育局|教育厅|"
    "教育部|民政|应急|气象局|消防|司法局|公积金|工信部|发改委|统计局|邮政管理|通信管理局|人民银行|银保监|证监|金融监管|"
    "居委会|村委会|12321|12345|12315"
)
_BANKS = _listed(
    "银行|信用社|农信|信用联社|工行|农行|建行|中行|交行|招行|邮储|银联|95588|95599|95533|95566|95559|95555|95580"
)
_CARRIERS = _listed("中国移动|中国联通|中国电信|中国广电|和留言|天翼|10086|10010|10000|10099")
_WORDINGS = _listed("拒收请回复R|拒收回R|回T退订|退订回T|退订回TD|回TD退订|退订回N|回N退订|退订回复T|退订回复TD")

TABLE: tuple[Provision, ...] = (
    # records and complaints
    Provision("records.retention", 5, "months", _ORDER_31, _ORDER_74, _O31, Sure.SECONDARY),
    _since(_ORDER_74, "records.retention", 6, "months", _O74, Sure.SECONDARY),
    _since(_ORDER_31, "complaints.answer", 15, "working days", _O31_74, Sure.SECONDARY),
    _always("complaints.suspend", 0.25, "complaints per million messages a month", sure=Sure.READ),
    _always("complaints.shut", 0.4, "complaints per million messages a month", sure=Sure.READ),
    # ports
    _always("ports.contact_change", 10, "working days", _CODES, Sure.READ),
    _always("ports.quarter_report", 10, "days of the quarter", _CODES, Sure.READ),
    _ours("ports.quarantine", 90, "days after an extension has ended"),
    _ours("ports.delegations.most", 3, "hops from the holder"),
    Provision("ports.delegations.letter", (), _HOPS, _EARLIEST, _ORDER_74, _OURS, Sure.SETTING),
    _since(_ORDER_74, "ports.delegations.letter", ("agent",), _HOPS, _OURS, Sure.SETTING),
    # signatures
    _always("signatures.length.least", 2, "characters"),
    _always("signatures.length.most", 18, "characters"),
    Provision(
        "signatures.sources",
        (*_SOURCES, "app", *_OF_PLATFORMS),
        "sources",
        _EARLIEST,
        _CONTROLS,
        f"{_TRADE}; the day on which they ended to be read",
        Sure.MEMORY,
    ),
    Provision("signatures.sources", (*_SOURCES, "app"), "sources", _CONTROLS, _ORDER_74, _TRADE, Sure.SECONDARY),
    _since(_ORDER_74, "signatures.sources", _SOURCES, "sources", _CARRIERS_2025, Sure.SECONDARY),
    _always("signatures.characters", _CHARACTERS, "characters, as in the brackets of a regular expression"),
    _always("signatures.digits_lawful", ("12306", "360", "2345"), "texts"),
    _always("signatures.neutral", _NEUTRAL, "texts", "help pages of platforms; list completed here"),
    _always("signatures.protected.government", _GOVERNMENT, "words", _OURS, Sure.SETTING),
    _always("signatures.protected.bank", _BANKS, "words", _OURS, Sure.SETTING),
    _always("signatures.protected.carrier", _CARRIERS, "words", _OURS, Sure.SETTING),
    _always("signatures.lapse", 6, "months without sending", f"{_TRADE} (5 to 6)"),
    # letters of authorisation
    _always("letters.signatures.most", 100, "signatures"),
    _always("letters.term.least", 1, "years"),
    _always("letters.term.most", 3, "years"),
    _ours("letters.left.least", 3, "months"),
    _ours("letters.answer_within", 14, "days in which the owner's link works"),
    # messages
    _always("marketing.hours", "08:00-20:00", "hours of Asia/Shanghai"),
    _always("marketing.hours.widest", "08:00-21:00", "hours of Asia/Shanghai", f"{_TRADE}: some allow until 21:00"),
    _ours("marketing.queue_grace", 15, "minutes"),
    _always("optout.wordings", _WORDINGS, "texts", "wordings counted in real messages", Sure.READ),
    _always("optout.false", ("次月不退订", "无需退订", "回复N取消"), "texts", "seen in real messages", Sure.READ),
    Provision("optout.demanded", "", "text", _EARLIEST, _ORDER_74, "no wording is demanded", Sure.SECONDARY),
    _since(_ORDER_74, "optout.demanded", "拒收请回复R", "text", "one carrier, every SMS", Sure.READ),
    # templates
    _since(_CONTROLS, "templates.links.most", 1, "links", _CARRIERS_2025, Sure.READ),
    _since(_CONTROLS, "templates.contacts.most", 2, "contacts", _CARRIERS_2025, Sure.READ),
    # permits and filings
    _ours("signatures.lookalike.least_score", 0.75, "likeness of 0 to 1, to a protected name"),
    _ours("signatures.lookalike.warning_score", 0.85, "likeness of 0 to 1, to any other"),
    _ours("permits.volume.plausible", 50_000_000, "messages a month"),
    _ours("permits.volume.peers.share", 95, "per cent of the peers' permits"),
    _ours("permits.volume.peers.times", 3, "times what that share allows at most"),
    _ours("permits.volume.peers.least", 20, "permits of peers, fewer say nothing"),
    _ours("permits.lapse_notice", 30, "days before"),
    _ours("permits.dunning.industries", ("J", "L"), "sections of GB/T 4754: finance; leasing and business services"),
    _ours("permits.public_good.forms", ("government", "institution", "military", "authority"), "legal forms or roles"),
    _ours("permits.marketing.closed_sources", ("government",), "sources of signatures that do not advertise"),
    _ours(
        "permits.marketing.licences", ("A1", "A2", "B1", "B2"), "classes of licence of who serves those that advertise"
    ),
    _ours("permits.dunning.licences", ("A1", "A2", "B1", "B2"), "classes of licence of who serves those that dun"),
    _ours("permits.temporary", 72, "hours"),
    _ours("permits.temporary.window", 30, "days in which backup channels are counted"),
    _ours("permits.temporary.most", 2, "backup channels of a permit, or of a signature on a port, in these days"),
    _always("permits.expiry_notice", (30, 15, 2), "days before", "practice of certificate registries", Sure.SETTING),
    _ours("retention.papers", 24, "months after a paper was needed last"),
    _ours("retention.handlers", 24, "months after a handler ended, or was registered and never named"),
    _ours("retention.addresses", 12, "months after an owner's answer, once its letter stands no more"),
    _ours("lookups.demanded", ("trademark", "app"), "kinds of sources that must have answered, connector or not"),
    _ours("lookups.fresh", 365, "days in which an answer of a source outside counts"),
    _ours(
        "lookups.ended",
        ("注销", "吊销", "撤销", "无效", "失效", "过期", "停业", "revoked", "expired"),
        "words of sources",
    ),
    _ours("facts.superseded", 3, "days in which who began to read a file of facts before it was put together ends"),
    _ours("papers.size.most", 5, "MiB"),
    _ours("filings.bulk_rows", 1000, "rows"),
    _ours("filings.batch_sample.least", 3, "filings of a batch that are opened at least"),
    _ours("filings.batch_sample.one_of", 10, "filings of a batch, one of so many is opened"),
    _ours("filings.decision_due", 5, "working days"),
    _ours("filings.decision_due.ending", 1, "working days, for what ends something"),
    _ours("filings.decision_due.again", 3, "working days, for what was sent back or is appealed"),
    _ours("filings.claim_lasts", 2, "working days, then it goes back into the queue"),
    _ours("filings.mend_window", 10, "working days, then a returned filing closes"),
    _ours("filings.appeal_window", 10, "working days after a rejection"),
    _ours("filings.urge_lift", 1, "days of age in the queue that an urge gives"),
    _ours("filings.effect_days", 30, "days of usage that an approval is replayed on"),
    _ours("filings.two_deciders.categories", ("marketing", "dunning"), "categories"),
    _ours("filings.two_deciders.sources", ("government",), "sources"),
    _ours("filings.two_deciders.industries", ("J",), "sections of GB/T 4754"),
    _ours("filings.two_deciders.roles", ("authority", "carrier"), "roles of enterprises"),
    _ours("filings.two_deciders.names", ("government", "bank", "carrier"), "whose protected names"),
    _ours("filings.renewal_sample", 10, "per cent"),
    # findings, measures, look-back
    _ours("findings.answer_due", 5, "working days"),
    _ours("asks.due", 5, "working days"),
    _ours("asks.remind_before", 1, "working days"),
    _always("findings.reminders", 3, "reminders, then shut"),
    _ours("measures.appeal_due", 10, "working days after its enterprise was told"),
    _ours("measures.restore_review", 1, "working days after a measure was lifted"),
    _ours("lookback.answer_due", 10, "working days"),
    _ours("lookback.interval", 12, "months, where a plan says nothing else"),
)
