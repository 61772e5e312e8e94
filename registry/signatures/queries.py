"""Reading signatures and letters as they were at a time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.kernel.sentence import Sentence
from registry.signatures.folding import fold
from registry.signatures.lookalikes import live
from registry.signatures.lookalikes.likeness import Weigh
from registry.signatures.lookalikes.reasons import Likeness, explained
from registry.signatures.model import Letter, Signature, SignatureSource
from registry.signatures.values import MOST_NEAR
from registry.store import db
from registry.store.lists import one_at, page_of_keys
from registry.store.periods import in_force, known, open_after


@dataclass(frozen=True, slots=True)
class Near:
    """A registered signature that another text is like: how much (0 to 1), in what, and why."""

    signature: str
    owner: str
    key: str
    score: float
    kind: Likeness
    reason: Sentence
    protected: bool = False


def one(actor: Actor, key: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> Signature:
    """The signature as it was at a time. Raises NotFound, also where it does not concern the actor's enterprise."""
    query = _visible(sa.select(Signature).where(Signature.key == key), actor, as_of, known_at)
    return one_at(query, Signature, "signature", as_of, known_at)


def listed(
    actor: Actor,
    request: PageRequest,
    *,
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
    like: str = "",
    **filters: str,
) -> Page[Signature]:
    """Signatures in force at a time, by key: of a text, owner, source, standing; `like` looks into the folded text."""
    query = sa.select(Signature).where(in_force(Signature, as_of, known_at)).filter_by(**_given(filters))
    if like:
        query = query.where(Signature.folded.contains(fold(like), autoescape=True))
    return page_of_keys(_visible(query, actor, as_of, known_at), Signature.key, request)


def of_text(text: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> list[Signature]:
    """Every owner's registration of a text at a time: by the very text, not the folded one."""
    query = sa.select(Signature).where(Signature.signature == text, in_force(Signature, as_of, known_at))
    return list(db.session.scalars(query.order_by(Signature.owner)))


def registered(
    text: str, owner: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> Signature | None:
    """The registration of a text by an owner at a time, or None."""
    query = sa.select(Signature).where(Signature.signature == text, Signature.owner == owner)
    return db.session.scalar(query.where(in_force(Signature, as_of, known_at)))


def guarded() -> sa.ColumnElement[bool]:
    """Which registrations are of names that nobody else may come near: protected ones, and those of authorities."""
    return sa.and_(known(Signature), sa.or_(Signature.protected, Signature.source == SignatureSource.GOVERNMENT))


def newest() -> int:
    """The number of the row that was written last, 0 for none: it grows with every change."""
    return db.session.scalar(sa.select(sa.func.max(Signature.row_id))) or 0


def names() -> list[str]:
    """Every registered text, also of registrations that ended: what was sent then is looked at later."""
    return list(db.session.scalars(sa.select(Signature.signature).where(known(Signature)).distinct()))


def nearest(text: str, k: int = 5, *, but_owner: str = "") -> list[Near]:
    """The k registered signatures most like a text, the likest first; those of one owner are left out if said so.

    Signatures that have not ended are looked at, begun or not.
    """
    folded, names = fold(text), live.index()
    k = min(k, MOST_NEAR)
    found = {each.text: each.score for each in names.nearest(folded, 2 * MOST_NEAR)}
    rows = _registrations(found, k, but_owner)
    rows = sorted(rows, key=lambda row: (-found[row.folded], row.signature, row.owner))[:k]
    return [_near(folded, row, found[row.folded], names.rarity.weight) for row in rows]


def shown_to(actor: Actor, near: Near) -> Near:
    """What an actor may see of a lookalike: a company sees whose it is, and its key, only where it is its own."""
    if not actor.is_company or near.owner == actor.enterprise:
        return near
    return replace(near, owner="", key="")


def _registrations(texts: Iterable[str], each: int, but_owner: str) -> list[Signature]:
    """Registrations of folded texts that have not ended, so many of each text at most."""
    place = sa.func.row_number().over(partition_by=Signature.folded, order_by=Signature.row_id)
    rows = sa.select(Signature.row_id, place.label("place")).where(
        Signature.folded.in_(list(texts)),
        Signature.owner != but_owner,
        known(Signature),
        open_after(Signature, clock.now()),
    )
    numbered = rows.subquery()
    few = sa.select(numbered.c.row_id).where(numbered.c.place <= each)
    return list(db.session.scalars(sa.select(Signature).where(Signature.row_id.in_(few))))


def _near(folded: str, row: Signature, score: float, weigh: Weigh) -> Near:
    kind, reason = explained(folded, row.folded, weigh)
    return Near(row.signature, row.owner, row.key, score, kind, reason, row.protected)


def letter(actor: Actor, key: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> Letter:
    """The letter as it was at a time. Raises NotFound, also where the actor's enterprise is no party to it."""
    query = _party(sa.select(Letter).where(Letter.key == key), actor)
    return one_at(query, Letter, "letter", as_of, known_at)


def open_to_answer(actor: Actor, key: str) -> Letter:
    """The letter that has not ended, for its owner or staff. Raises NotFound for anybody else."""
    query = sa.select(Letter).where(Letter.key == key, known(Letter), open_after(Letter, clock.now()))
    row = db.session.scalar(query.order_by(Letter.valid).limit(1))
    if row is None or (actor.is_company and actor.enterprise != row.owner):
        raise NotFound("no_such_letter", f"there is no letter {key[:40]} in force")
    return row


def letters(
    actor: Actor,
    request: PageRequest,
    *,
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
    signature: str = "",
    **filters: str,
) -> Page[Letter]:
    """Letters in force at a time, by key: of an owner, an applicant, with an answer, that list a signature."""
    query = sa.select(Letter).where(in_force(Letter, as_of, known_at)).filter_by(**_given(filters))
    if signature:
        query = query.where(Letter.signatures.contains([signature]))
    return page_of_keys(_party(query, actor), Letter.key, request)


def _party(query: sa.Select[Letter], actor: Actor) -> sa.Select[Letter]:
    if not actor.is_company:
        return query
    return query.where(sa.or_(Letter.owner == actor.enterprise, Letter.applicant == actor.enterprise))


def _visible(
    query: sa.Select[Signature], actor: Actor, as_of: dt.datetime | None, known_at: dt.datetime | None
) -> sa.Select[Signature]:
    """A company sees its own signatures, and those that a letter allows it."""
    if not actor.is_company:
        return query
    allowed = sa.select(Letter.owner, sa.func.unnest(Letter.signatures)).where(
        Letter.applicant == actor.enterprise, in_force(Letter, as_of, known_at)
    )
    by_letter = sa.tuple_(Signature.owner, Signature.signature).in_(allowed)
    return query.where(sa.or_(Signature.owner == actor.enterprise, by_letter))


def _given(filters: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in filters.items() if value}
