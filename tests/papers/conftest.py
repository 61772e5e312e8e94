"""Enterprises that papers belong to."""

import pytest

from registry.enterprises.model import Enterprise, LegalForm
from registry.kernel import clock
from registry.store import unit_of_work


@pytest.fixture
def enterprises(app):
    """`enterprises(code, …)`: register them bare."""

    def make(*codes):
        with unit_of_work() as session:
            for code in codes:
                company = Enterprise(code=code, name=code, roles=["end_user"], legal_form=LegalForm.COMPANY)
                company.recorded_at = clock.now()
                session.add(company)

    return make
