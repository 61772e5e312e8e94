"""Telling: in the caller's commit, to the right people, once where it is said so; read by each for himself."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from registry.kernel import clock
from registry.kernel.errors import NotFound
from registry.kernel.paging import PageRequest
from registry.notices import queries, service
from registry.notices.model import Notice, Unspread
from registry.store import unit_of_work
from tests.conftest import actor
from tests.factories import registered
from tests.notices.conftest import SAID

ALL = PageRequest("", 1000)
JOBS = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'notices.spread'")


def test_a_notice_is_there_only_if_the_callers_work_is_committed(session, company, tell):
    with pytest.raises(RuntimeError), unit_of_work():
        tell(company)
        raise RuntimeError
    assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0
    tell(company)
    assert session.scalar(sa.select(sa.func.count()).select_from(Unspread)) == 1


def test_one_commit_asks_for_one_job_however_much_it_tells(session, company, tell):
    with unit_of_work():
        for _ in range(5):
            tell(company)
    assert session.scalar(JOBS) == 1
    tell(company)
    assert session.scalar(JOBS) == 2


def test_what_is_told_once_is_told_once(session, company, tell):
    for _ in range(3):
        tell(company, once="expiry 30 PMT-1")
    assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 1


def test_a_notice_is_never_changed(session, company, tell):
    tell(company)
    with pytest.raises(DBAPIError, match="append"), session.begin_nested():
        session.execute(sa.text("UPDATE notice SET event = 'x.y'"))


@pytest.mark.parametrize(
    ("event", "to"),
    [
        ("gossip.told", {"office": ""}),
        ("filing", {"office": ""}),
        ("filing.x", {}),
        ("filing.x", {"office": "", "account": "a"}),
    ],
)
def test_a_notice_that_is_about_nothing_or_to_nobody_is_a_fault_of_ours(app, event, to):
    with pytest.raises(ValueError):
        service.tell(event, ("filing", "FLG-1"), SAID, **to)


def test_each_reader_sees_what_is_theirs(company, tell):
    other = registered.enterprise("路人有限公司", "end_user").code
    tell(company)
    for to in ({"office": ""}, {"office": "44"}, {"office": "", "needs": "filing.decide"}, {"account": "li"}):
        service.tell("filing.awaiting_second", ("filing", "FLG-2"), SAID, **to)

    def seen(reader):
        return len(queries.listed(reader, ALL).items)

    assert seen(actor("company", name="wu", enterprise=company)) == 1
    assert seen(actor("company", name="lu", enterprise=other)) == 0
    assert seen(actor("reviewer", name="li")) == 3
    assert seen(actor("auditor", name="qian")) == 1


def test_a_page_goes_on_where_the_one_before_ended_newest_first(company, tell):
    for _ in range(5):
        tell(company)
    reader, found, after = actor("company", name="wu", enterprise=company), [], ""
    while True:
        page = queries.listed(reader, PageRequest(after, 2))
        found += [each.key for each in page.items]
        if not (after := page.after):
            break
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 5


def test_two_of_one_company_read_each_for_themselves(company, tell):
    for _ in range(3):
        tell(company)
    wu, he = (actor("company", name=name, enterprise=company) for name in ("wu", "he"))
    first = queries.listed(wu, ALL).items[0]
    service.read(wu, first.key)
    service.read(wu, first.key)
    assert (queries.unread_count(wu), queries.unread_count(he)) == (2, 3)
    assert first not in queries.listed(wu, ALL, unread=True).items
    assert service.read_all(wu) == 2
    assert (queries.unread_count(wu), queries.unread_count(he)) == (0, 3)
    with clock.frozen(clock.now() + queries.FRESH * 2):
        assert queries.unread_count(he) == 0


def test_another_companys_notice_cannot_be_read(company, tell):
    tell(company)
    key = queries.listed(actor("company", name="wu", enterprise=company), ALL).items[0].key
    stranger = actor("company", name="lu", enterprise=registered.enterprise("路人有限公司", "end_user").code)
    with pytest.raises(NotFound):
        service.read(stranger, key)
