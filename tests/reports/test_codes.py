"""The quarter's list of opened codes: what stands at its end, what was added, what ended, in time."""

import csv
import datetime as dt
import io

import pytest
import python_calamine
import sqlalchemy as sa

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid
from registry.notices.model import Notice
from registry.ports import service as ports
from registry.ports.model import Port
from registry.reports import codes, quarter, queries, service
from registry.reports.quarter import Quarter
from registry.store import db, unit_of_work
from registry.store.periods import change, known
from tests.conftest import actor
from tests.factories import registered as made

Q3 = Quarter(2026, 3)


def on(month, day, year=2026):
    return clock.frozen(clock.midnight(dt.date(year, month, day)) + dt.timedelta(hours=9))


@pytest.fixture
def book(app):
    """Codes of two holders: kept, added, ended, both, ended before, added after, changed meanwhile, changed hands."""
    with on(1, 5):
        one = made.enterprise("红帆短信服务有限公司", "sms_service_company").code
        two = made.enterprise("蓝帆短信服务有限公司", "sms_service_company").code
        for digits in ("10690001", "10690002", "10690003", "10690004", "10690005"):
            made.port(one, digits)
    with on(6, 30):
        ports.end_port(SYSTEM, "10690003")
    with on(7, 1):
        made.port(two, "10690011")
        ports.end_port(SYSTEM, "10690002")
    with on(8, 1):
        made.port(two, "10690012")
        with unit_of_work() as session:
            row = session.scalar(sa.select(Port).where(Port.port == "10690004", known(Port)))
            change(row, clock.now(), "li", max_length=15)
        ports.end_port(SYSTEM, "10690005")
        made.port(two, "10690005")
    with on(9, 30):
        ports.end_port(SYSTEM, "10690012")
    with on(10, 1):
        made.port(one, "10690021")
        ports.end_port(SYSTEM, "10690011")
    return {"one": one, "two": two}


def listed(which=Q3):
    return {(each.port, each.holder): each for each in codes.codes(which)}


def test_each_code_says_whether_it_was_kept_added_or_ended_in_the_quarter(book):
    with on(10, 5):
        found = {(port, each.change) for (port, _holder), each in listed().items()}
    assert found == {
        ("10690001", "kept"),
        ("10690002", "ended"),
        ("10690004", "kept"),
        ("10690005", "ended"),
        ("10690005", "added"),
        ("10690011", "added"),
        ("10690012", "added_and_ended"),
    }


def test_a_code_under_a_new_version_counts_once_from_its_first_day(book):
    with on(10, 5):
        row = listed()["10690004", book["one"]]
    assert (row.opened_on, row.ended_on, row.max_length) == ("2026-01-05", "", 15)


def test_the_quarter_before_and_after_say_what_was_so_then(book):
    with on(10, 5):
        second, fourth = listed(Quarter(2026, 2)), listed(Quarter(2026, 4))
    assert second["10690003", book["one"]].change == "ended"
    assert ("10690011", book["two"]) not in second
    assert fourth["10690021", book["one"]].change == "added"
    assert fourth["10690011", book["two"]].change == "ended"
    assert ("10690002", book["one"]) not in fourth


def test_both_forms_hold_the_same(book, tmp_path):
    with on(10, 5):
        for form in codes.FORMS:
            with (tmp_path / f"codes.{form}").open("wb") as target:
                assert codes.write(Q3, form, target) == 7
    text = (tmp_path / "codes.csv").read_text("utf-8-sig")
    sheet = python_calamine.load_workbook(tmp_path / "codes.xlsx").get_sheet_by_index(0).to_python()
    assert [[str(cell) for cell in row] for row in sheet] == list(csv.reader(io.StringIO(text)))


def test_a_quarter_is_read_and_written_the_same():
    assert str(quarter.read("2026q4")) == "2026Q4"
    assert (Quarter(2026, 4).following, Quarter(2027, 1).before) == (Quarter(2027, 1), Quarter(2026, 4))
    assert quarter.of_day(dt.date(2026, 9, 30)) == Q3
    assert quarter.due(Q3) == dt.date(2026, 10, 10)
    for wrong in ("2026Q5", "26Q1", "2026", "", "9999Q1"):
        with pytest.raises(ValueError, match="no quarter"):
            quarter.read(wrong)


def test_staff_is_told_when_it_is_due_shortly_before_and_when_it_is_late_each_once(session, book):
    for month, day in ((10, 1), (10, 1), (10, 4), (10, 8), (10, 9), (10, 11), (10, 30)):
        with on(month, day):
            service.remind(SYSTEM)
    told = session.scalars(sa.select(Notice).where(Notice.event.startswith("report.")).order_by(Notice.key)).all()
    assert [each.event for each in told] == ["report.due", "report.due", "report.late"]
    assert {each.needs for each in told} == {"report.hand_in"}


def test_what_is_handed_in_is_asked_for_no_more(session, book):
    boss = actor("supervisor", name="zhang")
    with on(9, 30), pytest.raises(Invalid):
        service.hand_in(boss, "2026Q3")
    with on(10, 2):
        service.hand_in(boss, "2026Q3", "回执 17")
        with pytest.raises(Conflict):
            service.hand_in(boss, "2026Q3")
        service.remind(SYSTEM)
        state = next(each for each in queries.states() if each.quarter == "2026Q3")
    assert (state.handed_in_by, state.late) == ("zhang", False)
    assert session.scalars(sa.select(Notice).where(Notice.event.startswith("report."))).all() == []
    with pytest.raises(Forbidden):
        service.hand_in(actor("auditor"), "2026Q2")


def test_it_is_downloaded_over_http_by_staff_and_not_by_companies(caller, book):
    answer = caller("auditor").get("/api/v1/code-reports/2026Q3/codes?format=csv")
    assert answer.status_code == 200
    assert "codes-2026Q3.csv" in answer.headers["Content-Disposition"]
    assert answer.get_data(as_text=True).count("\r\n") == 8
    company = caller("company_key", enterprise=book["one"])
    assert company.get("/api/v1/code-reports/2026Q3/codes").status_code == 403
    assert caller("auditor").get("/api/v1/code-reports/2926Q3/codes").status_code == 422


def test_a_thousand_codes_take_as_many_queries_as_ten(session, book):
    said = []

    def note(_connection, _cursor, statement, *_rest):
        said.append(statement)

    sa.event.listen(db.session.connection(), "before_cursor_execute", note)
    with on(10, 5):
        list(codes.codes(Q3))
    assert len(said) == 1
