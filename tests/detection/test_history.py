"""The days before a window: rules about change compare with them, and they never become evidence themselves."""

import csv
import datetime as dt

import pytest

from registry.detection import judged, service, windows
from registry.detection.model import Finding, RunState
from registry.detection.workflow import FindingState
from registry.kernel.actor import SYSTEM
from registry.kernel.clock import SHANGHAI
from registry.lookback.records import frozen_facts
from registry.replays import explaining
from registry.store import db
from registry.traffic import service as traffic
from tests.detection.test_findings import ANALYST, DAY, PORT, feed, found, parties

__all__ = ["parties"]
WOKE = DAY + dt.timedelta(days=45)
MARCH = dt.date(DAY.year + 1, 3, 1)  # far from every festival


@pytest.fixture
def woken(parties, tmp_path) -> Finding:
    """A number that was used once, slept for six weeks and woke: each of the two days is judged as a window."""
    for day, count in ((DAY, 10), (WOKE, 60)):
        feed(tmp_path, ("乙银行", count), day=day, name=f"{day}")
        assert service.run(ANALYST, day, day).state is RunState.COMPLETE
    (finding,) = found("S310")
    return finding


def test_a_run_over_one_day_sees_that_a_number_slept_for_weeks_before_it(woken):
    assert (woken.port, woken.messages, woken.first_day, woken.last_day) == (PORT, 60, WOKE, WOKE)


def test_what_a_finding_of_change_rests_on_is_shown_again_with_the_days_before(woken):
    again = explaining.again(ANALYST, woken.key)
    assert (again.same, again.holds) == (True, True)


def test_a_late_file_within_the_silence_has_the_window_judged_again_and_the_finding_withdrawn(woken, tmp_path):
    between = DAY + dt.timedelta(days=30)
    feed(tmp_path, ("乙银行", 5), day=between, name="late")
    assert judged.changed()[WOKE, WOKE] == []
    for key in windows.order_changed(SYSTEM):
        service.carry_out(SYSTEM, key)
    assert judged.changed() == {}
    db.session.expire_all()
    assert [each.state for each in found("S310")] == [FindingState.WITHDRAWN]


def test_a_look_back_freezes_the_days_before_with_those_it_looks_at(woken):
    frozen = frozen_facts(WOKE, WOKE)
    assert {each["day"] for each in frozen if each["kind"] == "base"} == {str(DAY), str(WOKE)}
    assert {each["day"] for each in frozen if each["kind"] == "contact"} <= {str(WOKE)}


def test_drift_that_began_with_the_month_is_found_by_the_run_over_the_month(parties, tmp_path):
    april = MARCH.replace(month=4)
    days = [MARCH + dt.timedelta(days=place) for place in range(59)]
    with (tmp_path / "spring.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["submitted_at", "gateway", "port", "recipient", "content"])
        for day in days:
            moment = dt.datetime.combine(day, dt.time(10), SHANGHAI).isoformat()
            for number in range(60 if day >= april else 20):
                writer.writerow([moment, "G1", PORT, f"139{number:08}", "【乙银行】您的账单已出，请留意查收"])
    traffic.ingest(SYSTEM, [tmp_path / "spring.csv"])
    for window in judged.by_month(days[0], days[-1]):
        assert service.run(ANALYST, *window).state is RunState.COMPLETE
    (finding,) = found("S309")
    assert finding.first_day > april
    assert {each.messages for each in finding.evidence} == {60}
