"""What a filing asks for: the values of the entry to be made, as JSON keeps them and as the checks read them.

The values are those that the registry's own rooms take; what only the filing says stands beside them.
"""

import datetime as dt
from dataclasses import dataclass, is_dataclass, replace
from typing import Any, TypeVar

from registry.enterprises.values import EnterpriseValues
from registry.filings.changing import (
    BeneficiariesContent,
    ChangingContent,
    EnterpriseChangeContent,
    RenewalContent,
    ScopeChangeContent,
    SuccessionContent,
    TemplateContent,
    TemporaryPermitContent,
    read_terms,
)
from registry.filings.kinds import Kind
from registry.filings.port_change import PortChangeContent
from registry.filings.signature_change import SignatureChangeContent
from registry.kernel import clock
from registry.kernel.checking import Checking
from registry.permits.values import PermitValues, ScopeValues, TemplateValues
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.values import LetterValues, SignatureValues

LONGEST = 2000
LONGEST_KEY = 100
ENDABLE = (Kind.PORT, Kind.DELEGATION, Kind.SIGNATURE, Kind.LETTER, Kind.PERMIT, Kind.TEMPLATE)
_TIMES = frozenset({"valid_from", "valid_until", "licence_until", "confirmed_at", "at"})


@dataclass(frozen=True, slots=True)
class SignatureContent:
    """A signature, and the letter (its key, or the key of the filing that brings it) where it is another's.

    `trademark` is the number under which a trademark is registered.
    """

    values: SignatureValues
    letter: str = ""
    trademark: str = ""

    def checked(self) -> "SignatureContent":
        """The content as it is kept. Raises Invalid."""
        values = self.values.checked()
        check = Checking()
        trademark = check.text("trademark", self.trademark, LONGEST_KEY)
        check.finish("signature")
        return replace(self, values=values, letter=self.letter.strip(), trademark=trademark)


@dataclass(frozen=True, slots=True)
class PermitContent:
    """A permit, and for marketing how recipients consent (`consent`), where the proof of it is kept (`consent_proof`)
    and how they say no (`opt_out`). `samples` are texts as they will be sent.
    """

    values: PermitValues
    consent: str = ""
    opt_out: str = ""
    consent_proof: str = ""
    samples: tuple[str, ...] = ()

    def checked(self) -> "PermitContent":
        """The content as it is kept. Raises Invalid."""
        values = self.values.checked()
        check = Checking()
        kept = replace(self, values=values, **read_terms(check, self))
        check.finish("permit")
        return kept


@dataclass(frozen=True, slots=True)
class WithdrawalContent:
    """An entry of one's own that is to end: at once where no time is said."""

    subject_kind: str
    subject: str
    reason: str = ""
    at: dt.datetime | None = None

    def checked(self) -> "WithdrawalContent":
        """The content as it is kept. Raises Invalid."""
        check = Checking()
        if self.subject_kind not in ENDABLE:
            check.refuse("subject_kind", "unknown_value", "such entries are not ended", f"one of {', '.join(ENDABLE)}")
        kept = replace(
            self,
            subject=check.text("subject", self.subject, LONGEST_KEY, needed=True),
            reason=check.text("reason", self.reason, LONGEST),
        )
        check.finish("withdrawal")
        return kept


Content = (
    EnterpriseValues
    | PortValues
    | DelegationValues
    | SignatureContent
    | LetterValues
    | PermitContent
    | WithdrawalContent
    | ChangingContent
)

_KINDS: dict[type, Kind] = {
    EnterpriseValues: Kind.ENTERPRISE,
    PortValues: Kind.PORT,
    DelegationValues: Kind.DELEGATION,
    SignatureContent: Kind.SIGNATURE,
    LetterValues: Kind.LETTER,
    PermitContent: Kind.PERMIT,
    WithdrawalContent: Kind.WITHDRAWAL,
    TemplateContent: Kind.TEMPLATE,
    BeneficiariesContent: Kind.BENEFICIARIES,
    ScopeChangeContent: Kind.SCOPE_CHANGE,
    TemporaryPermitContent: Kind.TEMPORARY_PERMIT,
    RenewalContent: Kind.RENEWAL,
    SuccessionContent: Kind.SUCCESSION,
    EnterpriseChangeContent: Kind.ENTERPRISE_CHANGE,
    PortChangeContent: Kind.PORT_CHANGE,
    SignatureChangeContent: Kind.SIGNATURE_CHANGE,
}


def kind_of(content: Content) -> Kind:
    """Which kind of filing a content belongs to."""
    return _KINDS[type(content)]


_PARTIES: dict[type, tuple[str, ...]] = {
    PortValues: ("holder",),
    DelegationValues: ("from_enterprise", "to_enterprise"),
    SignatureContent: ("owner",),
    LetterValues: ("owner", "applicant"),
    PermitContent: ("owner", "user"),
    SuccessionContent: ("from_enterprise", "to_enterprise"),
    EnterpriseChangeContent: ("enterprise",),
}


def parties(content: Content) -> dict[str, str]:
    """The enterprises that a content names, by the field that names them."""
    said = getattr(content, "values", content)
    return {name: getattr(said, name) for name in _PARTIES.get(type(content), ())}


def subject_of(content: Content) -> tuple[Kind, str] | None:
    """The kind and key of the entry that a content starts from, None for those that start from none."""
    match content:
        case WithdrawalContent() | RenewalContent():
            return Kind(content.subject_kind), content.subject
        case BeneficiariesContent() | ScopeChangeContent() | TemporaryPermitContent() | TemplateContent():
            return Kind.PERMIT, (content.values if isinstance(content, TemplateContent) else content).permit
        case EnterpriseChangeContent():
            return Kind.ENTERPRISE, content.enterprise
        case PortChangeContent():
            return Kind.PORT, content.port
        case SignatureChangeContent():
            return Kind.SIGNATURE, content.subject
        case _:
            return None


def letter_of(content: Content) -> str:
    """The letter that a content refers to, empty for none."""
    match content:
        case DelegationValues() | SignatureContent():
            return content.letter
        case PermitContent():
            return content.values.letter
        case _:
            return ""


def number_of(content: Content) -> str:
    """The digits of the port that a content is about, empty for none; a permit's `*` left out."""
    match content:
        case PortValues() | DelegationValues() | PortChangeContent():
            return content.port
        case PermitContent():
            return content.values.port.removesuffix("*")
        case _:
            return ""


def asked_period(content: Content) -> tuple[dt.datetime | None, dt.datetime | None]:
    """From when and until when the entry is asked for; None: from the approval on, and open."""
    match content:
        case SignatureContent() | PermitContent() | TemplateContent():
            return content.values.valid_from, content.values.valid_until
        case PortValues() | DelegationValues() | LetterValues():
            return content.valid_from, content.valid_until
        case RenewalContent():
            return None, content.valid_until
        case SuccessionContent():
            return content.valid_from, None
        case _:
            return None, None


def beginning_no_earlier(content: Content, now: dt.datetime) -> Content:
    """The content with a beginning that lies behind us left out: nothing is approved backwards."""
    start, _ = asked_period(content)
    if start is None or start > now:
        return content
    match content:
        case SignatureContent():
            return replace(content, values=replace(content.values, valid_from=None))
        case PermitContent():
            return replace(content, values=replace(content.values, valid_from=None))
        case TemplateContent():
            return replace(content, values=replace(content.values, valid_from=None))
        case PortValues() | DelegationValues() | LetterValues() | SuccessionContent():
            return replace(content, valid_from=None)
        case _:
            return content


def to_bag(content: Any) -> dict[str, Any]:
    """The content as JSON keeps it: one flat object, times in ISO form."""
    flat: dict[str, Any] = {}
    for name in type(content).__dataclass_fields__:
        value = getattr(content, name)
        flat |= to_bag(value) if is_dataclass(value) else {name: _plain(value)}
    return flat


def from_bag(kind: Kind, bag: dict[str, Any]) -> Content:
    """The content that `to_bag` wrote, or that was sent in the same form; fields of other kinds are left aside."""
    read = {name: _read(name, value) for name, value in bag.items()}
    match kind:
        case Kind.SIGNATURE:
            return _take(SignatureContent, read | {"values": _take(SignatureValues, read)})
        case Kind.PERMIT:
            values = _take(PermitValues, read | {"scope": _take(ScopeValues, read)})
            return _take(PermitContent, read | {"values": values})
        case Kind.TEMPLATE:
            return TemplateContent(_take(TemplateValues, read))
        case Kind.SCOPE_CHANGE:
            return _take(ScopeChangeContent, read | {"scope": _take(ScopeValues, read)})
        case _:
            makers: dict[Kind, Any] = {kind: maker for maker, kind in _KINDS.items()}
            content: Content = _take(makers[kind], read)
            return content


T = TypeVar("T")


def _take(maker: type[T], bag: dict[str, Any]) -> T:
    names = maker.__dataclass_fields__  # type: ignore[attr-defined] # makers are dataclasses
    return maker(**{name: bag[name] for name in names if name in bag})


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return list(value) if isinstance(value, tuple) else value


def _read(name: str, value: Any) -> Any:
    if name in _TIMES and isinstance(value, str):
        return clock.parse_moment(value)
    return tuple(value) if isinstance(value, list) else value
