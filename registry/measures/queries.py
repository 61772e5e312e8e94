"""Reading measures as they were at a time, and what they take from permits."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from registry.kernel.actor import Actor
from registry.kernel.paging import Page, PageRequest
from registry.measures.kinds import Action, MeasureState, SubjectKind
from registry.measures.model import Measure
from registry.measures.policy import LIMITING, STOPPING
from registry.permits import restraint
from registry.permits.model import Permit
from registry.permits.queries import visible_keys
from registry.permits.restraint import Restraint
from registry.ports.model import Delegation, Port
from registry.ports.prefix import pattern, prefixes_of
from registry.ports.queries import held_or_let, under
from registry.signatures.model import Signature
from registry.store import db
from registry.store.columns import key_of
from registry.store.lists import one_at, page_of_keys
from registry.store.periods import in_force

Subject = tuple[SubjectKind, str]


def one(actor: Actor, key: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> Measure:
    """The measure as it was at a time. Raises NotFound, also where it does not concern the actor's enterprise."""
    query = _visible(sa.select(Measure).where(Measure.key == key), actor, as_of, known_at)
    return one_at(query, Measure, "measure", as_of, known_at)


def listed(
    actor: Actor,
    request: PageRequest,
    *,
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
    **filters: str,
) -> Page[Measure]:
    """Measures at a time, by key, in whatever state they were: on a subject, of an action, state, finding."""
    query = sa.select(Measure).where(in_force(Measure, as_of, known_at))
    query = query.filter_by(**{name: value for name, value in filters.items() if value})
    return page_of_keys(_visible(query, actor, as_of, known_at), Measure.key, request)


def counting(as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> sa.Select[Measure]:
    """The measures that count at a time: those in force, not those proposed, stayed or lifted."""
    return sa.select(Measure).where(in_force(Measure, as_of, known_at), Measure.state == MeasureState.IN_FORCE)


def upon(
    subjects: Iterable[Subject],
    actions: Iterable[Action],
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
) -> list[Measure]:
    """The measures of these actions that count at a time and fall upon any of these subjects, by key."""
    by_kind: dict[SubjectKind, set[str]] = {}
    for kind, subject in subjects:
        by_kind.setdefault(kind, set()).add(subject)
    if not by_kind:
        return []
    meant = sa.or_(*(sa.and_(Measure.subject_kind == kind, _among(found)) for kind, found in by_kind.items()))
    query = counting(as_of, known_at).where(Measure.action.in_(list(actions)), meant)
    return list(db.session.scalars(query.order_by(Measure.key)))


def restraints(
    permits: Sequence[Permit], as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> Mapping[str, Restraint]:
    """What measures take from each of these permits at a time, by permit key; those left free are not named."""
    subjects = subjects_of(permits, as_of, known_at)
    found = upon(set().union(*subjects.values()), STOPPING | LIMITING, as_of, known_at)
    taken: dict[str, Restraint] = {}
    for permit, reached in subjects.items():
        mine = [each for each in found if (each.subject_kind, each.subject) in reached]
        if mine:
            taken[permit] = Restraint(
                tuple(each.key for each in mine if each.action in STOPPING),
                tuple(each.key for each in mine if each.action in LIMITING),
            )
    return taken


restraint.hand_in(restraints)


def subjects_of(
    permits: Sequence[Permit], as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> dict[str, set[Subject]]:
    """Everything upon which a measure would reach each of these permits at a time, by permit key."""
    digits = {permit.key: pattern(permit.port).digits for permit in permits}
    prefixes = {prefix for each in digits.values() for prefix in prefixes_of(each)}
    holders, hops = _holders(prefixes, as_of, known_at), _hops(prefixes, as_of, known_at)
    return {permit.key: _subjects(permit, digits[permit.key], holders, hops) for permit in permits}


def _subjects(permit: Permit, digits: str, holders: Mapping[str, str], hops: Sequence[Delegation]) -> set[Subject]:
    above = prefixes_of(digits)
    chain = chain_to(permit.user, [hop for hop in hops if hop.port in above])
    holder = next((holders[prefix] for prefix in above if prefix in holders), permit.user)
    between = {party for hop in chain for party in (hop.from_enterprise, hop.to_enterprise)}
    exact = [digits] if permit.port == digits else []
    return {
        (SubjectKind.PERMIT, permit.key),
        (SubjectKind.SIGNATURE, permit.signature),
        (SubjectKind.SIGNATURE, key_of("SIG", permit.signature, permit.owner)),
        *((SubjectKind.PORT, port) for port in exact),
        *((SubjectKind.PREFIX, prefix + star) for prefix in above for star in ("", "*")),
        *((SubjectKind.ENTERPRISE, party) for party in {permit.user, permit.owner, holder, *between}),
        *((SubjectKind.DELEGATION, hop.key) for hop in chain),
    }


def chain_to(user: str, hops: Sequence[Delegation]) -> list[Delegation]:
    """The hops over which a user comes to a port."""
    chain: list[Delegation] = []
    reached = {user}
    while further := [hop for hop in hops if hop.to_enterprise in reached and hop not in chain]:
        chain += further
        reached |= {hop.from_enterprise for hop in further}
    return chain


def _holders(prefixes: set[str], as_of: dt.datetime | None, known_at: dt.datetime | None) -> dict[str, str]:
    query = sa.select(Port.port, Port.holder).where(Port.port == _any(prefixes), in_force(Port, as_of, known_at))
    return dict(db.session.execute(query).all())


def _hops(prefixes: set[str], as_of: dt.datetime | None, known_at: dt.datetime | None) -> Sequence[Delegation]:
    query = sa.select(Delegation).where(Delegation.port == _any(prefixes), in_force(Delegation, as_of, known_at))
    return db.session.scalars(query.order_by(Delegation.key)).all()


def _among(subjects: set[str]) -> sa.ColumnElement[bool]:
    return Measure.subject == _any(subjects)


def _any(texts: set[str]) -> sa.CollectionAggregate[bool]:
    # one array parameter: a list of a thousand permits would need more single ones than the protocol carries
    return sa.any_(sa.literal(sorted(texts), ARRAY(sa.Text)))


def _visible(
    query: sa.Select[Measure], actor: Actor, as_of: dt.datetime | None, known_at: dt.datetime | None
) -> sa.Select[Measure]:
    """A company sees measures for which it answers, and those upon what is its own or what it sends under."""
    if not actor.is_company:
        return query
    own = str(actor.enterprise)
    permits = visible_keys(own, as_of, known_at)
    theirs = sa.select(Permit.port).where(sa.or_(Permit.user == own, Permit.owner == own)).subquery("theirs")
    mine = held_or_let(own, as_of, known_at)
    kind, subject = Measure.subject_kind, Measure.subject
    digits = sa.func.rtrim(subject, "*")
    on_port = sa.or_(
        sa.exists().where(under(digits, mine.c.port)),
        sa.exists().where(theirs.c.port.like(sa.func.concat(digits, "%"))),
    )
    signatures = sa.select(Signature.key).where(Signature.owner == own)
    texts = sa.select(Signature.signature).where(Signature.owner == own)
    hop = sa.select(Delegation.key).where(sa.or_(Delegation.from_enterprise == own, Delegation.to_enterprise == own))
    return query.where(
        sa.or_(
            Measure.enterprise == own,
            sa.and_(kind == SubjectKind.ENTERPRISE, subject == own),
            sa.and_(kind == SubjectKind.PERMIT, subject.in_(permits)),
            sa.and_(kind == SubjectKind.SIGNATURE, sa.or_(subject.in_(signatures), subject.in_(texts))),
            sa.and_(kind == SubjectKind.DELEGATION, subject.in_(hop)),
            sa.and_(kind.in_((SubjectKind.PORT, SubjectKind.PREFIX)), on_port),
        )
    )
