"""The glue between HTTP and the rooms: who asks, permissions, problems, paging, versions, idempotency keys."""

from registry.http.asking import current_actor
from registry.http.blueprint import Blueprint
from registry.http.schema import Query, Schema, page_of

__all__ = ["Blueprint", "Query", "Schema", "current_actor", "page_of"]
