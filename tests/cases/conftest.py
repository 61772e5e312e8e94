"""A case to work on: a stranger on a customer's port, found by a run."""

import pytest

from registry.cases import queries
from registry.detection.model import Case
from registry.kernel.paging import PageRequest
from tests.detection.test_findings import parties, tenant

__all__ = ["case", "parties", "tenant"]


@pytest.fixture
def case(tenant) -> Case:
    """The case of the stranger."""
    (found,) = queries.cases(PageRequest()).items
    return found
