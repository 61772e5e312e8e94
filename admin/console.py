"""The console as a whole: its views, its languages, its error pages."""

from typing import Any

from flask import Flask, Response

from registry.http import problem
from registry.kernel.errors import Problem


def register(app: Flask) -> None:
    """Put the console into the application."""
    app.extensions["registry-error-page"] = error_page


def error_page(error: Any) -> Response:
    """A page that says what was wrong."""
    return problem.answer(error) if isinstance(error, Problem) else problem.from_http(error)
