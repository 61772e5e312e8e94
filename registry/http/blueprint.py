"""How a view is written: one line says route, permission, what comes in and goes out; the body parses, calls, dumps."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

import flask_smorest
from flask import Response, request
from marshmallow import RAISE, Schema, ValidationError
from marshmallow.fields import List
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from registry.http.asking import PUBLIC, permission
from registry.http.idempotency import idempotent
from registry.http.problem import CONTENT_TYPE
from registry.http.schema import Nothing, ProblemAnswer
from registry.http.version import asked_version, etag_of

View = Callable[..., Any]
Answers = type[Schema] | tuple[str, ...]
BYTES = "application/octet-stream"
FORM = "multipart/form-data"
RAW = {"type": "string", "format": "binary"}
JSON = "application/json"

IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string", "pattern": '^"[0-9]{1,15}"$'},
    "description": "the ETag of the version that is decided on",
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,200}$"},
    "description": "the same key again: the same answer, nothing happens twice",
}


class Parser(FlaskParser):
    """Unknown and repeated query parameters are errors: a misspelt filter must not answer everything."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE, "json": RAISE}  # noqa: RUF012

    def load_querystring(self, req: Any, schema: Schema) -> Any:
        """The query string, each parameter once unless it is a list."""
        listed = {field.data_key or name for name, field in schema.fields.items() if isinstance(field, List)}
        twice = {name: ["given more than once"] for name, values in req.args.lists() if len(values) > 1}
        twice = {name: why for name, why in twice.items() if name not in listed}
        if twice:
            raise ValidationError(twice)
        return super().load_querystring(req, schema)

    def _raw_load_json(self, req: Any) -> Any:
        """JSON, or no body: one of another kind is not taken for none, and one that cannot be read is refused."""
        if req.get_data(cache=True) and not req.is_json:
            raise UnsupportedMediaType("send the body as application/json")
        try:
            return super()._raw_load_json(req)
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise
        except (RecursionError, ValueError) as error:  # nested without end, or a number of thousands of digits
            raise BadRequest("this JSON cannot be read") from error


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc] # the library has no types
    """A concept's part of the API. Every view names its permission, or there is no view."""

    ARGUMENTS_PARSER = Parser()

    def read(self, rule: str, needs: str, *, answers: Answers, query: type[Schema] = Nothing) -> Callable[[View], View]:
        """GET: the view is called with the query's fields as a dict `query` (where it has any) and the path's parts.

        Where `answers` is no schema but media types, the view answers a file of its own in one of them.
        """

        def decorate(view: View) -> View:
            inner = self.arguments(query, location="query")(_named("query", view, drop=query is Nothing))
            return self._finish(rule, ["GET"], needs, inner, answers, 200)

        return decorate

    def write(
        self,
        rule: str,
        needs: str,
        *,
        answers: type[Schema],
        takes: type[Schema] | None = None,
        files: type[Schema] | None = None,
        status: int = 200,
        method: str = "POST",
        decides: bool = False,
    ) -> Callable[[View], View]:
        """A change: called with `body`, the path's parts, and with `version` (from If-Match) where it `decides`.

        With `files` it takes a form: their schema's fields come as `files`, the others as `body`.
        """

        def decorate(view: View) -> View:
            inner = _with_version(view) if decides else view
            if takes is not None:
                place = {"location": "form", "content_type": FORM} if files else {"location": "json"}
                inner = self.arguments(takes, **place)(_named("body", inner))
            if takes is not None and files is not None:
                inner = self.arguments(files, location="files")(_named("files", inner))
                inner = self.doc(requestBody=_form(takes, files))(inner)
            inner = self.arguments(Nothing, location="query")(_named("query", inner, drop=True))
            parameters = [IDEMPOTENCY_KEY, *([IF_MATCH] if decides else [])]
            inner = self.doc(parameters=parameters)(inner)
            return self._finish(rule, [method], needs, inner, answers, status)

        return decorate

    def _finish(self, rule: str, methods: list[str], needs: str, view: View, answers: Answers, status: int) -> View:
        view = self._answering(_with_etag(view), answers, status)
        for code in (400, 422, "default"):
            schema = {"schema": ProblemAnswer, "content_type": CONTENT_TYPE, "description": "a problem"}
            view = self._documented(view, code, schema)
        if methods != ["GET"]:
            view = idempotent(view)
        if needs == PUBLIC:
            view = self.doc(security=[])(view)
        view = permission(needs)(self.doc(**{"x-permission": needs})(view))
        self.add_url_rule(rule, None, view, methods=methods)
        return view

    def _answering(self, view: View, answers: Answers, status: int) -> View:
        if isinstance(answers, type):
            return cast("View", self.response(status, answers)(view))
        first, *others = answers
        view = self.response(status, _file(first), content_type=first)(view)
        for kind in others:
            view = self._documented(
                view, status, {"schema": _file(kind), "content_type": kind, "description": "a file"}
            )
        return view

    def _documented(self, view: View, code: int | str, answer: dict[str, Any]) -> View:
        responses = view._apidoc.setdefault("response", {}).setdefault("responses", {})  # type: ignore[attr-defined] # noqa: SLF001
        responses.setdefault(code, []).append(dict(answer))
        return view


def _file(kind: str) -> dict[str, Any]:
    """The schema of a file of a media type: of JSON that it is an object, of any other its bytes."""
    return {"type": "object"} if kind == JSON else RAW


def _form(takes: type[Schema], files: type[Schema]) -> dict[str, Any]:
    """The document of a form: its fields and its files in one body, which the library would tell of one by one."""
    whole = type(f"{takes.__name__}WithFiles", (takes, files), {"__module__": takes.__module__})
    return {"required": True, "content": {FORM: {"schema": whole}}}


def _named(name: str, view: View, *, drop: bool = False) -> View:
    """Pass what was parsed under its name instead of as the first argument."""

    @wraps(view)
    def call(parsed: Any, **kwargs: Any) -> Any:
        return view(**kwargs) if drop else view(**{name: parsed}, **kwargs)

    return call


def _with_version(view: View) -> View:
    @wraps(view)
    def call(**kwargs: Any) -> Any:
        return view(version=asked_version(), **kwargs)

    return call


def _with_etag(view: View) -> View:
    @wraps(view)
    def call(**kwargs: Any) -> Any:
        result = view(**kwargs)
        etag = None if isinstance(result, Response) else etag_of(result)
        return result if etag is None else (result, {"ETag": etag})

    return call


__all__ = ["Blueprint", "request"]
