"""What a permit allows, as people write it: checked before it is kept."""

import datetime as dt
from dataclasses import dataclass, replace

from registry.enterprises.values import code
from registry.kernel.checking import Checking
from registry.permits.kinds import OnBehalf, Purpose
from registry.permits.scope_values import contact, declared_link, full_hours
from registry.permits.template_shape import shape, variables
from registry.ports.prefix import pattern
from registry.ports.values import provinces
from registry.signatures.values import sender_name
from registry.texts.category import category_bits

LONGEST = 100
LONGEST_NAME = 200
LONGEST_BODY = 2000
MOST_VOLUME = 10**15  # messages a month: far beyond all that is sent
MOST_LISTED = 1000


@dataclass(frozen=True, slots=True)
class ScopeValues:
    """What is allowed. No provinces: all; no hours: the general rule; no volume: no cap; links, contacts: those alone.

    `monthly_volume` counts messages of a calendar month in Asia/Shanghai.
    """

    categories: tuple[str, ...]
    provinces: tuple[str, ...] = ()
    hours: str = ""
    monthly_volume: int | None = None
    links: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()

    def checked(self) -> "ScopeValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = read_scope(check, self)
        check.finish("scope")
        return checked


@dataclass(frozen=True, slots=True)
class PermitValues:
    """This signature of this owner on this port (or `prefix*`) by this user. `permit` is its key; empty: a new one."""

    signature: str
    owner: str
    port: str
    user: str
    scope: ScopeValues
    permit: str = ""
    letter: str = ""
    on_behalf: str = "none"
    purpose: str = "normal"
    standby: bool = False
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "PermitValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        fix = "the digits alone, or a prefix that ends in *"
        checked = replace(
            self,
            permit=check.text("permit", self.permit, LONGEST),
            signature=sender_name(check, "signature", self.signature),
            owner=code(check, "owner", self.owner),
            port=check.read("port", lambda text: str(pattern(text)), self.port, self.port, fix),
            user=code(check, "user", self.user),
            scope=read_scope(check, self.scope),
            letter=check.text("letter", self.letter, LONGEST),
            on_behalf=check.one_of("on_behalf", OnBehalf, self.on_behalf),
            purpose=check.one_of("purpose", Purpose, self.purpose),
        )
        check.finish("permit")
        return checked


@dataclass(frozen=True, slots=True)
class BeneficiaryValues:
    """Whose content may stand under a permit that is used on behalf of others: an enterprise, or the platform's id."""

    permit: str
    beneficiary: str
    name: str = ""
    links: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "BeneficiaryValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = replace(
            self,
            beneficiary=check.text("beneficiary", self.beneficiary, LONGEST, needed=True),
            name=check.text("name", self.name, LONGEST_NAME),
            links=check.every("links", declared_link, self.links),
            contacts=check.every("contacts", contact, self.contacts),
        )
        check.finish("beneficiary")
        return checked


@dataclass(frozen=True, slots=True)
class TemplateValues:
    """A text filed for a permit, its variables written {1}. `template` is its key; empty: a new one."""

    permit: str
    body: str
    links: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    template: str = ""
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "TemplateValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = replace(
            self,
            permit=check.text("permit", self.permit, LONGEST, needed=True),
            body=check.text("body", self.body, LONGEST_BODY, needed=True),
            links=check.every("links", declared_link, self.links),
            contacts=check.every("contacts", contact, self.contacts),
            template=check.text("template", self.template, LONGEST),
        )
        if not shape(_without_variables(checked.body)):
            check.refuse("body", "no_words", "it holds variables alone and would match every text", "write its words")
        check.finish("template")
        return checked


def _without_variables(body: str) -> str:
    for each in variables(body):
        body = body.replace(each, "")
    return body


def read_scope(check: Checking, scope: ScopeValues) -> ScopeValues:
    """A scope as it is kept; what is wrong with it is collected."""
    _refuse_amounts(check, scope)
    if scope.hours:
        check.read("hours", full_hours, scope.hours, 0)
    return replace(
        scope,
        categories=check.every("categories", _category, scope.categories),
        provinces=provinces(check, scope.provinces),
        links=check.every("links", declared_link, scope.links),
        contacts=check.every("contacts", contact, scope.contacts),
    )


def _refuse_amounts(check: Checking, scope: ScopeValues) -> None:
    if not scope.categories:
        check.refuse("categories", "missing", "it allows no category at all", "name at least one")
    if scope.monthly_volume is not None and not 0 <= scope.monthly_volume <= MOST_VOLUME:
        check.refuse("monthly_volume", "out_of_range", "it is no number of messages", "0 or more, or leave it empty")
    for field, listed in (("links", scope.links), ("contacts", scope.contacts)):
        if len(listed) > MOST_LISTED:
            check.refuse(field, "too_many", f"it lists {len(listed)}", f"at most {MOST_LISTED}")


def _category(name: str) -> int:
    if not name.strip() or name != name.strip():
        raise ValueError(f"{name[:40]!r} is no category")
    return category_bits([name])
