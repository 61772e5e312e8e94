"""What filings say that start from an entry which stands: a text or merchants of a permit, another scope, more time.

The approved version stays in force until the next one is approved; a narrower scope and a backup channel may take
effect at once and are looked at afterwards.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from registry.enterprises.values import EnterpriseValues, code
from registry.filings.kinds import Kind, Manner
from registry.filings.port_change import PortChangeContent
from registry.filings.signature_change import SignatureChangeContent
from registry.kernel.checking import Checking
from registry.law.divisions import PROVINCES
from registry.permits.scope import UNLIMITED
from registry.permits.scope_values import hours_bits
from registry.permits.values import BeneficiaryValues, ScopeValues, TemplateValues, read_scope
from registry.ports.prefix import parse as digits

LONGEST = 2000
LONGEST_KEY = 100
MOST_BENEFICIARIES = 1000
MOST_SAMPLES = 20
RENEWABLE = (Kind.PORT, Kind.DELEGATION, Kind.SIGNATURE, Kind.LETTER, Kind.PERMIT)


@dataclass(frozen=True, slots=True)
class TemplateContent:
    """A text of a permit, its variables written {1}."""

    values: TemplateValues

    def checked(self) -> "TemplateContent":
        """The content as it is kept. Raises Invalid."""
        return TemplateContent(self.values.checked())


@dataclass(frozen=True, slots=True)
class BeneficiariesContent:
    """Whose content is to stand under a permit from now on, and whose no longer.

    `add` holds objects of beneficiary, name, links, contacts; `end` keys of those that go.
    """

    permit: str
    add: tuple[Mapping[str, Any], ...] = ()
    end: tuple[str, ...] = ()

    def checked(self) -> "BeneficiariesContent":
        """The content as it is kept. Raises Invalid."""
        check = Checking()
        permit = check.text("permit", self.permit, LONGEST_KEY, needed=True)
        if not self.add and not self.end:
            check.refuse("add", "missing", "it adds nobody and ends nobody", "name at least one")
        if len(self.add) + len(self.end) > MOST_BENEFICIARIES:
            check.refuse("add", "too_many", "it names too many at once", f"at most {MOST_BENEFICIARIES} in a filing")
        end = tuple(check.text("end", each, LONGEST_KEY, needed=True) for each in self.end)
        check.finish("beneficiaries")
        return replace(self, permit=permit, add=tuple(_kept(each) for each in self.added()), end=end)

    def added(self) -> list[BeneficiaryValues]:
        """Those that are to be added, as the registry takes them. Raises Invalid."""
        return [_beneficiary(self.permit, each).checked() for each in self.add]


@dataclass(frozen=True, slots=True)
class ScopeChangeContent:
    """Another scope for a permit. `at_once`: it is narrower and counts from its handing in, not from an approval.

    Where it is to advertise from now on it says consent, its proof, opt-out and samples as a first permit does.
    """

    permit: str
    scope: ScopeValues
    reason: str = ""
    at_once: bool = False
    consent: str = ""
    opt_out: str = ""
    consent_proof: str = ""
    samples: tuple[str, ...] = ()

    def checked(self) -> "ScopeChangeContent":
        """The content as it is kept. Raises Invalid."""
        check = Checking()
        kept = replace(
            self,
            permit=check.text("permit", self.permit, LONGEST_KEY, needed=True),
            scope=read_scope(check, self.scope),
            reason=check.text("reason", self.reason, LONGEST),
            **read_terms(check, self),
        )
        check.finish("scope")
        return kept


def read_terms(check: Checking, said: Any) -> dict[str, Any]:
    """What is said of recipients' consent and shown as samples, as it is kept; what is wrong with it is collected."""
    samples = tuple(check.text("samples", each, LONGEST, needed=True) for each in said.samples)
    if len(samples) > MOST_SAMPLES:
        check.refuse("samples", "too_many", f"it brings {len(samples)} samples", f"at most {MOST_SAMPLES}")
    return {
        "consent": check.text("consent", said.consent, LONGEST),
        "opt_out": check.text("opt_out", said.opt_out, LONGEST_KEY),
        "consent_proof": check.text("consent_proof", said.consent_proof, LONGEST),
        "samples": samples,
    }


@dataclass(frozen=True, slots=True)
class TemporaryPermitContent:
    """A backup channel in an outage: the same user and signature on another port, for some hours, from now on."""

    permit: str
    port: str
    hours: int
    reason: str

    def checked(self) -> "TemporaryPermitContent":
        """The content as it is kept. Raises Invalid."""
        check = Checking()
        kept = replace(
            self,
            permit=check.text("permit", self.permit, LONGEST_KEY, needed=True),
            port=check.read("port", digits, self.port, self.port),
            reason=check.text("reason", self.reason, LONGEST, needed=True),
        )
        if self.hours < 1:
            check.refuse("hours", "out_of_range", "it lasts no time", "say how many hours the outage is bridged")
        check.finish("temporary permit")
        return kept


@dataclass(frozen=True, slots=True)
class RenewalContent:
    """An entry of one's own that is to count longer, or again after it has lapsed; nothing else of it changes."""

    subject_kind: str
    subject: str
    valid_until: dt.datetime | None = None

    def checked(self) -> "RenewalContent":
        """The content as it is kept. Raises Invalid."""
        check = Checking()
        if self.subject_kind not in RENEWABLE:
            check.refuse(
                "subject_kind", "unknown_value", "such entries are not renewed", f"one of {', '.join(RENEWABLE)}"
            )
        kept = replace(self, subject=check.text("subject", self.subject, LONGEST_KEY, needed=True))
        check.finish("renewal")
        return kept


@dataclass(frozen=True, slots=True)
class SuccessionContent:
    """One enterprise takes the place of another: by merger in everything, by split in the access codes named.

    It counts from `valid_from`, from its approval where none is said.
    """

    from_enterprise: str
    to_enterprise: str
    manner: str = Manner.MERGER.value
    ports: tuple[str, ...] = ()
    reason: str = ""
    valid_from: dt.datetime | None = None

    def checked(self) -> "SuccessionContent":
        """The content as it is kept. Raises Invalid."""
        check = Checking()
        kept = replace(
            self,
            from_enterprise=code(check, "from_enterprise", self.from_enterprise),
            to_enterprise=code(check, "to_enterprise", self.to_enterprise),
            manner=check.one_of("manner", Manner, self.manner),
            ports=check.every("ports", digits, self.ports),
            reason=check.text("reason", self.reason, LONGEST),
        )
        if kept.from_enterprise == kept.to_enterprise:
            check.refuse("to_enterprise", "same_party", "both are the same enterprise", "name two enterprises")
        if (kept.manner == Manner.SPLIT) != bool(kept.ports):
            fix = "by split name the codes that go over; a merger takes everything and names none"
            check.refuse("ports", "do_not_fit", f"ports do not go with a {kept.manner} so", fix)
        check.finish("succession")
        return kept


@dataclass(frozen=True, slots=True)
class EnterpriseChangeContent:
    """What is new of a registered enterprise; what is left empty stays, what `clear` names goes.

    A new licence comes with its own end, and goes with it. Its handler changes by a change of contact, its code never.
    """

    enterprise: str
    name: str = ""
    legal_form: str = ""
    roles: tuple[str, ...] = ()
    industry: str = ""
    province: str = ""
    licence: str = ""
    licence_until: dt.datetime | None = None
    clear: tuple[str, ...] = ()
    reason: str = ""

    def checked(self) -> "EnterpriseChangeContent":
        """The content as it is kept. Raises Invalid."""
        check = Checking()
        enterprise = code(check, "enterprise", self.enterprise)
        kept = replace(
            self,
            enterprise=enterprise,
            clear=check.cleared(self, CLEARABLE),
            reason=check.text("reason", self.reason, LONGEST),
        )
        if "licence" in kept.clear and kept.licence_until:
            check.refuse("clear", "do_not_fit", "a licence that goes has no end", "do one of the two")
        if kept.changes() == {}:
            check.refuse("name", "missing", "it changes nothing", "fill in what has changed")
        check.finish("change of an enterprise")
        values = EnterpriseValues(enterprise, **{"name": enterprise, **kept.changes()}).checked()
        return replace(kept, **{name: getattr(values, name) for name in kept.changes()})

    def changes(self) -> dict[str, Any]:
        """What it changes, by the fields of the enterprise."""
        said = {name: getattr(self, name) for name in _OF_ENTERPRISE if getattr(self, name) or name in self.clear}
        dated = self.licence or self.licence_until or "licence" in self.clear
        return said | ({"licence_until": self.licence_until} if dated else {})


CLEARABLE = ("roles", "industry", "province", "licence")
_OF_ENTERPRISE = ("name", "legal_form", "roles", "industry", "province", "licence")

ChangingContent = (
    TemplateContent
    | BeneficiariesContent
    | ScopeChangeContent
    | TemporaryPermitContent
    | RenewalContent
    | SuccessionContent
    | EnterpriseChangeContent
    | PortChangeContent
    | SignatureChangeContent
)


def takes_effect_at_once(content: object) -> bool:
    """Whether a filing counts from its handing in and is looked at afterwards: a backup channel, a narrower scope."""
    return isinstance(content, TemporaryPermitContent) or (isinstance(content, ScopeChangeContent) and content.at_once)


@dataclass(frozen=True, slots=True)
class Compared:
    """How one scope stands to another: the fields in which it allows more, and those in which it allows less."""

    wider: tuple[str, ...] = field(default=())
    narrower: tuple[str, ...] = field(default=())


def compared(old: ScopeValues, new: ScopeValues, usual_hours: str) -> Compared:
    """What a change of scope does, field by field; `usual_hours` count where a scope names none."""
    before, after = _sides(old, usual_hours), _sides(new, usual_hours)
    wider = tuple(name for name in before if not _within(after[name], before[name]))
    return Compared(wider, tuple(name for name in before if not _within(before[name], after[name])))


def _sides(scope: ScopeValues, usual_hours: str) -> dict[str, Any]:
    """Each field as something that can lie within another: bits as sets of places, a volume as a number."""
    return {
        "categories": set(scope.categories),
        "provinces": set(scope.provinces or PROVINCES),
        "hours": {hour for hour in range(24) if hours_bits(scope.hours or usual_hours) >> hour & 1},
        "monthly_volume": UNLIMITED if scope.monthly_volume is None else scope.monthly_volume,
        "links": set(scope.links),
        "contacts": set(scope.contacts),
    }


def _within(one: Any, other: Any) -> bool:
    return bool(one <= other)


def _beneficiary(permit: str, said: Mapping[str, Any]) -> BeneficiaryValues:
    links, contacts = (tuple(said.get(name, ())) for name in ("links", "contacts"))
    return BeneficiaryValues(permit, str(said.get("beneficiary", "")), str(said.get("name", "")), links, contacts)


def _kept(values: BeneficiaryValues) -> dict[str, Any]:
    listed = {"links": list(values.links), "contacts": list(values.contacts)}
    return {"beneficiary": values.beneficiary, "name": values.name} | listed
