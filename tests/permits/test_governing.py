"""Which permit governs."""

import pytest

from registry.permits.governing import Candidate, judge, matching
from registry.permits.scope import UNLIMITED, Scope, Usage
from registry.ports.prefix import pattern

NOTICE, MARKETING = 2, 4


def permit(key, port, user="A", **scope):
    return Candidate(key, pattern(port), user, Scope(**{"categories": NOTICE, **scope}))


def usage(categories=NOTICE, first_at=100, last_at=200):
    return Usage(categories, 1, first_at, last_at)


def keys(found):
    return [each.permit for each in found]


def test_exact_ports_come_before_prefixes_and_longer_ones_before_shorter():
    permits = [permit("P1", "1069*"), permit("P2", "106900011"), permit("P3", "10690*"), permit("P4", "106900012")]
    assert keys(matching(permits, "106900011", None)) == ["P2", "P3", "P1"]


def test_a_known_user_narrows_and_an_unknown_one_does_not():
    permits = [permit("P1", "106900011", "A"), permit("P2", "106900011", "B")]
    assert keys(matching(permits, "106900011", frozenset({"B", "C"}))) == ["P2"]
    assert keys(matching(permits, "106900011", None)) == ["P1", "P2"]
    assert matching(permits, "106900011", frozenset()) == []


def test_without_a_permit_the_reason_is_that_there_is_none():
    verdict = judge(usage(), [])
    assert not verdict.lawful
    assert [reason.code for reason in verdict.reasons] == ["NO_PERMIT"]
    assert verdict.governing is None


def test_one_permit_that_allows_all_of_it_is_enough_even_if_less_specific():
    matched = matching([permit("P1", "106900011"), permit("P2", "10690*", categories=MARKETING)], "106900011", None)
    verdict = judge(usage(MARKETING), matched)
    assert verdict.lawful
    assert verdict.governing.permit == "P2"


def test_two_permits_that_allow_half_each_do_not_allow_the_whole():
    matched = matching([permit("P1", "106900011"), permit("P2", "10690*", categories=MARKETING)], "106900011", None)
    verdict = judge(usage(NOTICE | MARKETING), matched)
    assert [reason.code for reason in verdict.reasons] == ["CATEGORY_NOT_PERMITTED"]


def test_reasons_are_given_against_the_most_specific():
    matched = matching([permit("P1", "10690*", provinces=2), permit("P2", "106900011")], "106900011", None)
    verdict = judge(usage(MARKETING), matched)
    assert verdict.governing.permit == "P2"
    assert [reason.code for reason in verdict.reasons] == ["CATEGORY_NOT_PERMITTED"]


def test_among_equally_specific_ones_the_nearest_governs():
    matched = matching([permit("P1", "106900011", provinces=2), permit("P2", "106900011")], "106900011", None)
    assert judge(usage(MARKETING), matched).governing.permit == "P2"


@pytest.mark.parametrize(("turn", "lawful"), [(150, True), (151, False)])
def test_two_versions_without_a_gap_cover_a_usage_between_them_and_that_is_weak(turn, lawful):
    versions = [permit("P1", "106900011", valid_until=150), permit("P1", "106900011", valid_from=turn)]
    verdict = judge(usage(), matching(versions, "106900011", None))
    assert verdict.lawful is lawful
    assert verdict.straddles is lawful


def test_versions_that_end_too_early_do_not_cover_it():
    versions = [
        permit("P1", "106900011", valid_until=150),
        permit("P1", "106900011", valid_from=150, valid_until=200),
    ]
    verdict = judge(usage(), matching(versions, "106900011", None))
    assert [reason.code for reason in verdict.reasons] == ["AFTER_PERMIT"]


def test_a_version_that_forbids_it_otherwise_does_not_help_to_cover():
    versions = [
        permit("P1", "106900011", valid_until=150),
        permit("P1", "106900011", valid_from=150, categories=MARKETING),
    ]
    assert not judge(usage(), matching(versions, "106900011", None)).lawful


def test_a_stopped_permit_does_not_allow():
    stopped = permit("P1", "106900011", stopped_from=0, stopped_until=UNLIMITED)
    verdict = judge(usage(), matching([stopped], "106900011", None))
    assert [reason.code for reason in verdict.reasons] == ["PERMIT_SUSPENDED"]
