"""The quarter's report: due in the first days of the next one, asked for until somebody has handed it in."""

import datetime as dt

from registry import audit
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, FieldError, Invalid
from registry.kernel.sentence import Sentence
from registry.notices import service as notices
from registry.reports import quarter as quarters
from registry.reports.model import CodeReport
from registry.reports.quarter import Quarter
from registry.store import db, unit_of_work

HAND_IN = "report.hand_in"
READ = "report.read"
_DUE = Sentence("{quarter} 码号季报应于 {day} 前报送", "The list of codes of {quarter} is to be handed in by {day}")
_LATE = Sentence("{quarter} 码号季报已逾期（{day}）", "The list of codes of {quarter} is overdue since {day}")
_WHY = Sentence("季度码号清单尚未报送", "the quarter's list of codes was not handed in")
_FIX = Sentence("下载清单、报送后登记", "download it, hand it in, and note that it was")
REMINDER = dt.timedelta(days=2)  # before the last day


def parsed(text: str) -> Quarter:
    """The quarter that somebody names. Raises Invalid, also for one that has not begun."""
    try:
        found = quarters.read(text)
    except ValueError as error:
        field = FieldError("quarter", "no_quarter", str(error), "write it like 2026Q3")
        raise Invalid("no_quarter", str(error), fields=[field]) from error
    if found.first > clock.today():
        field = FieldError("quarter", "quarter_not_begun", f"{found} has not begun", "name an earlier one")
        raise Invalid("quarter_not_begun", f"{found} has not begun", fields=[field])
    return found


def hand_in(actor: Actor, text: str, note: str = "") -> CodeReport:
    """Note that the list of a quarter was handed in. Raises Invalid for one that still lasts, Conflict for a second."""
    actor.require(HAND_IN)
    quarter = parsed(text)
    if quarter.following.first > clock.today():
        field = FieldError("quarter", "quarter_lasts", f"{quarter} still lasts", "wait until it is over")
        raise Invalid("quarter_lasts", f"{quarter} still lasts", fields=[field])
    with unit_of_work() as session:
        if session.get(CodeReport, str(quarter)) is not None:
            raise Conflict("handed_in", f"the list of {quarter} is noted as handed in")
        row = CodeReport(quarter=str(quarter), handed_in_at=clock.now(), handed_in_by=actor.name, note=note)
        session.add(row)
        audit.record(actor, "report.handed_in", "code_report", str(quarter), after={"note": note})
    return row


def remind(_actor: Actor) -> None:
    """Tell staff of the last quarter's list: when it can be made, shortly before its last day, and when it is late.

    Each is told once, however often this runs; nothing is told of a quarter that was handed in.
    """
    quarter, today = quarters.of_day(clock.today()).before, clock.today()
    if db.session.get(CodeReport, str(quarter)) is not None:
        return
    day = quarters.due(quarter)
    step = "late" if today > day else "soon" if today >= day - REMINDER else "begun"
    said = (_LATE if step == "late" else _DUE).about(quarter=quarter, day=day)
    notices.tell(
        "report.late" if step == "late" else "report.due",
        ("code_report", str(quarter)),
        said,
        office="",
        needs=HAND_IN,
        reasons=[notices.reason("CODES_NOT_HANDED_IN", _WHY, _FIX)],
        payload={"quarter": str(quarter), "due_on": day.isoformat()},
        once=f"report.codes {quarter} {step}",
    )
