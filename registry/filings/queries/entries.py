"""From an entry of the registry back to the content that would file it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from registry.enterprises.model import Enterprise
from registry.enterprises.values import EnterpriseValues
from registry.filings.changing import (
    BeneficiariesContent,
    EnterpriseChangeContent,
    RenewalContent,
    ScopeChangeContent,
    TemplateContent,
    TemporaryPermitContent,
)
from registry.filings.content import Content, PermitContent, SignatureContent, WithdrawalContent, subject_of
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.port_change import PortChangeContent
from registry.filings.signature_change import SignatureChangeContent
from registry.filings.workflow import State
from registry.kernel.errors import NotFound
from registry.permits.kinds import Purpose
from registry.permits.model import Beneficiary, Permit, Template
from registry.permits.values import PermitValues, ScopeValues, TemplateValues
from registry.ports.model import Delegation, Port
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.model import Letter, Signature
from registry.signatures.values import LetterValues, SignatureValues
from registry.store import db
from registry.store.periods import Dated, in_force, known, open_after
from registry.texts.category import category_bits
from registry.texts.reading import read_message

_TERMS = ("consent", "opt_out", "consent_proof")
_SAID = {Kind.PERMIT: (*_TERMS, "samples"), Kind.SIGNATURE: ("trademark",)}
_JUDGED_AS_FIRST = (
    ScopeChangeContent
    | TemporaryPermitContent
    | RenewalContent
    | EnterpriseChangeContent
    | PortChangeContent
    | SignatureChangeContent
)
Row = Port | Delegation | Signature | Letter | Permit | Enterprise

_TABLES: dict[Kind, type[Dated]] = {
    Kind.PORT: Port,
    Kind.DELEGATION: Delegation,
    Kind.SIGNATURE: Signature,
    Kind.LETTER: Letter,
    Kind.PERMIT: Permit,
    Kind.TEMPLATE: Template,
}
_VALUES: dict[Kind, Any] = {
    Kind.PORT: PortValues,
    Kind.DELEGATION: DelegationValues,
    Kind.SIGNATURE: SignatureValues,
    Kind.LETTER: LetterValues,
    Kind.PERMIT: PermitValues,
    Kind.TEMPLATE: TemplateValues,
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
    """The content that would file this entry today; what only the filing said is taken from it where there is one.

    Of a permit and a signature what was said last counts: a change that was approved may have said it anew.
    """
    said = (filing.content if filing else {}) | _said_since(kind, row, filing)
    match kind:
        case Kind.SIGNATURE:
            return SignatureContent(_values(kind, row), said.get("letter", ""), said.get("trademark", ""))
        case Kind.PERMIT:
            told = {name: said.get(name, "") for name in _TERMS}
            return PermitContent(_values(kind, row), **told, samples=tuple(said.get("samples", ())))
        case Kind.TEMPLATE:
            return TemplateContent(_values(kind, row))
        case Kind.WITHDRAWAL:
            return WithdrawalContent(kind, "")
        case _:
            content: Content = _values(kind, row)
            return content


def _said_since(kind: Kind, row: Any, filing: Filing | None) -> dict[str, Any]:
    """What the approved changes of an entry said of what only filings say, the last ones."""
    names = _SAID.get(kind, ())
    changes = changes_of(kind, row, filing)
    return {name: bag[name] for bag in (each.content for each in changes) for name in names if bag.get(name)}


def changes_of(kind: Kind, row: Any, filing: Filing | None) -> Sequence[Filing]:
    """The approved changes of a permit's scope or a signature's source since the filing that made it, oldest first."""
    if kind not in _SAID:
        return ()
    query = sa.select(Filing).where(
        Filing.entry_kind == kind,
        Filing.entry_key == row.key,
        Filing.kind.in_((Kind.SCOPE_CHANGE, Kind.SIGNATURE_CHANGE)),
        Filing.state == State.APPROVED,
    )
    if filing is not None and filing.decided_at is not None:
        query = query.where(Filing.decided_at >= filing.decided_at)
    return db.session.scalars(query.order_by(Filing.decided_at, Filing.id)).all()


def papers_of_entry(kind: Kind, row: Any, filing: Filing | None) -> list[str]:
    """The papers that the filing of an entry and the approved changes of it brought or relied on, oldest first."""
    said = [*([filing] if filing else ()), *changes_of(kind, row, filing)]
    return [paper for each in said for paper in (*each.papers, *each.relied_on)]


def rests_on(content: Content, at: dt.datetime) -> tuple[Content, Dated] | None:
    """What a filing that starts from an entry asks of the registry, as a first filing would say it, and the entry.

    The checks of that kind run over it: another scope, more time, another channel are judged as if filed anew. None
    for contents that ask for nothing of the kind, or start from an entry that is not there.
    """
    subject = subject_of(content)
    if subject is None or not isinstance(content, _JUDGED_AS_FIRST):
        return None
    row = last_entry(*subject, at)
    return None if row is None else (_asked(content, content_of_entry(subject[0], row, filing_of(row))), row)


def _asked(content: Content, entry: Any) -> Content:
    """An entry's content with what the filing changes of it."""
    asked: Content = entry
    match content:
        case ScopeChangeContent():
            asked = replace(entry, values=replace(entry.values, scope=content.scope), **_terms(content, entry))
        case TemporaryPermitContent():
            values = replace(entry.values, port=content.port, purpose=Purpose.BACKUP.value, permit="")
            asked = replace(entry, values=values)
        case EnterpriseChangeContent() | PortChangeContent():
            asked = replace(entry, **content.changes())
        case SignatureChangeContent():
            source = content.source or entry.values.source
            number = content.trademark or entry.trademark
            asked = replace(entry, values=replace(entry.values, source=source), trademark=number)
        case RenewalContent():
            changed = {"valid_until": content.valid_until, "valid_from": None}
            within = getattr(entry, "values", None)
            asked = replace(entry, values=replace(within, **changed)) if within else replace(entry, **changed)
    return asked


def _terms(content: ScopeChangeContent, entry: PermitContent) -> dict[str, Any]:
    """What a change of scope says of consent and samples; what is on file counts, but not for who begins to advertise.

    A sample on file of a category that is given up is none any more.
    """
    begins = "marketing" in content.scope.categories and "marketing" not in entry.values.scope.categories
    told = {name: getattr(content, name) or ("" if begins else getattr(entry, name)) for name in _TERMS}
    allowed = category_bits(content.scope.categories)
    kept = tuple(each for each in entry.samples if not read_message(each).counted & ~allowed)
    return told | {"samples": content.samples or (() if begins else kept)}


def last_entry(kind: Kind, key: str, at: dt.datetime) -> Any:
    """The entry with this key that has not ended, else the one that ended last."""
    return last_entries([(kind, key)], at).get((kind, key))


def last_entries(subjects: Iterable[tuple[Kind, str]], at: dt.datetime) -> dict[tuple[Kind, str], Any]:
    """The entries of these kinds and keys, as `last_entry` finds one; those that are not there are left out."""
    wanted: dict[Kind, set[str]] = {}
    for kind, key in subjects:
        wanted.setdefault(kind, set()).add(key)
    return {(kind, key): row for kind, keys in wanted.items() for key, row in _last(kind, keys, at).items()}


def _last(kind: Kind, keys: set[str], at: dt.datetime) -> dict[str, Any]:
    table: Any = _TABLES.get(kind)
    if table is None:
        rows = db.session.scalars(sa.select(Enterprise).where(Enterprise.code.in_(keys)))
        return {row.code: row for row in rows} if kind is Kind.ENTERPRISE else {}
    column = table.port if kind is Kind.PORT else table.key
    first = sa.select(table).ext(distinct_on(column)).where(known(table))
    stands = first.where(column.in_(keys), open_after(table, at)).order_by(column, table.valid)
    found = {getattr(row, column.key): row for row in db.session.scalars(stands)}
    ended = first.where(column.in_(keys - set(found))).order_by(column, table.valid.desc())
    missing = db.session.scalars(ended) if keys - set(found) else ()
    return found | {getattr(row, column.key): row for row in missing}


def filing_of(row: Any) -> Filing | None:
    """The filing by which an entry was made, None for those that were there before."""
    key = getattr(row, "filing", None)
    return db.session.scalar(sa.select(Filing).filter_by(key=key)) if key else None


def made_by(kind: Kind, row: Any) -> Filing | None:
    """The same; of an enterprise or a template, which do not say it, the last approved one that made or changed it."""
    if kind not in (Kind.ENTERPRISE, Kind.TEMPLATE):
        return filing_of(row)
    key = row.code if kind is Kind.ENTERPRISE else row.key
    made = (Kind.ENTERPRISE, Kind.ENTERPRISE_CHANGE, Kind.TEMPLATE)
    query = sa.select(Filing).where(
        Filing.entry_kind == kind, Filing.entry_key == key, Filing.kind.in_(made), Filing.state == State.APPROVED
    )
    return db.session.scalar(query.order_by(Filing.decided_at.desc()).limit(1))


def holder_of(row: Any, at: dt.datetime) -> str:
    """Whose an entry is; a template is that of its permit's user."""
    names = ("holder", "from_enterprise", "user", "applicant", "owner", "code")
    own = next((str(getattr(row, name)) for name in names if hasattr(row, name)), "")
    return own or holder_of(last_entry(Kind.PERMIT, row.permit, at), at)


def declared_with(kind: Kind, row: Any, at: dt.datetime) -> BeneficiariesContent | None:
    """Whose content may stand under a permit, as a filing that adds nobody: None where nobody is declared."""
    if kind is not Kind.PERMIT:
        return None
    query = sa.select(Beneficiary.row_id).where(Beneficiary.permit == row.key, in_force(Beneficiary, at))
    return BeneficiariesContent(row.key) if db.session.scalar(query.limit(1)) else None


def _values(kind: Kind, row: Any) -> Any:
    maker = _VALUES[kind]
    found = {each.name: getattr(row, each.name) for each in fields(maker) if hasattr(row, each.name)}
    if kind is Kind.PERMIT:
        found |= {"scope": scope_of(row), "permit": row.key}
    if kind is Kind.LETTER:
        found["letter"] = row.key
    return maker(**{name: _tuple(value) for name, value in found.items()})


def scope_of(row: Permit) -> ScopeValues:
    """What a permit allows, as a filing says it."""
    said: dict[str, Any] = {each.name: _tuple(getattr(row, each.name)) for each in fields(ScopeValues)}
    return ScopeValues(**said)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
