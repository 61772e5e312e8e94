"""The audit trail: append-only events in one hash chain."""

from registry.audit.service import record

__all__ = ["record"]
