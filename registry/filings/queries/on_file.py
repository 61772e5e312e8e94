"""Papers that an applicant handed in before and that serve again: nobody is asked for them twice."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from registry.enterprises.values import EnterpriseValues
from registry.filings.content import Content, SignatureContent
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.workflow import State
from registry.papers.kinds import PaperKind
from registry.papers.model import Paper
from registry.signatures.kinds import SignatureSource
from registry.store import db

_NAMED_BY = (State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SECOND, State.APPROVED)


def serving_again(content: Content, applicant: str, at: dt.datetime, papers: Sequence[str]) -> list[str]:
    """Keys of papers on file that a content needs and does not bring: a licence that still counts; the certificate of
    the very same trademark. A letter is of one act, and always brought.
    """
    if isinstance(content, EnterpriseValues):
        return _valid(applicant, PaperKind.LICENCE, at, papers)
    if isinstance(content, SignatureContent) and content.values.source == SignatureSource.TRADEMARK:
        named = _of_trademark(applicant, content.trademark) if content.trademark else set[str]()
        return _valid(applicant, PaperKind.TRADEMARK, at, papers, named)
    return []


def _valid(
    applicant: str, kind: PaperKind, at: dt.datetime, brought: Sequence[str], among: Collection[str] | None = None
) -> list[str]:
    """The newest paper of a kind that still counts, among some where said so; none where one is brought."""
    whose = sa.select(Paper.key).where(Paper.enterprise == applicant, Paper.kind == kind)
    if brought and db.session.scalar(whose.where(Paper.key.in_(brought)).limit(1)):
        return []
    valid = whose.where(Paper.erased_at.is_(None), sa.or_(Paper.expires_at.is_(None), Paper.expires_at > at))
    if among is not None:
        valid = valid.where(Paper.key.in_(among))
    return list(db.session.scalars(valid.order_by(Paper.uploaded_at.desc(), Paper.key).limit(1)))


def _of_trademark(applicant: str, number: str) -> set[str]:
    query = sa.select(Filing.papers).where(
        Filing.applicant == applicant,
        Filing.kind == Kind.SIGNATURE,
        Filing.state.in_(_NAMED_BY),
        Filing.content["trademark"].astext == number,
    )
    return {key for keys in db.session.scalars(query) for key in keys}
