"""Registering handlers, showing them to whoever says why, ending and erasing them."""

import json

import sqlalchemy as sa

from registry import audit
from registry.handlers import queries
from registry.handlers.model import Handler
from registry.handlers.values import FIELDS, HandlerValues
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid, NotFound
from registry.papers.personal import LEAST_REASON, decrypted, encrypted, keyed_hash, masked_id, masked_phone
from registry.store import db, unit_of_work
from registry.store.columns import new_key

REGISTER, SEE = "paper.upload", "paper.unmask"


def register(actor: Actor, values: HandlerValues, *, enterprise: str | None = None) -> Handler:
    """The handler of an enterprise, its key to be named in filings; the same person again is answered with the first.

    enterprise: the code of the one that it acts for, where that is not the actor's own. Raises Invalid.
    """
    actor.require(REGISTER)
    owner = enterprise or actor.enterprise
    if not owner:
        raise Invalid("enterprise_needed", "say which enterprise the handler acts for")
    values = values.checked()
    id_hash, phone_hash = keyed_hash(values.id_number), keyed_hash(values.phone)
    with unit_of_work() as session:
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(int(id_hash[:15], 16))))
        whose = {"enterprise": owner, "brought_by": actor.enterprise or ""}
        same = {**whose, "id_hash": id_hash, "phone_hash": phone_hash, "ended_at": None}
        if row := session.scalar(sa.select(Handler).filter_by(**same)):
            return row
        row = Handler(
            key=new_key("HDL"),
            **whose,
            sealed=encrypted(json.dumps({name: getattr(values, name) for name in FIELDS}, ensure_ascii=False)),
            masked=json.dumps(_masked(values), ensure_ascii=False),
            id_hash=id_hash,
            phone_hash=phone_hash,
            made_at=clock.now(),
            made_by=actor.name,
        )
        session.add(row)
        after = {"enterprise": owner, "id_hash": id_hash, "phone_hash": phone_hash}
        audit.record(actor, "handler.registered", "handler", row.key, after=after)
    return row


def unmask(actor: Actor, key: str, field: str, reason: str) -> str:
    """One whole value, for whoever says why; that it was seen stands in the audit trail, the value does not.

    Raises Forbidden, NotFound (also after it was erased), Invalid without a reason or for another field.
    """
    actor.require(SEE)
    if field not in FIELDS:
        error = FieldError("field", "unknown_value", f"{field[:40]!r} is no value of a handler", ", ".join(FIELDS))
        raise Invalid("unknown_value", "there is no such value", fields=[error])
    if len(reason.strip()) < LEAST_REASON:
        error = FieldError("reason", "reason_needed", "say why you need to see this value", "a few words")
        raise Invalid("reason_needed", "say why you need to see this value", fields=[error])
    with unit_of_work():
        row = queries.one(actor, key)
        value = _opened(row)[field]
        seen = {"field": field, "hash": keyed_hash(value)}
        audit.record(actor, "personal.unmasked", "handler", key, after=seen, reason=reason.strip())
    return value


def for_source(actor: Actor, id_hash: str) -> dict[str, str]:
    """Name and ID number for a real-name service that must know them; that they were handed over is recorded."""
    with unit_of_work():
        query = sa.select(Handler).where(Handler.id_hash == id_hash, Handler.erased_at.is_(None))
        row = db.session.scalar(query.order_by(Handler.id.desc()).limit(1))
        if row is None:
            return {}
        told = _opened(row)
        audit.record(actor, "personal.handed_over", "handler", row.key, reason="real-name service")
    return {"name": told["name"], "id_number": told["id_number"]}


def end(actor: Actor, key: str) -> Handler:
    """The person acts for the enterprise no longer; what is kept of it goes when its time is over."""
    actor.require(REGISTER)
    with unit_of_work():
        row = queries.one(actor, key, lock=True)
        if row.ended_at is None:
            row.ended_at = clock.now()
            audit.record(actor, "handler.ended", "handler", key)
    return row


def erase(row: Handler) -> str:
    """Nothing of the person is left but the row; answers the keyed hash that proves who it was."""
    digest = row.id_hash
    row.sealed, row.masked, row.id_hash, row.phone_hash = "", "{}", "", ""
    row.erased_at = clock.now()
    row.ended_at = row.ended_at or row.erased_at
    return digest


def _opened(row: Handler) -> dict[str, str]:
    if row.erased_at is not None:
        raise NotFound("handler_erased", "this person's data was erased", fix="ask the enterprise")
    found: dict[str, str] = json.loads(decrypted(row.sealed))
    return found


def _masked(values: HandlerValues) -> dict[str, str]:
    name = values.name[0] + "*" * (len(values.name) - 1)
    return {"name": name, "id_number": masked_id(values.id_number), "phone": masked_phone(values.phone)}
