"""Late records: only the windows that they fall into are read and judged again, and what is found is the same."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from registry.detection import judged, service, tasks, windows
from registry.detection.model import DetectionRun, Finding, RunState
from registry.kernel.actor import SYSTEM
from registry.settings import current
from registry.store import db
from registry.traffic.model import FactFile
from tests.detection.test_findings import DAY, feed, parties

__all__ = ["parties"]
DAYS = [DAY + dt.timedelta(days=each) for each in range(4)]
LONG_AGO = DAY - dt.timedelta(days=410)
EARLY, LATE = (DAYS[0], DAYS[1]), (DAYS[2], DAYS[3])


@pytest.fixture
def judged_days(app, parties, tmp_path):
    """Four days of a stranger's messages, judged as two windows."""
    for each in DAYS:
        feed(tmp_path, ("丙商城", 30), ("乙银行", 50), day=each, name=f"{each}")
    for window in (EARLY, LATE):
        assert service.run(SYSTEM, *window).state is RunState.COMPLETE


def found():
    db.session.expire_all()
    rows = db.session.scalars(sa.select(Finding).order_by(Finding.rule, Finding.subject)).all()
    return [
        [each.rule, each.subject, each.state, each.severity, each.kind, each.first_day, each.last_day, each.messages]
        + [(one.day, one.messages) for one in each.evidence]
        for each in rows
    ]


def hidden(window):
    """The fact files of a window out of reach, until called again."""
    rows = db.session.scalars(sa.select(FactFile).where(FactFile.day.between(*window))).all()
    away = current().data / "away"  # what lies unlisted beside the facts is swept
    away.mkdir()
    moved = [(current().facts / each.path, away / str(each.id)) for each in rows]
    for here, there in moved:
        here.rename(there)
    return lambda: [there.rename(here) for here, there in moved]


def test_after_all_is_judged_nothing_is_left_to_judge(judged_days):
    assert judged.changed() == {}


def test_a_late_file_has_its_window_judged_again_and_those_that_look_back_to_it(judged_days, app, tmp_path):
    feed(tmp_path, ("丙商城", 30), day=LONG_AGO, name="old")
    service.run(SYSTEM, LONG_AGO, LONG_AGO)
    assert judged.changed() == {}
    feed(tmp_path, ("丙商城", 7), ("丁公司", 40), day=DAYS[1], name="late")
    assert judged.changed() == {EARLY: [DAYS[1]], LATE: []}
    back = hidden((LONG_AGO, LONG_AGO))
    result = app.test_cli_runner().invoke(args=["detection", "run", "--changed"])
    assert result.exit_code == 0, result.output
    assert judged.changed() == {}
    incremental = found()
    back()
    for window in (EARLY, LATE):
        service.run(SYSTEM, *window)
    assert found() == incremental
    assert any("丁公司" in each[1] for each in incremental)


def test_a_run_of_some_rules_leaves_the_day_to_be_judged(judged_days, tmp_path):
    feed(tmp_path, ("丙商城", 7), day=DAYS[1], name="late")
    service.run(SYSTEM, *EARLY, ["S101"])
    assert judged.changed() == {EARLY: [DAYS[1]], LATE: []}


def test_a_late_file_of_the_last_window_touches_no_earlier_one(judged_days, tmp_path):
    feed(tmp_path, ("丙商城", 7), day=DAYS[3], name="late")
    assert judged.changed() == {LATE: [DAYS[3]]}


def test_days_that_nobody_judged_are_judged_by_months(app, parties, tmp_path):
    feed(tmp_path, ("丙商城", 3), day=dt.date(2026, 1, 30), name="a")
    feed(tmp_path, ("丙商城", 3), day=dt.date(2026, 2, 2), name="b")
    january, february = judged.by_month(dt.date(2026, 1, 1), dt.date(2026, 2, 2))
    assert january == (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    assert judged.changed() == {january: [dt.date(2026, 1, 30)], february: [dt.date(2026, 2, 2)]}


def test_what_changed_is_ordered_once_over_the_api_each_window_a_job(judged_days, caller, tmp_path):
    for day in (DAYS[0], DAYS[2]):
        feed(tmp_path, ("丙商城", 7), day=day, name=f"late-{day}")
    analyst = caller("supervisor")
    ordered = analyst.post("/api/v1/detection-runs/changed", json={}).json["items"]
    assert [(each["from_day"], each["to_day"]) for each in ordered] == [tuple(map(str, each)) for each in (EARLY, LATE)]
    assert analyst.post("/api/v1/detection-runs/changed", json={}).json["items"] == []
    for each in ordered:
        service.carry_out(SYSTEM, each["key"])
    assert judged.changed() == {}


def test_by_itself_what_changed_is_judged_only_where_the_setting_says_so(judged_days, app, tmp_path, monkeypatch):
    feed(tmp_path, ("丙商城", 7), day=DAYS[0], name="late")
    before = db.session.scalar(sa.select(sa.func.count(DetectionRun.id)))
    tasks.judge_what_changed()
    assert db.session.scalar(sa.select(sa.func.count(DetectionRun.id))) == before
    willing = replace(current(), judge_changed=True)
    monkeypatch.setitem(app.extensions, "registry-settings", willing)
    tasks.judge_what_changed()
    tasks.judge_what_changed()
    assert db.session.scalar(sa.select(sa.func.count(DetectionRun.id))) == before + 2


def test_what_failed_lately_is_not_tried_again_by_itself(judged_days, tmp_path):
    feed(tmp_path, ("丙商城", 7), day=DAYS[0], name="late")
    key, _later = windows.order_changed(SYSTEM)
    back = hidden(EARLY)
    with pytest.raises(Exception, match="No files found"):
        service.carry_out(SYSTEM, key)
    back()
    assert windows.judge_by_itself(SYSTEM) == []
    assert len(windows.order_changed(SYSTEM)) == 1
