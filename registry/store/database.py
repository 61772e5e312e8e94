"""The one database: PostgreSQL, its session and its base class."""

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Session(FlaskSession):
    """flask-sqlalchemy's session, which here respects a bind of its own: tests run inside one connection."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **kwargs: Any) -> Any:
        """The session's own bind first, then the application's engine."""
        own = bind or self.bind
        return own if own is not None else super().get_bind(mapper=mapper, clause=clause, bind=bind, **kwargs)


class Base(DeclarativeBase):
    """The base of all tables: names of constraints are fixed, so that migrations can speak of them."""

    metadata = sa.MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"class_": Session, "expire_on_commit": False})

if TYPE_CHECKING:

    class Model(Base):
        """What a table inherits from."""

        __abstract__ = True
else:
    Model = db.Model
