"""Asking for originals and taking them in: each use case in one unit of work."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit
from registry.asks import queries
from registry.asks.model import Ask, AskStep
from registry.asks.telling import tell_of
from registry.asks.workflow import MACHINE, AskState
from registry.audit.service import plain
from registry.detection.model import Case
from registry.detection.proof import Element, Stance
from registry.enterprises import queries as enterprises
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.due import end_of
from registry.kernel.errors import FieldError, Invalid, NotFound
from registry.law import calendar, provisions
from registry.papers import queries as papers
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.version import expect

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def ask(actor: Actor, case: Case, enterprise: str, element: Element, what: str, *, due: dt.date | None = None) -> Ask:
    """Ask an enterprise for an original (the room of cases says when that may be).

    Raises Invalid for a day that is gone or where nothing is asked for, NotFound for an unknown enterprise.
    """
    actor.require("finding.work")
    _said(what)
    with unit_of_work() as session:
        row = Ask(
            key=new_key("ASK"),
            case_id=case.id,
            enterprise=enterprises.find(enterprise).code,
            element=element,
            what=what,
            state=AskState.ASKED,
            asked_by=actor.name,
            asked_at=clock.now(),
            due_at=_due(due),
            reminders=0,
            papers=[],
            hashes=[],
        )
        session.add(row)
        session.flush()
        content = {"case": case.key, "enterprise": row.enterprise, "element": element, "due": row.due_at}
        _note(session, row, actor, "ask", what, {}, content)
        tell_of(row, what)
    return row


def answer(actor: Actor, key: str, text: str, paper_keys: Iterable[str] = (), *, version: int | None = None) -> Ask:
    """The enterprise hands originals over, as papers of its own. Raises Invalid for papers that are not its own."""
    keys = list(dict.fromkeys(paper_keys))
    with unit_of_work() as session:
        row = _seen(session, actor, key, version)
        hashes = _hashes_of(row.enterprise, keys)
        _move(session, row, actor, "answer", text, papers=keys, hashes=hashes)
        row.papers, row.hashes = [*row.papers, *keys], [*row.hashes, *hashes]
        row.answer, row.received_at = text, clock.now()
    return row


def receive(actor: Actor, key: str, text: str, hashes: Iterable[str], *, version: int | None = None) -> Ask:
    """Staff notes originals that came in another way, each by the SHA-256 of its scan. Raises Invalid without one."""
    found = list(dict.fromkeys(each.strip().lower() for each in hashes if each.strip()))
    if not found or not all(_SHA256.match(each) for each in found):
        error = FieldError("hashes", "no_hash", "no SHA-256 of what came in", "64 hexadecimal digits for each original")
        raise Invalid("no_hash", "an original is noted by its hash", fields=[error])
    with unit_of_work() as session:
        row = _seen(session, actor, key, version)
        _move(session, row, actor, "receive", text, hashes=found)
        row.hashes, row.received_at = [*row.hashes, *found], clock.now()
    return row


def refuse(actor: Actor, key: str, text: str, *, version: int | None = None) -> Ask:
    """The enterprise does not hand it over, and says why; staff notes the same where it was told."""
    action = "refuse" if actor.may("finding.answer") else "note_refusal"
    with unit_of_work() as session:
        row = _seen(session, actor, key, version)
        _move(session, row, actor, action, _said(text))
        row.answer = text
    return row


def remind(actor: Actor, key: str, text: str = "", *, version: int | None = None) -> Ask:
    """Ask once more for what did not come."""
    with unit_of_work() as session:
        row = _seen(session, actor, key, version)
        _move(session, row, actor, "remind", text, reminders=row.reminders + 1)
        row.reminders, row.reminded_at = row.reminders + 1, clock.now()
        tell_of(row, text or row.what)
    return row


def send_back(actor: Actor, key: str, text: str, *, due: dt.date | None = None, version: int | None = None) -> Ask:
    """What came is not what was asked for, or was refused: ask again, until a new day."""
    with unit_of_work() as session:
        row = _seen(session, actor, key, version)
        until = _due(due)
        _move(session, row, actor, "send_back", _said(text), due=until)
        row.due_at, row.received_at, row.reminders, row.reminded_at = until, None, 0, None
        tell_of(row, text)
    return row


def accept(actor: Actor, key: str, stance: Stance, text: str, *, version: int | None = None) -> Ask:
    """Staff looked at the original and says whether it speaks for the element or against it."""
    with unit_of_work() as session:
        row = _seen(session, actor, key, version)
        with session.no_autoflush:
            _move(session, row, actor, "accept", _said(text), stance=stance)
            row.stance = stance
    return row


def drop(actor: Actor, key: str, text: str, *, version: int | None = None) -> Ask:
    """It is no longer wanted."""
    with unit_of_work() as session:
        row = _seen(session, actor, key, version)
        _move(session, row, actor, "drop", _said(text))
    return row


def remind_all(actor: Actor) -> int:
    """Remind of everything that is due within the days that the provision names, at most once a day: how many."""
    ahead = calendar.add_working_days(clock.today(), provisions.integer("asks.remind_before", clock.today()))
    keys = queries.to_remind(clock.midnight(ahead + dt.timedelta(days=1)), clock.now() - dt.timedelta(days=1))
    for key in keys:
        remind(actor, key)
    return len(keys)


def hand_on(session: Session, case: Case, into: Case) -> None:
    """What was asked for a case that was merged is asked for the other from now on."""
    for row in session.scalars(sa.select(Ask).where(Ask.case_id == case.id).with_for_update(of=Ask)):
        row.case_id = into.id


def _due(day: dt.date | None) -> dt.datetime:
    days = provisions.integer("asks.due", clock.today())
    return end_of(day or calendar.add_working_days(clock.today(), days))


def _said(text: str) -> str:
    if not text.strip():
        raise Invalid("reason_missing", "this needs its words", fix="say in a sentence what is meant")
    return text


def _hashes_of(enterprise: str, keys: list[str]) -> list[str]:
    found = {paper.key: paper.sha256 for paper in papers.of_keys(keys) if paper.enterprise == enterprise}
    unknown = [key for key in keys if key not in found]
    if unknown or not keys:
        told = f"no paper of its own: {', '.join(unknown)[:200]}" if unknown else "no paper is attached"
        error = FieldError("papers", "unknown_paper", told, "upload it first, then name its key")
        raise Invalid("unknown_paper", "an original is handed over as a paper", fields=[error])
    return [found[key] for key in keys]


def _seen(session: Session, actor: Actor, key: str, version: int | None) -> Ask:
    row = session.scalar(sa.select(Ask).filter_by(key=key).with_for_update(of=Ask))
    if row is None or (actor.is_company and row.enterprise != actor.enterprise):
        raise NotFound("no_such_ask", f"there is no ask {key[:60]}")
    expect(row, version)
    return row


def _move(session: Session, row: Ask, actor: Actor, action: str, text: str, **content: Any) -> None:
    """The one door: permission, guard, change, step and event."""
    before = row.state
    row.state = MACHINE.move(row, before, action, actor)
    _note(session, row, actor, action, text, {"state": before}, content)


def _note(
    session: Session, row: Ask, actor: Actor, action: str, text: str, before: dict[str, Any], content: dict[str, Any]
) -> None:
    kept = plain(content)
    session.add(AskStep(ask_id=row.id, at=clock.now(), actor=actor.name, action=action, text=text, content=kept))
    session.expire(row, ["steps"])
    after = {"state": row.state, **kept}
    audit.record(actor, f"ask.{action}", "ask", row.key, before=before or None, after=after, reason=text)
