"""The console as a whole: its pages, its languages, its error pages, its headers."""

import importlib
import pkgutil

from flask import Flask, Response, request
from flask_bootstrap import Bootstrap5

from admin import failing, languages, showing, views
from admin.page import blueprint, csrf
from registry.http.asking import PUBLIC, permission
from registry.http.document import is_api

HEADERS = {
    # no script at all, nothing from elsewhere; bootstrap's style sheet draws its arrows with data: images
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STATIC = ("bootstrap.static", "console.static")
A_DAY = 86400  # seconds


def register(app: Flask) -> None:
    """Put the console into the application."""
    app.config.update(BOOTSTRAP_SERVE_LOCAL=True, WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    app.static_url_path = "/static"  # bootstrap's files stand beside ours
    Bootstrap5(app)
    languages.register(app)
    csrf.init_app(app)
    showing.register(app)
    for module in pkgutil.iter_modules(views.__path__):
        importlib.import_module(f"{views.__name__}.{module.name}")
    app.register_blueprint(blueprint)
    for endpoint in STATIC:
        app.view_functions[endpoint] = permission(PUBLIC)(app.view_functions[endpoint])
    app.extensions["registry-error-page"] = failing.error_page
    app.after_request(_guard)


def _guard(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint in STATIC:
        response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    elif not is_api():
        response.headers.setdefault("Cache-Control", "no-store")
    return response
