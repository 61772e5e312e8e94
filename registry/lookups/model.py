"""The table of lookups: never changed, never deleted (a trigger refuses both)."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.lookups.kinds import Answer, LookupKind, LookupResult
from registry.store import Model
from registry.store.columns import Bag, Id, Key, Moment, choice


class Lookup(Model):
    """One answer of one source about one subject.

    `subject`: an enterprise's code, a trademark's number, a domain, an app's name. `claimed`: what was asked about;
    `found`: what the source has; personal values only as keyed hashes. `digest`: SHA-256 of the raw answer.
    `reference`: the source's own number of the record. `by`: who entered it, or the connector that asked.
    """

    __tablename__ = "lookup"
    __table_args__ = (
        sa.Index("ix_lookup_subject", "kind", "subject", "at"),
        sa.Index("ix_lookup_digest", "digest"),
        sa.CheckConstraint("digest = '' OR digest ~ '^[0-9a-f]{64}$'", name="digest"),
        sa.CheckConstraint("answer <> 'found' OR (digest <> '' AND reference <> '')", name="proof"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    kind: Mapped[LookupKind] = mapped_column(choice(LookupKind, "lookup_kind"))
    subject: Mapped[Key] = mapped_column()
    answer: Mapped[Answer] = mapped_column(choice(Answer, "lookup_answer"))
    result: Mapped[LookupResult] = mapped_column(choice(LookupResult, "lookup_result"))
    claimed: Mapped[Bag]
    found: Mapped[Bag]
    source: Mapped[str] = mapped_column(sa.Text)
    reference: Mapped[str] = mapped_column(sa.Text, default="")
    digest: Mapped[str] = mapped_column(sa.Text, default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    by: Mapped[str] = mapped_column(sa.Text)
    connector: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    at: Mapped[Moment]
    recorded_at: Mapped[Moment]
