"""A permit that nobody sends with is warned of, then ends; what is used, standby, or not judged does not."""

import datetime as dt

import sqlalchemy as sa

from registry.audit import queries as audit
from registry.changes.model import Change
from registry.filings.changing import RenewalContent
from registry.filings.service.continuing import renew
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import PageRequest
from registry.lifecycle import queries, service
from registry.lifecycle.model import DailyWork
from registry.notices.model import Notice
from registry.permits import queries as permits
from registry.permits.model import Permit
from registry.store.periods import in_force
from tests.conftest import actor
from tests.factories import registered as made
from tests.lifecycle.conftest import recorded, records

ALL = PageRequest("", 1000)


def prepare(folder, long_ago, *sent):
    """Records of every day since the permit began, with what was sent under it."""
    recorded(long_ago.began, clock.today())
    if sent:
        records(folder, sent)
    service.take_up()


def in_days(days):
    return clock.frozen(clock.now() + dt.timedelta(days=days))


def standing(session, key):
    return session.scalar(sa.select(sa.func.count()).where(Permit.key == key, in_force(Permit))) == 1


def events(session):
    query = sa.select(Notice.event).where(Notice.event.startswith("permit.")).order_by(Notice.key)
    return list(session.scalars(query))


def test_an_idle_permit_is_warned_of_and_ends_thirty_days_later_for_everybody_to_see(session, long_ago, tmp_path):
    prepare(tmp_path, long_ago)
    assert (service.warn(SYSTEM), service.end_idle(SYSTEM)) == (1, 0)
    assert (service.warn(SYSTEM), service.end_idle(SYSTEM)) == (0, 0)
    (lapse,) = queries.lapses(actor("company", name="wu", enterprise=long_ago.company), ALL).items
    assert lapse.lapses_on == clock.today() + dt.timedelta(days=30)
    with in_days(29):
        assert service.end_idle(SYSTEM) == 0
        assert standing(session, long_ago.permit.key)
    with in_days(30):
        assert service.end_idle(SYSTEM) == 1
        assert service.end_idle(SYSTEM) == 0
        assert not standing(session, long_ago.permit.key)
    assert events(session) == ["permit.lapsing", "permit.lapsed"]
    assert [each.action for each in audit.history("permit", long_ago.permit.key)][-2:] == [
        "permit.lapse_warned",
        "permit.ended",
    ]
    query = sa.select(Change.key, Change.action).order_by(Change.position.desc()).limit(1)
    assert session.execute(query).one() == (long_ago.permit.key, "ended")


def test_a_lapsed_permit_can_be_registered_again(session, long_ago, tmp_path):
    prepare(tmp_path, long_ago)
    service.warn(SYSTEM)
    with in_days(30):
        service.end_idle(SYSTEM)
    with in_days(31):
        renew(SYSTEM, RenewalContent("permit", long_ago.permit.key), clock.now())
        assert standing(session, long_ago.permit.key)
        assert service.warn(SYSTEM) == 0


def test_one_that_is_used_after_the_warning_stays(session, long_ago, tmp_path):
    prepare(tmp_path, long_ago)
    service.warn(SYSTEM)
    with in_days(20):
        records(tmp_path, [(clock.today(), "10690123", "红帆")], name="later")
        service.take_up()
    with in_days(30):
        assert service.end_idle(SYSTEM) == 0
        assert standing(session, long_ago.permit.key)
    assert queries.lapses(SYSTEM, ALL).items[0].state == "used"


def test_one_that_was_used_lately_is_not_warned_of(long_ago, tmp_path):
    prepare(tmp_path, long_ago, (clock.today() - dt.timedelta(days=40), "10690123", "红帆"))
    assert service.warn(SYSTEM) == 0


def test_an_extension_of_the_customer_counts_for_a_permit_of_a_range(session, long_ago, tmp_path):
    with clock.frozen(made.days_ago(239)):
        made.signature(long_ago.company, "红帆商城")
        wide = made.permit(long_ago.company, long_ago.company, "10690123*", "红帆商城")
    prepare(tmp_path, long_ago, (clock.today() - dt.timedelta(days=9), "1069012399", "红帆商城"))
    service.warn(SYSTEM)
    assert [each.permit for each in queries.lapses(SYSTEM, ALL).items] == [long_ago.permit.key]
    assert standing(session, wide.key)


def test_standby_permits_are_spared(long_ago, tmp_path):
    with clock.frozen(made.days_ago(239)):
        made.signature(long_ago.company, "防汛预警")
        made.permit(long_ago.company, long_ago.company, "10690123", "防汛预警", standby=True)
    prepare(tmp_path, long_ago)
    service.warn(SYSTEM)
    assert [each.permit for each in queries.lapses(SYSTEM, ALL).items] == [long_ago.permit.key]


def test_without_records_nothing_lapses(long_ago, tmp_path):
    assert service.warn(SYSTEM) == 0
    recorded(clock.today() - dt.timedelta(days=60), clock.today())
    assert service.warn(SYSTEM) == 0, "sixty days of records don't show six months of silence"


def test_the_days_round_is_done_once_a_day(session, long_ago, tmp_path):
    recorded(long_ago.began, clock.today())
    assert service.look(SYSTEM)
    assert not service.look(SYSTEM)
    assert session.scalar(sa.select(sa.func.count()).select_from(DailyWork)) == 1
    assert len(queries.lapses(SYSTEM, ALL).items) == 1
    with in_days(1):
        assert service.look(SYSTEM)
    asked = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'traffic.compact'")
    assert session.scalar(asked) == 1  # the next day's round finds the job waiting


def test_a_file_is_taken_up_once_however_late_it_comes(long_ago, tmp_path):
    day = clock.today()
    records(tmp_path, [(day, "10690123", "红帆")])
    assert (service.take_up(), service.take_up()) == (1, 0)
    records(tmp_path, [(day - dt.timedelta(days=9), "10690123", "红帆")], name="late")
    assert service.take_up() == 1
    from registry.lifecycle import usage

    assert usage.of_permits([permits.one(SYSTEM, long_ago.permit.key)]) == {long_ago.permit.key: day}
