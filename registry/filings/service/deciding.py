"""What reviewers do: claim, release, approve, send back, reject."""

from collections.abc import Sequence

from registry import audit
from registry.filings.content import Content
from registry.filings.kinds import Stage
from registry.filings.model import Filing
from registry.filings.outcome import Result
from registry.filings.reasons import BY_CODE
from registry.filings.service.checking import refuse_blocking, run_now
from registry.filings.service.handing_in import decision, locked, step
from registry.filings.service.opening import open_entry
from registry.filings.service.telling import tell_of
from registry.filings.view import View
from registry.filings.workflow import State, approving
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid
from registry.store import unit_of_work

Reasons = Sequence[dict[str, str]]


def claim(actor: Actor, key: str, *, version: int | None = None) -> Filing:
    """The filing is this reviewer's until it is decided or released."""
    with unit_of_work():
        filing = locked(actor, key, version)
        step(actor, filing, "claim")
        filing.claimed_by = actor.name
    return filing


def release(actor: Actor, key: str, *, version: int | None = None) -> Filing:
    """The filing goes back into the queue; a supervisor may release another's."""
    with unit_of_work():
        filing = locked(actor, key, version)
        step(actor, filing, "release")
        filing.claimed_by = None
    return filing


def approve(actor: Actor, key: str, *, version: int | None = None, comment: str = "") -> Filing:
    """Yes: alone, as the first of two, or as the second. The last yes opens the entry, all in one commit.

    The checks run once more. Raises Invalid where a blocking one fails by now, or where another one fails and no
    comment says why it is approved all the same; Conflict where the registry refuses the entry.
    """
    with unit_of_work() as session:
        filing = locked(actor, key, version)
        content, view, results = run_now(filing)
        action = approving(filing)
        before = step(actor, filing, action, tell=False)
        refuse_blocking(results)
        _refuse_silence(results, comment)
        session.add(decision(filing, actor, _stage(before), "approve", comment=comment))
        if filing.state is State.APPROVED:
            _open(actor, filing, before, content, view, comment)
        else:
            filing.first_decider, filing.claimed_by = actor.name, None
            after = {"state": filing.state, "needs_two": filing.needs_two}
            audit.record(actor, "filing.endorse", "filing", key, before={"state": before}, after=after, reason=comment)
        tell_of(filing, comment=comment)
    return filing


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
        _refuse_reasons(reasons)
        session.add(decision(filing, actor, _stage(before), action, comment=comment, reasons=reasons))
        filing.claimed_by = None
        if filing.state is State.REJECTED:
            filing.decided_at = clock.now()
        after = {"state": filing.state, "reasons": list(reasons)}
        audit.record(actor, f"filing.{action}", "filing", key, before={"state": before}, after=after, reason=comment)
        tell_of(filing, reasons=reasons, comment=comment)
    return filing


def _open(actor: Actor, filing: Filing, before: State, content: Content, view: View, comment: str) -> None:
    filing.decided_at, filing.claimed_by = clock.now(), None
    said = {
        "filing": filing.key,
        "from": before,
        "to": filing.state,
        "applicant": filing.applicant,
        "first_decider": filing.first_decider,
        "comment": comment,
    }
    with audit.within(decision=said):
        filing.entry_kind, filing.entry_key = open_entry(actor, filing, content, view)


def _stage(before: State) -> Stage:
    return Stage.SECOND if before is State.AWAITING_SECOND else Stage.FIRST


def _refuse_silence(results: Sequence[Result], comment: str) -> None:
    failed = [result for result in results if result.failed]
    if failed and not comment.strip():
        fix = "write a comment, or send the filing back"
        fields = [FieldError("comment", each.code, each.outcome.reason.en, fix) for each in failed]
        raise Invalid("comment_needed", "checks have failed: say why you approve all the same", fields=fields)


def _refuse_reasons(reasons: Reasons) -> None:
    unknown = [each.get("code", "") for each in reasons if each.get("code") not in BY_CODE]
    if unknown or not reasons:
        said = f"there is no reason {unknown[0][:40]!r}" if unknown else "a refusal has at least one coded reason"
        error = FieldError("reasons", "unknown_reason" if unknown else "missing", said, "choose one of the list")
        raise Invalid("reasons_needed", said, fields=[error])
