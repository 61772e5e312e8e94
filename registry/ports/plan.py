"""The numbering plan: which prefix is for what, who may apply for it, who assigns it.

Prefixes of 106 are those of the plan of telecommunication codes (2010 edition); entries that rest on practice instead
say so in `basis`. A part of the plan that is silent, or contradicted by what is in use, is marked to verify.
"""

from dataclasses import dataclass
from enum import StrEnum

from registry.kernel.sentence import Sentence
from registry.ports.prefix import MOST_DIGITS, most_specific


class Status(StrEnum):
    """How the plan stands to a number: assigned by it, kept in reserve, to be verified, or no service number."""

    OPEN = "open"
    RESERVED = "reserved"
    VERIFY = "verify"
    OUTSIDE = "outside"


class Use(StrEnum):
    """What a range of the plan is for."""

    COMMERCIAL = "commercial"
    PLATFORM = "platform"
    OWN = "own"
    PUBLIC_GOOD = "public_good"
    MACHINE = "machine"
    CARRIER = "carrier"
    CALL_CENTRE = "call_centre"
    BANK = "bank"
    GOVERNMENT = "government"
    EMERGENCY = "emergency"
    NONE = "none"


class Assigner(StrEnum):
    """Who assigns the codes of a range."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    EITHER = "ministry_or_province"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One range of the plan.

    `roles` and `legal_forms`: who may hold an access code there, empty for anybody. `least_digits` is the length of
    the access code, `most_digits` that of a number with all its extensions. `protected`: no measure against it is ever
    automatic.
    """

    prefix: str
    pattern: str
    use: Use
    title: Sentence
    assigned_by: Assigner
    status: Status
    least_digits: int
    roles: frozenset[str] = frozenset()
    legal_forms: frozenset[str] = frozenset()
    carrier: str = ""
    protected: bool = False
    basis: str = "plan of telecommunication codes, 2010 edition"
    most_digits: int = MOST_DIGITS

    def may_hold(self, roles: frozenset[str], legal_form: str) -> bool:
        """Whether an enterprise with these roles and this legal form may hold an access code of the range."""
        role_fits = not self.roles or bool(self.roles & roles)
        return role_fits and (not self.legal_forms or legal_form in self.legal_forms)


_LICENSED = frozenset({"sms_service_company"})
_CARRIERS = frozenset({"carrier"})
_UNITS = frozenset({"company", "institution", "government", "other"})
_PUBLIC = frozenset({"government", "institution", "military", "other"})
_PRACTICE = "practice; the plan names no such division"
_SERVICE = "rules of service numbers; lengths from numbers in use"
_MINISTRY, _PROVINCE, _EITHER, _NOBODY = Assigner.MINISTRY, Assigner.PROVINCE, Assigner.EITHER, Assigner.NOBODY
_OPEN, _VERIFY, _RESERVED = Status.OPEN, Status.VERIFY, Status.RESERVED
_WITHIN, _ACROSS = Sentence("省内", "within a province"), Sentence("跨省或全国", "across provinces")


def _titled(where: Sentence, zh: str, en: str) -> Sentence:
    return Sentence(where.zh + zh, f"{en} {where.en}")


def _commercial(prefix: str, where: Sentence, by: Assigner) -> PlanEntry:
    title = _titled(where, "经营性短消息类服务", "commercial SMS service")
    return PlanEntry(prefix, f"{prefix}XXXX", Use.COMMERCIAL, title, by, _OPEN, 8, roles=_LICENSED)


def _platform(prefix: str, where: Sentence, by: Assigner) -> PlanEntry:
    title = _titled(where, "非经营性短消息类服务第三方接入平台", "third-party platform for non-commercial SMS")
    return PlanEntry(prefix, f"{prefix}XXX", Use.PLATFORM, title, by, _OPEN, 8, roles=_LICENSED)


def _own(prefix: str, where: Sentence, by: Assigner) -> PlanEntry:
    title = _titled(where, "非经营性短消息类服务（企事业单位自用）", "an enterprise's own non-commercial SMS")
    return PlanEntry(prefix, f"{prefix}XXXXXXX", Use.OWN, title, by, _OPEN, 12, legal_forms=_UNITS)


def _public_good(prefix: str, where: Sentence, by: Assigner) -> PlanEntry:
    title = _titled(where, "公益性短消息类服务", "public-good SMS")
    pattern = f"{prefix}XXX"
    return PlanEntry(prefix, pattern, Use.PUBLIC_GOOD, title, by, _OPEN, 8, legal_forms=_PUBLIC, protected=True)


def _spare(prefix: str) -> PlanEntry:
    title = Sentence("备用，未开放", "kept in reserve")
    return PlanEntry(prefix, f"{prefix}XXXX", Use.NONE, title, _NOBODY, _RESERVED, 8)


def _unsure(prefix: str, use: Use, zh: str, en: str, basis: str) -> PlanEntry:
    return PlanEntry(prefix, prefix, use, Sentence(zh, en), _NOBODY, _VERIFY, 8, basis=basis)


def _of_carriers(prefix: str, by: Assigner, least: int, carrier: str = "", basis: str = _PRACTICE) -> PlanEntry:
    title = Sentence("基础电信企业自营业务", "the carriers' own business")
    pattern = prefix.ljust(least, "X")
    return PlanEntry(prefix, pattern, Use.CARRIER, title, by, _OPEN, least, _CARRIERS, carrier=carrier, basis=basis)


_SERVICE_FORMS = {Use.GOVERNMENT: _PUBLIC | {"company"}, Use.EMERGENCY: _PUBLIC}


def _service(prefix: str, use: Use, title: Sentence, by: Assigner, *, protected: bool = False) -> PlanEntry:
    least = len(prefix) if use is Use.EMERGENCY else 5
    return PlanEntry(
        prefix,
        prefix.ljust(least, "X"),
        use,
        title,
        by,
        _OPEN,
        least,
        legal_forms=_SERVICE_FORMS.get(use, _UNITS),
        protected=protected,
        basis=_SERVICE,
    )


def _emergency(number: str) -> PlanEntry:
    return _service(number, Use.EMERGENCY, Sentence("紧急服务号码", "emergency service"), _MINISTRY, protected=True)


PLAN: tuple[PlanEntry, ...] = (
    _unsure("106", Use.NONE, "规划未列明，须核实", "not named by the plan: verify", "the plan is silent"),
    *(_spare(prefix) for prefix in ("1060", "1061", "1067")),
    _unsure("1068", Use.NONE, "备用，但已见使用，须核实", "reserved, yet in use: verify", "numbers in use"),
    _commercial("1062", _WITHIN, _PROVINCE),
    _platform("10630", _WITHIN, _PROVINCE),
    *(_own(f"1063{y}", _WITHIN, _PROVINCE) for y in range(5, 9)),
    _public_good("10639", _WITHIN, _PROVINCE),
    _unsure(
        "1064",
        Use.MACHINE,
        "机器通信（物联网），不面向用户",
        "machines, not for messages to people",
        "the plan of 2010",
    ),
    _of_carriers("1065", _EITHER, 8, basis="plan of telecommunication codes, 2010 edition"),
    _of_carriers("10655", _EITHER, 8, "unicom"),
    _of_carriers("10657", _EITHER, 8, "mobile"),
    _of_carriers("10659", _EITHER, 8, "telecom"),
    _commercial("1066", _ACROSS, _MINISTRY),
    _platform("10690", _ACROSS, _MINISTRY),
    *(_own(f"1069{y}", _ACROSS, _MINISTRY) for y in range(5, 9)),
    _public_good("10699", _ACROSS, _MINISTRY),
    _service("95", Use.CALL_CENTRE, _titled(_ACROSS, "客服短号码", "customer service"), _MINISTRY),
    _service("955", Use.BANK, Sentence("金融机构客服号码", "banks and insurers"), _MINISTRY, protected=True),
    _service("96", Use.CALL_CENTRE, _titled(_WITHIN, "客服短号码", "customer service"), _PROVINCE),
    _of_carriers("100", _MINISTRY, 5, basis=_SERVICE),
    _of_carriers("10000", _MINISTRY, 5, "telecom"),
    _of_carriers("10010", _MINISTRY, 5, "unicom"),
    _of_carriers("10086", _MINISTRY, 5, "mobile"),
    _of_carriers("10099", _MINISTRY, 5, "broadnet"),
    # a company may hold one: 12306 is the railways'
    _service("12", Use.GOVERNMENT, Sentence("政府及公共服务号码", "public service"), _MINISTRY, protected=True),
    *(_emergency(number) for number in ("110", "119", "120", "122", "12110", "12379", "12395")),
)

OUTSIDE = PlanEntry(
    "",
    "",
    Use.NONE,
    Sentence("不属于短信服务号码规划", "no service number of the plan"),
    _NOBODY,
    Status.OUTSIDE,
    0,
    basis="the plan holds no such prefix",
)

_BY_PREFIX = {entry.prefix: entry for entry in PLAN}


def classify(port: str) -> PlanEntry:
    """The narrowest range of the plan that a port stands in; `OUTSIDE` (status `outside`) where there is none."""
    prefix = most_specific(_BY_PREFIX, port)
    return OUTSIDE if prefix is None else _BY_PREFIX[prefix]


def is_main_port(port: str) -> bool:
    """Whether a port is an access code itself (no longer than its range assigns), not an extension under one."""
    return len(port) <= classify(port).least_digits
