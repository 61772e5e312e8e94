"""An applicant appeals against a rejection: once, and another reviewer hears it."""

from collections.abc import Sequence

from registry.filings.kinds import Stage
from registry.filings.model import Filing
from registry.filings.service.checking import run_now
from registry.filings.service.handing_in import add_papers, promise
from registry.filings.service.steps import decision, locked, step
from registry.filings.service.telling import tell_of
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, FieldError, Invalid
from registry.store import unit_of_work


def appeal(
    actor: Actor, key: str, *, version: int | None = None, comment: str = "", papers: Sequence[str] = ()
) -> Filing:
    """The rejected filing goes to a reviewer who has not rejected it, with what the applicant says against it.

    Raises Invalid without words, Conflict after the last day.
    """
    if not comment.strip():
        error = FieldError("comment", "missing", "an appeal says why", "say what the rejection overlooked")
        raise Invalid("comment_needed", "an appeal says why", fields=[error])
    with unit_of_work() as session:
        filing = locked(actor, key, version)
        step(actor, filing, "appeal", reason=comment)
        if filing.appeal_by is None or filing.appeal_by <= clock.now():
            raise Conflict("appeal_too_late", "the time to appeal is over", fix="file it anew")
        add_papers(filing, papers)
        filing.appealed_at, filing.decided_at, filing.first_decider = clock.now(), None, None
        session.add(decision(filing, actor, Stage.APPEAL, "appeal", comment=comment))
        session.flush()
        promise(filing, run_now(filing)[2])
        tell_of(filing, comment=comment)
    return filing
