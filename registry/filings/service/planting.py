"""Planting filings that are known to be bad: they measure the reviewing, and never take effect."""

from collections.abc import Sequence

from registry import audit
from registry.filings import queries
from registry.filings.content import Content
from registry.filings.model import Filing, PlantedFiling
from registry.filings.reasons import BY_CODE
from registry.filings.service.checking import checked, refuse_blocking, run_now
from registry.filings.service.handing_in import draft, fill, promise
from registry.filings.workflow import MACHINE
from registry.kernel import clock
from registry.kernel.actor import Actor, ActorKind
from registry.kernel.errors import FieldError, Invalid
from registry.store import unit_of_work


def plant(
    actor: Actor, content: Content, *, applicant: str, flaw: str, reasons: Sequence[str], papers: Sequence[str] = ()
) -> Filing:
    """A filing as this enterprise would hand it in, in the queue like any other.

    What is wrong with it, in words and codes, only supervisors see. Raises Invalid where nothing is said to be wrong,
    and as a filing does: one that a check stops would measure nobody.
    """
    actor.require("filing.plant")
    _refuse_unflawed(flaw, reasons)
    content = checked(content)
    with unit_of_work() as session:
        author = queries.usual_author(applicant)
        filing = _as_filed(actor, content, applicant, author, papers)
        session.add(filing)
        session.flush()
        session.add(PlantedFiling(filing_id=filing.id, by=actor.name, at=clock.now(), flaw=flaw, reasons=list(reasons)))
        results = run_now(filing)[2]
        refuse_blocking(results)
        promise(filing, results)
        after = {"kind": filing.kind, "content": filing.content, "applicant": applicant, "reasons": list(reasons)}
        audit.record(actor, "filing.planted", "planted_filing", filing.key, after=after, reason=flaw)
    return filing


def _as_filed(actor: Actor, content: Content, applicant: str, author: str, papers: Sequence[str]) -> Filing:
    """Nobody else is asked to accept it, and whoever plants it does not decide on it."""
    disguise = Actor(author, ActorKind.COMPANY, frozenset({"filing.submit"}), applicant)
    filing = draft(disguise, applicant, "")
    fill(filing, content, papers, "")
    filing.counterparty, filing.authors = None, [author, actor.name]
    filing.state = MACHINE.move(filing, filing.state, "submit", disguise)
    return filing


def _refuse_unflawed(flaw: str, reasons: Sequence[str]) -> None:
    if not flaw.strip():
        error = FieldError("flaw", "missing", "it is empty", "say what is wrong with it")
        raise Invalid("flaw_missing", "a planted filing is known to be bad", fields=[error])
    unknown = [code for code in reasons if code not in BY_CODE]
    if unknown or not reasons:
        error = FieldError("reasons", "unknown_reason", "choose what it should be refused for", "codes of the list")
        raise Invalid("reasons_needed", "a planted filing has its coded reasons", fields=[error])
