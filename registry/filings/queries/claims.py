"""Who else has declared the links and contacts of a permit that is asked for."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from registry.enterprises.queries import relations
from registry.filings.content import Content, PermitContent
from registry.filings.view import Claim
from registry.kernel.sentence import Unreadable
from registry.permits.model import Permit, SharedContact
from registry.permits.scope_values import contact, link
from registry.store import db
from registry.store.periods import known, open_after
from registry.texts.wording import REGISTRABLE

MOST = 100
_REGISTRABLE = re.compile(REGISTRABLE)


def claims(content: Content, at: dt.datetime) -> tuple[Claim, ...]:
    """Permits of other owners that declare one of the domains or numbers; what many share is left out."""
    if not isinstance(content, PermitContent) or not (content.values.scope.links or content.values.scope.contacts):
        return ()
    scope, own = content.values.scope, content.values.owner
    mine = _taken_apart(scope.links, scope.contacts) - _shared()
    tied = {code for tie in relations(own, at) for code in (tie.from_enterprise, tie.to_enterprise)} if mine else set()
    found = {
        Claim(field, value, row.owner, tied=row.owner in tied)
        for row in (_declaring(scope, own, at) if mine else ())
        for field, value in _taken_apart(row.links, row.contacts) & mine
    }
    return tuple(sorted(found, key=lambda each: (each.field, each.value, each.owner)))


def _declaring(scope: Any, own: str, at: dt.datetime) -> Iterator[Any]:
    columns = (Permit.owner, Permit.links, Permit.contacts)
    for column, function, said in (
        (Permit.links, sa.func.permit_domains, scope.links),
        (Permit.contacts, sa.func.permit_numbers, scope.contacts),
    ):
        asked = function(sa.cast(list(said), ARRAY(sa.Text)))
        same = function(column, type_=ARRAY(sa.Text)).op("&&")(asked)
        kept = sa.and_(column != sa.text("'{}'"), known(Permit), open_after(Permit, at))
        if said:
            yield from db.session.execute(sa.select(*columns).where(kept, same, Permit.owner != own).limit(MOST))


def _shared() -> set[tuple[str, str]]:
    values = db.session.scalars(sa.select(SharedContact.value)).all()
    return _taken_apart([each for each in values if "." in each], [each for each in values if "." not in each])


def _taken_apart(links: Iterable[str], contacts: Iterable[str]) -> set[tuple[str, str]]:
    """Registrable domains and digits, each with the field that holds it; what cannot be read is left out."""
    found = {("links", _domain(each)) for each in links} | {("contacts", _number(each)) for each in contacts}
    return {(field, value) for field, value in found if value}


def _domain(text: str) -> str:
    try:
        host = link(text).host
    except Unreadable:
        return ""
    found = _REGISTRABLE.search(host)
    return found[1] if found else host


def _number(text: str) -> str:
    try:
        return contact(text)
    except Unreadable:
        return ""
