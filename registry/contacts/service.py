"""Reporting changes of contact, expecting them, taking them over.

Source of the days: rules on telecommunication codes: the holder reports a change of contact within 10 working days.
"""

import datetime as dt
from dataclasses import replace

from registry import audit
from registry.contacts import queries
from registry.contacts.kinds import ContactPart
from registry.contacts.model import ContactChange
from registry.contacts.values import checked
from registry.contacts.workflow import DECIDE, MACHINE, REPORT, ContactState
from registry.enterprises import queries as enterprises
from registry.enterprises import service as enterprises_room
from registry.handlers import queries as handlers
from registry.handlers.policy import objection
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid, NotFound
from registry.kernel.sentence import Sentence
from registry.law import calendar, provisions
from registry.notices import service as notices
from registry.papers import personal
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.version import expect as expect_version

SEE = "paper.unmask"
OLDEST = dt.timedelta(days=730)
_EXPECTED = Sentence("请于 {day} 前报告联系信息变更（{zh}）", "Report the change of your {en} by {day}")
_OVERDUE = Sentence("联系信息变更（{zh}）逾期未报告，期限为 {day}", "The change of your {en} is overdue since {day}")
_REFUSED = Sentence("联系信息变更（{zh}）未被接受", "The change of your {en} was refused")
_WHY = Sentence("码号使用单位应在变更后十个工作日内报告", "a holder of codes reports a change within ten working days")
_FIX = Sentence("登录后报告变更", "report it after log-in")
_PARTS = {
    ContactPart.HANDLER: Sentence("经办人", "handler"),
    ContactPart.LEGAL_REPRESENTATIVE: Sentence("法定代表人", "legal representative"),
    ContactPart.ADDRESS: Sentence("地址", "address"),
    ContactPart.TELEPHONE: Sentence("电话", "telephone"),
    ContactPart.EMAIL: Sentence("邮箱", "e-mail"),
}


def report(
    actor: Actor, part: str, changed_on: dt.date, *, handler: str = "", value: str = "", note: str = ""
) -> ContactChange:
    """An enterprise reports a change of its own: the new handler's key, or what any other part is now.

    Raises Invalid for a day to come, and where what is new is not said.
    """
    actor.require(REPORT)
    if actor.enterprise is None:
        raise Invalid("applicant_needed", "an enterprise reports its own changes", fix="note it as expected instead")
    with unit_of_work():
        change = _made(actor, actor.enterprise, part, changed_on, note)
        return report_expected(actor, change.key, handler=handler, value=value, note=note)


def report_expected(
    actor: Actor, key: str, *, handler: str = "", value: str = "", note: str = "", version: int | None = None
) -> ContactChange:
    """The enterprise reports a change that is expected of it, or reports anew what was refused. Raises Invalid."""
    with unit_of_work():
        change = _moved(actor, key, "report", version, note)
        if change.part is not ContactPart.HANDLER:
            _say(change, value)
        elif not handler.strip():
            error = FieldError("handler", "handler_missing", "the new handler is not named", "give the handler's key")
            raise Invalid("handler_missing", "say who handles it now", fields=[error])
        change.handler, change.note, change.reported_at = handler.strip(), note, clock.now()
    return change


def expect(actor: Actor, enterprise: str, part: str, changed_on: dt.date, *, note: str = "") -> ContactChange:
    """Staff knows of a change that was not reported: the enterprise is told until when to report it. Raises Invalid."""
    actor.require(DECIDE)
    with unit_of_work():
        change = _made(actor, enterprises.find(enterprise).code, part, changed_on, note)
        _tell(change, "enterprise.contact_expected", _EXPECTED)
    return change


def accept(actor: Actor, key: str, *, version: int | None = None, reason: str = "") -> ContactChange:
    """The change is taken over: a new handler stands in the register from now on, of the rest the last change counts.

    Raises Invalid for a handler who serves others too, as a filing's check says it (F131), unless a reason is given.
    """
    with unit_of_work() as session:
        change = _moved(actor, key, "accept", version, reason)
        change.decided_by, change.reason = actor.name, reason
        if change.part is ContactPart.HANDLER:
            _ask_whose(change, reason)
            row = enterprises.find(change.enterprise)
            enterprises_room.amend(actor, row.code, replace(enterprises_room.values_of(row), handler=change.handler))
        session.flush()
        for earlier in queries.accepted(change.enterprise, change.part)[1:]:
            earlier.sealed = ""  # a telephone that counts no more is needed no more
    return change


def refuse(actor: Actor, key: str, *, version: int | None = None, reason: str = "") -> ContactChange:
    """The report is not taken over, for a reason; it is to be made anew. Raises Invalid without one."""
    if not reason.strip():
        error = FieldError("reason", "missing", "it is empty", "say what is wrong")
        raise Invalid("reason_missing", "a refusal needs its reason", fields=[error])
    with unit_of_work():
        change = _moved(actor, key, "refuse", version, reason)
        change.decided_by, change.reason, change.sealed = actor.name, reason, ""
        _tell(change, "enterprise.contact_refused", _REFUSED, comment=reason)
    return change


def drop(actor: Actor, key: str, *, version: int | None = None, reason: str = "") -> ContactChange:
    """Nothing had changed: the enterprise is no longer asked."""
    with unit_of_work():
        change = _moved(actor, key, "drop", version, reason)
        change.decided_by, change.reason = actor.name, reason
    return change


def unmask(actor: Actor, key: str, reason: str) -> str:
    """A telephone whole, for whoever says why; that it was seen is recorded. Raises Forbidden, NotFound, Invalid."""
    actor.require(SEE)
    change = queries.one(actor, key)
    if not change.sealed:
        raise NotFound("nothing_hidden", "of this change nothing is kept hidden", fix="read it as it is shown")
    return personal.unmask(actor, change.sealed, "contact_change", key, field=change.part.value, reason=reason)


def remind() -> None:
    """Tell of what is overdue, once for each change."""
    for change in queries.overdue():
        _tell(change, "enterprise.contact_overdue", _OVERDUE, once=f"contact.overdue {change.key}")


def _made(actor: Actor, enterprise: str, part: str, changed_on: dt.date, note: str) -> ContactChange:
    _refuse_day(changed_on)
    days = provisions.integer("ports.contact_change", changed_on)
    change = ContactChange(
        key=new_key("CTC"),
        enterprise=enterprise,
        part=ContactPart(part),
        note=note,
        changed_on=changed_on,
        due_on=calendar.add_working_days(changed_on, days),
        state=ContactState.EXPECTED,
        made_at=clock.now(),
        made_by=actor.name,
    )
    with unit_of_work() as session:
        session.add(change)
        session.flush()
        after = {"enterprise": enterprise, "part": part, "changed_on": changed_on, "due_on": change.due_on}
        audit.record(actor, "contact.noted", "contact_change", change.key, after=after)
    return change


def _moved(actor: Actor, key: str, action: str, version: int | None, reason: str) -> ContactChange:
    change = queries.one(actor, key, lock=True)
    expect_version(change, version)
    before = change.state
    change.state = MACHINE.move(change, before, action, actor)
    after = {"state": change.state}
    audit.record(
        actor, f"contact.{action}", "contact_change", key, before={"state": before}, after=after, reason=reason
    )
    return change


def _say(change: ContactChange, text: str) -> None:
    value = checked(change.part, text)
    personal_value = change.part is ContactPart.TELEPHONE
    change.value = personal.masked_phone(value) if personal_value else value
    change.sealed = personal.encrypted(value) if personal_value else ""


def _ask_whose(change: ContactChange, reason: str) -> None:
    said = objection(handlers.standing(change.handler, change.enterprise), change.enterprise)
    if said and not reason.strip():
        mend = Sentence("请退回该变更，或说明为何接受", "refuse the change, or say why it is taken over")
        error = FieldError("reason", "handler_of_others", said.en, mend.en, said, mend)
        raise Invalid("handler_of_others", "this handler serves other enterprises too", fields=[error])


def _refuse_day(changed_on: dt.date) -> None:
    if not clock.today() - OLDEST <= changed_on <= clock.today():
        error = FieldError("changed_on", "bad_change_day", f"{changed_on} is to come, or long ago", "a day gone by")
        raise Invalid("bad_change_day", "a change is reported after it happened", fields=[error])


def _tell(change: ContactChange, event: str, said: Sentence, *, comment: str = "", once: str = "") -> None:
    words = _PARTS[change.part]
    why = Sentence(comment, comment) if comment else _WHY
    notices.tell(
        event,
        ("contact_change", change.key),
        said.about(day=change.due_on, zh=words.zh, en=words.en),
        enterprise=change.enterprise,
        reasons=[notices.reason("CONTACT_CHANGE", why, _FIX, field=change.part)],
        payload={"change": change.key, "part": change.part, "due_on": change.due_on.isoformat()},
        once=once,
    )
