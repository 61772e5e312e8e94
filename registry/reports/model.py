"""That a quarter's report was handed in."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.store import Model
from registry.store.columns import Key, Moment


class CodeReport(Model):
    """The list of opened codes of a quarter was handed in to the authority."""

    __tablename__ = "code_report"

    quarter: Mapped[Key] = mapped_column(primary_key=True)
    handed_in_at: Mapped[Moment]
    handed_in_by: Mapped[str] = mapped_column(sa.Text)
    note: Mapped[str] = mapped_column(sa.Text, default="")
