"""What reviewers decide: approve, send back, reject."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit
from registry.filings import policy
from registry.filings.kinds import Kind, Stage
from registry.filings.model import Filing
from registry.filings.outcome import Result
from registry.filings.service.at_once import undo
from registry.filings.service.checking import refuse_blocking, run_now
from registry.filings.service.granting import grant
from registry.filings.service.refusing import Reasons, checked_reasons
from registry.filings.service.steps import by_deputy, decision, locked, put_down, step
from registry.filings.service.telling import tell_of
from registry.filings.workflow import State, approving
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid
from registry.store import unit_of_work

_HOPS = 7_260_002  # advisory: one approval of a hop at a time


def approve(actor: Actor, key: str, *, version: int | None = None, comment: str = "") -> Filing:
    """Yes: alone, as the first of two, or as the second. The last yes opens the entry, all in one commit.

    The checks run once more. Raises Invalid where a blocking one fails by now, or where another one fails and no
    comment says why it is approved all the same; Conflict where the registry refuses the entry.
    """
    with unit_of_work() as session:
        filing = locked(actor, key, version)
        _wait_for_other_hops(session, filing)
        content, view, results = run_now(filing)
        action = approving(filing)
        before = step(actor, filing, action, tell=False)
        refuse_blocking(results)
        _refuse_silence(results, comment)
        session.add(decision(filing, actor, _stage(filing, before), "approve", comment=comment))
        if filing.state is State.APPROVED:
            grant(actor, filing, before, content, view, comment)
        else:
            after = {"state": filing.state, "needs_two": filing.needs_two, **by_deputy(actor, filing)}
            filing.first_decider = actor.name
            put_down(filing)
            audit.record(actor, "filing.endorse", "filing", key, before={"state": before}, after=after, reason=comment)
        tell_of(filing, comment=comment)
    return filing


def _wait_for_other_hops(session: Session, filing: Filing) -> None:
    """Two hops that are approved at once are checked one after the other: together they could close a loop."""
    if filing.kind is Kind.DELEGATION:
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(_HOPS)))


def send_back(
    actor: Actor, key: str, *, version: int | None = None, reasons: Reasons = (), comment: str = ""
) -> Filing:
    """Back to the applicant, to be mended: with coded reasons by field."""
    return _refuse(actor, key, "return", version, reasons, comment)


def reject(actor: Actor, key: str, *, version: int | None = None, reasons: Reasons = (), comment: str = "") -> Filing:
    """No, for good: with coded reasons by field."""
    return _refuse(actor, key, "reject", version, reasons, comment)


def _refuse(actor: Actor, key: str, action: str, version: int | None, reasons: Reasons, comment: str) -> Filing:
    with unit_of_work() as session:
        filing = locked(actor, key, version)
        before = step(actor, filing, action, tell=False)
        reasons = checked_reasons(filing, reasons)
        session.add(decision(filing, actor, _stage(filing, before), action, comment=comment, reasons=reasons))
        after = {"state": filing.state, "reasons": list(reasons), **by_deputy(actor, filing)}
        put_down(filing)
        undo(actor, filing, comment)
        if filing.state is State.REJECTED:
            filing.decided_at = clock.now()
            filing.appeal_by = policy.end_of_working_days(filing.decided_at, "filings.appeal_window")
            filing.barred = sorted({*filing.barred, *_said_no(filing)})
        audit.record(actor, f"filing.{action}", "filing", key, before={"state": before}, after=after, reason=comment)
        tell_of(filing, reasons=reasons, comment=comment)
    return filing


def _stage(filing: Filing, before: State) -> Stage:
    if before is State.AWAITING_SECOND:
        return Stage.SECOND
    return Stage.APPEAL if filing.appealed_at else Stage.FIRST


def _said_no(filing: Filing) -> set[str]:
    """Who has rejected it, and whoever was stood in for: none of them hears an appeal."""
    said = [each for each in filing.decisions if each.verdict == "reject"]
    return {name for each in said for name in (each.by, each.on_behalf) if name}


def _refuse_silence(results: Sequence[Result], comment: str) -> None:
    failed = [result for result in results if result.failed]
    if failed and not comment.strip():
        fix = "write a comment, or send the filing back"
        fields = [FieldError("comment", each.code, each.outcome.reason.en, fix) for each in failed]
        raise Invalid("comment_needed", "checks have failed: say why you approve all the same", fields=fields)
