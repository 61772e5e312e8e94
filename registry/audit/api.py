"""The audit trail over the API, newest first."""

from typing import Any

from registry.audit import queries
from registry.audit.model import AuditEvent
from registry.audit.schemas import AuditPage, AuditQuery
from registry.http import Blueprint
from registry.kernel.paging import Page

blueprint = Blueprint("audit", __name__, url_prefix="/api/v1", description="Who did what, when and why.")


@blueprint.read("/audit-events", "audit.read", answers=AuditPage, query=AuditQuery)
def audit_events(query: dict[str, Any]) -> Page[AuditEvent]:
    """Events of the audit trail."""
    return queries.events(AuditQuery.page(query), **query)
