"""create_app(): the only file that knows everything."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from registry import health, jobs, rooms
from registry.http import asking, document
from registry.settings import Settings, from_environment
from registry.store import db, patience

MIGRATIONS = str(Path(__file__).parent / "store" / "migrations")
POOL = {"pool_pre_ping": True, "pool_timeout": 10, "connect_args": {"connect_timeout": patience.FOR_A_CONNECTION}}


def create_app(settings: Settings | None = None) -> Flask:
    """The application: database, API, console, command line, tasks."""
    settings = settings or from_environment()
    app = Flask("registry", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=dict(POOL),
        MAX_CONTENT_LENGTH=settings.largest_request,
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.extensions["registry-settings"] = settings
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    db.init_app(app)
    patience.register(app)
    list(rooms.parts("model"))
    Migrate(app, db, directory=MIGRATIONS)
    jobs.hand_in(app)
    app.extensions["registry-install-queue"] = jobs.install
    _doors(app)
    return app


def _doors(app: Flask) -> None:
    """Everything through which somebody comes in."""
    from admin import console
    from registry.accounts import login

    api = document.create(app)
    health.register(app)
    for module in rooms.parts("api"):
        for blueprint in getattr(module, "blueprints", (module.blueprint,)):
            api.register_blueprint(blueprint)
    for module in rooms.parts("cli"):
        for group in getattr(module, "groups", (module.group,)):
            app.cli.add_command(group)
    list(rooms.parts("tasks"))
    asking.hand_in(app, login.who_asks)
    login.register(app)
    console.register(app)
