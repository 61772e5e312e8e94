"""What staff says about a case: steps, and entries for or against the elements of proof."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.detection.proof import Element, Stance
from registry.store import Model
from registry.store.columns import Id, Moment, StepColumns, choice


class CaseEntry(Model):
    """What staff entered about an element of proof; of one element the last entry counts. `paper`: its key, if any."""

    __tablename__ = "case_entry"
    __table_args__ = (sa.CheckConstraint("text <> ''", name="text"),)

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("detection_case.id"), index=True)
    at: Mapped[Moment]
    actor: Mapped[str] = mapped_column(sa.Text)
    element: Mapped[Element] = mapped_column(choice(Element, "entry_element"))
    stance: Mapped[Stance] = mapped_column(choice(Stance, "entry_stance"))
    text: Mapped[str] = mapped_column(sa.Text)
    paper: Mapped[str] = mapped_column(sa.Text, default="")


class CaseStep(StepColumns, Model):
    """Something done about a case: who, what, why."""

    __tablename__ = "case_step"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("detection_case.id"), index=True)
