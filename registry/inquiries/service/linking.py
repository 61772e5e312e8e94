"""Answering by a one-time link: opening shows, sending uses it up. Wrong codes are counted and slowed."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa

from registry import audit
from registry.accounts.service import guessing
from registry.inquiries import queries
from registry.inquiries.model import Inquiry, OwnerCode
from registry.inquiries.service import telling
from registry.inquiries.service.answering import answer, answer_about_letter
from registry.inquiries.service.codes import hash_of, link_to
from registry.inquiries.workflow import ANSWER, ANSWERS
from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor, ActorKind
from registry.kernel.errors import FieldError, Invalid, NotFound
from registry.law import provisions
from registry.papers.personal import keyed_hash
from registry.store import db, unit_of_work

GUESSED = "owner's code"
_MINUTES_APART = 10
LONGEST_CODE = 100


def open_link(code: str, address: str, request_id: str | None = None) -> queries.OwnersPage:
    """What the owner sees behind a code; nothing is used up. `address`: from where it is asked.

    Raises NotFound for a code that never was (it is counted), was used, or ran out; TooMany while guesses must wait.
    """
    return queries.page_of(_actor(_found(code, address), request_id))


def answer_by_link(
    code: str, answers: Mapping[str, str], address: str, *, reason: str = "", request_id: str | None = None
) -> list[Inquiry]:
    """Everything that the owner says on its page, in one commit: confirm, deny or revoke, by letter or inquiry.

    The code is used up by it. Raises Invalid where nothing is said, and as `open_link` and `answer` do.
    """
    said = {subject: action for subject, action in answers.items() if action}
    if not said or not set(said.values()) <= set(ANSWERS):
        error = FieldError("answer", "nothing_said", "no letter is answered", "choose an answer for one at least")
        raise Invalid("nothing_said", "nothing was answered: the link still works", fields=[error])
    _found(code, address)
    with unit_of_work() as session:
        row = session.scalars(sa.select(OwnerCode).filter_by(code_hash=hash_of(code)).with_for_update()).one()
        _refuse_spent(row)
        actor = _actor(row, request_id)
        row.used_at = clock.now()
        audit.record(actor, "inquiry.link_used", "enterprise", row.owner, after={"code": row.key, "answers": said})
        return [_one(actor, subject, action, reason) for subject, action in said.items()]


def send_new_link(address: str, came_from: str) -> bool:
    """Mail a new link to an address at which an owner was reached before; whoever asks is told the same in any case.

    Answers whether a mail leaves. Raises TooMany while asking must wait.
    """
    address = address.strip()
    guessing.refuse_hurry(came_from)
    with unit_of_work():
        found, hashed = queries.owner_at(address), keyed_hash(address)
        guessing.count(GUESSED, came_from)
        if found is None or _sent_just_now(hashed):
            return False
        owner, kept = found
        link = link_to(owner, hashed, clock.now() + _lasts())
        telling.tell_of_link(owner, kept, link)
        audit.record(SYSTEM, "inquiry.link_sent", "enterprise", owner, after={"address": hashed})
    return bool(link)


def _one(actor: Actor, subject: str, action: str, reason: str) -> Inquiry:
    if subject.startswith("INQ-"):
        return answer(actor, subject, action, reason=reason)
    answer_about_letter(actor, subject, action, reason=reason)
    row = queries.of_letter(subject)
    assert row is not None  # noqa: S101 - the answer made it
    return row


def _found(code: str, address: str) -> OwnerCode:
    guessing.refuse_hurry(address)
    row = db.session.scalar(sa.select(OwnerCode).filter_by(code_hash=hash_of(code[:LONGEST_CODE])))
    if row is None:
        with unit_of_work():
            guessing.count(GUESSED, address)
        raise NotFound("no_such_link", "this link opens nothing", fix="copy it whole, or ask for a new one")
    _refuse_spent(row)
    return row


def _refuse_spent(row: OwnerCode) -> None:
    if row.used_at is not None:
        raise NotFound("link_used", "this link was used", fix="ask for a new one")
    if row.expires_at <= clock.now():
        raise NotFound("link_expired", "the time of this link is over", fix="ask for a new one")


def _sent_just_now(address_hash: str) -> bool:
    last = db.session.scalar(sa.select(sa.func.max(OwnerCode.made_at)).where(OwnerCode.address_hash == address_hash))
    return last is not None and (clock.now() - last).total_seconds() < 60 * _MINUTES_APART


def _lasts() -> dt.timedelta:
    return dt.timedelta(days=provisions.integer("letters.answer_within", clock.today()))


def _actor(row: OwnerCode, request_id: str | None) -> Actor:
    """Whoever holds the code speaks for its owner, and may do nothing but answer."""
    return Actor(row.key, ActorKind.COMPANY, frozenset({ANSWER}), row.owner, request_id=request_id)
