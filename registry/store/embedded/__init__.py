"""A PostgreSQL of our own under the data folder, for whoever has no `DATABASE_URL`.

It runs as long as somebody uses it: each user (the service, a CLI command, a test run) holds a shared lock, a keeper
process stops the server when the last lock is gone, however its holder ended. Whoever comes first starts it.
"""

from registry.store.embedded.error import EmbeddedPostgresError
from registry.store.embedded.server import EmbeddedPostgres, ensure

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError", "ensure"]
