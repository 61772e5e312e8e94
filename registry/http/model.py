"""Answers kept for idempotency keys."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.store import Model


class KeptAnswer(Model):
    """What a caller was answered under a key of its own: asked again, it gets the same and nothing happens twice."""

    __tablename__ = "kept_answer"

    caller: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    key: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    asked: Mapped[str] = mapped_column(sa.Text)
    status: Mapped[int] = mapped_column(sa.Integer)
    content_type: Mapped[str] = mapped_column(sa.Text)
    etag: Mapped[str] = mapped_column(sa.Text)
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)
    kept_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True), index=True)
