"""From an entry of the registry back to the content that would file it."""

import datetime as dt
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from registry.enterprises.model import Enterprise
from registry.enterprises.values import EnterpriseValues
from registry.filings.content import Content, PermitContent, SignatureContent, WithdrawalContent
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.kernel.errors import NotFound
from registry.permits.model import Permit
from registry.permits.values import PermitValues, ScopeValues
from registry.ports.model import Delegation, Port
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.model import Letter, Signature
from registry.signatures.values import LetterValues, SignatureValues
from registry.store import db
from registry.store.periods import Dated, known, open_after

Row = Port | Delegation | Signature | Letter | Permit | Enterprise

_TABLES: dict[Kind, type[Dated]] = {
    Kind.PORT: Port,
    Kind.DELEGATION: Delegation,
    Kind.SIGNATURE: Signature,
    Kind.LETTER: Letter,
    Kind.PERMIT: Permit,
}
_VALUES: dict[Kind, Any] = {
    Kind.PORT: PortValues,
    Kind.DELEGATION: DelegationValues,
    Kind.SIGNATURE: SignatureValues,
    Kind.LETTER: LetterValues,
    Kind.PERMIT: PermitValues,
    Kind.ENTERPRISE: EnterpriseValues,
}


def entry_of(kind: Kind, key: str, at: dt.datetime) -> Any:
    """The entry with this key that has not ended by a moment: in force, or the next to be. Raises NotFound."""
    if kind is Kind.ENTERPRISE:
        row: Any = db.session.scalar(sa.select(Enterprise).filter_by(code=key))
    else:
        table: Any = _TABLES[kind]
        column = table.port if kind is Kind.PORT else table.key
        query = sa.select(table).where(column == key, known(table), open_after(table, at))
        row = db.session.scalar(query.order_by(table.valid).limit(1))
    if row is None:
        raise NotFound(f"no_such_{kind}", f"there is no {kind} {key[:40]} in force")
    return row


def content_of_entry(kind: Kind, row: Any, filing: Filing | None) -> Content:
    """The content that would file this entry today; what only the filing said is taken from it where there is one."""
    said = filing.content if filing else {}
    match kind:
        case Kind.SIGNATURE:
            return SignatureContent(_values(kind, row), said.get("letter", ""))
        case Kind.PERMIT:
            return PermitContent(_values(kind, row), said.get("consent", ""), said.get("opt_out", ""))
        case Kind.WITHDRAWAL:
            return WithdrawalContent(kind, "")
        case _:
            content: Content = _values(kind, row)
            return content


def filing_of(row: Any) -> Filing | None:
    """The filing by which an entry was made, None for those that were there before."""
    key = getattr(row, "filing", None)
    return db.session.scalar(sa.select(Filing).filter_by(key=key)) if key else None


def _values(kind: Kind, row: Any) -> Any:
    maker = _VALUES[kind]
    found = {each.name: getattr(row, each.name) for each in fields(maker) if hasattr(row, each.name)}
    if kind is Kind.PERMIT:
        scope = {each.name: _tuple(getattr(row, each.name)) for each in fields(ScopeValues)}
        found |= {"scope": ScopeValues(**scope), "permit": row.key}
    if kind is Kind.LETTER:
        found["letter"] = row.key
    return maker(**{name: _tuple(value) for name, value in found.items()})


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
