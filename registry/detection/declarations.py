"""What the registry declares beside ports and permits, as Arrow tables: links, numbers, letters, names, handlers."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from registry.complaints.model import Complaint
from registry.detection.rowset import NUMBER, PERIOD, TEXT, TRUTH, Shape, period_of, table_of
from registry.enterprises.model import Enterprise, EnterpriseName, Relation, RelationKind
from registry.handlers import queries as handlers
from registry.kernel import clock
from registry.kernel.clock import SHANGHAI
from registry.kernel.sentence import Unreadable
from registry.law import provisions
from registry.permits.model import Beneficiary, ContactKind, Permit, SharedContact, Template
from registry.permits.scope_values import contact, link
from registry.signatures import queries as signatures
from registry.signatures.folding import fold
from registry.signatures.model import Confirmation, Letter, Signature, SignatureSource
from registry.store import db
from registry.store.periods import known
from registry.texts.wording import REGISTRABLE

_REGISTRABLE = re.compile(REGISTRABLE)

LETTERS: Shape = {"letter": TEXT, "letter_owner": TEXT, "applicant": TEXT, "listed": TEXT, "denied": TRUTH}
LETTERS |= {"confirmed": TRUTH, **PERIOD}
VALUES: Shape = {"permit": TEXT, "enterprise": TEXT, "kind": TEXT, "value": TEXT, "path": TEXT}
VALUES |= {"beneficiary": TRUTH, "ended": TRUTH}
SHARED: Shape = {"kind": TEXT, "value": TEXT, "path": TEXT}
PARTIES: Shape = {"enterprise": TEXT, "name": TEXT, "handler": TEXT, "industry": TEXT}
GUARDED: Shape = {"folded": TEXT, "owner": TEXT, "official": TRUTH}
COMPLAINED: Shape = {"day": pa.date32(), "port": TEXT, "folded": TEXT, "complaints": NUMBER}

LATE = dt.timedelta(days=21)
"""So long after its end a beneficiary may still be declared anew: then the record is wrong, and nobody cheats."""

RATES: Shape = {"suspend": pa.float64(), "shut": pa.float64()}


def letters() -> pa.Table:
    """Every letter, one row for each signature that it lists, also those that ended: a renewal comes after an end.

    One that lists none, as other registers keep them for hops, allows every name of its owner.
    """
    columns = (Letter.key, Letter.owner, Letter.applicant, Letter.signatures, Letter.confirmation, *period_of(Letter))
    found = db.session.execute(sa.select(*columns).where(known(Letter)))
    owned = defaultdict[str, list[str]](list)
    for owner, text in db.session.execute(_of_unlisting()):
        owned[owner].append(text)
    return table_of(LETTERS, [row for each in found for row in _listed(owned, *each)])


def _of_unlisting() -> sa.Select[str, str]:
    """The names of owners who have written a letter without a list."""
    unlisting = sa.select(Letter.owner).where(known(Letter), sa.func.cardinality(Letter.signatures) == 0)
    names = sa.select(Signature.owner, Signature.signature).where(known(Signature), Signature.owner.in_(unlisting))
    return names.distinct().order_by(Signature.owner, Signature.signature)


def _listed(
    owned: dict[str, list[str]],
    key: str,
    owner: str,
    applicant: str,
    signatures: list[str],
    said: Confirmation,
    *span: int,
) -> Iterator[Any]:
    for text in signatures or owned.get(owner, [""]):
        yield (key, owner, applicant, fold(text), said is Confirmation.DENIED, said is Confirmation.CONFIRMED, *span)


def values(window: Range[dt.datetime]) -> pa.Table:
    """Links (registrable domain, head of the path) and numbers that permits declare, and who declares them.

    `ended`: those of a beneficiary that was none any more well before the window.
    """
    begins = window.lower or clock.now()
    columns = (Permit.key, Permit.owner, Permit.user, Permit.links, Permit.contacts)
    permits = db.session.execute(sa.select(*columns).where(known(Permit))).all()
    owners = {row.key: row.owner for row in permits}
    found = {row for each in permits for row in declared_by(each.key, each.owner, each)}
    found.update(_of_users(permits))
    for merchant in db.session.scalars(sa.select(Beneficiary).where(known(Beneficiary))):
        until = merchant.valid.upper
        over = until is not None and until + LATE <= begins
        said = declared_by(merchant.permit, merchant.beneficiary, merchant, beneficiary=True, ended=over)
        found.update(said)
    for template in db.session.scalars(sa.select(Template).where(known(Template))):
        if template.permit in owners:
            found.update(declared_by(template.permit, owners[template.permit], template))
    return table_of(VALUES, sorted(found))


def _of_users(permits: Iterable[Any]) -> Iterator[Any]:
    """What permits of several owners declare that are used by the same one: it is his, and no owner's alone.

    What one owner declares is no word of whoever sends for it: he sends for others too.
    """
    used: dict[tuple[str, tuple[str, str, str]], dict[str, str]] = defaultdict(dict)
    for each in permits:
        for value in _taken_apart(each.links, each.contacts) if each.user != each.owner else ():
            used[each.user, value].setdefault(each.owner, each.key)
    for (user, value), keys in used.items():
        yield from ((key, user, *value, False, False) for key in keys.values() if len(keys) > 1)


def declared_by(
    permit: str, enterprise: str, row: Any, *, beneficiary: bool = False, ended: bool = False
) -> Iterator[Any]:
    """What the links and contacts of a row declare for a permit."""
    for kind, value, head in _taken_apart(row.links, row.contacts):
        yield permit, enterprise, kind, value, head, beneficiary, ended


def _taken_apart(links: Iterable[str], contacts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for text in links:
        if (found := _link(text)) is not None:
            yield "link", *found
    for text in contacts:
        if found_ := _digits(text):
            yield "contact", found_, ""


def _link(text: str) -> tuple[str, str] | None:
    """The registrable domain and the head of the path, as the facts hold them."""
    try:
        parts = link(text)
    except Unreadable:
        return None
    found = _REGISTRABLE.search(parts.host)
    head = parts.path.split("/")[1] if parts.path != "/" else ""
    return (found[1] if found else parts.host), f"/{head}" if head else ""


def _digits(text: str) -> str:
    try:
        return contact(text)
    except Unreadable:
        return ""


def shared_values() -> pa.Table:
    """Links and numbers that many unrelated senders lawfully use."""
    found: set[tuple[str, str, str]] = set()
    for row in db.session.scalars(sa.select(SharedContact)):
        hotline = row.kind is ContactKind.HOTLINE and "." not in row.value
        found.update(_taken_apart([] if hotline else [row.value], [row.value] if hotline else []))
    return table_of(SHARED, sorted(found))


def parties() -> pa.Table:
    """Enterprises by every name that they bear or bore: one row for each name.

    `handler`: the person behind the key that the enterprise names, by ID or telephone number; the key itself where it
    was brought in from elsewhere and nothing more is known.
    """
    columns = (Enterprise.code, Enterprise.name, Enterprise.handler, Enterprise.industry)
    now = db.session.execute(sa.select(*columns))
    former = sa.select(Enterprise.code, EnterpriseName.name, Enterprise.handler, Enterprise.industry)
    former = former.join(EnterpriseName, EnterpriseName.enterprise == Enterprise.code).where(known(EnterpriseName))
    person = handlers.persons()
    rows = {
        (code, name, person.get(handler, handler), industry)
        for query in (now, db.session.execute(former))
        for code, name, handler, industry in query
    }
    return table_of(PARTIES, sorted(rows))


def guarded() -> pa.Table:
    """Names that nobody else may come near."""
    official = Signature.source == SignatureSource.GOVERNMENT
    query = sa.select(Signature.folded, Signature.owner, official).where(signatures.guarded()).distinct()
    return table_of(GUARDED, [tuple(row) for row in db.session.execute(query)])


def complained(window: Range[dt.datetime]) -> pa.Table:
    """Complaints by the local day of the message (of the report, where that is unknown), port and signature."""
    at = sa.func.coalesce(Complaint.sent_at, Complaint.received_at)
    day = sa.cast(sa.func.timezone(SHANGHAI.key, at), sa.Date)
    query = sa.select(day, Complaint.port, Complaint.signature, sa.func.count()).group_by(
        day, Complaint.port, Complaint.signature
    )
    rows = db.session.execute(query.where(at >= window.lower, at < window.upper))
    return table_of(COMPLAINED, [(one, port, fold(text), count) for one, port, text, count in rows])


def rates(window: Range[dt.datetime]) -> pa.Table:
    """suspend, shut: complaints per million messages from which a sender's service is suspended or shut, as one row."""
    day = (window.upper or clock.now()) - dt.timedelta(microseconds=1)
    names = ("suspend", "shut")
    return table_of(RATES, [tuple(provisions.number(f"complaints.{name}", day) for name in names)])


def successors(window: Range[dt.datetime]) -> dict[str, str]:
    """Enterprises that merged into another, with the one that stands for them in the end."""
    columns = (Relation.from_enterprise, Relation.to_enterprise)
    query = sa.select(*columns).where(
        known(Relation), Relation.kind == RelationKind.MERGED_INTO, sa.func.lower(Relation.valid) < window.upper
    )
    into = {row.from_enterprise: row.to_enterprise for row in db.session.execute(query)}
    return {old: _end(into, old) for old in into}


def _end(into: dict[str, str], code: str) -> str:
    passed = {code}
    while into.get(code, "") not in ("", *passed):
        code = into[code]
        passed.add(code)
    return code
