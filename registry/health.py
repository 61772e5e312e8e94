"""Whether the service lives, whether it can work, and its figures."""

import prometheus_client
import sqlalchemy as sa
from flask import Flask, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from registry.http.asking import PUBLIC, permission
from registry.http.problem import answer
from registry.kernel.errors import Unavailable
from registry.store import db


def register(app: Flask) -> None:
    """Put /healthz, /readyz and /metrics into the application."""
    app.add_url_rule("/healthz", "healthz", permission(PUBLIC)(healthz))
    app.add_url_rule("/readyz", "readyz", permission(PUBLIC)(readyz))
    app.add_url_rule("/metrics", "metrics", permission(PUBLIC)(metrics))


def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


def readyz() -> Response:
    """The database answers too."""
    try:
        db.session.execute(sa.text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return answer(Unavailable("database_unavailable", "the database does not answer"))
    return jsonify(status="ready")


def metrics() -> Response:
    """Prometheus' text."""
    return Response(prometheus_client.generate_latest(), content_type=prometheus_client.CONTENT_TYPE_LATEST)
