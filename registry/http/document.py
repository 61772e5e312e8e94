"""The API as a whole: its document, the page that shows it, its errors."""

from collections.abc import Callable
from typing import Any

import flask_smorest
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response, current_app, request

from registry.http import problem, reference
from registry.http.asking import PUBLIC, permission
from registry.http.schema import Moment
from registry.kernel.errors import NotFound

PREFIX = "/api/"
BACKSLASH_Z = r"\Z"
_KEY = "registry-api"


class Api(flask_smorest.Api):  # type: ignore[misc] # the library has no types
    """flask-smorest's Api, answering problems; the default error stands in each operation's own document."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        problem.register(self._app, is_api)

    def _register_responses(self) -> None:
        """None: the library's own errors are never answered."""

    def _register_pagination_header(self) -> None:
        """None: pages are key-set pages, their place stands in the body."""


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
    """The Api of an application, with /openapi.json and /docs."""
    app.config.update(settings())
    app.before_request(_refuse_unstorable)
    api = Api(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_naming())})
    api.register_field(Moment, "string", "date-time")
    api.ma_plugin.converter.add_attribute_function(_pattern)
    api.ma_plugin.converter.add_parameter_attribute_function(_never_null)
    app.extensions[_KEY] = api
    served = "api-docs.openapi_json"
    app.view_functions[served] = permission(PUBLIC)(app.view_functions[served])
    app.add_url_rule("/docs", "docs", permission(PUBLIC)(docs))
    return api


def _naming() -> Callable[[Any], str]:
    """The name of a schema: its class's, with the room before it where another room took the name first."""
    taken: dict[str, type[Any]] = {}

    def name_of(schema: Any) -> str:
        kind = schema if isinstance(schema, type) else type(schema)
        if taken.setdefault(kind.__name__, kind) is kind:
            return str(kind.__name__)
        return kind.__module__.split(".")[1].capitalize() + kind.__name__

    return name_of


def _pattern(_self: Any, _field: Any, ret: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """A pattern as JSON Schema reads it: unanchored unless it says otherwise, and without Python's own signs."""
    if "pattern" not in ret:
        return {}
    return {"pattern": f"^(?:{ret['pattern'].removeprefix('^').removesuffix('$').removesuffix(BACKSLASH_Z)})$"}


def _never_null(_self: Any, _field: Any, ret: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """A parameter of the query is there or it is not: it can't be null, whatever stands for its absence."""
    schema = dict(ret["schema"])
    if schema.get("default", "") is None:
        del schema["default"]
    if isinstance(schema.get("type"), list):
        schema["type"] = next(kind for kind in schema["type"] if kind != "null")
    if "enum" in schema:
        schema["enum"] = [each for each in schema["enum"] if each is not None]
    return {"schema": schema}


def specification(app: Flask) -> dict[str, Any]:
    """The document of an application's API."""
    spec: dict[str, Any] = app.extensions[_KEY].spec.to_dict()
    return spec


def docs() -> Response:
    """Every operation, for people."""
    return reference.render(specification(current_app))


def _refuse_unstorable() -> None:
    """No key holds a NUL, and the database takes none: there is no such thing."""
    if any("\0" in str(part) for part in (request.view_args or {}).values()):
        raise NotFound("not_found", "there is nothing under this address")
