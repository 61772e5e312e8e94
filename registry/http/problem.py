"""Every error answer is application/problem+json, with one table from kind to status."""

import uuid
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, json, request
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from registry.kernel import errors
from registry.kernel.errors import FieldError, Problem
from registry.store import db

STATUS = {
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Stale: 412,
    errors.TooLarge: 413,
    errors.Invalid: 422,
    errors.PreconditionRequired: 428,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
FIXES = {  # by how the messages of the validating library begin
    "Missing data": "add this field",
    "Unknown field": "leave it out, or correct its name",
    "Field may not be null": "leave it out, or give it a value",
    "Invalid JSON body": "send a JSON object, as application/json",
    "Invalid input type": "send a JSON object: names in quotation marks, each with its value",
    "Not a valid": "send the type that /openapi.json says",
    "holds a character": "remove control characters and broken letters",
}
AS_SAID = "correct it as the message says"
RETRY_AFTER = "10"  # seconds
CONTENT_TYPE = "application/problem+json"


def request_id() -> str:
    """The identifier under which this request stands in logs and in the audit trail."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if given.isalnum() and len(given) <= 64 else uuid.uuid4().hex  # noqa: PLR2004
    return str(g.request_id)


def answer(problem: Problem, status: int | None = None) -> Response:
    """The response that says what was wrong, where, and what to do."""
    status = status or STATUS.get(type(problem), 400)
    body = {"type": "about:blank", "status": status, **problem.as_json(), "request_id": request_id()}
    response = Response(json.dumps(body, ensure_ascii=False), status, content_type=CONTENT_TYPE)
    if status in (429, 503):
        response.headers["Retry-After"] = RETRY_AFTER
    if status == 401:  # noqa: PLR2004
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _field_errors(messages: Any, path: str = "") -> Iterator[FieldError]:
    if isinstance(messages, dict):
        for name, inner in messages.items():
            hidden = name in ("json", "query", "files", "form", "headers", "_schema") and not path.strip(".")
            yield from _field_errors(inner, path if hidden else f"{path}.{name}".strip("."))
    elif isinstance(messages, list):
        for each in messages:
            yield from _field_errors(each, path)
    else:
        said = str(messages)
        yield FieldError(
            path, "invalid", said, next((fix for words, fix in FIXES.items() if said.startswith(words)), AS_SAID)
        )


def from_http(error: HTTPException) -> Response:
    """A problem from werkzeug's or webargs' exception."""
    messages = (getattr(error, "data", None) or {}).get("messages")
    status = error.code or 500
    if messages:
        fields = tuple(_field_errors(messages))
        named = ", ".join(sorted({each.field or "body" for each in fields}))
        return answer(errors.Invalid("invalid", f"not as asked for: {named}", fields=fields), status)
    large = status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    fix = "send less at once: split the file, or use the command line" if large else ""
    response = answer(Problem(error.name.lower().replace(" ", "_"), error.description or error.name, fix=fix), status)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def from_database(error: DBAPIError | PoolTimeout) -> Response:
    """503 where the database does not answer, so that the caller tries again; anything else is ours to mend."""
    db.session.rollback()
    lost = isinstance(error, OperationalError | PoolTimeout) or getattr(error, "connection_invalidated", False)
    if not lost:
        return from_crash(error)
    fix = "try again in ten seconds; under the same Idempotency-Key nothing happens twice"
    return answer(errors.Unavailable("database_unavailable", "the database does not answer", fix=fix))


def from_crash(error: Exception) -> Response:
    """A fault of ours: logged whole, told briefly."""
    if current_app.testing:
        raise error
    structlog.get_logger().error("crash", request_id=request_id(), exc_info=error)
    detail = f"an error of ours; it is logged under {request_id()}"
    return answer(Problem("internal", detail, fix="tell us the request id"), 500)


def register(app: Flask, is_api: Any) -> None:
    """Have problems answered so wherever `is_api()` says that the request is for the API."""

    def only_api(handle: Any) -> Any:
        def handler(error: Any) -> Any:
            return handle(error) if is_api() else app.extensions["registry-error-page"](error)

        return handler

    app.register_error_handler(Problem, only_api(answer))
    app.register_error_handler(HTTPException, only_api(from_http))
    app.register_error_handler(DBAPIError, only_api(from_database))
    app.register_error_handler(PoolTimeout, only_api(from_database))
    app.register_error_handler(Exception, only_api(from_crash))
