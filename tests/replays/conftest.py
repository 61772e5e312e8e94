"""A finding to ask about: a stranger on a customer's port."""

from tests.detection.test_findings import parties, tenant

__all__ = ["parties", "tenant"]
