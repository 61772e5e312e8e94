"""Who needs a second, different reviewer: a table of conditions, one row each.

A first filing, or a wider scope, in marketing, dunning, from a government source, or in finance; and names that
borrow a protected word. A row answers whether it applies; which categories, sources and industries it means are
provisions with a date.
"""

from collections.abc import Callable
from dataclasses import dataclass

from registry.filings.content import Content, PermitContent, SignatureContent, parties
from registry.filings.view import Scope, View
from registry.kernel.clock import local_day
from registry.kernel.sentence import Sentence
from registry.law import industries, provisions
from registry.permits.values import PermitValues
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.policy import protected_words


@dataclass(frozen=True, slots=True)
class Condition:
    """One row: its code, what it says to people, and when it applies."""

    code: str
    sentence: Sentence
    applies: Callable[[Content, View], bool]


def _sensitive_category(content: Content, view: View) -> bool:
    if not isinstance(content, PermitContent):
        return False
    sensitive = set(provisions.words("filings.two_deciders.categories", view.at))
    return bool(sensitive & set(content.values.scope.categories)) and first_or_wider(content.values, view)


def _government_source(content: Content, view: View) -> bool:
    sensitive = set(provisions.words("filings.two_deciders.sources", view.at))
    if isinstance(content, SignatureContent):
        return content.values.source in sensitive
    if not isinstance(content, PermitContent):
        return False
    values = content.values
    sources = {each.source for each in view.names if (each.text, each.owner) == (values.signature, values.owner)}
    return bool(sources & sensitive) and first_or_wider(values, view)


def _finance(content: Content, view: View) -> bool:
    if not isinstance(content, PortValues | DelegationValues | SignatureContent | PermitContent):
        return False
    sections = set(provisions.words("filings.two_deciders.industries", view.at))
    known = [view.parties[code].industry for code in parties(content).values() if code in view.parties]
    named = any(industries.is_industry(each) and industries.section_of(each).letter in sections for each in known)
    return named and (not isinstance(content, PermitContent) or first_or_wider(content.values, view))


def _protected(content: Content, view: View) -> bool:
    if not isinstance(content, SignatureContent):
        return False
    return bool(protected_words(content.values.signature, local_day(view.at)))


CONDITIONS = (
    Condition(
        "SENSITIVE_CATEGORY",
        Sentence("首次或扩大范围的营销、催收许可", "a first or wider permit for marketing or dunning"),
        _sensitive_category,
    ),
    Condition(
        "GOVERNMENT_SOURCE",
        Sentence("签名来源为政府机构", "a signature from a government source"),
        _government_source,
    ),
    Condition("FINANCE", Sentence("当事方属于金融业（J）", "a party belongs to finance (section J)"), _finance),
    Condition("PROTECTED_NAME", Sentence("签名含受保护名称", "the signature holds a protected name"), _protected),
)


def conditions(content: Content, view: View) -> list[Condition]:
    """The rows that apply; any of them asks for a second reviewer."""
    return [row for row in CONDITIONS if row.applies(content, view)]


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
