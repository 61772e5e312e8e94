"""The owner's answer: it moves the inquiry, and what stands in the register moves in the same commit."""

import sqlalchemy as sa

from registry import audit
from registry.inquiries import queries
from registry.inquiries.model import Inquiry
from registry.inquiries.service import telling
from registry.inquiries.service.asking import for_letter
from registry.inquiries.workflow import MACHINE, InquiryState
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.permits.model import Permit
from registry.signatures import queries as signatures
from registry.signatures import service as register
from registry.signatures.kinds import Confirmation
from registry.signatures.model import Letter
from registry.store import db, unit_of_work
from registry.store.periods import in_force
from registry.store.version import expect


def answer(actor: Actor, key: str, action: str, *, reason: str = "", version: int | None = None) -> Inquiry:
    """The owner confirms, denies or revokes. A no ends the letter; applicant and staff are told.

    Raises NotFound, Forbidden for anybody but the owner, Conflict where its word stands already.
    """
    with unit_of_work():
        row = queries.one(actor, key, lock=True)
        expect(row, version)
        before = row.state
        row.state = MACHINE.move(row, before, action, actor)
        row.answered_at, row.answered_by, row.reason = clock.now(), actor.name, reason.strip()
        after = {"state": row.state, "letter": row.letter, "filing": row.filing}
        audit.record(
            actor, f"inquiry.{action}", "inquiry", row.key, before={"state": before}, after=after, reason=row.reason
        )
        permits = _permits(row.letter) if row.letter else []
        if row.letter:
            _carry_over(actor, row.letter, row.state, row.reason)
        telling.tell_of_answer(row, permits)
    return row


def answer_about_letter(actor: Actor, letter: str, action: str, *, reason: str = "") -> Letter:
    """The same about a letter that stands, asked or not. Answers the letter as it is then. Raises NotFound."""
    with unit_of_work():
        row = for_letter(signatures.open_to_answer(actor, letter))
        answer(actor, row.key, action, reason=reason)
        return signatures.letter(actor, letter)


def opened(filing: str, letter: Letter) -> None:
    """The letter that an owner was asked about stands now: the inquiry is about it from now on."""
    with unit_of_work():
        row = queries.of_filing(filing)
        if row is not None and row.letter is None:
            row.letter = letter.key


def _carry_over(actor: Actor, letter: str, state: InquiryState, reason: str) -> None:
    match state:
        case InquiryState.CONFIRMED:
            register.confirm_letter(actor, letter, Confirmation.CONFIRMED, reason=reason)
        case InquiryState.DENIED:
            register.confirm_letter(actor, letter, Confirmation.DENIED, reason=reason)
            register.revoke_letter(actor, letter, reason=reason or "its owner denied it")
        case _:
            register.revoke_letter(actor, letter, reason=reason or "its owner revoked it")


def _permits(letter: str) -> list[str]:
    query = sa.select(Permit.key).where(Permit.letter == letter, in_force(Permit))
    return list(db.session.scalars(query.order_by(Permit.key).limit(queries.MOST)))
