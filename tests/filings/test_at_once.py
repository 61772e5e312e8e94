"""What counts from its handing in: only what no check objects to, only for as long as was approved, and told of."""

import datetime as dt

import pytest
import sqlalchemy as sa

from registry.audit.queries import history
from registry.filings import service
from registry.filings.changing import RenewalContent, ScopeChangeContent, TemporaryPermitContent
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Invalid, NotFound
from registry.notices.model import Notice
from registry.permits import queries as permits
from registry.permits import service as permits_service
from registry.permits.values import ScopeValues
from tests.factories import registered as made
from tests.filings.conftest import approved, handed_in, permit_of

NARROWER = ScopeValues(("notice",), provinces=("11",), monthly_volume=500)
NARROWEST = ScopeValues(("notice",), provinces=("11",), monthly_volume=5)
DAY = dt.timedelta(days=1)


@pytest.fixture
def permit(chain):
    """The key of an approved permit of the customer, which ends in a month."""
    return approved(chain, handed_in(chain.by_customer, permit_of(chain, valid_until=clock.now() + 30 * DAY))).entry_key


@pytest.fixture
def backup(chain, permit):
    """A backup channel of that permit, just opened."""
    return handed_in(chain.by_customer, TemporaryPermitContent(permit, "1069012302", 48, "主通道中断"))


def now_of(key):
    return permits.one(SYSTEM, key, as_of=clock.now())


def refused_codes(by, content):
    with pytest.raises(Invalid) as refused:
        handed_in(by, content)
    return {each.code for each in refused.value.fields}


def rejected(chain, filing, action=service.reject):
    service.claim(chain.li, filing.key)
    return action(chain.li, filing.key, reasons=[{"code": "OTHER", "field": ""}], comment="不同意")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_lapsed_permit_is_not_revived_by_a_change_of_its_scope(chain, permit, at_once):
    with clock.frozen(clock.now() + 60 * DAY):
        assert "F502" in refused_codes(chain.by_customer, ScopeChangeContent(permit, NARROWER, at_once=at_once))
        with pytest.raises(NotFound):
            now_of(permit)


def test_an_ended_backup_channel_is_not_revived_by_a_change_of_its_scope(chain, backup):
    with clock.frozen(clock.now() + 4 * DAY):
        change = ScopeChangeContent(backup.entry_key, NARROWER, at_once=True)
        assert "F502" in refused_codes(chain.by_customer, change)
        with pytest.raises(NotFound):
            now_of(backup.entry_key)


def test_what_lapsed_while_its_change_waited_is_not_revived_by_the_approval(chain, permit):
    filing = handed_in(chain.by_customer, ScopeChangeContent(permit, NARROWER))
    with clock.frozen(clock.now() + 60 * DAY):
        service.claim(chain.li, filing.key)
        with pytest.raises(Invalid):
            service.approve(chain.li, filing.key, comment="同意")


def test_the_registry_itself_never_lengthens_a_permit_by_a_change(chain, permit):
    until = now_of(permit).valid_until
    assert permits_service.amend(made.reviewer(), permit, scope=NARROWER).valid_until == until
    with clock.frozen(clock.now() + 60 * DAY), pytest.raises(Conflict) as refused:
        permits_service.amend(made.reviewer(), permit, scope=NARROWEST)
    assert (refused.value.code, refused.value.fix) == ("already_ended", "renew it first")


@pytest.mark.parametrize("action", [service.reject, service.send_back])
def test_what_was_narrowed_at_once_is_restored_when_a_reviewer_refuses_it(chain, permit, action):
    filing = handed_in(chain.by_customer, ScopeChangeContent(permit, NARROWER, at_once=True))
    assert now_of(permit).monthly_volume == 500
    rejected(chain, filing, action)
    assert (now_of(permit).monthly_volume, now_of(permit).provinces) == (10000, [])
    assert "refused" in history("permit", permit)[-1].reason


def test_what_was_narrowed_and_refused_stands_where_the_permit_has_changed_since_and_the_trail_says_why(chain, permit):
    filing = handed_in(chain.by_customer, ScopeChangeContent(permit, NARROWER, at_once=True))
    approved(chain, handed_in(chain.by_customer, ScopeChangeContent(permit, NARROWEST, at_once=True)))
    rejected(chain, filing)
    assert now_of(permit).monthly_volume == 5
    [trail] = [each for each in history("filing", filing.key) if each.action == "filing.stands"]
    assert "changed again" in trail.after["stands_because"]


def test_a_backup_channel_does_not_open_over_a_check_that_fails(chain, permit):
    made.port(chain.stranger, "10690777")
    assert "F403" in refused_codes(chain.by_customer, TemporaryPermitContent(permit, "10690777", 48, "主通道中断"))
    made.measure("enterprise", chain.customer, "stop_new")
    assert "F103" in refused_codes(chain.by_customer, TemporaryPermitContent(permit, "1069012302", 48, "主通道中断"))


def test_channels_are_not_chained_without_a_reviewer(chain, permit, backup):
    again = TemporaryPermitContent(permit, "1069012303", 48, "主通道仍中断")
    with clock.frozen(clock.now() + 2 * DAY):
        assert refused_codes(chain.by_customer, again) == {"F508"}
    approved(chain, backup)
    with clock.frozen(clock.now() + 2 * DAY):
        second = handed_in(chain.by_customer, again)
        approved(chain, second)
    with clock.frozen(clock.now() + 4 * DAY):
        assert refused_codes(chain.by_customer, again) == {"F508"}
    with clock.frozen(clock.now() + 60 * DAY):
        later = approved(chain, handed_in(chain.by_customer, permit_of(chain))).entry_key
        assert handed_in(chain.by_customer, TemporaryPermitContent(later, "1069012303", 48, "主通道中断")).entry_key


def test_a_channel_that_was_sent_back_opens_again_once_it_is_mended(chain, permit, backup):
    rejected(chain, backup, service.send_back)
    shorter = TemporaryPermitContent(permit, "1069012302", 5, "主通道中断，预计五小时")
    service.mend(chain.by_customer, backup.key, shorter)
    filing = service.submit(chain.by_customer, backup.key)
    assert (filing.state, now_of(filing.entry_key).purpose) == (State.SUBMITTED, "backup")


def test_a_backup_channel_is_not_renewed(chain, backup):
    content = RenewalContent("permit", backup.entry_key, clock.now() + 300 * DAY)
    assert "F506" in refused_codes(chain.by_customer, content)


def test_staff_and_everybody_whom_it_concerns_are_told_that_it_counts_already(chain, permit, backup, session):
    found = session.scalars(sa.select(Notice).where(Notice.event == "filing.at_once", Notice.subject == backup.key))
    told = {each.recipient: each for each in found}
    assert set(told) == {"office:", f"enterprise:{chain.company}"}
    assert "1069012302" in told["office:"].sentence["zh"]
