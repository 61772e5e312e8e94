"""An enterprise to belong to."""

import pytest

from registry.enterprises.model import Enterprise, LegalForm
from registry.kernel import clock
from registry.store import unit_of_work


@pytest.fixture
def enterprise(session):
    row = Enterprise(
        code="REG-US:1", name="Anchor Ltd", roles=["end_user"], legal_form=LegalForm.FOREIGN, recorded_at=clock.now()
    )
    with unit_of_work():
        session.add(row)
    return row
