"""What is said of an enterprise, its ties and its accounts at gateways: checked before it is kept."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from registry.enterprises import identity
from registry.enterprises.kinds import LegalForm, RelationKind, Role
from registry.kernel.checking import Checking
from registry.law.divisions import is_province
from registry.law.industries import section_of

LONGEST_NAME = 200
LONGEST = 100
_CODE_FIX = "copy it from the licence; enterprises without a USCC are written KIND:VALUE"


@dataclass(frozen=True, slots=True)
class EnterpriseValues:
    """An enterprise as it is registered. `roles`, `legal_form` by their names; `province` two digits of GB/T 2260."""

    code: str
    name: str
    legal_form: str = "company"
    roles: tuple[str, ...] = ()
    industry: str = ""
    province: str = ""
    handler: str = ""
    licence: str = ""
    licence_until: dt.datetime | None = None

    def checked(self) -> "EnterpriseValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = replace(
            self,
            code=code(check, "code", self.code),
            name=check.text("name", self.name, LONGEST_NAME, needed=True),
            legal_form=check.one_of("legal_form", LegalForm, self.legal_form),
            roles=check.every("roles", Role, self.roles, f"one of {', '.join(Role)}"),
            industry=_known(check, "industry", self.industry, section_of),
            province=_known(check, "province", self.province, _province),
            handler=check.text("handler", self.handler, LONGEST),
            licence=check.text("licence", self.licence, LONGEST),
        )
        check.finish("enterprise")
        return checked


@dataclass(frozen=True, slots=True)
class RelationValues:
    """A tie between two enterprises: parent, branch, franchise, merged_into."""

    from_enterprise: str
    to_enterprise: str
    kind: str
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "RelationValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = replace(
            self,
            from_enterprise=code(check, "from_enterprise", self.from_enterprise),
            to_enterprise=code(check, "to_enterprise", self.to_enterprise),
            kind=check.one_of("kind", RelationKind, self.kind),
        )
        if checked.from_enterprise == checked.to_enterprise:
            check.refuse("to_enterprise", "same_party", "both ends are the same enterprise", "name two enterprises")
        check.finish("relation")
        return checked


@dataclass(frozen=True, slots=True)
class SubmitterValues:
    """An account at a gateway (empty: at all of them) and whose it is."""

    submitter: str
    enterprise: str
    gateway: str = ""
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "SubmitterValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = replace(
            self,
            submitter=check.text("submitter", self.submitter, LONGEST, needed=True),
            enterprise=code(check, "enterprise", self.enterprise),
            gateway=check.text("gateway", self.gateway, LONGEST),
        )
        check.finish("submitter")
        return checked


def code(check: Checking, field: str, text: str) -> str:
    """The one written form of an enterprise's code; what is wrong with it is collected."""
    return check.read(field, lambda each: identity.parse(each).code, text, text, _CODE_FIX)


def _known(check: Checking, field: str, text: str, parse: Callable[[str], object]) -> str:
    text = text.strip()
    if text:
        check.read(field, parse, text, None)
    return text


def _province(text: str) -> str:
    if not is_province(text):
        raise ValueError(f"{text[:40]!r} is no province code of GB/T 2260 (two digits, such as 11 for Beijing)")
    return text
