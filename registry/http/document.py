"""The API as a whole: its document, its errors."""

from typing import Any

import flask_smorest
from flask import Flask, request

from registry.http import problem

PREFIX = "/api/"


class Api(flask_smorest.Api):  # type: ignore[misc] # the library has no types
    """flask-smorest's Api, answering problems; the default error stands in each operation's own document."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        problem.register(self._app, is_api)


def is_api() -> bool:
    """Whether the present request is for a machine."""
    return request.path.startswith(PREFIX) or request.path in ("/healthz", "/readyz", "/metrics", "/openapi.json")


def settings() -> dict[str, Any]:
    """What the document says of itself."""
    return {
        "API_TITLE": "Registry of SMS ports and signatures",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/",
        "API_SPEC_OPTIONS": {
            "security": [{"key": []}],
            "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        },
    }


def create(app: Flask) -> Api:
    """The Api of an application."""
    app.config.update(settings())
    return Api(app)
