"""One step of a filing's workflow: looked up and held, moved through the table's door, written down."""

from collections.abc import Sequence

from registry import audit
from registry.filings import policy, queries
from registry.filings.kinds import Kind, Stage
from registry.filings.model import Decision, Filing
from registry.filings.service.conflicts import stale
from registry.filings.workflow import MACHINE, State
from registry.inquiries import service as inquiries
from registry.kernel import clock
from registry.kernel.actor import Actor

_WITHOUT_LETTER = frozenset({State.WITHDRAWN, State.REJECTED, State.CLOSED})


def locked(actor: Actor, key: str, version: int | None) -> Filing:
    """The filing, held until the commit. Raises NotFound; Stale, with who did what meanwhile, where it moved on."""
    filing = queries.find(actor, key, lock=True)
    if version is not None and filing.version != version:
        raise stale(actor, filing)
    return filing


def step(actor: Actor, filing: Filing, action: str, *, reason: str = "", tell: bool = True) -> State:
    """Take one action of the workflow's table; who and why stands in the audit trail. Answers the state before."""
    before = filing.state
    filing.state = MACHINE.move(filing, before, action, actor)
    if filing.kind is Kind.LETTER and filing.state in _WITHOUT_LETTER:
        inquiries.come_to_nothing(filing.key)
    if filing.state is State.RETURNED:
        filing.mend_by = policy.end_of_working_days(clock.now(), "filings.mend_window")
    if tell:
        after = {"state": filing.state, "version": filing.version, **by_deputy(actor, filing)}
        audit.record(
            actor, f"filing.{action}", "filing", filing.key, before={"state": before}, after=after, reason=reason
        )
    return before


def decision(
    filing: Filing,
    actor: Actor,
    stage: Stage,
    verdict: str,
    *,
    comment: str = "",
    reasons: Sequence[dict[str, str]] = (),
) -> Decision:
    """The row that says what one person decided on which version."""
    return Decision(
        filing=filing,
        stage=stage,
        verdict=verdict,
        by=actor.name,
        reasons=list(reasons),
        comment=comment,
        version=filing.version,
        on_behalf=by_deputy(actor, filing).get("on_behalf", ""),
        taken_at=filing.claimed_at,
        at=clock.now(),
    )


def by_deputy(actor: Actor, filing: Filing) -> dict[str, str]:
    """Whose deputy somebody is in working a filing that an absent colleague has claimed, as the trail says it."""
    return {"on_behalf": filing.claimed_by} if filing.claimed_by in actor.stands_for else {}


def put_down(filing: Filing) -> None:
    """Nobody has it claimed any more."""
    filing.claimed_by = filing.claimed_at = None
