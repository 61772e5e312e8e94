"""The audit trail: append-only events in one hash chain."""

from registry.audit.service import put_aside, record, within

__all__ = ["put_aside", "record", "within"]
