"""The page `/docs`: every operation of the API, from its own document, without a script and without other hosts."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

from flask import Response, render_template_string

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
h2{margin-top:2.5rem;border-bottom:1px solid #d0d7de}details{border:1px solid #d0d7de;border-radius:6px;margin:.4rem 0}
summary{padding:.5rem .8rem;cursor:pointer}code{font:.9em ui-monospace,monospace}
.in{padding:0 .8rem .8rem}.verb{display:inline-block;width:3.6rem;font-weight:600}.said{color:#57606a}
table{border-collapse:collapse}td{padding:.15rem .8rem .15rem 0;vertical-align:top}
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ spec.info.title }}</title><style>{{ style|safe }}</style></head><body>
<h1>{{ spec.info.title }}</h1>
<p>As a machine reads it: <a href="/openapi.json">/openapi.json</a>. Send
<code>Authorization: Bearer &lt;API key&gt;</code>.
Errors are <code>application/problem+json</code> with a stable <code>code</code>.</p>
{% for tag, operations in groups.items() %}<h2 id="{{ tag }}">{{ tag }}</h2>
{% for each in operations %}<details><summary><span class="verb">{{ each.verb }}</span><code>{{ each.path }}</code>
<span class="said">{{ each.summary }}</span></summary><div class="in">
{% if each.permission %}<p>Permission: <code>{{ each.permission }}</code></p>{% endif %}
{% if each.parts %}<table>{% for part in each.parts %}<tr><td><code>{{ part.name }}</code></td><td>{{ part.place }}</td>
<td>{{ part.kind }}</td><td>{{ "required" if part.required }}</td></tr>{% endfor %}</table>{% endif %}
</div></details>
{% endfor %}{% endfor %}</body></html>
"""
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; frame-ancestors 'none'; base-uri 'none'"


def render(spec: dict[str, Any]) -> Response:
    """The page for a document of the API."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, verb, operation in operations(spec):
        groups.setdefault(operation["tags"][0], []).append(_told(spec, path, verb, operation))
    response = Response(render_template_string(PAGE, spec=spec, groups=groups, style=STYLE))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation: its path, its verb in capitals, its document."""
    for path, item in spec["paths"].items():
        for verb in ("get", "post", "put", "patch", "delete"):
            if verb in item:
                yield path, verb.upper(), item[verb]


def _told(spec: dict[str, Any], path: str, verb: str, operation: dict[str, Any]) -> dict[str, Any]:
    shared = spec["paths"][path].get("parameters", [])
    parts = [
        {"name": each["name"], "place": each["in"], "kind": _kind(each["schema"]), "required": each.get("required")}
        for each in [*shared, *operation.get("parameters", [])]
    ]
    return {
        "path": path,
        "verb": verb,
        "summary": operation.get("summary", ""),
        "permission": operation.get("x-permission", ""),
        "parts": [*parts, *_body(spec, operation)],
    }


def _body(spec: dict[str, Any], operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(spec, content["schema"])
        for name, field in schema.get("properties", {}).items():
            required = name in schema.get("required", [])
            yield {"name": name, "place": f"body ({media_type})", "kind": _kind(field), "required": required}


def _resolved(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return spec["components"]["schemas"][name] if name else schema


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(str(each) for each in schema["enum"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    kind = schema.get("type", "")
    return " or ".join(kind) if isinstance(kind, list) else str(schema.get("format", kind))
