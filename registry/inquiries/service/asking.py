"""Asking: in the inbox of an owner that has log-ins, and by mail with a one-time link to an address that staff found.

The applicant's word for where the owner is reached counts for nothing: who forges a letter forges an address.
"""

import datetime as dt
import json

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from registry import audit, settings
from registry.accounts.model import Account
from registry.contacts.values import EMAIL
from registry.inquiries import queries
from registry.inquiries.model import Inquiry
from registry.inquiries.service import telling
from registry.inquiries.service.codes import link_to
from registry.inquiries.workflow import ASK, MACHINE, NO, InquiryState
from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor
from registry.kernel.errors import Conflict, FieldError, Invalid
from registry.law import provisions
from registry.papers.personal import encrypted, keyed_hash
from registry.signatures import queries as signatures
from registry.signatures.model import Letter
from registry.signatures.values import LetterValues
from registry.store import db, unit_of_work
from registry.store.columns import new_key
from registry.store.version import expect

LONGEST = 254  # characters of an address, RFC 5321
LONGEST_SOURCE = 300


def about_filing(filing: str, values: LetterValues) -> Inquiry | None:
    """A letter was handed in: its owner is asked, unless it said so already about the very same.

    Inside the filing's unit of work. None where owner and applicant are one. An owner that nobody can reach is a
    question to staff.
    """
    if values.owner == values.applicant:
        return None
    with unit_of_work():
        row = queries.of_filing(filing)
        if row is None or not _same(row, values):
            come_to_nothing(filing)
            row = _made(values, filing=filing)
        row.over_at = None
        if row.state not in NO and row.state is not InquiryState.CONFIRMED:
            _ask_by_itself(row)
    return row


def ask(actor: Actor, key: str, *, address: str = "", source: str = "", version: int | None = None) -> Inquiry:
    """Ask the owner, or ask once more: in its inbox, and at an address, of which staff says where it was found.

    Raises Invalid for what is no address, is the applicant's, or comes from nowhere; Conflict where no mail can leave.
    """
    with unit_of_work():
        row = queries.one(actor, key, lock=True)
        expect(row, version)
        _ask(actor, row, _checked(row, address, source), source.strip())
    return row


def ask_about_letter(actor: Actor, letter: str, *, address: str = "", source: str = "") -> Inquiry:
    """Ask the owner about a letter that stands. Raises NotFound, and as `ask` does."""
    with unit_of_work():
        row = for_letter(signatures.open_to_answer(actor, letter))
        return ask(actor, row.key, address=address, source=source)


def for_letter(letter: Letter) -> Inquiry:
    """The inquiry about a letter, made where there is none; it begins with what the letter was brought in with."""
    values = {
        "key": new_key("INQ"),
        "letter": letter.key,
        "filing": letter.filing,
        "owner": letter.owner,
        "applicant": letter.applicant,
        "signatures": list(letter.signatures),
        "until": letter.valid_until,
        "state": queries.state_of(letter),
        "made_at": clock.now(),
        "asked_by": "",
        "answered_by": "",
        "reason": "",
        "sealed": "",
        "address_hash": "",
        "source": "",
        "version": 1,
    }
    with unit_of_work() as session:
        session.execute(insert(Inquiry).values(values).on_conflict_do_nothing(index_elements=["letter"]))
        return session.scalars(sa.select(Inquiry).filter_by(letter=letter.key).with_for_update()).one()


def come_to_nothing(filing: str) -> None:
    """A filing ended without a letter: what its owner was asked needs no answer any more."""
    with unit_of_work():
        row = queries.of_filing(filing)
        if row is None or row.letter or row.over_at:
            return
        row.over_at = clock.now()
        if row.state in (InquiryState.NOT_ASKED, InquiryState.ASKED):
            _expire(row)


def expire_due(actor: Actor) -> int:
    """Let go of what was not answered in time; staff hears of it. Answers how many those were."""
    actor.require(ASK)
    keys = queries.due()
    for key in keys:
        with unit_of_work():
            row = queries.one(actor, key, lock=True)
            if row.state is InquiryState.ASKED:
                _expire(row)
                telling.tell_staff(row, "letter.not_answered", telling.NOT_ANSWERED)
    return len(keys)


def _ask_by_itself(row: Inquiry) -> None:
    address = queries.address_of(row.owner) if _mail_can_leave() else ""
    if address or queries.has_people(row.owner):
        _ask(SYSTEM, row, address, row.source or "on file")
    elif row.state is InquiryState.NOT_ASKED:
        telling.tell_staff(row, "letter.not_reachable", telling.NOT_REACHABLE)


def _ask(actor: Actor, row: Inquiry, address: str, source: str) -> None:
    before = row.state
    row.state = MACHINE.move(row, before, "ask", actor)
    row.asked_at, row.asked_by = clock.now(), actor.name
    row.expires_at = clock.now() + dt.timedelta(days=provisions.integer("letters.answer_within", clock.today()))
    if address:
        row.sealed, row.address_hash = encrypted(json.dumps({"address": address})), keyed_hash(address)
        row.source = source
    people = queries.has_people(row.owner)
    if not address and not people:
        fix = "find an address of the owner that does not come from the applicant"
        error = FieldError("address", "owner_unreachable", "the owner has no log-in", fix)
        raise Invalid("owner_unreachable", "nobody would hear this question", fix=fix, fields=[error])
    reached = {"inbox": people, "address": row.address_hash if address else "", "source": row.source}
    audit.record(actor, "inquiry.ask", "inquiry", row.key, before={"state": before}, after=_told(row) | reached)
    if people:
        telling.tell_owner(row, enterprise=row.owner, link=link_to(row.owner, "", row.expires_at))
    if address:
        telling.tell_owner(row, address=address, link=link_to(row.owner, row.address_hash, row.expires_at))


def _expire(row: Inquiry) -> None:
    before = row.state
    row.state = MACHINE.move(row, before, "expire", SYSTEM)
    audit.record(SYSTEM, "inquiry.expire", "inquiry", row.key, before={"state": before}, after=_told(row))


def _told(row: Inquiry) -> dict[str, object]:
    return {"state": row.state, "letter": row.letter, "filing": row.filing, "owner": row.owner}


def _made(values: LetterValues, *, filing: str) -> Inquiry:
    row = Inquiry(
        key=new_key("INQ"),
        filing=filing,
        owner=values.owner,
        applicant=values.applicant,
        signatures=list(values.signatures),
        until=values.valid_until,
        state=InquiryState.NOT_ASKED,
        made_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _same(row: Inquiry, values: LetterValues) -> bool:
    asked = (row.owner, row.applicant, row.signatures, row.until)
    return asked == (values.owner, values.applicant, list(values.signatures), values.valid_until)


def _mail_can_leave() -> bool:
    present = settings.current()
    return present.mail is not None and bool(present.base_url)


def _checked(row: Inquiry, address: str, source: str) -> str:
    address, fields = address.strip(), []
    if not address:
        return ""
    if len(address) > LONGEST or not address.isascii() or not EMAIL.match(address):
        fields.append(FieldError("address", "bad_address", "this is no e-mail address", "like legal@example.com"))
    elif _belongs_to(address, row.applicant):
        fix = "take one from the owner's website, its licence, or a call to its switchboard"
        fields.append(FieldError("address", "address_of_applicant", "this is the applicant's own address", fix))
    if not 1 <= len(source.strip()) <= LONGEST_SOURCE:
        fix = "say where it was found: a website, a licence, a call"
        fields.append(FieldError("source", "source_missing", "where the address comes from is not said", fix))
    if fields:
        raise Invalid(fields[0].code, fields[0].message, fix=fields[0].fix, fields=fields)
    if not _mail_can_leave():
        raise Conflict("no_mail", "no mail leaves this registry", fix="set an SMTP server and the console's address")
    return address


def _belongs_to(address: str, enterprise: str) -> bool:
    query = sa.select(sa.exists().where(Account.enterprise == enterprise, Account.email == address.lower()))
    return bool(db.session.scalar(query))
