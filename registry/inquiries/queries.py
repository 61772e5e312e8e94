"""Reading inquiries, and who may send under an owner's names."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from registry.accounts.model import Account
from registry.inquiries.model import Inquiry
from registry.inquiries.workflow import MACHINE, InquiryState
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.papers.personal import decrypted, keyed_hash
from registry.permits.model import Permit
from registry.signatures.model import Letter
from registry.store import db
from registry.store.lists import page_of_keys
from registry.store.periods import in_force, known, open_after

MOST = 500  # of one owner's letters, on one page

_SAID = {"none": InquiryState.NOT_ASKED, "confirmed": InquiryState.CONFIRMED, "denied": InquiryState.DENIED}


def one(actor: Actor, key: str, *, lock: bool = False) -> Inquiry:
    """One inquiry. Raises NotFound, also where the actor's enterprise is no party to it."""
    query = _visible(actor).where(Inquiry.key == key)
    found = db.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("no_such_inquiry", f"there is no inquiry {key[:60]}")
    return found


def listed(actor: Actor, request: PageRequest, **filters: str | InquiryState | None) -> Page[Inquiry]:
    """Inquiries by key, which is by age: of an owner, an applicant, a state, a letter, a filing."""
    query = _visible(actor).filter_by(**{name: value for name, value in filters.items() if value})
    return page_of_keys(query, Inquiry.key, request)


def of_letter(letter: str) -> Inquiry | None:
    """The inquiry about a letter that stands."""
    return db.session.scalar(sa.select(Inquiry).filter_by(letter=letter))


def of_letters(letters: Sequence[str]) -> dict[str, Inquiry]:
    """The inquiries about several letters, by the letters' keys."""
    rows = db.session.scalars(sa.select(Inquiry).where(Inquiry.letter.in_(letters)))
    return {str(row.letter): row for row in rows}


def of_filing(filing: str) -> Inquiry | None:
    """The last inquiry about what a filing asks for."""
    return db.session.scalar(sa.select(Inquiry).filter_by(filing=filing).order_by(Inquiry.id.desc()).limit(1))


def word(letter: str) -> InquiryState | None:
    """What the owner said about a letter, by the letter's key or by its filing's; None where nobody asked."""
    either = sa.or_(Inquiry.letter == letter, Inquiry.filing == letter)
    return db.session.scalar(sa.select(Inquiry.state).where(either).order_by(Inquiry.id.desc()).limit(1))


def word_about(owner: str, applicant: str, signatures: Sequence[str]) -> InquiryState | None:
    """What the owner said last about these names for this applicant; None where nobody asked."""
    query = sa.select(Inquiry.state).where(
        Inquiry.owner == owner, Inquiry.applicant == applicant, Inquiry.signatures == list(signatures)
    )
    return db.session.scalar(query.where(Inquiry.over_at.is_(None)).order_by(Inquiry.id.desc()).limit(1))


def asked_of(actor: Actor) -> list[Inquiry]:
    """What a company is asked about letters that are still on their way."""
    query = sa.select(Inquiry).where(Inquiry.owner == actor.enterprise, *_on_its_way())
    return list(db.session.scalars(query.order_by(Inquiry.key).limit(MOST)))


def due() -> list[str]:
    """Keys of inquiries whose time to answer is over."""
    query = sa.select(Inquiry.key).where(Inquiry.state == InquiryState.ASKED, Inquiry.expires_at <= clock.now())
    return list(db.session.scalars(query.order_by(Inquiry.key)))


def has_people(enterprise: str) -> bool:
    """Whether somebody of the enterprise has a log-in."""
    return bool(db.session.scalar(sa.select(sa.exists().where(Account.enterprise == enterprise, Account.active))))


def address_of(owner: str) -> str:
    """The address at which an owner was reached last, empty where staff never gave one or it was erased."""
    query = sa.select(Inquiry.sealed).where(Inquiry.owner == owner, Inquiry.sealed != "")
    sealed = db.session.scalar(query.order_by(Inquiry.asked_at.desc()).limit(1))
    return _address(sealed) if sealed else ""


def _address(sealed: str) -> str:
    return str(json.loads(decrypted(sealed))["address"])


def owner_at(address: str) -> tuple[str, str] | None:
    """The owner that is reached at an address, and the address as staff gave it: a hash alone is not precise enough."""
    query = sa.select(Inquiry.owner, Inquiry.sealed).where(
        Inquiry.address_hash == keyed_hash(address), Inquiry.sealed != ""
    )
    for owner, sealed in db.session.execute(query.order_by(Inquiry.asked_at.desc())):
        kept = _address(sealed)
        if kept.casefold() == address.casefold():
            return owner, kept
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """A letter of an owner as it stands or is asked for. `subject`: its key, or the key of its inquiry."""

    subject: str
    applicant: str
    signatures: tuple[str, ...]
    until: object
    state: InquiryState
    actions: tuple[str, ...]
    waits: bool


@dataclass(frozen=True, slots=True)
class OwnersPage:
    """What an owner sees: its letters, and the permits by which others send under its names."""

    owner: str
    letters: list[Standing]
    permits: list[Permit]


def page_of(actor: Actor) -> OwnersPage:
    """Everything that stands in the name of the actor's enterprise, what it may answer first."""
    owner = str(actor.enterprise)
    waiting = [_asked(actor, row) for row in asked_of(actor)]
    query = sa.select(Letter).where(Letter.owner == owner, known(Letter), open_after(Letter, clock.now()))
    rows = db.session.scalars(query.order_by(Letter.key, Letter.valid).limit(MOST)).all()
    said = of_letters([row.key for row in rows])
    permits = sa.select(Permit).where(Permit.owner == owner, Permit.user != owner, in_force(Permit))
    others = list(db.session.scalars(permits.order_by(Permit.key).limit(MOST)))
    return OwnersPage(owner, waiting + [_standing(actor, row, said.get(row.key)) for row in rows], others)


def _asked(actor: Actor, row: Inquiry) -> Standing:
    actions = tuple(each for each in MACHINE.open_to(row, row.state, actor) if each != "revoke")
    return Standing(row.key, row.applicant, tuple(row.signatures), row.until, row.state, actions, waits=True)


def _standing(actor: Actor, row: Letter, inquiry: Inquiry | None) -> Standing:
    state = inquiry.state if inquiry else _SAID[row.confirmation.value]
    actions = tuple(MACHINE.open_to(row, state, actor))
    return Standing(row.key, row.applicant, tuple(row.signatures), row.valid_until, state, actions, waits=False)


def _on_its_way() -> tuple[sa.ColumnElement[bool], ...]:
    return Inquiry.letter.is_(None), Inquiry.over_at.is_(None), Inquiry.filing.is_not(None)


def _visible(actor: Actor) -> sa.Select[Inquiry]:
    query = sa.select(Inquiry)
    if not actor.is_company:
        return query
    return query.where(sa.or_(Inquiry.owner == actor.enterprise, Inquiry.applicant == actor.enterprise))


def state_of(letter: Letter) -> InquiryState:
    """What the owner says of a letter: to an inquiry, else as the letter itself was brought in."""
    found = of_letter(letter.key)
    return found.state if found else _SAID[letter.confirmation.value]
