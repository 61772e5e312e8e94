"""PostgreSQL: session, unit of work, column types, periods, migrations, and a server of our own where none is given."""

from registry.store.database import Model, db
from registry.store.work import unit_of_work

__all__ = ["Model", "db", "unit_of_work"]
