"""The audit trail: append-only events in one hash chain."""

from registry.audit.service import record, within

__all__ = ["record", "within"]
