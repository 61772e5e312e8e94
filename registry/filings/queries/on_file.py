"""Papers that an applicant handed in before and that serve again: nobody is asked for them twice."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from registry.enterprises.values import EnterpriseValues
from registry.filings.changing import EnterpriseChangeContent
from registry.filings.content import Content, SignatureContent
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.workflow import State
from registry.papers.kinds import PaperKind
from registry.papers.model import Paper
from registry.signatures.kinds import SignatureSource
from registry.store import db

_ON_NO_PAPER = frozenset({"roles", "industry"})
_NAMED_BY = (State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SECOND, State.APPROVED)


def serving_again(content: Content, applicant: str, at: dt.datetime, papers: Sequence[str]) -> list[str]:
    """Keys of papers on file that a content needs and does not bring: the enterprise's own licence that still counts,
    for a change too where nothing changes that stands on it; the certificate of the very same trademark. A letter is of
    one act, and always brought.
    """
    if isinstance(content, EnterpriseValues):
        return _valid(applicant, PaperKind.LICENCE, at, papers, _licence_of(applicant, content.code))
    if isinstance(content, EnterpriseChangeContent) and _ON_NO_PAPER.issuperset(content.changes()):
        return _valid(applicant, PaperKind.LICENCE, at, papers, _licence_of(applicant, content.enterprise))
    if isinstance(content, SignatureContent) and content.values.source == SignatureSource.TRADEMARK:
        named = _named(applicant, Kind.SIGNATURE, "trademark", content.trademark)
        return _valid(applicant, PaperKind.TRADEMARK, at, papers, Paper.key.in_(named if content.trademark else ()))
    return []


def _licence_of(applicant: str, code: str) -> sa.ColumnElement[bool]:
    """Whose a licence is: as it was read off it; unread, the applicant's own, or that of whom it was handed in for."""
    unread = Paper.code_on_it == ""
    if applicant != code:
        unread = sa.and_(unread, Paper.key.in_(_named(applicant, Kind.ENTERPRISE, "code", code)))
    return sa.or_(sa.func.upper(Paper.code_on_it) == code, unread)


def _valid(
    applicant: str, kind: PaperKind, at: dt.datetime, brought: Sequence[str], among: sa.ColumnElement[bool]
) -> list[str]:
    """The newest paper of a kind that still counts, among some; none where one is brought."""
    whose = sa.select(Paper.key).where(Paper.enterprise == applicant, Paper.kind == kind)
    if brought and db.session.scalar(whose.where(Paper.key.in_(brought)).limit(1)):
        return []
    valid = whose.where(Paper.erased_at.is_(None), sa.or_(Paper.expires_at.is_(None), Paper.expires_at > at), among)
    return list(db.session.scalars(valid.order_by(Paper.uploaded_at.desc(), Paper.key).limit(1)))


def _named(applicant: str, kind: Kind, field: str, value: str) -> set[str]:
    """The papers that an applicant's filings about something named."""
    said = sa.and_(Filing.kind == kind, Filing.content[field].astext == value)
    query = sa.select(Filing.papers).where(Filing.applicant == applicant, Filing.state.in_(_NAMED_BY), said)
    return {key for keys in db.session.scalars(query) for key in keys}
