"""The table of uploaded papers. The bytes lie in a folder under their SHA-256."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.papers.kinds import PaperKind
from registry.store import Model
from registry.store.columns import Id, Key, Moment, choice


class Paper(Model):
    """One paper of one enterprise (its code: no foreign key, papers stand below enterprises in the house).

    `erased_at`: the bytes are gone, the row says what they were. `name_on_it`, `code_on_it`: whose licence it is, as it
    stands on it; `read_by_staff`: not the uploader said so last.
    """

    __tablename__ = "paper"
    __table_args__ = (
        sa.Index(
            "uq_paper_kept",
            "enterprise",
            "sha256",
            "kind",
            unique=True,
            postgresql_where=sa.text("erased_at IS NULL"),
        ),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        sa.CheckConstraint("size > 0", name="size"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    sha256: Mapped[Key] = mapped_column(index=True)
    kind: Mapped[PaperKind] = mapped_column(choice(PaperKind, "paper_kind"))
    name: Mapped[str] = mapped_column(sa.Text)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    media_type: Mapped[str] = mapped_column(sa.Text)
    enterprise: Mapped[Key] = mapped_column(index=True)
    uploaded_by: Mapped[str] = mapped_column(sa.Text)
    uploaded_at: Mapped[Moment]
    expires_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    name_on_it: Mapped[str] = mapped_column(sa.Text, default="")
    code_on_it: Mapped[str] = mapped_column(sa.Text, default="")
    read_by_staff: Mapped[bool] = mapped_column(default=False)
    erased_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
