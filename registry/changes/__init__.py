"""The change feed: one row for each effective change of what is permitted. Replicas and companies follow it."""

from registry.changes.service import publish

__all__ = ["publish"]
