"""Who needs a second reviewer: the table of conditions."""

import pytest

from registry.filings.needs_two import conditions
from tests.filings.facts import (
    CARRIER,
    DELEGATION,
    FULL,
    NAME,
    NEW,
    OWNS,
    PARTIES,
    PERMIT,
    PORT,
    SCOPE,
    SIGNATURE,
    VIEW,
    A,
    B,
    changed,
    replace,
    scoped,
    seen,
    signed,
)

MARKETING = scoped(categories=("marketing",))
BEFORE = replace(SCOPE, categories=frozenset({"marketing", "notice"}), monthly_volume=1000)
BANK = replace(PARTIES[B], industry="J66")
BODY = replace(NAME, source="government")


@pytest.mark.parametrize(
    ("content", "view", "codes"),
    [
        (PERMIT, FULL, []),
        (MARKETING, FULL, ["SENSITIVE_CATEGORY"]),
        (scoped(categories=("dunning",)), FULL, ["SENSITIVE_CATEGORY"]),
        # not first, not wider
        (MARKETING, seen(scopes=(BEFORE,)), []),
        # wider in volume, provinces, port, user
        (scoped(categories=("marketing",), monthly_volume=1001), seen(scopes=(BEFORE,)), ["SENSITIVE_CATEGORY"]),
        (scoped(categories=("marketing",), monthly_volume=None), seen(scopes=(BEFORE,)), ["SENSITIVE_CATEGORY"]),
        (MARKETING, seen(scopes=(replace(BEFORE, provinces=frozenset({"11"})),)), ["SENSITIVE_CATEGORY"]),
        (scoped(categories=("marketing",), port="10690123"), seen(scopes=(BEFORE,)), ["SENSITIVE_CATEGORY"]),
        (MARKETING, seen(scopes=(replace(BEFORE, user="X"),)), ["SENSITIVE_CATEGORY"]),
        (MARKETING, seen(scopes=(SCOPE,)), ["SENSITIVE_CATEGORY"]),
        (PERMIT, seen(names=(BODY,)), ["GOVERNMENT_SOURCE"]),
        (PERMIT, seen(names=(BODY,), scopes=(replace(SCOPE, monthly_volume=1000),)), []),
        (signed(source="government"), VIEW, ["GOVERNMENT_SOURCE"]),
        (SIGNATURE, VIEW, []),
        (signed("京东银行"), VIEW, ["PROTECTED_NAME"]),
        (SIGNATURE, changed(B, industry="J66"), ["FINANCE"]),
        (DELEGATION, changed(B, industry="J66"), ["FINANCE"]),
        (DELEGATION, changed(B, industry="nonsense"), []),
        (PERMIT, changed(B, industry="J66"), ["FINANCE"]),
        (PERMIT, seen(parties=PARTIES | {B: BANK}, scopes=(replace(SCOPE, monthly_volume=1000),)), []),
        (OWNS, changed(B, industry="J66"), []),
        (PORT, VIEW, []),
        (replace(NEW, roles=("sms_service_company",)), VIEW, []),
        (replace(NEW, roles=("carrier",)), VIEW, ["SENSITIVE_ROLE"]),
        (replace(NEW, code=A, roles=("sms_service_company", "carrier")), VIEW, ["SENSITIVE_ROLE"]),
        (replace(NEW, code=CARRIER, roles=("carrier",)), VIEW, []),
    ],
)
def test_a_second_reviewer_is_asked_for_where_the_table_says(content, view, codes):
    assert [row.code for row in conditions(content, view)] == codes
