"""What companies do with their filings: file, mend, hand in, accept, withdraw."""

import hashlib
from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit
from registry.filings import policy, queries
from registry.filings.content import Content, kind_of, parties, to_bag
from registry.filings.kinds import Kind, Priority, Stage
from registry.filings.model import Filing
from registry.filings.outcome import Result
from registry.filings.service import looking
from registry.filings.service.at_once import take_effect, undo
from registry.filings.service.checking import checked, refuse_blocking, run_now, whose
from registry.filings.service.sampling import let_through
from registry.filings.service.steps import decision, locked, put_down, step
from registry.filings.service.telling import tell_of
from registry.filings.workflow import MACHINE, State, handing_in
from registry.inquiries import service as inquiries
from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor
from registry.kernel.errors import FieldError, Invalid
from registry.papers import queries as papers_room
from registry.signatures.values import LetterValues
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.work import explain_constraint

explain_constraint("uq_filing_applicant_reference_id", "reference_taken", "this referenceId was used just now")


def file(
    actor: Actor,
    content: Content,
    *,
    reference_id: str = "",
    papers: Sequence[str] = (),
    note: str = "",
    applicant: str | None = None,
    submit: bool = False,
) -> Filing:
    """A new filing, as a draft or handed in at once; under a referenceId that was used, the first one is answered.

    Raises Invalid for content or papers that cannot be kept; where it is to be handed in, also for failed blocking
    checks, and then nothing is kept.
    """
    actor.require("filing.submit")
    content, applicant = checked(content), whose(actor, applicant)
    with unit_of_work() as session:
        if reference_id:
            _wait_for_twin(session, applicant, reference_id)
            if first := queries.of_reference(applicant, reference_id):
                return first
        return file_new(actor, content, applicant, reference_id, papers, note, submit=submit)


def file_new(
    actor: Actor,
    content: Content,
    applicant: str,
    reference_id: str,
    papers: Sequence[str],
    note: str,
    *,
    submit: bool = True,
) -> Filing:
    """A new filing under a reference that nobody has used, its content checked for its form. Raises as `file` does."""
    with unit_of_work() as session:
        filing = draft(actor, applicant, reference_id)
        fill(filing, content, papers, note)
        session.add(filing)
        session.flush()
        drafted(actor, filing)
        if submit:
            _hand_in(actor, filing)
    return filing


def mend(
    actor: Actor, key: str, content: Content, *, papers: Sequence[str] = (), note: str = "", version: int | None = None
) -> Filing:
    """The filing with other content, to be handed in again. Raises Invalid, also for content of another kind."""
    content = checked(content)
    with unit_of_work() as session:
        filing = locked(actor, key, version)
        before = filing.content
        state = MACHINE.move(filing, filing.state, "mend", actor)
        if kind_of(content) is not filing.kind:
            raise Invalid("other_kind", f"this filing is about a {filing.kind}", fix="file another one")
        fill(filing, content, papers, note)
        filing.state = state
        session.flush()
        audit.record(
            actor, "filing.mended", "filing", key, before={"content": before}, after={"content": filing.content}
        )
    return filing


def submit(actor: Actor, key: str, *, version: int | None = None) -> Filing:
    """The filing handed in: to the reviewers, or first to the other company that must accept it.

    Raises Invalid with every field that a blocking check refuses; other failures go to the reviewers with it.
    """
    with unit_of_work():
        filing = locked(actor, key, version)
        _hand_in(actor, filing)
    return filing


def accept(actor: Actor, key: str, *, version: int | None = None, comment: str = "") -> Filing:
    """The other company says yes to a delegation: it goes to the reviewers."""
    return _answer(actor, key, "accept", version, comment)


def decline(actor: Actor, key: str, *, version: int | None = None, comment: str = "") -> Filing:
    """The other company says no: the filing goes back to its applicant."""
    return _answer(actor, key, "decline", version, comment)


def withdraw(actor: Actor, key: str, *, version: int | None = None, comment: str = "") -> Filing:
    """The applicant takes the filing back, as long as it is not decided."""
    with unit_of_work():
        filing = locked(actor, key, version)
        step(actor, filing, "withdraw", reason=comment)
        undo(SYSTEM, filing, "withdrawn")
    return filing


def _answer(actor: Actor, key: str, action: str, version: int | None, comment: str) -> Filing:
    with unit_of_work() as session:
        filing = locked(actor, key, version)
        step(actor, filing, action, reason=comment)
        session.add(decision(filing, actor, Stage.ACCEPTANCE, action, comment=comment))
        if filing.state is State.SUBMITTED:
            promise(filing, run_now(filing)[2])
        tell_of(filing, comment=comment)
    return filing


def _hand_in(actor: Actor, filing: Filing) -> None:
    hand_over(actor, filing)
    content, view, results = run_now(filing)
    refuse_blocking(results, content)
    promise(filing, results)
    take_effect(actor, filing, content, view)
    let_through(filing, content, view, results)
    tell_of(filing)
    looking.begin(filing)
    ask_owner(filing, content)


def ask_owner(filing: Filing, content: Content) -> None:
    """Whoever owns the signatures of a letter is asked about it."""
    if isinstance(content, LetterValues):
        inquiries.about_filing(filing.key, content)


def drafted(actor: Actor, filing: Filing) -> None:
    """The trail says what was filed."""
    audit.record(actor, "filing.drafted", "filing", filing.key, after={"kind": filing.kind, "content": filing.content})


def hand_over(actor: Actor, filing: Filing) -> None:
    """It leaves its applicant's desk."""
    step(actor, filing, handing_in(filing))
    put_down(filing)
    filing.first_decider = filing.mend_by = None
    filing.authors = list(dict.fromkeys([*filing.authors, actor.name]))


def promise(filing: Filing, results: list[Result], office: str | None = None) -> None:
    """Its place in the queue, its office where it is not said, and the day by which a decision is promised."""
    waited = any(each.verdict in ("return", "reject") for each in filing.decisions)
    filing.priority = policy.priority(filing.kind, results, waited_before=waited)
    filing.risk = policy.risk(results, len(filing.needs_two))
    filing.office = queries.office_of(filing) if office is None else office
    filing.submitted_at = filing.queue_at = clock.now()
    filing.urged_at = None
    filing.due_at = policy.due(filing.submitted_at, filing.priority)


def draft(actor: Actor, applicant: str, reference_id: str) -> Filing:
    """An empty draft of an applicant's; without a reference of its own its key is the reference."""
    key = new_key("FLG")
    return Filing(
        key=key,
        reference_id=reference_id or key,
        applicant=applicant,
        filed_by=actor.name,
        authors=[actor.name],
        state=State.DRAFT,
        priority=Priority.P2,
        needs_two=[],
        barred=[],
        created_at=clock.now(),
    )


def fill(
    filing: Filing, content: Content, papers: Sequence[str], note: str, own: Collection[str] | None = None
) -> None:
    """What it asks for, its papers, and who else must accept it. Raises Invalid for papers that are not its own.

    own: keys of papers that are known to be the applicant's.
    """
    _refuse_papers(papers, own_papers(filing.applicant, papers) if own is None else own)
    filing.kind, filing.content, filing.note = kind_of(content), to_bag(content), note
    filing.papers = list(dict.fromkeys(papers))
    filing.counterparty = _other_party(content, filing.applicant)


def _other_party(content: Content, applicant: str) -> str | None:
    """Who has to accept a delegation before it is reviewed: its party that did not file it."""
    if kind_of(content) is not Kind.DELEGATION:
        return None
    named = parties(content)
    return named["from_enterprise"] if applicant == named["to_enterprise"] else named["to_enterprise"]


def add_papers(filing: Filing, papers: Sequence[str]) -> None:
    """More papers for a filing. Raises Invalid for those that are not its applicant's."""
    _refuse_papers(papers, own_papers(filing.applicant, papers))
    filing.papers = list(dict.fromkeys([*filing.papers, *papers]))


def own_papers(applicant: str, keys: Iterable[str]) -> set[str]:
    """Those of these papers that are the applicant's."""
    listed = sorted(set(keys))
    return {paper.key for paper in papers_room.of_keys(listed) if paper.enterprise == applicant} if listed else set()


def _refuse_papers(keys: Sequence[str], own: Collection[str]) -> None:
    unknown = [key for key in keys if key not in own]
    if unknown:
        fix = "upload the paper first and name the key that is answered"
        fields = [FieldError("papers", "no_such_paper", f"there is no paper {key[:40]}", fix) for key in unknown]
        raise Invalid("no_such_paper", "a paper that is named is not there", fields=fields)


def _wait_for_twin(session: Session, applicant: str, reference_id: str) -> None:
    """Two requests under one reference at once: the second waits for the first one's commit."""
    name = hashlib.sha256(f"filing\n{applicant}\n{reference_id}".encode()).digest()[:8]
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(int.from_bytes(name, signed=True))))
