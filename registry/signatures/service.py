"""Registering signatures and letters; what their owners say of them."""

import datetime as dt

import sqlalchemy as sa

from registry.changes.telling import tell
from registry.changes.verifying import verify as verify_entry
from registry.enterprises import queries as enterprises
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.correction import Correction
from registry.kernel.errors import Conflict, FieldError, Invalid, NotFound
from registry.signatures.folding import fold
from registry.signatures.kinds import Confirmation, SignatureSource
from registry.signatures.model import Letter, Signature
from registry.signatures.values import LetterValues, SignatureValues
from registry.store import db, unit_of_work
from registry.store.columns import key_of, new_key
from registry.store.lists import of_object
from registry.store.opening import moment_of_change, opening
from registry.store.periods import change, end, known, open_after
from registry.store.standing import Standing
from registry.store.work import explain_constraint

PERMISSION = "registry.change"
CONFIRM = "letter.confirm"

explain_constraint(
    "ex_signature_one_at_a_time",
    "signature_registered",
    "this owner has this signature registered for a time that overlaps this one",
    "end that registration first",
)
explain_constraint(
    "ex_letter_one_at_a_time", "letter_exists", "a letter under this key is on record for a time that overlaps this one"
)


def register(
    actor: Actor,
    values: SignatureValues,
    *,
    standing: Standing = Standing.VERIFIED,
    filing: str | None = None,
    correction: Correction | None = None,
) -> Signature:
    """A sender name of one owner. Raises Invalid, NotFound for the owner, Conflict where it has it already."""
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        owner = enterprises.find(values.owner).code
        row = Signature(
            key=key_of("SIG", values.signature, owner),
            signature=values.signature,
            folded=fold(values.signature),
            owner=owner,
            source=SignatureSource(values.source),
            protected=values.protected,
            standing=standing,
            filing=filing,
            valid=opening(actor, values.valid_from, values.valid_until, standing=standing, correction=correction),
            recorded_at=clock.now(),
            recorded_by=actor.name,
        )
        session.add(row)
        session.flush()
        tell(actor, "signature.opened", row.key, row, (owner,), correction=correction)
    return row


def end_signature(
    actor: Actor,
    key: str,
    *,
    at: dt.datetime | None = None,
    reason: str = "",
    correction: Correction | None = None,
) -> Signature:
    """The signature is nobody's from then on; its owner may give it up. Raises NotFound."""
    with unit_of_work() as session:
        at = moment_of_change(actor, at, correction)
        query = sa.select(Signature).where(Signature.key == key, known(Signature), open_after(Signature, at))
        row = session.scalar(query.order_by(Signature.valid).limit(1))
        if row is None or (actor.is_company and actor.enterprise != row.owner):
            raise NotFound("no_such_signature", f"there is no signature {key[:40]} to end")
        if not actor.is_company:
            actor.require(PERMISSION)
        ended = end(row, at, actor.name)
        session.flush()
        tell(actor, "signature.ended", key, ended, (ended.owner,), reason=reason, correction=correction)
    return ended


def alter(actor: Actor, key: str, values: SignatureValues, *, proof: str = "", reason: str = "") -> Signature:
    """Its right comes from another source from now on, and it is protected or not; `proof`: what else was said of it.

    Raises NotFound, Invalid, and Conflict where nothing of it changes.
    """
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        at = clock.now()
        query = sa.select(Signature).where(Signature.key == key, known(Signature), open_after(Signature, at))
        row = session.scalar(query.order_by(Signature.valid).limit(1).with_for_update())
        if row is None:
            raise NotFound("no_such_signature", f"there is no signature {key[:40]} to change")
        new = {"source": SignatureSource(values.source), "protected": values.protected}
        if not proof and all(getattr(row, name) == value for name, value in new.items()):
            raise Conflict("nothing_changes", f"{key} stands so already", fix="say what has changed")
        before, later = of_object(row), change(row, at, actor.name, **new)
        session.flush()
        tell(actor, "signature.changed", key, later, (later.owner,), before=before, reason=reason)
    return later


def add_letter(
    actor: Actor,
    values: LetterValues,
    *,
    standing: Standing = Standing.VERIFIED,
    filing: str | None = None,
    correction: Correction | None = None,
) -> Letter:
    """A letter in which the owner allows the applicant its signatures; the owner is still to be asked.

    Raises Invalid, NotFound for a party, Conflict where its key is on record.
    """
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        row = Letter(
            key=values.letter or new_key("LTR"),
            owner=enterprises.find(values.owner).code,
            applicant=enterprises.find(values.applicant).code,
            signatures=list(values.signatures),
            confirmation=Confirmation(values.confirmation),
            confirmed_at=values.confirmed_at,
            filing=filing,
            valid=opening(actor, values.valid_from, values.valid_until, standing=standing, correction=correction),
            recorded_at=clock.now(),
            recorded_by=actor.name,
        )
        session.add(row)
        session.flush()
        tell(actor, "letter.opened", row.key, row, (row.owner, row.applicant), correction=correction)
    return row


def confirm_letter(actor: Actor, key: str, answer: str = Confirmation.CONFIRMED, *, reason: str = "") -> Letter:
    """The owner's own word about a letter: confirmed or denied.

    Raises NotFound for anybody but the owner, Invalid for another answer, Conflict where it was given already.
    """
    actor.require(CONFIRM)
    said = _answer(answer)
    with unit_of_work() as session:
        row = _open_letter(key, clock.now())
        if actor.is_company and actor.enterprise != row.owner:
            raise _no_letter(key)
        if row.confirmation is said:
            raise Conflict("same_answer", f"the owner has said so already: {said}")
        before, at = of_object(row), clock.now()
        later = change(row, at, actor.name, confirmation=said, confirmed_at=at)
        session.flush()
        parties = (later.owner, later.applicant)
        tell(actor, f"letter.{said}", key, later, parties, before=before, reason=reason)
    return later


def revoke_letter(
    actor: Actor,
    key: str,
    *,
    at: dt.datetime | None = None,
    reason: str = "",
    correction: Correction | None = None,
) -> Letter:
    """The owner takes its word back: the letter ends then. Raises NotFound for anybody but the owner and staff."""
    with unit_of_work() as session:
        at = moment_of_change(actor, at, correction)
        row = _open_letter(key, at)
        if actor.is_company and actor.enterprise != row.owner:
            raise _no_letter(key)
        actor.require(CONFIRM if actor.is_company else PERMISSION)
        ended = end(row, at, actor.name)
        session.flush()
        parties = (ended.owner, ended.applicant)
        tell(actor, "letter.ended", key, ended, parties, reason=reason, correction=correction)
    return ended


def verify(actor: Actor, key: str, *, reason: str) -> bool:
    """The signature was checked here: its standing is verified from now on. False where it was, or has ended."""
    return verify_entry(actor, "signature", Signature.key, key, lambda row: (row.owner,), reason)


def _open_letter(key: str, at: dt.datetime) -> Letter:
    query = sa.select(Letter).where(Letter.key == key, known(Letter), open_after(Letter, at))
    row = db.session.scalar(query.order_by(Letter.valid).limit(1))
    if row is None:
        raise _no_letter(key)
    return row


def _no_letter(key: str) -> NotFound:
    return NotFound("no_such_letter", f"there is no letter {key[:40]} in force")


def _answer(text: str) -> Confirmation:
    answers = (Confirmation.CONFIRMED, Confirmation.DENIED)
    if text not in answers:
        error = FieldError("answer", "unknown_value", f"{text[:40]!r} is no answer", f"one of {', '.join(answers)}")
        raise Invalid("unknown_answer", "an owner confirms or denies", fields=[error])
    return Confirmation(text)
