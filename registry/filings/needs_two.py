"""Who needs a second, different reviewer: a table of conditions, one row each, that staff read as it stands.

A first filing, or a wider scope, in marketing, dunning, from a government source, or in finance; names that borrow a
protected word; and roles that excuse from what others are asked for. A row names the feature of a filing that it looks
at and the provision that holds the values for which it applies; nothing else decides.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from registry.enterprises.values import EnterpriseValues
from registry.filings.content import Content, PermitContent, SignatureContent, parties
from registry.filings.view import Scope, View
from registry.kernel.clock import local_day
from registry.kernel.sentence import Sentence
from registry.law import industries, provisions
from registry.permits.values import PermitValues
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.policy import protected_kinds


@dataclass(frozen=True, slots=True)
class Condition:
    """One row: it applies where the feature has a value of the provision.

    `first_or_wider`: for permits only where none in force already allows all of it.
    """

    code: str
    sentence: Sentence
    feature: str
    provision: str
    first_or_wider: bool

    def applies(self, content: Content, view: View) -> bool:
        """Whether a filing needs two for this row's sake."""
        found = FEATURES[self.feature](content, view)
        if not found or found.isdisjoint(self.values(local_day(view.at))):
            return False
        return not (self.first_or_wider and isinstance(content, PermitContent)) or first_or_wider(content.values, view)

    def values(self, day: dt.date) -> set[str]:
        """The values for which it applies on a day."""
        return set(provisions.words(self.provision, day))


def _categories(content: Content, _view: View) -> set[str]:
    return set(content.values.scope.categories) if isinstance(content, PermitContent) else set()


def _sources(content: Content, view: View) -> set[str]:
    if isinstance(content, SignatureContent):
        return {content.values.source}
    if not isinstance(content, PermitContent):
        return set()
    signature = (content.values.signature, content.values.owner)
    return {each.source for each in view.names if (each.text, each.owner) == signature}


def _sections(content: Content, view: View) -> set[str]:
    if not isinstance(content, PortValues | DelegationValues | SignatureContent | PermitContent):
        return set()
    known = [view.parties[code].industry for code in parties(content).values() if code in view.parties]
    return {industries.section_of(each).letter for each in known if industries.is_industry(each)}


def _protections(content: Content, view: View) -> set[str]:
    if not isinstance(content, SignatureContent):
        return set()
    return protected_kinds(content.values.signature, local_day(view.at))


def _roles(content: Content, view: View) -> set[str]:
    """Roles that an enterprise is to have and has not yet: what it is registered with needs no second word."""
    if not isinstance(content, EnterpriseValues):
        return set()
    party = view.parties.get(content.code)
    return set(content.roles) - (party.roles if party else frozenset())


FEATURES: dict[str, Callable[[Content, View], set[str]]] = {
    "categories": _categories,
    "source": _sources,
    "industry_section": _sections,
    "protected_name": _protections,
    "enterprise_role": _roles,
}

CONDITIONS = (
    Condition(
        "SENSITIVE_CATEGORY",
        Sentence("首次或扩大范围的营销、催收许可", "a first or wider permit for marketing or dunning"),
        "categories",
        "filings.two_deciders.categories",
        first_or_wider=True,
    ),
    Condition(
        "GOVERNMENT_SOURCE",
        Sentence("签名来源为政府机构", "a signature from a government source"),
        "source",
        "filings.two_deciders.sources",
        first_or_wider=True,
    ),
    Condition(
        "FINANCE",
        Sentence("当事方属于金融业（J）", "a party belongs to finance (section J)"),
        "industry_section",
        "filings.two_deciders.industries",
        first_or_wider=True,
    ),
    Condition(
        "PROTECTED_NAME",
        Sentence("签名含受保护名称", "the signature holds a protected name"),
        "protected_name",
        "filings.two_deciders.names",
        first_or_wider=False,
    ),
    Condition(
        "SENSITIVE_ROLE",
        Sentence("企业登记为基础电信企业或主管部门", "an enterprise is to be a carrier or an authority"),
        "enterprise_role",
        "filings.two_deciders.roles",
        first_or_wider=False,
    ),
)


def conditions(content: Content, view: View) -> list[Condition]:
    """The rows that apply; any of them asks for a second reviewer."""
    return [row for row in CONDITIONS if row.applies(content, view)]


def table(day: dt.date) -> list[dict[str, Any]]:
    """The rows as people read them: the values in force on a day, and where those come from."""
    return [_told(row, day) for row in CONDITIONS]


def _told(row: Condition, day: dt.date) -> dict[str, Any]:
    provision = provisions.provision(row.provision, day)
    return {
        "code": row.code,
        "sentence": row.sentence,
        "feature": row.feature,
        "values": sorted(row.values(day)),
        "first_or_wider": row.first_or_wider,
        "deciders": 2,
        "provision": row.provision,
        "source": provision.source,
        "since": provision.valid_from,
    }


def first_or_wider(values: PermitValues, view: View) -> bool:
    """Whether no permit in force of the same signature and user already allows all of this."""
    same = [
        each
        for each in view.scopes
        if (each.signature, each.owner, each.user) == (values.signature, values.owner, values.user)
        and each.span.start <= view.at < each.span.end
    ]
    return not any(_covers(each, values) for each in same)


def _covers(permit: Scope, values: PermitValues) -> bool:
    scope = values.scope
    categories = set(scope.categories) <= permit.categories
    provinces = not permit.provinces or (bool(scope.provinces) and set(scope.provinces) <= permit.provinces)
    asked, allowed = scope.monthly_volume, permit.monthly_volume
    volume = allowed is None or (asked is not None and asked <= allowed)
    return categories and provinces and volume and permit.port == values.port
