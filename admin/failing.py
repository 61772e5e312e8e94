"""Error pages: the same problems that the API answers, in words."""

from typing import Any

from flask import Response, make_response, render_template, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from registry.http import problem
from registry.kernel.errors import Problem

FAULT = 500  # from here on the page is drawn without asking who looks at it: that may be what failed


def error_page(error: Exception) -> Response:
    """A page that says what was wrong and what to do, with the status that the API would give."""
    if isinstance(error, HTTPException) and error.code and error.code < 400:  # noqa: PLR2004 - redirects
        return make_response(error.get_response())
    told = _told(error)
    status = told.status_code
    layout = "bare.html" if status >= FAULT else "base.html"
    fields = error.fields if isinstance(error, Problem) else ()
    page = render_template(
        "errors/problem.html", problem=told.json, fields=fields, status=status, layout=layout, back=_back()
    )
    response = make_response(page, status)
    for name in ("Retry-After", "Allow"):
        if name in told.headers:
            response.headers[name] = told.headers[name]
    return response


def _told(error: Exception) -> Response:
    if isinstance(error, Problem):
        return problem.answer(error)
    if isinstance(error, HTTPException):
        return problem.from_http(error)
    if isinstance(error, DBAPIError | PoolTimeout):
        return problem.from_database(error)
    return problem.from_crash(error)


def _back() -> str:
    """The page of ours from which somebody came, empty where that is unknown."""
    came, own = request.referrer or "", request.host_url
    sent = request.method == "POST" or came != request.url
    return "/" + came.removeprefix(own) if sent and came.startswith(own) else ""


def inline(error: Problem) -> dict[str, Any]:
    """A problem for the form that caused it: the sentence, all objections, and each field's first one by its name."""
    by_name = {each.field.removeprefix("content."): each for each in reversed(error.fields)}
    return {"code": error.code, "detail": error.detail, "fix": error.fix, "all": error.fields, "fields": by_name}
